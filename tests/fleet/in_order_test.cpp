#include "fleet/in_order.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <numeric>
#include <stdexcept>
#include <string>
#include <thread>

namespace iisdiag::fleet {
namespace {

std::vector<std::size_t> numbers(std::size_t count) {
  std::vector<std::size_t> all(count);
  std::iota(all.begin(), all.end(), std::size_t{0});
  return all;
}

TEST(MakeInOrder, ResultsComeInOrderHoweverLongEachTakes) {
  const evidence::ForcedWorkers workers(8);
  std::vector<std::size_t> taken;
  make_in_order<std::size_t>(
      500,
      [](std::size_t i) -> std::optional<std::size_t> {
        if (i % 50 == 0) {
          std::this_thread::sleep_for(std::chrono::milliseconds(3));
        }
        return i * 2;
      },
      [&](std::size_t i, std::size_t result) {
        EXPECT_EQ(result, i * 2);
        taken.push_back(i);
      });
  EXPECT_EQ(taken, numbers(500));
}

TEST(MakeInOrder, NeverTakesTwoAtATime) {
  const evidence::ForcedWorkers workers(8);
  std::atomic<int> inside = 0;
  std::size_t taken = 0;
  make_in_order<int>(
      2'000, [](std::size_t) -> std::optional<int> { return 1; },
      [&](std::size_t, int) {
        EXPECT_EQ(++inside, 1);
        ++taken;
        --inside;
      });
  EXPECT_EQ(taken, 2'000U);
}

TEST(MakeInOrder, OneThreadTakesEachBeforeTheNextIsMade) {
  const evidence::ForcedWorkers workers(1);
  std::string story;
  make_in_order<int>(
      3,
      [&](std::size_t i) -> std::optional<int> {
        story += "make" + std::to_string(i) + " ";
        return 0;
      },
      [&](std::size_t i, int) { story += "take" + std::to_string(i) + " "; });
  EXPECT_EQ(story, "make0 take0 make1 take1 make2 take2 ");
}

TEST(MakeInOrder, EndsWhereNothingIsMade) {
  for (const std::size_t threads : {1U, 4U}) {
    const evidence::ForcedWorkers workers(threads);
    std::vector<std::size_t> taken;
    make_in_order<int>(
        1'000,
        [](std::size_t i) -> std::optional<int> {
          return i >= 10 ? std::nullopt : std::optional(1);
        },
        [&](std::size_t i, int) { taken.push_back(i); });
    EXPECT_EQ(taken, numbers(10)) << threads;
  }
}

TEST(MakeInOrder, AnExceptionOfEitherComesOut) {
  const evidence::ForcedWorkers workers(4);
  const auto one = [](std::size_t) -> std::optional<int> { return 1; };
  EXPECT_THROW(make_in_order<int>(
                   100,
                   [](std::size_t i) -> std::optional<int> {
                     if (i == 7) {
                       throw std::runtime_error("seven");
                     }
                     return 1;
                   },
                   [](std::size_t, int) {}),
               std::runtime_error);
  EXPECT_THROW(make_in_order<int>(100, one,
                                  [](std::size_t i, int) {
                                    if (i == 7) {
                                      throw std::runtime_error("seven");
                                    }
                                  }),
               std::runtime_error);
}

}  // namespace
}  // namespace iisdiag::fleet
