// Is every piece of work done once, whatever the number of threads?
#include "evidence/parallel.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <vector>

namespace iisdiag::evidence {
namespace {

TEST(ParallelTest, EveryPieceIsDoneOnce) {
  for (const std::size_t threads : {0U, 1U, 2U, 3U, 100U}) {
    for (const std::size_t count : {0U, 1U, 2U, 1000U}) {
      std::vector<std::atomic<int>> done(count);
      parallel_for(count, threads, [&](std::size_t i) { ++done[i]; });
      for (const auto& times : done) {
        ASSERT_EQ(times, 1) << threads << " threads, " << count << " pieces";
      }
    }
  }
}

TEST(ParallelTest, NoMoreThreadsAreAtWorkThanAskedFor) {
  std::atomic<int> at_work = 0;
  std::atomic<int> most = 0;
  parallel_for(200, 2, [&](std::size_t) {
    const int now = ++at_work;
    int before = most;
    while (now > before && !most.compare_exchange_weak(before, now)) {
    }
    --at_work;
  });
  EXPECT_LE(most, 2);
}

TEST(ParallelTest, AnExceptionComesOutAndTheRestIsLeftOut) {
  for (const std::size_t threads : {1U, 3U}) {
    std::atomic<std::size_t> done = 0;
    try {
      parallel_for(100'000, threads, [&](std::size_t i) {
        if (i == 3) {
          throw std::runtime_error("at 3");
        }
        ++done;
      });
      ADD_FAILURE() << threads << " threads: nothing was thrown";
    } catch (const std::runtime_error& error) {
      EXPECT_STREQ(error.what(), "at 3");
    }
    EXPECT_LT(done, 99'999) << threads << " threads";
  }
}

TEST(ParallelTest, TheNumberOfThreadsCanBeForced) {
  const std::size_t before = worker_threads();
  EXPECT_GE(before, 1U);
  EXPECT_LE(before, kMaxWorkers);
  {
    const ForcedWorkers three(3);
    EXPECT_EQ(worker_threads(), 3U);
    {
      const ForcedWorkers one(1);
      EXPECT_EQ(worker_threads(), 1U);
    }
    EXPECT_EQ(worker_threads(), 3U);
  }
  EXPECT_EQ(worker_threads(), before);
}

}  // namespace
}  // namespace iisdiag::evidence
