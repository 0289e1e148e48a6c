// Holds the files of a collection against its manifest.
#pragma once

#include <vector>

#include "evidence/bundle.hpp"
#include "evidence/file_facts.hpp"
#include "evidence/file_system.hpp"

namespace iisdiag::evidence {

// A problem for each file that a manifest among `all` lists and that is not
// there or has changed since, and for each entry of what could not be read,
// unless the snapshot tells it already. Files that no manifest lists are not
// looked at; each other one is read once.
std::vector<facts::Problem> check_collections(
    const FileSystem& files, const Bundle& bundle,
    const std::vector<FileFacts>& all);

}  // namespace iisdiag::evidence
