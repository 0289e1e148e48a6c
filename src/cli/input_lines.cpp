#include "cli/input_lines.hpp"

#include <algorithm>

#include "text/decode.hpp"

namespace iisdiag::cli {
namespace {

constexpr std::string_view kLittleMark("\xFF\xFE", 2);
constexpr std::string_view kBigMark("\xFE\xFF", 2);

}  // namespace

std::vector<std::string> InputLines::add(std::string_view piece) {
  const bool is_end = piece.empty();
  held_ += piece;
  find_units(is_end);
  std::vector<std::string> lines;
  std::size_t from = 0;
  std::size_t end = 0;
  std::size_t length = 0;
  while (units_ != Units::kNotKnown && find_end(from, end, length)) {
    lines.push_back(decoded(std::string_view(held_).substr(from, end - from)));
    from = end + length;
  }
  held_.erase(0, from);
  if (is_end && !held_.empty()) {
    lines.push_back(decoded(held_));
    held_.clear();
  }
  return lines;
}

// The first two bytes tell: a mark, or the zero of an ASCII letter.
void InputLines::find_units(bool is_end) {
  if (units_ != Units::kNotKnown || (held_.size() < 2 && !is_end)) {
    return;
  }
  units_ = Units::kBytes;
  if (held_.size() < 2) {
    return;
  }
  if (held_.starts_with(kLittleMark) || (held_[0] != 0 && held_[1] == 0)) {
    units_ = Units::kLittle;
  } else if (held_.starts_with(kBigMark) || (held_[0] == 0 && held_[1] != 0)) {
    units_ = Units::kBig;
  }
  if (held_.starts_with(kLittleMark) || held_.starts_with(kBigMark)) {
    held_.erase(0, 2);
  }
}

bool InputLines::find_end(std::size_t from, std::size_t& end,
                          std::size_t& length) const {
  const bool is_wide = units_ != Units::kBytes;
  length = is_wide ? 2 : 1;
  const std::string_view mark =
      units_ == Units::kBytes    ? std::string_view("\n", 1)
      : units_ == Units::kLittle ? std::string_view("\n\0", 2)
                                 : std::string_view("\0\n", 2);
  const std::size_t most = std::min(held_.size(), from + kLongestLine);
  for (end = from; end + length <= held_.size() && end <= most; end += length) {
    if (std::string_view(held_).substr(end, length) == mark) {
      return true;
    }
  }
  if (held_.size() - from > kLongestLine) {
    end = from + kLongestLine;
    length = 0;
    return true;
  }
  return false;
}

std::string InputLines::decoded(std::string_view line) const {
  std::string bytes(units_ == Units::kLittle ? kLittleMark
                    : units_ == Units::kBig  ? kBigMark
                                             : std::string_view());
  bytes += line;
  // Binary bytes stay what they are: whoever shows them makes them printable.
  const auto decoded = text::decode(bytes);
  std::string text = decoded ? decoded->text : std::string(line);
  if (text.ends_with('\r')) {
    text.pop_back();
  }
  return text;
}

}  // namespace iisdiag::cli
