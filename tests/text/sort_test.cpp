#include "text/sort.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <string>

namespace iisdiag::text {
namespace {

using Row = std::pair<int, std::string>;

bool by_number(const Row& one, const Row& other) {
  return one.first < other.first;
}

TEST(SortStably, WhatIsEqualKeepsItsPlace) {
  std::vector<Row> rows = {{2, "a"}, {1, "b"}, {2, "c"}, {1, "d"}, {0, "e"}};
  sort_stably(rows, by_number);
  EXPECT_EQ(rows, (std::vector<Row>{
                      {0, "e"}, {1, "b"}, {1, "d"}, {2, "a"}, {2, "c"}}));
  std::vector<Row> none;
  sort_stably(none, by_number);
  EXPECT_TRUE(none.empty());
}

TEST(SortStably, AsTheLibraryOnRandomLists) {
  std::mt19937 random(20'261'129);
  for (std::size_t size = 0; size < 200; ++size) {
    std::vector<Row> rows;
    for (std::size_t i = 0; i < size; ++i) {
      rows.emplace_back(static_cast<int>(random() % 10), std::to_string(i));
    }
    std::vector<Row> expected = rows;
    std::stable_sort(expected.begin(), expected.end(), by_number);
    sort_stably(rows, by_number);
    EXPECT_EQ(rows, expected) << size;
  }
}

TEST(SortStably, WhatCanOnlyBeMoved) {
  std::vector<std::unique_ptr<int>> list;
  for (const int number : {3, 1, 2}) {
    list.push_back(std::make_unique<int>(number));
  }
  sort_stably(list,
              [](const auto& one, const auto& other) { return *one < *other; });
  EXPECT_EQ(*list[0] * 100 + *list[1] * 10 + *list[2], 123);
}

TEST(StableOrder, NumbersInTheOrderThatIsSaid) {
  const std::string letters = "cabc";
  EXPECT_EQ(stable_order(4,
                         [&](std::size_t one, std::size_t other) {
                           return letters[one] < letters[other];
                         }),
            (std::vector<std::size_t>{1, 2, 0, 3}));
}

}  // namespace
}  // namespace iisdiag::text
