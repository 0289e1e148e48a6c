// `net user` without a name: the account database (FORMATS.md section 8).
#include <algorithm>
#include <cstddef>

#include "evidence/format.hpp"
#include "evidence/net_text.hpp"
#include "evidence/net_words.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

constexpr std::size_t kColumn = 25;  // in cells
constexpr std::string_view kHost = R"(\\)";

// "User accounts for \\WEB01": the computer's name.
std::optional<Line> heading(const std::vector<Line>& lines) {
  for (const Line& line : lines) {
    if (line.text.starts_with("-----")) {
      break;
    }
    if (line.text.find(kHost) != std::string_view::npos) {
      return line;
    }
  }
  return std::nullopt;
}

// Japanese goes on behind the name.
std::string_view host_in(std::string_view heading) {
  const std::string_view rest =
      text::trim(heading.substr(heading.find(kHost) + kHost.size()));
  return rest.substr(0, rest.find_first_of(" \t"));
}

bool is_known_heading(std::string_view heading) {
  const auto all = net_words();
  return std::any_of(all.begin(), all.end(), [&](const NetWords& words) {
    return contains_word(text::prefix(heading, 200), words.accounts_of);
  });
}

// Lists of groups look the same, but for a star before each name.
bool has_starred_row(const NetList& list) {
  return std::any_of(list.rows.begin(), list.rows.end(), [](const Line& row) {
    return text::trim(row.text).starts_with('*');
  });
}

// Nothing else stands between the heading and the dashes.
bool is_above_dashes(const std::vector<Line>& lines, const Line& head) {
  for (const Line& line : lines) {
    if (line.number > head.number && !text::trim(line.text).empty()) {
      return is_dashes(line.text);
    }
  }
  return false;
}

bool is_net_user_list(const Document& document) {
  const auto head = heading(document.first_lines());
  if (!head || host_in(head->text).empty()) {
    return false;
  }
  const auto lines = document.lines();
  const auto list = net_list(lines);
  if (!list || has_starred_row(*list)) {
    return false;
  }
  return is_known_heading(head->text) ||
         (list->complete && is_above_dashes(lines, *head));
}

// Names stand in columns of 25; blanks belong to a name. False where a name
// reaches into the next column, which no list of accounts does: their names
// have 20 characters.
bool read_row(std::string_view row, std::vector<std::string>& names) {
  bool fits = true;
  while (!row.empty()) {
    std::string_view cell = text::prefix_of_width(row, kColumn);
    if (cell.empty()) {
      return false;
    }
    const std::string_view name = text::trim(cell);
    if (!name.empty()) {
      names.emplace_back(name);
    }
    row.remove_prefix(cell.size());
    fits = fits && (text::trim(row).empty() || cell.ends_with(' '));
  }
  return fits;
}

void read_net_user_list(const Document& document, FileFacts& facts) {
  const auto lines = document.lines();
  const auto list = net_list(lines);
  const auto head = heading(lines);
  if (!list || !head) {
    return;
  }
  facts::AccountList accounts;
  accounts.origin = document.at(head->number);
  accounts.complete = list->complete;
  const Line* uneven = nullptr;
  for (const Line& row : list->rows) {
    if (!read_row(row.text, accounts.names) && uneven == nullptr) {
      uneven = &row;
    }
    if (!row.ended && !accounts.names.empty()) {
      accounts.names.pop_back();  // it may be the beginning of a longer one
    }
  }
  if (!list->complete) {
    facts.problems.push_back(document.problem(
        "the list of accounts has no end: what it does not name may exist",
        list->rows.empty() ? *head : list->rows.back()));
  } else if (uneven != nullptr) {
    accounts.complete = false;
    facts.problems.push_back(document.problem(
        "names run into each other: what the list does not name may exist",
        *uneven));
  }
  // On a domain controller of the domain the heading names that controller.
  if (!asked_a_domain(document)) {
    facts.machine.computer = {std::string(host_in(head->text)),
                              document.at(head->number)};
    facts.accounts.lists.push_back(std::move(accounts));
  }
}

}  // namespace

const Format kNetUserList{"net-user-list", "account names (net user)",
                          "net user > net-users.txt", is_net_user_list,
                          read_net_user_list};

}  // namespace iisdiag::evidence
