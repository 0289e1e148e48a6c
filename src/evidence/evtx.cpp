// .evtx: the event logs of Windows Vista and later.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "evidence/evtx_chunk.hpp"
#include "evidence/little_endian.hpp"
#include "evidence/log_format.hpp"
#include "evidence/parallel.hpp"

namespace iisdiag::evidence {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kFileMagic = "ElfFile\0"sv;
constexpr std::string_view kChunkMagic = "ElfChnk\0"sv;
constexpr std::size_t kFileHead = 4096;

// Its head may be lost, and chunks may stand by themselves.
bool is_evtx(std::string_view start) {
  return start.starts_with(kFileMagic) || start.starts_with(kChunkMagic) ||
         (start.starts_with("\0\0\0\0\0\0\0\0"sv) && start.size() > kFileHead &&
          start.substr(kFileHead).starts_with(kChunkMagic));
}

// Chunks that one thread reads in one go: fewer than could fill all groups, so
// that the groups of a part are never cut (event_log.hpp).
constexpr std::size_t kChunksOfPart = 8;
// Parts that are read before they are joined: what they hold takes memory.
constexpr std::size_t kPartsOfRound = 32;

class EvtxReader final : public LogReader {
 public:
  explicit EvtxReader(const LogFile& file) : file_(file.name) {}

  std::size_t read(std::string_view bytes, bool is_last) override {
    std::size_t at = 0;
    if (is_start_) {
      at = take_head(bytes);
      is_start_ = false;
    }
    while (bytes.size() - at >= kEvtxChunk || (is_last && at < bytes.size())) {
      at += read_round(bytes.substr(at), is_last);
    }
    return at;
  }

  void finish(FileFacts& facts) override {
    if (damage_.damaged > 0) {
      facts.problems.push_back(
          {fmt::format("{} of {} chunks of the log are damaged or cut: events "
                       "may be missing",
                       damage_.damaged, damage_.chunks),
           facts::Origin::in_file(file_, 0),
           {},
           0,
           {}});
    } else if (is_headless_) {
      facts.problems.push_back(
          {"the head of the log is lost: how many events "
           "there were is not known",
           facts::Origin::in_file(file_, 0),
           {},
           0,
           {}});
    }
    log_.finish(file_, damage_.damaged == 0 && !is_headless_, facts);
  }

 private:
  std::size_t take_head(std::string_view bytes) {
    constexpr std::size_t kFlags = 120;
    constexpr std::uint32_t kNoChecksums = 4;
    if (bytes.starts_with(kChunkMagic)) {
      is_headless_ = true;
      return 0;
    }
    is_headless_ = !bytes.starts_with(kFileMagic) || bytes.size() < kFileHead;
    has_checksums_ =
        is_headless_ || (u32_at(bytes, kFlags) & kNoChecksums) == 0;
    return std::min(bytes.size(), kFileHead);
  }

  // Whole chunks from the front, and with `is_last` what is behind them; as
  // many as one round takes. Answers how many bytes that were.
  std::size_t read_round(std::string_view bytes, bool is_last) {
    constexpr std::size_t kPart = kChunksOfPart * kEvtxChunk;
    std::size_t size = std::min(bytes.size(), kPartsOfRound * kPart);
    if (!is_last || size < bytes.size()) {
      size -= size % kEvtxChunk;
    }
    const std::size_t count = (size + kPart - 1) / kPart;
    std::vector<EvtxChunks> parts(count, EvtxChunks(has_checksums_));
    parallel_for(count, [&](std::size_t i) {
      std::string_view part = bytes.substr(i * kPart);
      part = part.substr(0, std::min(kPart, size - i * kPart));
      while (!part.empty()) {
        const std::size_t chunk = std::min(part.size(), kEvtxChunk);
        parts[i].read(part.substr(0, chunk));
        part.remove_prefix(chunk);
      }
    });
    for (EvtxChunks& part : parts) {
      log_.join(std::move(part.log()));
      damage_.add(part.damage());
    }
    return size;
  }

  std::string file_;
  bool is_start_ = true;
  bool is_headless_ = false;
  bool has_checksums_ = true;
  EventLogPart log_;
  EvtxDamage damage_;
};

std::unique_ptr<LogReader> open_evtx(const LogFile& file) {
  return std::make_unique<EvtxReader>(file);
}

}  // namespace

const LogFormat kEvtx{"evtx",
                      "event log of Windows Vista and later (.evtx)",
                      "wevtutil epl Security Security.evtx",
                      is_evtx,
                      open_evtx,
                      false};

}  // namespace iisdiag::evidence
