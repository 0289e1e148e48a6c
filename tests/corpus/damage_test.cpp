// Real files and one sample of each format, cut at any length or with one byte
// changed, through the whole way of `check`: it ends soon, without an internal
// error, and what it prints is JSON or a reason on standard error.
//
// A normal run looks at a sample of places, the same each time; IISDIAG_FULL=1
// at all of them, but for the middle of files of 128 KiB and more, of which it
// takes 20,000 places. With sanitizers, which are slow, it is the sample and
// one place in eight of those.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "cli/exit_code.hpp"
#include "corpus.hpp"
#include "evidence/samples.hpp"
#include "support/full.hpp"
#include "support/program.hpp"

namespace iisdiag::corpus {
namespace {

#ifdef IISDIAG_SANITIZED
constexpr std::size_t kStride = 8;
#else
constexpr std::size_t kStride = 1;
#endif

constexpr std::size_t kEnds = 4096;  // of a large file, looked at whole
constexpr std::size_t kLarge = 128 * 1024;
constexpr std::size_t kOfLarge = 20'000;
// In a normal run.
constexpr std::size_t kOfAnyFile = 100;
constexpr std::size_t kOfLargeFile = 40;
// No file here takes a hundredth of it; a hang takes longer.
constexpr std::chrono::seconds kLongest{20};

std::vector<std::size_t> places(std::size_t size) {
  std::vector<std::size_t> chosen;
  std::mt19937_64 random(1);
  const auto sample = [&](std::size_t count) {
    for (std::size_t i = 0; i < count && size > 0; ++i) {
      chosen.push_back(random() % size);
    }
  };
  const auto range = [&](std::size_t first, std::size_t last,
                         std::size_t stride) {
    for (std::size_t i = first; i < std::min(last, size); i += stride) {
      chosen.push_back(i);
    }
  };
  const bool is_large = size >= kLarge;
  if (!test::is_full() || kStride > 1) {
    const std::size_t in_normal_run = is_large ? kOfLargeFile : kOfAnyFile;
    // Formats are told by their beginnings.
    range(0, in_normal_run / 5, 1);
    sample(in_normal_run - in_normal_run / 5);
  }
  if (test::is_full()) {
    range(0, is_large ? kEnds : size, kStride);
    if (is_large) {
      range(size - kEnds, size, kStride);
      sample(kOfLarge / kStride);
    }
  }
  return chosen;
}

// What holds whatever the bytes are. Returns false where it does not, so that
// one fault is told once.
bool is_sound(const std::string& name, std::string bytes,
              const std::string& what) {
  evidence::MemoryFiles files;
  files.add(name, std::move(bytes));
  const auto started = std::chrono::steady_clock::now();
  const auto outcome = test::call({"check", "--format", "json", name}, files);
  EXPECT_LT(std::chrono::steady_clock::now() - started, kLongest) << what;
  if (outcome.code == cli::kExitNothing) {
    EXPECT_EQ(outcome.out, "") << what;
    EXPECT_NE(outcome.err, "") << what;
  } else {
    EXPECT_LE(outcome.code, cli::kExitIncomplete) << what << outcome.err;
    EXPECT_EQ(outcome.err, "") << what;
    EXPECT_TRUE(nlohmann::json::accept(outcome.out)) << what << outcome.out;
  }
  return !testing::Test::HasFailure();
}

void cut_everywhere(const std::string& name, const std::string& bytes) {
  for (const std::size_t length : places(bytes.size())) {
    ASSERT_TRUE(is_sound(name, bytes.substr(0, length),
                         name + " cut to " + std::to_string(length)));
  }
}

void change_everywhere(const std::string& name, const std::string& bytes) {
  std::mt19937_64 random(2);
  for (const std::size_t place : places(bytes.size())) {
    const auto flipped = static_cast<unsigned char>(1 + random() % 255);
    std::string changed = bytes;
    changed[place] =
        static_cast<char>(static_cast<unsigned char>(changed[place]) ^ flipped);
    ASSERT_TRUE(is_sound(name, std::move(changed),
                         name + " with byte " + std::to_string(place) +
                             " changed by " + std::to_string(flipped)));
  }
}

class DamagedFile : public testing::TestWithParam<std::string> {
 protected:
  // The file, and its name without folders.
  std::optional<std::string> bytes() const {
    const auto corpus = folder();
    return corpus ? std::optional(read_file(*corpus + "/" + GetParam()))
                  : std::nullopt;
  }
  std::string name() const {
    return GetParam().substr(GetParam().find_last_of('/') + 1);
  }
};

TEST_P(DamagedFile, CutAtAnyLength) {
  const auto whole = bytes();
  if (!whole) {
    GTEST_SKIP() << kAbsent;
  }
  cut_everywhere(name(), *whole);
}

TEST_P(DamagedFile, WithAnyByteChanged) {
  const auto whole = bytes();
  if (!whole) {
    GTEST_SKIP() << kAbsent;
  }
  change_everywhere(name(), *whole);
}

INSTANTIATE_TEST_SUITE_P(Corpus, DamagedFile, testing::ValuesIn(golden_names()),
                         [](const auto& one) { return test_name(one.param); });

class DamagedSample : public testing::TestWithParam<evidence::Sample> {};

TEST_P(DamagedSample, CutAtAnyLength) {
  cut_everywhere(std::string(GetParam().name), std::string(GetParam().bytes));
}

TEST_P(DamagedSample, WithAnyByteChanged) {
  change_everywhere(std::string(GetParam().name),
                    std::string(GetParam().bytes));
}

INSTANTIATE_TEST_SUITE_P(Formats, DamagedSample,
                         testing::ValuesIn(evidence::samples().begin(),
                                           evidence::samples().end()),
                         [](const auto& one) {
                           return test_name(one.param.format);
                         });

}  // namespace
}  // namespace iisdiag::corpus
