#include "evidence/net_record.hpp"

#include <algorithm>
#include <array>

#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
constexpr std::size_t kTerminal = 80;
constexpr std::size_t kGroupsBlock = 4;
constexpr std::size_t kHeadLines = 7;

// Where a line stands. Counted from the end of a block, because a long comment
// adds lines to the first one, and because heads get cut off (FORMATS.md 8.1).
struct Place {
  std::size_t block;
  std::size_t index;
  bool from_end;
};
constexpr Place place_of(NetLabel label) {
  switch (label) {
    case NetLabel::kName:
      return {0, 0, false};
    case NetLabel::kActive:
      return {0, 1, true};
    case NetLabel::kExpires:
      return {0, 0, true};
    case NetLabel::kLastSet:
      return {1, 4, true};
    case NetLabel::kPasswordExpires:
      return {1, 3, true};
    case NetLabel::kRequired:
      return {1, 1, true};
    case NetLabel::kWorkstations:
      return {2, 0, false};
    case NetLabel::kLastLogon:
      return {2, 0, true};
    case NetLabel::kHours:
      return {3, 0, false};
    case NetLabel::kLocalGroups:
      return {kGroupsBlock, 0, false};
    case NetLabel::kGlobalGroups:
      break;
  }
  return {kGroupsBlock, 1, false};
}

// No-break spaces are blanks where a forum put them.
bool starts_blank(std::string_view text) {
  return text.starts_with(' ') || text.starts_with('\t') ||
         text.starts_with(kNoBreakSpace);
}

std::string_view trim(std::string_view text) {
  for (;;) {
    text = text::trim(text);
    if (text.starts_with(kNoBreakSpace)) {
      text.remove_prefix(kNoBreakSpace.size());
    } else if (text.ends_with(kNoBreakSpace)) {
      text.remove_suffix(kNoBreakSpace.size());
    } else {
      return text;
    }
  }
}

bool is_blank(const Line& line) { return trim(line.text).empty(); }

bool has_gap(std::string_view text) {
  return text.find("  ") != std::string_view::npos ||
         text.find('\t') != std::string_view::npos;
}

std::size_t width_of(const Line& line) {
  return text::display_width(text::trim_right(line.text));
}

// The last cell of a terminal's line may have been a blank, which got lost.
bool is_broken_off(std::size_t width) {
  return width == kTerminal || width + 1 == kTerminal;
}

struct Cut {
  std::string_view label;
  std::string_view value;
};

Cut cut_line(std::string_view line, std::size_t column) {
  if (column > 0) {
    const std::string_view label = text::prefix_of_width(line, column);
    // Tabs that became blanks move the columns: then the label is glued to
    // something, or holds a gap and the beginning of the value.
    if (label.size() < line.size() && label.ends_with(' ') &&
        !has_gap(trim(label))) {
      return {trim(label), trim(line.substr(label.size()))};
    }
  }
  const std::string_view trimmed = trim(line);
  const auto gap = std::min(trimmed.find("  "), trimmed.find('\t'));
  if (gap == std::string_view::npos) {
    return {trimmed, {}};
  }
  return {trimmed.substr(0, gap), trim(trimmed.substr(gap))};
}

// A sentence that ends the output in words that are not in the table: a name
// ends with no full stop.
bool is_sentence(std::string_view line) {
  return !starts_blank(line) && !has_gap(line) &&
         line.find(' ') != std::string_view::npos &&
         line.find('*') == std::string_view::npos && line.ends_with('.');
}

bool is_key(NetLabel label) {
  return label == NetLabel::kActive || label == NetLabel::kExpires ||
         label == NetLabel::kLastSet || label == NetLabel::kPasswordExpires ||
         label == NetLabel::kLocalGroups;
}

// The language whose labels are there.
const NetWords* language_of(const std::vector<Line>& lines) {
  std::array<std::array<bool, kNetLabels>, 16> seen{};
  const auto all = net_words();
  for (const Line& line : lines) {
    if (const auto found = starts_blank(line.text) || line.text.empty()
                               ? std::nullopt
                               : net_label(line.text)) {
      const auto language = static_cast<std::size_t>(found->words - all.data());
      seen.at(language).at(static_cast<std::size_t>(found->label)) = true;
    }
  }
  const NetWords* best = nullptr;
  std::size_t most = 1;
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::size_t keys = 0;
    for (std::size_t label = 0; label < kNetLabels; ++label) {
      const bool counts = label == 0 || is_key(static_cast<NetLabel>(label));
      keys += counts && seen.at(i).at(label) ? 1 : 0;
    }
    // A name alone may head anything.
    const bool has_state =
        seen.at(i).at(static_cast<std::size_t>(NetLabel::kActive)) ||
        seen.at(i).at(static_cast<std::size_t>(NetLabel::kLastSet));
    if (has_state && keys > most) {
      most = keys;
      best = &all[i];
    }
  }
  return best;
}

// "000 (System Default)": the line before the state of the account.
bool is_country(std::string_view value) {
  return value.size() > 4 &&
         value.substr(0, 3).find_first_not_of("0123456789") ==
             std::string_view::npos &&
         (value[3] == ' ' || value[3] == '(');
}

}  // namespace

std::optional<NetRecord> NetRecord::find(const std::vector<Line>& lines) {
  NetRecord record;
  record.words_ = language_of(lines);
  if (record.words_ == nullptr || !record.starts_at(lines)) {
    return std::nullopt;
  }
  record.cut(lines);
  if (record.blocks_.empty()) {
    return std::nullopt;
  }
  record.mend_workstations();
  record.judge_shape();
  return record;
}

// The first line: the one with the name, else the beginning of the block of
// the first label.
bool NetRecord::starts_at(const std::vector<Line>& lines) {
  std::optional<std::size_t> block;
  std::optional<std::size_t> first;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (is_blank(lines[i])) {
      block.reset();
      continue;
    }
    block = block.value_or(i);
    const auto found = net_label(lines[i].text);
    if (found && found->words == words_) {
      if (found->label == NetLabel::kName) {
        first_ = i;
        has_head_ = true;
        return true;
      }
      if (!first && is_key(found->label)) {
        first = block;
      }
    }
  }
  first_ = first.value_or(0);
  return first.has_value();
}

bool NetRecord::has_label(const NetField& field, NetLabel label) const {
  const auto found = net_label(field.label);
  return found && found->words == words_ && found->label == label;
}

void NetRecord::cut(const std::vector<Line>& lines) {
  std::size_t end = first_;
  while (end < lines.size() && !is_completion(lines[end].text)) {
    ++end;
  }
  complete_ = end < lines.size();
  if (!complete_) {
    std::size_t last = lines.size();
    while (last > first_ && is_blank(lines[last - 1])) {
      --last;
    }
    if (last > first_ && lines[last - 1].ended &&
        is_sentence(lines[last - 1].text)) {
      end = last - 1;
      complete_ = true;
    }
  }
  // The column of all values is that of the first `*` of the last block, which
  // lists groups; comments hold stars as well.
  bool is_first = true;  // of its block
  for (std::size_t i = first_; i < end; ++i) {
    constexpr std::size_t kNarrowest = 20;
    const auto star = lines[i].text.find('*');
    if (is_blank(lines[i])) {
      is_first = true;
    } else if (is_first && star != std::string_view::npos) {
      const auto width = text::display_width(lines[i].text.substr(0, star));
      if (width >= kNarrowest) {
        column_ = width;
        is_first = false;
      }
    }
  }
  for (std::size_t i = first_; i < end; ++i) {
    if (is_blank(lines[i])) {
      in_block_ = in_groups_;
    } else if (in_groups_) {
      add_group_line(lines[i]);
    } else {
      add(lines[i]);
    }
  }
  // A sentence of another language ends the groups only.
  complete_ = complete_ && (end == lines.size() || in_groups_ ||
                            is_completion(lines[end].text));
}

void NetRecord::add(const Line& line) {
  if (!in_block_) {
    blocks_.emplace_back();
    in_block_ = true;
  }
  NetBlock& block = blocks_.back();
  const Cut cut = cut_line(line.text, column_);
  if (starts_blank(line.text) && !block.empty()) {
    block.back().values.push_back(trim(line.text));
    return;
  }
  block.push_back({line, cut.label, {cut.value}, width_of(line)});
  if (block.size() == 1 &&
      (has_label(block.back(), NetLabel::kLocalGroups) ||
       (blocks_.size() > kGroupsBlock && cut.value.starts_with('*')))) {
    in_groups_ = true;
  }
}

void NetRecord::add_group_line(const Line& line) {
  NetBlock& block = blocks_.back();
  NetField& last = block.back();
  const std::string_view content = trim(line.text);
  if (!starts_blank(line.text)) {
    const Cut cut = cut_line(line.text, column_);
    const auto found = net_label(line.text);
    const bool is_label = found && found->words == words_;
    if (is_label || (block.size() < 2 && cut.value.starts_with('*'))) {
      block.push_back({line, cut.label, {cut.value}, width_of(line)});
      return;
    }
  } else if (content.starts_with('*')) {
    last.values.push_back(content);
    last.end = width_of(line);
    return;
  }
  // A row of two names can be wider than a terminal, which goes on at the left
  // edge.
  if (content.find('*') == std::string_view::npos && is_broken_off(last.end)) {
    std::string& whole = joined_.emplace_back(last.values.back());
    whole.append(kTerminal - last.end, ' ');
    whole += text::trim_right(line.text);
    last.values.back() = whole;
    last.end = 0;
    return;
  }
  are_groups_broken_ = true;
}

// The list of workstations is the one long line of its block.
void NetRecord::mend_workstations() {
  const std::size_t block = place_of(NetLabel::kWorkstations).block;
  constexpr std::size_t kPlaceLines = 5;
  if (blocks_.size() <= block + 1 || blocks_[block].size() <= kPlaceLines) {
    return;
  }
  NetBlock& fields = blocks_[block];
  const std::size_t excess = fields.size() - kPlaceLines;
  std::size_t taken = 0;
  std::string& whole = joined_.emplace_back(fields.front().values.front());
  while (excess > taken && is_broken_off(width_of(fields[taken].line))) {
    ++taken;
    whole += text::trim_right(fields[taken].line.text);
  }
  fields.front().values.front() = whole;
  fields.erase(fields.begin() + 1,
               fields.begin() + 1 + static_cast<std::ptrdiff_t>(taken));
}

const NetField* NetRecord::at_place(NetLabel label) const {
  const Place place = place_of(label);
  if (place.block >= whole_blocks() ||
      place.index >= blocks_[place.block].size()) {
    return nullptr;
  }
  const NetBlock& block = blocks_[place.block];
  return place.from_end ? &block[block.size() - 1 - place.index]
                        : &block[place.index];
}

// Whether the record has all its lines, so that a place alone tells.
void NetRecord::judge_shape() {
  std::size_t confirmed = 0;
  for (std::size_t i = 0; i < kNetLabels; ++i) {
    const auto label = static_cast<NetLabel>(i);
    const NetField* field = at_place(label);
    confirmed += field != nullptr && has_label(*field, label) ? 1 : 0;
  }
  constexpr std::array<std::size_t, 5> kLines = {0, 5, 5, 1, 2};
  bool fits = confirmed >= 2;
  for (std::size_t i = 0; i < whole_blocks(); ++i) {
    fits = fits &&
           (i == 0 ? blocks_[i].size() >= 3
                   : i < kLines.size() && blocks_[i].size() == kLines.at(i));
  }
  if (whole_blocks() > 0 && blocks_.front().size() >= 3) {
    const NetBlock& first = blocks_.front();
    fits = fits && is_country(first[first.size() - 3].values.front());
    if (!has_head_ && fits && first.size() == kHeadLines) {
      has_head_ = true;
    }
  } else {
    fits = false;
  }
  is_shaped_ = fits;
}

const NetField* NetRecord::find(NetLabel label) const {
  const bool is_group = place_of(label).block == kGroupsBlock;
  if (is_group && are_groups_broken_) {
    return nullptr;
  }
  const NetField* placed = at_place(label);
  if (placed != nullptr && has_label(*placed, label)) {
    return placed;
  }
  for (std::size_t i = 0; i < whole_blocks(); ++i) {
    for (const NetField& field : blocks_[i]) {
      if (has_label(field, label)) {
        return &field;
      }
    }
  }
  if (placed == nullptr || !is_shaped_ ||
      (is_group && !placed->values.front().starts_with('*'))) {
    return nullptr;
  }
  // Another line that strayed here?
  const auto other = net_label(placed->label);
  return other && other->words == words_ ? nullptr : placed;
}

}  // namespace iisdiag::evidence
