#include "cli/this_server.hpp"
#include "win32/local_server.hpp"

namespace iisdiag::cli {

std::unique_ptr<evidence::LiveServer> this_server() {
  return win32::local_server();
}

}  // namespace iisdiag::cli
