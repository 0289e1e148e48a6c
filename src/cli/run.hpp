// One call of the program, from its arguments to its exit code.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cli/console.hpp"
#include "evidence/file_system.hpp"
#include "evidence/live_server.hpp"

namespace iisdiag::cli {

// The server that this program runs on; null where that is not Windows.
using LiveFactory = std::function<std::unique_ptr<evidence::LiveServer>()>;

// `arguments` without the program's name, UTF-8. `live` is called at most
// once, and only where the live server is asked for.
int run(const std::vector<std::string>& arguments, Console& console,
        const evidence::FileSystem& files, const LiveFactory& live = {});

// The same at the real terminal and disk.
int run(const std::vector<std::string>& arguments);

}  // namespace iisdiag::cli
