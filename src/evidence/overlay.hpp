// What web.config files, sections in files of their own and appcmd say, put on
// top of the configuration of IIS 7.0 and later.
#pragma once

#include <vector>

#include "evidence/iis7_files.hpp"
#include "facts/server.hpp"

namespace iisdiag::evidence {

// Changes the configuration of IIS 7 among `configs`, or adds one that is not
// whole where only appcmd shows any. In this order, and later ones beat earlier
// ones: sections that configSource names, web.config files from the root of a
// site downwards, what IIS printed, missing modules. What is not certain makes
// the settings unknown; notes and problems go to `server`, and what was found
// is taken out of its `elsewhere`. Time grows linearly with the files and
// nodes.
void overlay(Iis7Files files, std::vector<facts::IisConfig>& configs,
             facts::Server& server);

}  // namespace iisdiag::evidence
