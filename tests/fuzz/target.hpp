// The fuzz targets: what is done with bytes that a fuzzer makes up. One program
// holds all of them, so that the rooms are linked once; main.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace iisdiag::fuzz {

struct Target {
  std::string id;
  // Fails where a promise is broken.
  void (*run)(std::string_view id, std::string_view bytes) = nullptr;
  // Puts right what a mutation nearly always breaks and readers do not look
  // behind, such as a checksum; null: there is no such thing.
  void (*mend)(std::string& bytes) = nullptr;
};

// One for each reader of evidence, by the id of `iisdiag list evidence`, and
// those of larger parts.
std::vector<Target> all_targets();

// A broken promise: says so and ends the program, whose input is then kept.
[[noreturn]] void fail(std::string_view promise, std::string_view found);

inline void expect(bool holds, std::string_view promise,
                   std::string_view found) {
  if (!holds) {
    fail(promise, found);
  }
}

// Those of all_targets(), and one that fails on purpose, "faulty".
void fuzz_reader(std::string_view id, std::string_view bytes);
// Does the reader of that format take the bytes for its own?
bool is_read(std::string_view id, std::string_view bytes);
void fuzz_archive(std::string_view id, std::string_view bytes);
void fuzz_report(std::string_view id, std::string_view bytes);
void fuzz_merge(std::string_view id, std::string_view bytes);
void fuzz_explain(std::string_view id, std::string_view bytes);
void fuzz_arguments(std::string_view id, std::string_view bytes);
void fuzz_text(std::string_view id, std::string_view bytes);
void fuzz_faulty(std::string_view id, std::string_view bytes);
void mend_evtx(std::string& bytes);

// Small files as seeds, of each format at least one. False where one could not
// be written.
bool write_seeds(const std::string& folder);

}  // namespace iisdiag::fuzz
