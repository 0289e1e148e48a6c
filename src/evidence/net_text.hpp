// What the readers of `net user`, `net localgroup` and their relatives share.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/document.hpp"
#include "facts/time.hpp"

namespace iisdiag::evidence {

// Where the lines of a list begin: behind the 79 dashes.
struct NetList {
  std::vector<Line> rows;
  // The sentence that `net` prints last was there: the list is whole.
  bool complete = false;
  std::string_view language;  // of that sentence, ISO 639-1
};
std::optional<NetList> net_list(const std::vector<Line>& lines);

// 79 dashes or more and nothing else.
bool is_dashes(std::string_view line);

// `net ... /domain`, or the heading that it prints, in whatever language.
bool asked_a_domain(const Document& document);

// The NAME of an echoed `net user NAME` or `net localgroup NAME`.
std::optional<std::string> name_in_command(std::string_view command,
                                           std::string_view verb);

// Dates in one file share their order of day and month: one that can be read
// one way only settles the others.
class NetDateOrder {
 public:
  void learn(std::string_view text);
  // "5/16/2006 9:01 AM", "16.05.2006 09:01", "2006-05-16 09:01": the earliest
  // and latest reading. Nothing where it is no date.
  std::optional<facts::TimeRange> read(std::string_view text) const;

 private:
  enum class Order : std::uint8_t { kUnknown, kMonthFirst, kDayFirst };
  Order order_ = Order::kUnknown;
};

}  // namespace iisdiag::evidence
