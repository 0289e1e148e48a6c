// `net user` without a name: the account database (FORMATS.md section 8).
#include "evidence/format.hpp"
#include "evidence/net_text.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

constexpr std::size_t kColumn = 25;

// "User accounts for \\WEB01": the computer's name.
std::optional<Line> heading(const std::vector<Line>& lines) {
  for (const Line& line : lines) {
    if (line.text.starts_with("-----")) {
      break;
    }
    if (line.text.find(R"(\\)") != std::string_view::npos) {
      return line;
    }
  }
  return std::nullopt;
}

bool recognises(const Document& document) {
  const auto head = heading(document.first_lines());
  return head && text::istarts_with(head->text, "User accounts for") &&
         net_list(document.lines()).has_value();
}

// Names stand in columns of 25; blanks belong to a name.
void read_row(std::string_view row, std::vector<std::string>& names) {
  while (!row.empty()) {
    const std::string_view cell = text::prefix(row, kColumn);
    const std::string_view name = text::trim(cell);
    if (!name.empty()) {
      names.emplace_back(name);
    }
    row.remove_prefix(cell.size());
  }
}

void read(const Document& document, FileFacts& facts) {
  const auto lines = document.lines();
  const auto list = net_list(lines);
  const auto head = heading(lines);
  if (!list || !head) {
    return;
  }
  facts::AccountList accounts;
  accounts.origin = document.at(head->number);
  accounts.complete = list->complete;
  for (const Line& row : list->rows) {
    read_row(row.text, accounts.names);
    if (!row.ended && !accounts.names.empty()) {
      accounts.names.pop_back();  // it may be the beginning of a longer one
    }
  }
  if (!list->complete) {
    facts.problems.push_back(document.problem(
        "the list of accounts has no end: what it does not name may exist",
        list->rows.empty() ? *head : list->rows.back()));
  }
  const std::string_view computer =
      text::trim(head->text.substr(head->text.find(R"(\\)") + 2));
  // On a domain controller of the domain the heading names that controller.
  if (!asked_a_domain(document)) {
    facts.machine.computer = {std::string(computer), document.at(head->number)};
    facts.accounts.lists.push_back(std::move(accounts));
  }
}

}  // namespace

const Format kNetUserList{"net-user-list", "account names (net user)",
                          "net user > net-users.txt", recognises, read};

}  // namespace iisdiag::evidence
