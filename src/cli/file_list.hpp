// Files that a command line names, one by one or in a list: @LIST.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evidence/file_system.hpp"

namespace iisdiag::cli {

// `arguments`, where @LIST stands for the lines of the text file LIST unless a
// file is called @LIST. Each line is a path, as an argument is; empty ones and
// those that begin with '#' do not count. Any encoding that evidence may have,
// at most kMaxTextFile bytes. NothingToCheck, in which `what` says what these
// paths are ("servers"), where a list cannot be read, no path is left, or more
// than a million are.
std::vector<std::string> expand_lists(const std::vector<std::string>& arguments,
                                      std::string_view what,
                                      const evidence::FileSystem& files);

}  // namespace iisdiag::cli
