// `whoami /all` of Vista and later and of the support tools of 2000 and 2003
// (FORMATS.md 8.4): names and their SIDs, in any language. It is about whoever
// ran it, so that it says nothing of anybody's memberships.
#include <algorithm>
#include <optional>
#include <vector>

#include "evidence/format.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

constexpr std::string_view kSid = "S-1-";

// The line of `=` groups under a table's headings.
bool is_ruler(std::string_view line) {
  return line.starts_with("=====") &&
         line.find_first_not_of("= ") == std::string_view::npos;
}

// Where the columns of a table begin.
std::vector<std::size_t> starts(std::string_view ruler) {
  std::vector<std::size_t> result;
  for (std::size_t i = 0; i < ruler.size(); ++i) {
    if (ruler[i] == '=' && (i == 0 || ruler[i - 1] == ' ')) {
      result.push_back(i);
    }
  }
  return result;
}

// The row's name: what stands before a column that really begins there.
std::optional<std::string_view> name_of(std::string_view row,
                                        const std::vector<std::size_t>& begins,
                                        std::size_t sid) {
  constexpr std::size_t kLongestRow = 2000;
  if (begins.size() < 2 || row.size() > kLongestRow) {
    return std::nullopt;
  }
  for (const bool cells : {false, true}) {
    const auto before = [&](std::size_t column) {
      return cells ? text::prefix_of_width(row, column)
                   : text::prefix(row, column);
    };
    const bool fits = std::any_of(
        begins.begin() + 1, begins.end(),
        [&](std::size_t begin) { return before(begin).size() == sid; });
    const std::string_view name = before(begins[1]);
    if (fits && name.ends_with(' ')) {
      return text::trim(name);
    }
  }
  return std::nullopt;
}

std::optional<facts::Sid> sid_at(std::string_view row, std::size_t at) {
  const std::string_view rest = row.substr(at);
  return facts::Sid::parse(rest.substr(0, rest.find_first_of(" \t")));
}

// `[Group  1] = "BUILTIN\Users"  S-1-5-32-545`
std::optional<facts::NamedSid> tool_row(std::string_view line) {
  const auto opening = line.find("= \"");
  const auto closing = line.rfind("\" ");
  if (!line.starts_with('[') || opening == std::string_view::npos ||
      closing == std::string_view::npos || closing < opening + 3) {
    return std::nullopt;
  }
  const auto sid = facts::Sid::parse(text::trim(line.substr(closing + 1)));
  if (!sid) {
    return std::nullopt;
  }
  return facts::NamedSid{
      std::string(line.substr(opening + 3, closing - opening - 3)), *sid, {}};
}

std::vector<facts::NamedSid> names_in(const Document& document,
                                      const std::vector<Line>& lines) {
  std::vector<facts::NamedSid> names;
  std::vector<std::size_t> begins;
  for (const Line& line : lines) {
    if (is_ruler(line.text)) {
      begins = starts(line.text);
      continue;
    }
    if (text::trim(line.text).empty()) {
      begins.clear();
      continue;
    }
    if (!line.ended) {
      continue;  // half a SID is another SID
    }
    if (auto named = tool_row(line.text)) {
      named->origin = document.at(line.number);
      names.push_back(std::move(*named));
      continue;
    }
    const auto at =
        begins.empty() ? std::string_view::npos : line.text.find(kSid);
    if (at == std::string_view::npos || at == 0) {
      continue;
    }
    const auto sid = sid_at(line.text, at);
    const auto name = name_of(line.text, begins, at);
    if (sid && name && !name->empty()) {
      names.push_back({std::string(*name), *sid, document.at(line.number)});
    }
  }
  return names;
}

bool is_whoami(const Document& document) {
  return !names_in(document, document.first_lines()).empty();
}

void read_whoami(const Document& document, FileFacts& facts) {
  facts.accounts.names = names_in(document, document.lines());
}

}  // namespace

const Format kWhoami{"whoami", "names and SIDs (whoami /all)",
                     "whoami /all > whoami.txt", is_whoami, read_whoami};

}  // namespace iisdiag::evidence
