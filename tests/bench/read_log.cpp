// read_log [--threads N] [--pieces MIB] [--repeat N] LOG: how long the reader
// of a log takes, the best of some runs, and what it takes of memory besides
// the mapped file. tests/bench/logs.sh compares it with other programs.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>

#include "evidence/log_format.hpp"
#include "evidence/parallel.hpp"

namespace {

using iisdiag::evidence::FileFacts;
using iisdiag::evidence::LogFormat;

// Of the process itself, without what it maps: "RssAnon" of Linux, KiB.
long own_memory() {
  std::ifstream status("/proc/self/status");
  std::string word;
  while (status >> word) {
    if (word == "RssAnon:") {
      long kib = 0;
      status >> kib;
      return kib;
    }
  }
  return 0;
}

FileFacts read_mapped(const LogFormat& format, const char* name,
                      std::size_t piece, long& memory) {
  const int file = ::open(name, O_RDONLY | O_CLOEXEC);
  struct stat about = {};
  if (file < 0 || fstat(file, &about) != 0) {
    std::perror(name);
    std::exit(2);
  }
  const auto size = static_cast<std::size_t>(about.st_size);
  void* const bytes = mmap(nullptr, size, PROT_READ, MAP_SHARED, file, 0);
  const std::string_view text(static_cast<const char*>(bytes), size);
  const auto reader = format.open({name, "W3SVC1"});
  std::size_t done = 0;
  for (std::size_t end = piece; piece > 0 && end < size; end += piece) {
    done += reader->read(text.substr(done, end - done), false);
    memory = std::max(memory, own_memory());
  }
  reader->read(text.substr(done), true);
  FileFacts facts;
  reader->finish(facts);
  memory = std::max(memory, own_memory());  // while the reader has all it took
  munmap(bytes, size);
  close(file);
  return facts;
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t threads = 2;
  std::size_t piece = 0;
  int repeat = 5;
  const char* name = nullptr;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--threads" && i + 1 < argc) {
      threads = std::strtoul(argv[++i], nullptr, 10);
    } else if (word == "--pieces" && i + 1 < argc) {
      piece = std::strtoul(argv[++i], nullptr, 10) << 20U;
    } else if (word == "--repeat" && i + 1 < argc) {
      repeat = std::atoi(argv[++i]);
    } else {
      name = argv[i];
    }
  }
  if (name == nullptr) {
    return 2;
  }
  std::string start(iisdiag::evidence::kLogStart, '\0');
  std::ifstream in(name, std::ios::binary);
  in.read(start.data(), static_cast<std::streamsize>(start.size()));
  start.resize(static_cast<std::size_t>(in.gcount()));
  const LogFormat* format = iisdiag::evidence::recognise_log(start);
  if (format == nullptr) {
    fmt::print(stderr, "{}: no log\n", name);
    return 2;
  }
  const iisdiag::evidence::ForcedWorkers workers(threads);
  double best = 1e9;
  std::size_t groups = 0;
  std::uint64_t rows = 0;
  long memory = 0;
  for (int i = 0; i < repeat; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    const FileFacts facts = read_mapped(*format, name, piece, memory);
    const std::chrono::duration<double, std::milli> took =
        std::chrono::steady_clock::now() - begin;
    best = std::min(best, took.count());
    groups = facts.records.attempts.size();
    rows = facts.records.logs.front().records;
  }
  fmt::print("{:.0f} ms, {} threads, {} rows, {} groups, {:.1f} MiB\n", best,
             threads, rows, groups, static_cast<double>(memory) / 1024.0);
}
