// .evt: the event logs of Windows NT, 2000, XP and Server 2003.
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "evidence/event_log.hpp"
#include "evidence/evt_record.hpp"
#include "evidence/evt_ring.hpp"
#include "evidence/little_endian.hpp"
#include "evidence/log_format.hpp"
#include "evidence/parallel.hpp"

namespace iisdiag::evidence {
namespace {

using namespace std::string_view_literals;

bool is_evt(std::string_view start) {
  // A head that was lost is all zeros; the first record may follow.
  constexpr std::size_t kFirstMagic = kEvtHead + 4;
  return (start.size() >= kEvtHead && u32_at(start, 0) == kEvtHead &&
          start.substr(4).starts_with(kEvtMagic)) ||
         (start.size() > kFirstMagic &&
          start.find_first_not_of('\0') >= kEvtHead &&
          start.substr(kFirstMagic).starts_with(kEvtMagic));
}

// A stretch of the ring, read by one thread.
class EvtPart {
 public:
  EvtPart(const EvtRing& ring, std::uint64_t begin)
      : ring_(&ring), begin_(begin), at_(begin) {}

  // Up to the first place that is not before `end`.
  void read(std::uint64_t end) {
    EvtRecords records(log_);
    std::string joined;
    std::string computer;
    while (at_ < end) {
      const std::string_view record = ring_->record(at_, joined);
      if (!record.empty()) {
        if (records.read(record)) {
          computer = EvtRecords::computer_of(record);
        }
        at_ += record.size();
        continue;
      }
      bool is_broken = false;
      at_ = ring_->next(at_, is_broken);
      breaks_ += is_broken ? 1 : 0;
    }
    log_.set_computer(std::move(computer));
  }

  std::uint64_t begin() const { return begin_; }
  std::uint64_t arrived() const { return at_; }
  std::uint64_t breaks() const { return breaks_; }
  EventLogPart& log() { return log_; }

 private:
  const EvtRing* ring_;
  std::uint64_t begin_;
  std::uint64_t at_;
  std::uint64_t breaks_ = 0;
  EventLogPart log_;
};

// Bytes that one thread reads in one go: fewer records than there may be
// groups, so that the groups of a part are never cut (event_log.hpp).
constexpr std::uint64_t kPart = 1U << 20U;
// Parts that are read before they are joined: what they hold takes memory.
constexpr std::size_t kPartsOfRound = 32;

class EvtReader final : public LogReader {
 public:
  explicit EvtReader(const LogFile& file) : file_(file.name) {}

  std::size_t read(std::string_view bytes, bool is_last) override {
    if (!is_last) {
      return 0;  // the ring begins anywhere
    }
    const EvtRing ring(bytes);
    has_end_ = ring.has_end();
    for (std::uint64_t at = 0; at < ring.size();) {
      at = read_round(ring, at);
    }
    return bytes.size();
  }

  void finish(FileFacts& facts) override {
    std::string text;
    if (!has_end_) {
      text =
          "the log does not tell where it ends: events were searched for, and "
          "some may be missing or older than the log";
    } else if (breaks_ > 0) {
      text = fmt::format(
          "the log is damaged or cut in {} places: events may be missing",
          breaks_);
    }
    if (!text.empty()) {
      facts.problems.push_back(
          {std::move(text), facts::Origin::in_file(file_, 0), {}, 0, {}});
    }
    log_.finish(file_, has_end_ && breaks_ == 0, facts);
  }

 private:
  // From one place of a record to another. Each thread but the first begins
  // where a record seems to be; what it read counts if those before it arrive
  // just there, and else is read again.
  std::uint64_t read_round(const EvtRing& ring, std::uint64_t at) {
    std::vector<EvtPart> parts;
    std::uint64_t end = at;
    while (parts.size() < kPartsOfRound && end < ring.size()) {
      parts.emplace_back(ring, end);
      // From where the last one ended: places without records are looked at
      // once.
      end = ring.size() - end > kPart ? ring.find(end + kPart) : ring.size();
    }
    const auto end_of = [&](std::size_t i) {
      return i + 1 < parts.size() ? parts[i + 1].begin() : end;
    };
    parallel_for(parts.size(),
                 [&](std::size_t i) { parts[i].read(end_of(i)); });
    for (std::size_t i = 0; i < parts.size();) {
      if (parts[i].begin() == at) {
        at = take(parts[i]);
      } else {
        EvtPart again(ring, at);
        again.read(parts[i].begin());
        at = take(again);
      }
      while (i < parts.size() && parts[i].begin() < at) {
        ++i;
      }
    }
    return at;
  }

  std::uint64_t take(EvtPart& part) {
    log_.join(std::move(part.log()));
    breaks_ += part.breaks();
    return part.arrived();
  }

  std::string file_;
  bool has_end_ = false;
  std::uint64_t breaks_ = 0;
  EventLogPart log_;
};

std::unique_ptr<LogReader> open_evt(const LogFile& file) {
  return std::make_unique<EvtReader>(file);
}

}  // namespace

const LogFormat kEvt{"evt",
                     "event log of Windows NT to Server 2003 (.evt)",
                     "Event Viewer, Save Log File As, of type Event Log",
                     is_evt,
                     open_evt,
                     true};

}  // namespace iisdiag::evidence
