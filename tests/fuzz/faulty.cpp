// What a target must not do, so that scripts/fuzz can see that it is noticed.
#include <csignal>
#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/target.hpp"

namespace iisdiag::fuzz {
namespace {

// Keeps a value from being optimised away.
volatile std::size_t kept = 0;

void lose_memory() {
  kept = reinterpret_cast<std::size_t>(new std::string(100, 'x'));
  kept = 0;
}

void never_end() {
  for (;;) {
    kept = kept + 1;
  }
}

void fill_memory() {
  constexpr std::size_t kBlock = 64U << 20U;
  std::vector<std::string> blocks;
  for (int i = 0; i < 10; ++i) {
    blocks.emplace_back(kBlock, 'x');
  }
  never_end();  // until the memory is looked at
}

void overflow() {
  volatile int most = std::numeric_limits<int>::max();
  most = most + 1;
}

void read_behind_the_end() {
  const std::vector<char> none(static_cast<std::size_t>(kept) + 1);
  kept = static_cast<std::size_t>(none.data()[kept + 1]);
}

}  // namespace

void fuzz_faulty(std::string_view /*id*/, std::string_view bytes) {
  if (bytes == "promise") {
    fail("none", bytes);
  } else if (bytes == "leak") {
    lose_memory();
  } else if (bytes == "hang") {
    never_end();
  } else if (bytes == "memory") {
    std::signal(SIGPROF, SIG_IGN);
    fill_memory();
  } else if (bytes == "undefined") {
    overflow();
  } else if (bytes == "address") {
    read_behind_the_end();
  }
}

}  // namespace iisdiag::fuzz
