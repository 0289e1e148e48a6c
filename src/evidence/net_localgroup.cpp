// `net localgroup NAME`: the members of one group (FORMATS.md 8.2).
#include <algorithm>

#include "evidence/format.hpp"
#include "evidence/net_text.hpp"
#include "evidence/net_words.hpp"
#include "text/strings.hpp"

namespace iisdiag::evidence {
namespace {

constexpr std::string_view kEnglishLabel = "Alias name";

struct Heading {
  Line line;
  std::string_view group;
};

// "Alias name     Guests"
std::optional<std::string_view> group_of(std::string_view line) {
  if (text::istarts_with(line, kEnglishLabel)) {
    return text::trim(line.substr(kEnglishLabel.size()));
  }
  const auto gap = std::min(line.find("  "), line.find('\t'));
  if (gap == std::string_view::npos || gap == 0 ||
      !is_alias_label(line.substr(0, gap))) {
    return std::nullopt;
  }
  return text::trim(line.substr(gap));
}

// The label is in the first lines, and above the dashes.
std::optional<Heading> heading(const std::vector<Line>& lines) {
  constexpr std::size_t kProbe = 10;
  for (std::size_t i = 0; i < lines.size() && i < kProbe; ++i) {
    if (is_dashes(lines[i].text)) {
      break;
    }
    if (const auto group = group_of(lines[i].text)) {
      return Heading{lines[i], *group};
    }
  }
  return std::nullopt;
}

bool is_english(const Heading& head) {
  return text::istarts_with(head.line.text, kEnglishLabel);
}

bool is_net_localgroup(const Document& document) {
  const auto head = heading(document.first_lines());
  return head && (is_english(*head) || net_list(document.lines()).has_value());
}

// A completion sentence that the table does not have: it ends with a full
// stop, which no name does, and has blanks but no domain.
bool is_sentence(const Line& line) {
  const std::string_view content = text::trim(line.text);
  return content.ends_with('.') &&
         content.find(' ') != std::string_view::npos &&
         content.find('\\') == std::string_view::npos &&
         content.find("  ") == std::string_view::npos;
}

void read_net_localgroup(const Document& document, FileFacts& facts) {
  const auto lines = document.lines();
  const auto head = heading(lines);
  if (!head) {
    return;
  }
  facts::LocalGroup group;
  group.name = head->group;
  group.origin = document.at(head->line.number);
  auto list = net_list(lines);
  group.language = is_english(*head) ? "en" : list ? list->language : "";
  if (group.name.empty() || asked_a_domain(document)) {
    return;
  }
  if (list && !list->complete && !list->rows.empty() &&
      list->rows.back().ended && is_sentence(list->rows.back())) {
    list->rows.pop_back();
    list->complete = true;
  }
  if (list && list->complete) {
    std::vector<std::string> members;
    for (const Line& row : list->rows) {
      members.emplace_back(text::trim(row.text));
    }
    group.members = {std::move(members), group.origin};
  } else {
    group.members = facts::Observed<std::vector<std::string>>::unknown(
        "the list of members has no end", {}, group.origin);
    facts.problems.push_back(document.problem(
        "the list of members has no end: whom it does not name may be one",
        head->line));
  }
  facts.accounts.groups.push_back(std::move(group));
}

}  // namespace

const Format kNetLocalgroup{"net-localgroup",
                            "members of a group (net localgroup NAME)",
                            "net localgroup Guests > guests.txt",
                            is_net_localgroup, read_net_localgroup};

}  // namespace iisdiag::evidence
