// Large event logs, made of real ones, and how long reading them takes.
//
//   iisdiag_event_log_bench make-evtx OUT MEGABYTES SOURCE...
//       chunks of the .evtx files SOURCE again and again, the events numbered
//       anew, with right checksums
//   iisdiag_event_log_bench make-evt OUT MEGABYTES SOURCE
//       records of the .evt file SOURCE likewise, in a ring that closes
//   iisdiag_event_log_bench read THREADS FILE
//       seconds, memory beyond the file, and what was found
//   iisdiag_event_log_bench list FILE
//       how many records of which time, and the same for each event that tells
//       of a logon (tests/scripts/event_logs.sh)
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "evidence/binxml.hpp"
#include "evidence/evt_ring.hpp"
#include "evidence/evtx_chunk.hpp"
#include "evidence/little_endian.hpp"
#include "evidence/log_format.hpp"
#include "evidence/parallel.hpp"

namespace iisdiag::evidence {
namespace {

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void put(std::string& bytes, std::size_t at, std::uint64_t value,
         std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) {
    bytes[at + i] = static_cast<char>(value >> (8 * i) & 0xFFU);
  }
}

std::uint32_t crc(std::uint32_t before, std::string_view bytes) {
  return static_cast<std::uint32_t>(
      ::crc32(before, reinterpret_cast<const Bytef*>(bytes.data()),
              static_cast<uInt>(bytes.size())));
}

// Numbers the events of a chunk from `next` on, which becomes the first number
// behind them. False for a chunk that is not whole: it is not used.
bool renumber(std::string& chunk, std::uint64_t& next) {
  const std::uint64_t first = next;
  const std::size_t end = u32_at(chunk, 48);
  std::size_t at = 512;
  while (at < end) {
    if (end - at < 28 || chunk.compare(at, 4, std::string("**\0\0", 4)) != 0) {
      return false;
    }
    const std::size_t size = u32_at(chunk, at + 4);
    if (size < 28 || size > end - at) {
      return false;
    }
    put(chunk, at + 8, next, 8);
    if (const auto values = BinValues::read(chunk, at + 28, at + size - 4);
        values && values->bytes(10).size() == 8) {
      put(chunk, values->start(10), next, 8);
    }
    ++next;
    at += size;
  }
  for (const std::size_t place : {8U, 24U}) {
    put(chunk, place, first, 8);
    put(chunk, place + 8, next - 1, 8);
  }
  const std::string_view bytes = chunk;
  put(chunk, 52, crc(0, bytes.substr(512, end - 512)), 4);
  put(chunk, 124, crc(crc(0, bytes.substr(0, 120)), bytes.substr(128, 384)), 4);
  return true;
}

int make_evtx(const std::string& out, std::size_t size,
              std::span<char* const> sources) {
  std::vector<std::string> chunks;
  std::string head;
  for (const char* source : sources) {
    const std::string bytes = read_file(source);
    head = bytes.substr(0, 4096);
    for (std::size_t at = 4096; at + kEvtxChunk <= bytes.size();
         at += kEvtxChunk) {
      std::string chunk = bytes.substr(at, kEvtxChunk);
      std::uint64_t any = 1;
      if (chunk.starts_with("ElfChnk") && renumber(chunk, any)) {
        chunks.push_back(std::move(chunk));
      }
    }
  }
  if (chunks.empty()) {
    return EXIT_FAILURE;
  }
  const std::size_t count = size / kEvtxChunk;
  put(head, 8, 0, 8);
  put(head, 16, count - 1, 8);
  put(head, 42, count, 2);
  put(head, 120, 0, 4);
  put(head, 124, crc(0, std::string_view(head).substr(0, 120)), 4);
  std::ofstream file(out, std::ios::binary);
  file << head;
  std::uint64_t next = 1;
  for (std::size_t i = 0; i < count; ++i) {
    std::string chunk = chunks[i % chunks.size()];
    renumber(chunk, next);
    file << chunk;
  }
  return file.flush() ? EXIT_SUCCESS : EXIT_FAILURE;
}

int make_evt(const std::string& out, std::size_t size, const char* source) {
  const std::string bytes = read_file(source);
  const EvtRing ring(bytes);
  std::string stream;
  std::string joined;
  std::uint32_t next = 1;
  std::uint64_t at = 0;
  while (stream.size() < size) {
    if (at >= ring.size()) {
      at = 0;
    }
    const std::string record(ring.record(at, joined));
    if (record.empty()) {
      bool is_broken = false;
      at = ring.next(at, is_broken);
      continue;
    }
    at += record.size();
    stream += record;
    put(stream, stream.size() - record.size() + 8, next++, 4);
  }
  // Stale bytes between the newest and the oldest; the oldest in the middle.
  const std::size_t whole = stream.size() + 4096;
  const std::size_t oldest = whole / 2 / 4 * 4;
  std::string file(48 + whole, '\0');
  const auto copy = [&](std::string_view part, std::size_t place) {
    for (std::size_t i = 0; i < part.size(); ++i) {
      file[48 + (place + i) % whole] = part[i];
    }
  };
  copy(stream, oldest);
  const std::size_t end = 48 + (oldest + stream.size()) % whole;
  std::string mark(40, '\0');
  put(mark, 0, 0x28, 4);
  put(mark, 4, 0x2222222211111111, 8);
  put(mark, 12, 0x4444444433333333, 8);
  put(mark, 20, 48 + oldest, 4);
  put(mark, 24, end, 4);
  put(mark, 28, next, 4);
  put(mark, 32, 1, 4);
  put(mark, 36, 0x28, 4);
  copy(mark, end - 48);
  put(file, 0, 0x30, 4);
  file.replace(4, 4, "LfLe");
  put(file, 8, 1, 4);
  put(file, 12, 1, 4);
  put(file, 16, 48 + oldest, 4);
  put(file, 20, end, 4);
  put(file, 24, next, 4);
  put(file, 28, 1, 4);
  put(file, 32, file.size(), 4);
  put(file, 36, 2, 4);  // it has wrapped
  put(file, 44, 0x30, 4);
  std::ofstream to(out, std::ios::binary);
  to << file;
  return to.flush() ? EXIT_SUCCESS : EXIT_FAILURE;
}

int list(const char* path) {
  const std::string bytes = read_file(path);
  const LogFormat* format =
      recognise_log(std::string_view(bytes).substr(0, kLogStart));
  if (format == nullptr) {
    return EXIT_FAILURE;
  }
  const auto reader = format->open({path, ""});
  reader->read(bytes, true);
  FileFacts facts;
  reader->finish(facts);
  const facts::LogSpan& log = facts.records.logs.front();
  fmt::print("{} {} {} {}\n", log.is_whole ? "whole" : "part", log.records,
             log.first, log.last);
  std::map<std::uint32_t, facts::LogonAttempt> events;
  for (const facts::LogonAttempt& attempt : facts.records.attempts) {
    const auto [place, is_new] = events.emplace(attempt.event, attempt);
    facts::LogonAttempt& all = place->second;
    if (!is_new) {
      all.count += attempt.count;
      all.first = std::min(all.first, attempt.first);
      all.last = std::max(all.last, attempt.last);
    }
  }
  for (const auto& [id, all] : events) {
    fmt::print("{} {} {} {}\n", id, all.count, all.first, all.last);
  }
  return EXIT_SUCCESS;
}

// Memory of its own that the process had at most, in MiB: that of files that
// are mapped is not counted.
double peak_mib(std::size_t mapped) {
  struct rusage usage {};
  ::getrusage(RUSAGE_SELF, &usage);
  return (static_cast<double>(usage.ru_maxrss) * 1024 -
          static_cast<double>(mapped)) /
         (1024 * 1024);
}

int read(std::size_t threads, const char* path) {
  const int file = ::open(path, O_RDONLY | O_CLOEXEC);
  struct stat about {};
  if (file < 0 || ::fstat(file, &about) != 0) {
    return EXIT_FAILURE;
  }
  const auto size = static_cast<std::size_t>(about.st_size);
  void* const memory =
      ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
  if (memory == MAP_FAILED) {
    return EXIT_FAILURE;
  }
  const std::string_view bytes(static_cast<const char*>(memory), size);
  const ForcedWorkers workers(threads);
  const LogFormat* format = recognise_log(bytes.substr(0, kLogStart));
  if (format == nullptr) {
    return EXIT_FAILURE;
  }
  const auto started = std::chrono::steady_clock::now();
  const auto reader = format->open({path, ""});
  reader->read(bytes, true);
  FileFacts facts;
  reader->finish(facts);
  const std::chrono::duration<double> took =
      std::chrono::steady_clock::now() - started;
  const facts::LogSpan& log = facts.records.logs.front();
  fmt::print(
      "{:.3f} s, {:.0f} MB/s, {:.0f} MiB beyond the file; {} records, {} "
      "groups, {}\n",
      took.count(), static_cast<double>(size) / 1e6 / took.count(),
      peak_mib(size), log.records, facts.records.attempts.size(),
      log.is_whole ? "whole" : "not whole");
  return EXIT_SUCCESS;
}

int run(std::span<char* const> arguments) {
  if (arguments.size() == 3 && std::string_view(arguments[1]) == "list") {
    return list(arguments[2]);
  }
  if (arguments.size() < 4) {
    fmt::print(stderr, "see the top of event_logs_posix.cpp\n");
    return EXIT_FAILURE;
  }
  const std::string_view what = arguments[1];
  if (what == "read") {
    return read(std::strtoul(arguments[2], nullptr, 10), arguments[3]);
  }
  const std::size_t size = std::strtoul(arguments[3], nullptr, 10) * 1'000'000;
  if (what == "make-evtx") {
    return make_evtx(arguments[2], size, arguments.subspan(4));
  }
  return arguments.size() > 4 ? make_evt(arguments[2], size, arguments[4])
                              : EXIT_FAILURE;
}

}  // namespace
}  // namespace iisdiag::evidence

int main(int count, char** arguments) {
  return iisdiag::evidence::run({arguments, static_cast<std::size_t>(count)});
}
