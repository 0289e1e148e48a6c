// Rows of text logs summed up: AttemptGroups for rows that come by the million.
// A group takes 120 bytes until it is handed over, and hours besides the newest
// one (hour_counts.hpp); adding a row to it allocates nothing but these.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/hour_counts.hpp"
#include "facts/attempt.hpp"

namespace iisdiag::evidence {

// What makes rows one group; their accounts may differ. Texts are cut at 256
// bytes; a status has at most five digits.
struct GroupedRow {
  facts::RecordKind kind{};
  std::string_view site;
  std::string_view url;
  std::string_view reason;
  // As the first row of the group has it.
  std::string_view account;
  bool is_anonymous = true;
  std::uint32_t status = 0;
  std::uint32_t substatus = 0;
  bool has_substatus = false;
  std::optional<std::uint32_t> code;
};

class RowGroups {
 public:
  // No more than `most` groups are opened.
  explicit RowGroups(std::size_t most) : most_(most) {}

  // Rows without a time are in groups of their own. Of rows of one time the
  // first added counts as the first, the last added as the last.
  void add(const GroupedRow& row, std::optional<facts::ClockSeconds> time,
           std::uint64_t line);
  // What was read after this; its lines count from `lines` on. Joining groups
  // of parts, none of which left anything out, is the same as adding all rows.
  void join(const RowGroups& next, std::uint64_t lines);
  void clear();

  // In the order in which they were opened, with origins in `file`.
  std::vector<facts::LogonAttempt> attempts(const facts::Origin::Name& file,
                                            bool is_local) const;

  std::size_t size() const { return groups_.size(); }
  // Rows that are in no group, for there are as many groups as may be.
  std::uint64_t left_out() const { return left_out_; }

 private:
  struct Group {
    std::uint64_t hash = 0;
    std::uint64_t count = 0;
    facts::ClockSeconds first = 0;
    facts::ClockSeconds last = 0;
    std::uint64_t first_line = 0;
    std::uint64_t last_line = 0;
    HourCounts hours;     // none where it has no time
    std::size_t key = 0;  // in texts_; the account is behind it
    std::uint32_t key_size = 0;
    std::uint32_t account_size = 0;
  };

  // The one with this key; a new one, without rows, where there was none. Null
  // where there are too many.
  Group* group_of(std::string_view key, std::uint64_t hash,
                  std::string_view account);
  struct Row {
    facts::ClockSeconds time = 0;
    std::uint64_t line = 0;
  };
  // Adds rows to it, all but their hours.
  static void extend(Group& group, std::uint64_t count, Row first, Row last);
  std::string_view key_of(const Group& group) const {
    return std::string_view(texts_).substr(group.key, group.key_size);
  }
  void grow();

  std::size_t most_;
  std::vector<Group> groups_;
  std::vector<std::uint32_t> slots_;  // a group's number and one, or 0
  std::string texts_;
  std::uint64_t left_out_ = 0;
};

// At most `most` bytes of it, not cut inside a UTF-8 character.
std::string_view cut_text(std::string_view text, std::size_t most);

}  // namespace iisdiag::evidence
