// `showpriv RIGHT` of the NT 4 resource kit (FORMATS.md 8.5): the holders of
// one right, a line each. Which right it is stands in the command above them.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "evidence/format.hpp"
#include "evidence/limits.hpp"
#include "facts/rights.hpp"
#include "text/strings.hpp"

namespace iisdiag::evidence {
namespace {

// The right that `showpriv SeNetworkLogonRight` asks for; a heading may name
// the right alone.
std::optional<facts::LogonRight> right_in(std::string_view line) {
  line = text::trim(line);
  const auto blank = line.find(' ');
  std::string_view program = line.substr(0, blank);
  if (blank != std::string_view::npos) {
    program.remove_prefix(program.find_last_of("\\/") + 1);
    if (!text::iequals(program, "showpriv") &&
        !text::iequals(program, "showpriv.exe")) {
      return std::nullopt;
    }
    line = text::trim(line.substr(blank));
  } else if (line.ends_with(':')) {
    line.remove_suffix(1);
  }
  return facts::logon_right(line);
}

struct Output {
  facts::LogonRight right{};
  std::vector<Line> rows;
};

std::optional<Output> output_of(const Document& document) {
  Output output;
  auto right = right_in(document.command());
  for (const Line& line : document.lines()) {
    if (text::trim(line.text).empty()) {
      continue;
    }
    if (!right) {
      right = right_in(line.text);
      if (!right) {
        return std::nullopt;
      }
      continue;
    }
    output.rows.push_back(line);
  }
  if (!right || output.rows.empty()) {
    return std::nullopt;
  }
  output.right = *right;
  return output;
}

// `name` or `DOMAIN\name`: none of the characters that a name cannot have, and
// no sentence.
bool is_name(std::string_view text) {
  constexpr std::size_t kLongest = 120;
  return text.size() <= kLongest && !text.ends_with('.') &&
         text.find_first_of("\"/[]:;|=,+*?<>\t") == std::string_view::npos &&
         std::count(text.begin(), text.end(), '\\') <= 1;
}

bool is_showpriv(const Document& document) {
  return output_of(document).has_value();
}

void read_showpriv(const Document& document, FileFacts& facts) {
  const auto output = output_of(document);
  if (!output) {
    return;
  }
  facts::RightsList list;
  list.origin = document.at(0);
  // Nothing marks the end of the output: a name that is not there may have
  // stood behind a cut.
  list.mark_cut(output->right);
  std::vector<facts::Principal> holders;
  for (const Line& row : output->rows) {
    const std::string_view name = text::trim(row.text);
    if (!is_name(name) || holders.size() == kMaxPrincipals) {
      facts.problems.push_back(document.problem(
          fmt::format("no account's name: who holds {} is not known",
                      facts::constant_name(output->right)),
          row));
      return;
    }
    if (!row.ended) {
      facts.problems.push_back(
          document.problem("the file ends in the middle of a line", row));
      continue;
    }
    facts::Principal holder;
    holder.sid = facts::Sid::parse(name);
    if (!holder.sid) {
      holder.name = std::string(name);
    }
    holders.push_back(std::move(holder));
  }
  if (holders.empty()) {
    return;
  }
  list.holders(output->right) = {std::move(holders),
                                 document.at(output->rows.front().number)};
  facts.rights.push_back(std::move(list));
}

}  // namespace

const Format kShowpriv{"showpriv", "holders of a right (showpriv, NT 4.0)",
                       "showpriv SeNetworkLogonRight > network.txt",
                       is_showpriv, read_showpriv};

}  // namespace iisdiag::evidence
