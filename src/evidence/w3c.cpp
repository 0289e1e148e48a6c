#include "evidence/w3c.hpp"

#include <algorithm>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "evidence/hour_counts.hpp"
#include "evidence/limits.hpp"
#include "evidence/log_blocks.hpp"
#include "evidence/log_format.hpp"
#include "evidence/log_rows.hpp"
#include "evidence/parallel.hpp"
#include "evidence/w3c_part.hpp"
#include "evidence/w3c_scan.hpp"
#include "text/strings.hpp"

namespace iisdiag::evidence {
namespace {

// Blocks that are read at a time, and how many groups each may make before it
// is read again by itself: both bound the memory that waits to be joined.
constexpr std::size_t kBatch = 32;
constexpr std::size_t kMostInBlock = 4'096;

class W3cReader : public LogReader {
 public:
  W3cReader(const LogFile& file, std::size_t block)
      : file_(std::make_shared<const std::string>(file.name)),
        site_(site_of_folder(file.folder)),
        is_ftp_(is_ftp_service(site_)),
        blocks_(block) {}

  std::size_t read(std::string_view bytes, bool is_last) override;
  void finish(FileFacts& facts) override;

 private:
  // Bytes of a block that may hold some of the newest rows.
  struct Kept {
    std::string_view text;
    std::string copy;  // where the piece is gone
    bool is_cut = false;
    W3cState before;
    W3cPlace place;
    std::uint64_t offset = 0;  // in all blocks
  };

  void begin(std::string_view bytes, bool is_last);
  void read_batch(const std::vector<LogBlock>& blocks);
  void read_block(const LogBlock& block);
  void join(const LogBlock& block, W3cResult& result);
  void keep(const LogBlock& block);
  void find_successes();
  facts::LogSpan span() const;

  facts::Origin::Name file_;
  std::string site_;
  bool is_ftp_;
  bool began_ = false;
  LogBlocks blocks_;
  W3cState state_;
  W3cSerial serial_;
  W3cPlace place_;  // of what comes next
  std::uint64_t offset_ = 0;
  std::vector<W3cResult> results_;
  std::deque<Kept> kept_;
  std::vector<std::string> spare_;  // copies that are kept no more
  W3cResult all_{kMaxAttemptGroups};
};

std::size_t W3cReader::read(std::string_view bytes, bool is_last) {
  if (!began_) {
    begin(bytes, is_last);
    began_ = true;
  }
  std::size_t done = 0;
  std::vector<LogBlock> blocks;
  while (true) {
    // Nothing to guess before there was a header, nor where rows are to be read
    // one after the other.
    const bool is_single =
        state_.layout.kind == W3cKind::kNone || state_.layout.is_serial();
    const std::size_t most = is_single ? 1 : kBatch;
    blocks.clear();
    LogBlock block;
    while (blocks.size() < most &&
           blocks_.next(bytes.substr(done), is_last, block)) {
      done += block.taken;
      if (!block.text.empty()) {
        blocks.push_back(block);
      }
    }
    if (blocks.empty()) {
      break;
    }
    if (is_single) {
      read_block(blocks.front());
    } else {
      read_batch(blocks);
    }
  }
  if (is_last) {
    find_successes();
    kept_.clear();
  } else {
    for (Kept& kept : kept_) {
      if (kept.copy.empty()) {
        if (!spare_.empty()) {
          kept.copy = std::move(spare_.back());
          spare_.pop_back();
        }
        kept.copy.assign(kept.text);
        kept.text = {};
      }
    }
  }
  return done;
}

void W3cReader::begin(std::string_view bytes, bool is_last) {
  state_.layout.places.fill(W3cLayout::kAbsent);
  // Rows without a header: what they are has to be clear from the first ones.
  constexpr std::size_t kRows = 20;
  std::string_view start = bytes.substr(0, kLogStart);
  if (start.starts_with("\xEF\xBB\xBF")) {
    start.remove_prefix(3);
  }
  std::vector<std::string_view> rows;
  while (!start.empty() && rows.size() < kRows) {
    const std::size_t end = line_end(start, 0);
    bool zeros = false;
    const std::string_view line =
        clean_line(start.substr(0, end), true, zeros).text;
    const bool is_whole =
        end < start.size() || (is_last && bytes.size() <= kLogStart);
    start.remove_prefix(std::min(end + 1, start.size()));
    if (line.starts_with('#')) {
      break;
    }
    if (is_whole && !text::trim(line).empty()) {
      rows.push_back(line);
    }
  }
  state_.layout = guess_layout(rows);
  if (is_ftp_ && state_.layout.kind == W3cKind::kUndecided) {
    state_.layout.kind = W3cKind::kFtp;
  }
}

void W3cReader::read_batch(const std::vector<LogBlock>& blocks) {
  while (results_.size() < blocks.size()) {
    results_.emplace_back(kMostInBlock);
  }
  // Most logs have one set of columns all through. Where this guess fails, the
  // block is read again when it is known what stands before it.
  const W3cState guess = state_;
  parallel_for(blocks.size(), [&](std::size_t i) {
    results_[i].clear();
    W3cPart(blocks[i].text, blocks[i].is_cut, site_, is_ftp_)
        .read(guess, nullptr, {}, results_[i]);
  });
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    W3cResult& result = results_[i];
    if (result.gave_up || result.groups.left_out() > 0 ||
        !guess.reads_as(state_)) {
      read_block(blocks[i]);
      continue;
    }
    if (!result.saw_date) {
      result.after.day = state_.day;
      result.after.seconds = state_.seconds;
      result.after.passed_midnight = state_.passed_midnight;
    }
    join(blocks[i], result);
  }
}

void W3cReader::read_block(const LogBlock& block) {
  W3cResult result(block.text.size());
  W3cPart(block.text, block.is_cut, site_, is_ftp_)
      .read(state_, &serial_, place_, result);
  join(block, result);
}

void W3cReader::join(const LogBlock& block, W3cResult& result) {
  keep(block);
  if (block.is_long) {
    result.troubles.add(Trouble::kLongLine, 1);
  }
  all_.groups.join(result.groups, place_.lines);
  all_.troubles.join(result.troubles, place_.lines);
  if (result.first) {
    if (!all_.first) {
      all_.first = result.first;
      all_.first_site = result.first_site;
    }
    all_.last = result.last;
    all_.last_site = result.last_site;
  }
  if (all_.kind == W3cKind::kUndecided || all_.kind == W3cKind::kNone) {
    all_.kind = result.kind == W3cKind::kUndecided ? all_.kind : result.kind;
  }
  place_.lines += result.lines;
  place_.rows += result.rows;
  offset_ += block.text.size();
  state_ = result.after;
}

void W3cReader::keep(const LogBlock& block) {
  Kept& kept = kept_.emplace_back();
  kept.text = block.text;
  kept.is_cut = block.is_cut;
  kept.before = state_;
  kept.place = place_;
  kept.offset = offset_;
  const std::uint64_t end = offset_ + block.text.size();
  while (kept_.size() > 1 && kept_[1].offset + kSuccessBytes <= end) {
    if (!kept_.front().copy.empty()) {
      spare_.push_back(std::move(kept_.front().copy));
    }
    kept_.pop_front();
  }
}

void W3cReader::find_successes() {
  const std::uint64_t from =
      offset_ > kSuccessBytes ? offset_ - kSuccessBytes : 0;
  std::vector<Successes> found(kept_.size());
  parallel_for(kept_.size(), [&](std::size_t i) {
    const Kept& kept = kept_[i];
    const std::string_view text = kept.copy.empty() ? kept.text : kept.copy;
    const std::uint64_t skip = from > kept.offset ? from - kept.offset : 0;
    W3cPart(text, kept.is_cut, site_, is_ftp_)
        .find_successes(kept.before, kept.place,
                        static_cast<std::size_t>(
                            std::min<std::uint64_t>(skip, text.size())),
                        place_.rows, found[i]);
  });
  for (std::size_t i = found.size(); i > 0; --i) {
    serial_.successes.join(found[i - 1]);
  }
}

facts::LogSpan W3cReader::span() const {
  facts::LogSpan span;
  switch (is_ftp_ ? W3cKind::kFtp : all_.kind) {
    case W3cKind::kFtp:
      span.kind = facts::LogKind::kFtp;
      break;
    case W3cKind::kHttpErrors:
      span.kind = facts::LogKind::kHttpErrors;
      break;
    default:
      span.kind = facts::LogKind::kWeb;
  }
  span.site = site_;
  if (site_.empty() && all_.first_site == all_.last_site) {
    span.site = all_.first_site;
  }
  span.records = place_.rows;
  span.has_time = all_.first.has_value();
  span.first = all_.first.value_or(0);
  span.last = all_.last.value_or(0);
  span.is_whole = !all_.troubles.any_loss();
  span.origin = facts::Origin::in_file(file_, 0);
  return span;
}

void W3cReader::finish(FileFacts& facts) {
  if (all_.groups.left_out() > 0) {
    all_.troubles.add(Trouble::kGroups, 0, all_.groups.left_out());
  }
  for (auto& attempt : all_.groups.attempts(file_, false)) {
    facts.records.attempts.push_back(std::move(attempt));
  }
  for (auto& attempt : serial_.successes.attempts(file_, false, place_.rows)) {
    facts.records.attempts.push_back(std::move(attempt));
  }
  limit_hours(facts.records.attempts, kMaxHours);
  facts.records.logs.push_back(span());
  all_.troubles.report(file_, facts);
}

// The first line that is not empty; `start` begins behind it.
std::string_view next_line(std::string_view& start) {
  std::string_view line;
  while (line.empty() && !start.empty()) {
    const std::size_t end = line_end(start, 0);
    line = text::trim(start.substr(0, end));
    while (line.ends_with('\r')) {
      line.remove_suffix(1);
    }
    start.remove_prefix(std::min(end + 1, start.size()));
  }
  return line;
}

// Firewalls, FTP clients and others write W3C logs too. IIS names nearly all
// its columns by who sends to whom.
bool is_of_iis(std::string_view fields) {
  return text::icontains(fields, "cs-") || text::icontains(fields, "sc-") ||
         text::icontains(fields, "cs(") || text::icontains(fields, "s-reason");
}

bool is_w3c(std::string_view start) {
  text::consume(start, "\xEF\xBB\xBF");
  std::string_view line = next_line(start);
  bool any = false;
  while (line.starts_with('#')) {
    if (text::istarts_with(line, "#fields:")) {
      return is_of_iis(line);
    }
    for (const std::string_view directive :
         {"#software:", "#version:", "#date:", "#start-date:", "#end-date:",
          "#remark:"}) {
      any = any || text::istarts_with(line, directive);
    }
    if (text::istarts_with(line, "#software:") &&
        (text::icontains(line, "Internet Information") ||
         text::icontains(line, "HTTP API") ||
         text::icontains(line, "Advanced Logging"))) {
      return true;
    }
    line = next_line(start);
  }
  // Rows without a header, or before it.
  constexpr std::size_t kTime = 11;
  constexpr std::size_t kEnd = kTime + 8;
  return line.size() > kEnd && line[kTime - 1] == ' ' && line[kEnd] == ' ' &&
         days_of(line.substr(0, kTime - 1)) &&
         seconds_of(line.substr(kTime, kEnd - kTime)) &&
         (any || line.find('/', kEnd) != std::string_view::npos);
}

std::unique_ptr<LogReader> open_w3c(const LogFile& file) {
  return open_w3c_log(file, LogBlocks::kBlock);
}

}  // namespace

std::unique_ptr<LogReader> open_w3c_log(const LogFile& file,
                                        std::size_t block) {
  return std::make_unique<W3cReader>(file, block);
}

const LogFormat kW3cLog{
    "w3c", "log of a site or of HTTP.sys, W3C extended format",
    "copy the folder LogFiles, for IIS 7 and later inetpub\\logs\\LogFiles",
    is_w3c, open_w3c};

}  // namespace iisdiag::evidence
