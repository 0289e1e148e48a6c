// Work on several threads, where there are any.
#pragma once

#include <cstddef>
#include <functional>

namespace iisdiag::evidence {

// How many threads readers may work with: those of the hardware, at least one
// and at most kMaxWorkers. Always one in a Windows program of 32 bits.
std::size_t worker_threads();
inline constexpr std::size_t kMaxWorkers = 8;

// Calls work(0) to work(count - 1), each once and in no order, with up to
// `threads` at a time, of which the caller's thread is one; and returns when
// all have. Whoever is done takes the next. Where `work` throws, what has not
// begun is left out and the first exception comes out of here.
void parallel_for(std::size_t count, std::size_t threads,
                  const std::function<void(std::size_t)>& work);

inline void parallel_for(std::size_t count,
                         const std::function<void(std::size_t)>& work) {
  parallel_for(count, worker_threads(), work);
}

// For tests: while it lives, worker_threads() answers `threads`, whatever the
// hardware has. Not to be made while anything is read.
class ForcedWorkers {
 public:
  explicit ForcedWorkers(std::size_t threads);
  ForcedWorkers(const ForcedWorkers&) = delete;
  ForcedWorkers& operator=(const ForcedWorkers&) = delete;
  ForcedWorkers(ForcedWorkers&&) = delete;
  ForcedWorkers& operator=(ForcedWorkers&&) = delete;
  ~ForcedWorkers();

 private:
  std::size_t before_ = 0;
};

}  // namespace iisdiag::evidence
