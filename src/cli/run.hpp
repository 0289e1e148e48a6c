// One call of the program, from its arguments to its exit code.
#pragma once

#include <string>
#include <vector>

#include "cli/console.hpp"
#include "evidence/file_system.hpp"

namespace iisdiag::cli {

// `arguments` without the program's name, UTF-8.
int run(const std::vector<std::string>& arguments, Console& console,
        const evidence::FileSystem& files);

// The same at the real terminal and disk.
int run(const std::vector<std::string>& arguments);

}  // namespace iisdiag::cli
