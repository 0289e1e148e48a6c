// The fuzz program: libFuzzer calls what stands here. scripts/fuzz builds and
// runs it.
//
//   iisdiag_fuzz --target=ID [--seconds=NUMBER] ...
//       libFuzzer on one target, until it took so many seconds of the processor
//   iisdiag_fuzz --targets
//       their ids
//   iisdiag_fuzz --seeds=FOLDER
//       writes seeds of formats that no scenario holds
#include <sys/time.h>
#include <unistd.h>

#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>

#include "evidence/format.hpp"
#include "evidence/log_format.hpp"
#include "evidence/parallel.hpp"
#include "fuzz/target.hpp"

// Of libFuzzer.
extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size,
                                        std::size_t max_size);

namespace iisdiag::fuzz {

void fail(std::string_view promise, std::string_view found) {
  constexpr std::size_t kShown = 2000;
  std::fprintf(stderr, "ERROR: broken promise: %.*s\n%.*s\n",
               static_cast<int>(promise.size()), promise.data(),
               static_cast<int>(std::min(found.size(), kShown)), found.data());
  std::abort();
}

std::vector<Target> all_targets() {
  std::vector<Target> targets = {
      {"report", fuzz_report},       {"merge", fuzz_merge},
      {"archive", fuzz_archive},     {"explain", fuzz_explain},
      {"arguments", fuzz_arguments}, {"text", fuzz_text}};
  for (const auto* format : evidence::all_log_formats()) {
    targets.push_back({std::string(format->id), fuzz_reader,
                       format->id == "evtx" ? mend_evtx : nullptr});
  }
  for (const auto* format : evidence::all_formats()) {
    targets.push_back({std::string(format->id), fuzz_reader});
  }
  return targets;
}

namespace {

Target& chosen() {
  static Target target;
  return target;
}

// A hang is a second of the processor and not of the clock, in which a busy
// machine may do nothing.
void too_long(int /*signal*/) {
  constexpr std::string_view kText =
      "ERROR: one input takes more than a second of the processor\n";
  [[maybe_unused]] const auto written =
      write(STDERR_FILENO, kText.data(), kText.size());
  std::abort();
}

void watch(long seconds) {
  const itimerval time = {{0, 0}, {seconds, 0}};
  setitimer(ITIMER_PROF, &time, nullptr);
}

// Of the processor; 0: until libFuzzer itself ends.
std::clock_t& allowed() {
  static std::clock_t time = 0;
  return time;
}

// libFuzzer knows the clock only. What it does for this signal is to say what
// it did and to end well.
void end_in_time() {
  if (allowed() > 0 && std::clock() > allowed()) {
    std::raise(SIGUSR1);
  }
}

void run(std::string_view bytes) {
  watch(1);
  chosen().run(chosen().id, bytes);
  watch(0);
  end_in_time();
}

int choose(std::string_view id) {
  auto targets = all_targets();
  targets.push_back({"faulty", fuzz_faulty});
  for (Target& target : targets) {
    if (target.id == id) {
      chosen() = std::move(target);
      return 0;
    }
  }
  std::fprintf(stderr, "iisdiag_fuzz: no target %.*s; see --targets\n",
               static_cast<int>(id.size()), id.data());
  std::exit(2);
}

}  // namespace
}  // namespace iisdiag::fuzz

// libFuzzer leaves arguments alone that begin with two hyphens.
extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
  using namespace iisdiag;
  constexpr std::string_view kTarget = "--target=";
  constexpr std::string_view kSeeds = "--seeds=";
  constexpr std::string_view kSeconds = "--seconds=";
  std::string_view id;
  for (int i = 1; i < *argc; ++i) {
    const std::string_view argument = (*argv)[i];
    if (argument == "--targets") {
      for (const fuzz::Target& target : fuzz::all_targets()) {
        std::printf("%s\n", target.id.c_str());
      }
      std::exit(0);
    }
    if (argument.starts_with(kSeeds)) {
      const std::string folder(argument.substr(kSeeds.size()));
      std::exit(fuzz::write_seeds(folder) ? 0 : 1);
    }
    if (argument.starts_with(kSeconds)) {
      fuzz::allowed() =
          std::atol((*argv)[i] + kSeconds.size()) * CLOCKS_PER_SEC;
    }
    if (argument.starts_with(kTarget)) {
      id = argument.substr(kTarget.size());
    }
  }
  // Threads find the same as one, which other tests are about, and cost more
  // than reading such small files.
  static const evidence::ForcedWorkers one(1);
  std::signal(SIGPROF, fuzz::too_long);
  return fuzz::choose(id);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  iisdiag::fuzz::run({reinterpret_cast<const char*>(data), size});
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data,
                                               std::size_t size,
                                               std::size_t max_size,
                                               unsigned int seed) {
  const std::size_t mutated = LLVMFuzzerMutate(data, size, max_size);
  const auto mend = iisdiag::fuzz::chosen().mend;
  constexpr unsigned kNotMended = 4;  // one of so many
  if (mend != nullptr && seed % kNotMended != 0) {
    std::string bytes(reinterpret_cast<const char*>(data), mutated);
    mend(bytes);  // keeps the length
    std::memcpy(data, bytes.data(), std::min(mutated, bytes.size()));
  }
  return mutated;
}
