#include "evidence/evt_ring.hpp"

#include <algorithm>

#include "evidence/little_endian.hpp"

namespace iisdiag::evidence {
namespace {

using namespace std::string_view_literals;

// Of the record that stands behind the newest, after its length.
constexpr std::string_view kEndMark =
    "\x11\x11\x11\x11\x22\x22\x22\x22\x33\x33\x33\x33\x44\x44\x44\x44"sv;
constexpr std::size_t kEndSize = 40;
// No event is as large; one that is would be copied where the ring closes.
constexpr std::size_t kLargestRecord = 1U << 20U;

}  // namespace

EvtRing::EvtRing(std::string_view file) : file_(file) {
  if (file.size() <= kEvtHead) {
    return;
  }
  find_end();
  if (!has_end_) {
    oldest_ = kEvtHead;
    size_ = file.size() - kEvtHead;
  }
}

bool EvtRing::take_end(std::uint64_t end, std::uint64_t oldest, bool is_empty) {
  if (oldest < kEvtHead || oldest >= file_.size() ||
      (end == oldest && !is_empty)) {
    return false;
  }
  oldest_ = oldest;
  size_ =
      end >= oldest ? end - oldest : file_.size() - oldest + (end - kEvtHead);
  has_end_ = true;
  return true;
}

// What the head says is old while the log is open, and in a copy that was made
// then; the record at the end is not. Of several the one that knows its place
// and the newest number counts.
void EvtRing::find_end() {
  const std::size_t ring = file_.size() - kEvtHead;
  std::uint32_t best = 0;
  const auto look = [&](std::uint64_t end, std::string_view record) {
    if (u32_at(record, 0) == kEndSize && u32_at(record, 24) == end &&
        (!has_end_ || u32_at(record, 28) > best) &&
        take_end(end, u32_at(record, 20),
                 u32_at(record, 28) == u32_at(record, 32))) {
      best = u32_at(record, 28);
    }
  };
  for (std::size_t mark = file_.find(kEndMark, kEvtHead + 4);
       mark != std::string_view::npos;
       mark = file_.find(kEndMark, mark + kEndMark.size())) {
    if (holds(file_, mark - 4, kEndSize)) {
      look(mark - 4, file_.substr(mark - 4, kEndSize));
    }
  }
  // It can lie across the end of the file, too.
  if (ring < 2 * kEndSize) {
    return;
  }
  const std::size_t tail = file_.size() - kEndSize + 1;
  const std::string seam = std::string(file_.substr(tail)) +
                           std::string(file_.substr(kEvtHead, kEndSize - 1));
  for (std::size_t mark = seam.find(kEndMark); mark != std::string::npos;
       mark = seam.find(kEndMark, mark + 1)) {
    if (mark >= 4 && holds(seam, mark - 4, kEndSize)) {
      look(tail + mark - 4, std::string_view(seam).substr(mark - 4, kEndSize));
    }
  }
}

std::size_t EvtRing::place(std::uint64_t at) const {
  const std::uint64_t ring = file_.size() - kEvtHead;
  return static_cast<std::size_t>(kEvtHead + (oldest_ - kEvtHead + at) % ring);
}

std::string_view EvtRing::straight(std::uint64_t at) const {
  const std::string_view rest = file_.substr(place(at));
  return rest.substr(0, static_cast<std::size_t>(
                            std::min<std::uint64_t>(rest.size(), size_ - at)));
}

std::uint32_t EvtRing::number(std::uint64_t at) const {
  const std::string_view bytes = straight(at);
  if (bytes.size() >= 4) {
    return u32_at(bytes, 0);
  }
  std::uint32_t value = 0;
  for (unsigned i = 0; i < 4; ++i) {
    value |= std::uint32_t{static_cast<unsigned char>(file_[place(at + i)])}
             << (8 * i);
  }
  return value;
}

std::size_t EvtRing::record_size(std::uint64_t at) const {
  if (at >= size_ || size_ - at < kEvtLeastRecord) {
    return 0;
  }
  const std::uint32_t size = number(at);
  return size >= kEvtLeastRecord && size <= kLargestRecord &&
                 size <= size_ - at && number(at + 4) == u32_at(kEvtMagic, 0) &&
                 number(at + size - 4) == size
             ? size
             : 0;
}

std::string_view EvtRing::record(std::uint64_t at, std::string& joined) const {
  const std::size_t size = record_size(at);
  const std::string_view bytes = at < size_ ? straight(at) : ""sv;
  if (bytes.size() >= size) {
    return bytes.substr(0, size);
  }
  joined = bytes;
  joined += file_.substr(kEvtHead, size - bytes.size());
  return joined;
}

std::uint64_t EvtRing::next(std::uint64_t at, bool& is_broken) const {
  constexpr std::uint32_t kFiller = 0x27;
  const std::size_t rest = file_.size() - place(at);
  is_broken = false;
  if (rest < kEvtRecordHead && (rest < 4 || number(at) == kFiller)) {
    return std::min<std::uint64_t>(at + rest, size_);
  }
  is_broken = true;
  return find(at + 1);
}

std::uint64_t EvtRing::find(std::uint64_t at) const {
  while (at < size_) {
    if (record_size(at) > 0) {
      return at;
    }
    // The magic stands 4 bytes behind the beginning; where the file ends
    // before it does, byte by byte.
    const std::string_view bytes = straight(at);
    constexpr std::size_t kToMagic = 4;
    constexpr std::size_t kNeeded = kToMagic + 4;
    if (bytes.size() <= kNeeded) {
      ++at;
      continue;
    }
    const std::size_t magic = bytes.find(kEvtMagic, kToMagic + 1);
    at += magic == std::string_view::npos ? bytes.size() - kNeeded + 1
                                          : magic - kToMagic;
  }
  return size_;
}

}  // namespace iisdiag::evidence
