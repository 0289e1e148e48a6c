// Sorting with one copy of the algorithm in the program: the library's own is
// made anew for each type that is sorted, some 3 KB each.
#pragma once

#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

namespace iisdiag::text {

// The numbers 0 to count - 1 in the order that `before` says; what is equal
// stays in rising order.
std::vector<std::size_t> stable_order(
    std::size_t count,
    const std::function<bool(std::size_t one, std::size_t other)>& before);

// As std::stable_sort of the whole list.
template <class T, class Before>
void sort_stably(std::vector<T>& list, Before before) {
  const std::vector<std::size_t> order =
      stable_order(list.size(), [&](std::size_t one, std::size_t other) {
        return before(std::as_const(list[one]), std::as_const(list[other]));
      });
  std::vector<T> sorted;
  sorted.reserve(list.size());
  for (const std::size_t i : order) {
    sorted.push_back(std::move(list[i]));
  }
  list = std::move(sorted);
}

}  // namespace iisdiag::text
