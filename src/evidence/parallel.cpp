#include "evidence/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>

#include "evidence/parallel_threads.hpp"

namespace iisdiag::evidence {
namespace {

// 0: as many as the hardware has.
std::atomic<std::size_t>& forced_workers() {
  static std::atomic<std::size_t> forced = 0;
  return forced;
}

struct Job {
  std::size_t count = 0;
  const std::function<void(std::size_t)>* work = nullptr;
  std::atomic<std::size_t> next = 0;
  std::atomic<bool> has_failed = false;
  // Written by the one that set has_failed, read when all have ended.
  std::exception_ptr failure;
};

void run_job(void* with) {
  Job& job = *static_cast<Job*>(with);
  try {
    while (!job.has_failed.load(std::memory_order_relaxed)) {
      const std::size_t i = job.next.fetch_add(1, std::memory_order_relaxed);
      if (i >= job.count) {
        return;
      }
      (*job.work)(i);
    }
  } catch (...) {
    if (!job.has_failed.exchange(true)) {
      job.failure = std::current_exception();
    }
  }
}

}  // namespace

std::size_t worker_threads() {
  if (const std::size_t forced = forced_workers().load(); forced > 0) {
    return forced;
  }
  static const std::size_t kHardware =
      std::clamp<std::size_t>(hardware_threads(), 1, kMaxWorkers);
  return kHardware;
}

ForcedWorkers::ForcedWorkers(std::size_t threads)
    : before_(forced_workers().exchange(threads)) {}

ForcedWorkers::~ForcedWorkers() { forced_workers().store(before_); }

void parallel_for(std::size_t count, std::size_t threads,
                  const std::function<void(std::size_t)>& work) {
  const std::size_t crew = std::min(count, std::min(threads, kMaxWorkers));
  if (crew <= 1) {
    for (std::size_t i = 0; i < count; ++i) {
      work(i);
    }
    return;
  }
  Job job;
  job.count = count;
  job.work = &work;
  run_on_threads(crew - 1, run_job, &job);
  if (job.failure) {
    std::rethrow_exception(job.failure);
  }
}

}  // namespace iisdiag::evidence
