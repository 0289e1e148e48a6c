// Work on several threads whose results come in order.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "evidence/parallel.hpp"

namespace iisdiag::fleet {

// Calls make(0) to make(count - 1) on as many threads as there are, and
// take(i, result) for each, in order and never two at a time, as soon as all
// before it are there. A `make` that answers nothing ends it: none that has not
// begun is called any more, and what it leaves is not taken. An exception of
// either comes out of here.
template <class T>
void make_in_order(std::size_t count,
                   const std::function<std::optional<T>(std::size_t)>& make,
                   const std::function<void(std::size_t, T)>& take) {
  struct Slot {
    std::optional<T> result;
    std::atomic<bool> is_ready = false;
  };
  std::vector<Slot> slots(count);
  std::atomic<std::size_t> next = 0;  // to be taken
  std::atomic<bool> is_taking = false;
  std::atomic<bool> has_ended = false;
  const auto has_next = [&] {
    const std::size_t i = next.load();
    return i < count && slots[i].is_ready.load();
  };
  // Whoever finds nobody taking takes all that is ready. Whoever finds somebody
  // can go: that one looks again after it has stopped.
  const auto take_ready = [&] {
    while (has_next() && !is_taking.exchange(true)) {
      while (has_next()) {
        const std::size_t i = next.load();
        take(i, *std::exchange(slots[i].result, std::nullopt));
        next.store(i + 1);
      }
      is_taking.store(false);
    }
  };
  evidence::parallel_for(count, [&](std::size_t i) {
    if (has_ended.load()) {
      return;
    }
    slots[i].result = make(i);
    if (!slots[i].result) {
      has_ended.store(true);
      return;
    }
    slots[i].is_ready.store(true);
    take_ready();
  });
}

}  // namespace iisdiag::fleet
