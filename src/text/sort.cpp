#include "text/sort.hpp"

#include <algorithm>
#include <numeric>

namespace iisdiag::text {

std::vector<std::size_t> stable_order(
    std::size_t count,
    const std::function<bool(std::size_t one, std::size_t other)>& before) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  // Not the function itself, which would be copied with each step.
  std::stable_sort(
      order.begin(), order.end(),
      [&](std::size_t one, std::size_t other) { return before(one, other); });
  return order;
}

}  // namespace iisdiag::text
