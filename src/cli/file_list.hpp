// Files that a command line names, one by one or in a list: @LIST.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evidence/file_system.hpp"

namespace iisdiag::cli {

// The arguments, with the lines of the file LIST where one is @LIST and no file
// is called so: paths, as arguments are, without empty lines and those that
// begin with '#'. Text of any encoding that evidence may have. `what` these
// are, "servers": NothingToCheck where there is none, there are more than a
// million, or a list cannot be read.
std::vector<std::string> with_lists(const std::vector<std::string>& arguments,
                                    std::string_view what,
                                    const evidence::FileSystem& files);

}  // namespace iisdiag::cli
