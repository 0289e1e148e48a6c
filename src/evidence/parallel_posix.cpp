// Threads of the C++ library.
#include <system_error>
#include <thread>
#include <vector>

#include "evidence/parallel_threads.hpp"

namespace iisdiag::evidence {

std::size_t hardware_threads() { return std::thread::hardware_concurrency(); }

void run_on_threads(std::size_t more, void (*run)(void*), void* with) {
  std::vector<std::thread> others;
  others.reserve(more);
  try {
    for (std::size_t i = 0; i < more; ++i) {
      others.emplace_back(run, with);
    }
  } catch (const std::system_error&) {
    // No more threads: those that there are do the work.
  }
  run(with);
  for (std::thread& other : others) {
    other.join();
  }
}

}  // namespace iisdiag::evidence
