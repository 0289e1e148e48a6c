#include "cli/this_server.hpp"

namespace iisdiag::cli {

std::unique_ptr<evidence::LiveServer> this_server() { return nullptr; }

}  // namespace iisdiag::cli
