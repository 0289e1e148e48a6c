// `net localgroup NAME`: the members of one group (FORMATS.md 8.2).
#include "evidence/format.hpp"
#include "evidence/net_text.hpp"
#include "text/strings.hpp"

namespace iisdiag::evidence {
namespace {

constexpr std::string_view kLabel = "Alias name";

std::optional<Line> heading(const std::vector<Line>& lines) {
  constexpr std::size_t kProbe = 10;
  for (std::size_t i = 0; i < lines.size() && i < kProbe; ++i) {
    if (text::istarts_with(lines[i].text, kLabel)) {
      return lines[i];
    }
  }
  return std::nullopt;
}

bool recognises(const Document& document) {
  return heading(document.first_lines()).has_value();
}

void read(const Document& document, FileFacts& facts) {
  const auto lines = document.lines();
  const auto head = heading(lines);
  if (!head) {
    return;
  }
  facts::LocalGroup group;
  group.name = text::trim(head->text.substr(kLabel.size()));
  group.origin = document.at(head->number);
  const auto list = net_list(lines);
  if (group.name.empty() || asked_a_domain(document)) {
    return;
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
        *head));
  }
  facts.accounts.groups.push_back(std::move(group));
}

}  // namespace

const Format kNetLocalgroup{
    "net-localgroup", "members of a group (net localgroup NAME)",
    "net localgroup Guests > guests.txt", recognises, read};

}  // namespace iisdiag::evidence
