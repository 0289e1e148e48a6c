// iisdiag: why can IIS not log on its account for anonymous visitors?
#include <string>
#include <vector>

#include "cli/run.hpp"

int main(int argc, char** argv) {
  return iisdiag::cli::run(
      std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
}
