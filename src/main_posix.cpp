// iisdiag: why can IIS not log on its account for anonymous visitors?
#include <span>
#include <string>
#include <vector>

#include "cli/run.hpp"

int main(int argc, char** argv) {
  const std::span all(argv, static_cast<std::size_t>(argc));
  const auto arguments = all.subspan(all.empty() ? 0 : 1);
  return iisdiag::cli::run(
      std::vector<std::string>(arguments.begin(), arguments.end()));
}
