// The record of `net user NAME` cut into its blocks and lines (FORMATS.md
// 8.1): the order of the lines is that of every language, so that a line is
// found by its block and position, and its label only confirms it.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/document.hpp"
#include "evidence/net_words.hpp"

namespace iisdiag::evidence {

// One line with a label: its value may go on in lines without one.
struct NetField {
  Line line;
  std::string_view label;
  std::vector<std::string_view> values;  // at least one
  // Where the last line of the value ends, in cells from the left edge; what
  // a terminal broke off was joined.
  std::size_t end = 0;
};
using NetBlock = std::vector<NetField>;

class NetRecord {
 public:
  // The record that these lines hold, or nothing: at least two of the labels
  // of one language have to be there. The lines must outlive the record.
  static std::optional<NetRecord> find(const std::vector<Line>& lines);

  const NetWords& words() const { return *words_; }
  // The sentence at the end was there. Otherwise nothing is read from the last
  // block, for it may go on.
  bool complete() const { return complete_; }
  // The account's name; nothing where the record's head was cut off.
  const NetField* name() const { return has_head_ ? &head() : nullptr; }
  const NetField& head() const { return blocks_.front().front(); }
  const std::vector<NetBlock>& blocks() const { return blocks_; }

  // The line of that meaning. By its place, if its label is the one of this
  // place or the whole record is as it should be; else wherever the label
  // stands; nothing where neither tells.
  const NetField* find(NetLabel label) const;
  // Lines stand among the groups that belong to no name: they are not read.
  bool are_groups_broken() const { return are_groups_broken_; }

 private:
  bool starts_at(const std::vector<Line>& lines);
  void cut(const std::vector<Line>& lines);
  void add(const Line& line);
  void add_group_line(const Line& line);
  void mend_workstations();
  void judge_shape();
  std::size_t whole_blocks() const {
    return blocks_.size() - (complete_ || blocks_.empty() ? 0 : 1);
  }
  bool has_label(const NetField& field, NetLabel label) const;
  const NetField* at_place(NetLabel label) const;

  const NetWords* words_ = nullptr;
  std::size_t first_ = 0;   // the record's first line
  std::size_t column_ = 0;  // of the values, in cells; 0: not known
  std::vector<NetBlock> blocks_;
  bool in_block_ = false;
  bool in_groups_ = false;  // the last block: blank lines do not end it
  bool complete_ = false;
  bool has_head_ = false;
  bool is_shaped_ = false;
  bool are_groups_broken_ = false;
  std::deque<std::string> joined_;  // lines that a terminal had broken
};

}  // namespace iisdiag::evidence
