// `net accounts`: lockout and password policy, and the computer's role
// (FORMATS.md 8.3). Nine lines in one order; labels only confirm them.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "evidence/format.hpp"
#include "evidence/net_text.hpp"
#include "evidence/net_words.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

using facts::Observed;

constexpr std::size_t kLines = 9;
constexpr std::size_t kMaximumAge = 2;
constexpr std::size_t kThreshold = 5;
constexpr std::size_t kDuration = 6;
constexpr std::size_t kWindow = 7;
constexpr std::size_t kRole = 8;

struct Entry {
  Line line;
  std::string_view label;
  std::string_view value;
};
using Entries = std::array<Entry, kLines>;

struct Found {
  Entries entries;
  // Something that is not understood stands above: a heading may be about a
  // domain.
  std::optional<Line> above;
};

std::optional<Entry> entry(const Line& line) {
  const std::string_view content = text::trim_right(line.text);
  const auto gap = content.rfind("  ");
  if (gap == std::string_view::npos || content.front() == ' ') {
    return std::nullopt;
  }
  return Entry{line, text::trim(content.substr(0, gap)),
               text::trim(content.substr(gap))};
}

std::optional<facts::Role> role_of(std::string_view value) {
  if (text::iequals(value, "WORKSTATION") || text::iequals(value, "STATION")) {
    return facts::Role::kWorkstation;
  }
  if (text::iequals(value, "SERVER")) {
    return facts::Role::kMember;
  }
  if (text::iequals(value, "PRIMARY") || text::iequals(value, "BACKUP")) {
    return facts::Role::kDomainController;
  }
  return std::nullopt;
}

bool is_number(std::string_view value) {
  return !value.empty() &&
         value.find_first_not_of("0123456789") == std::string_view::npos;
}

// Letters and blanks, none of them lost.
bool is_plain_word(std::string_view value) {
  while (!value.empty()) {
    const char32_t character = text::take_code_point(value);
    if (character != U' ' && !text::is_letter(character)) {
      return false;
    }
  }
  return true;
}

bool has_known_threshold(const Entries& entries) {
  const auto all = net_words();
  return std::any_of(all.begin(), all.end(), [&](const NetWords& words) {
    return starts_with_word(entries.at(kThreshold).label, words.threshold);
  });
}

// Minimum age and length of a password, and the window are always numbers.
bool is_shaped(const Entries& entries) {
  return is_number(entries.at(1).value) && is_number(entries.at(3).value) &&
         std::none_of(entries.begin(), entries.end(),
                      [](const Entry& each) { return each.label.empty(); }) &&
         (role_of(entries.at(kRole).value) || has_known_threshold(entries));
}

std::optional<Found> find(const std::vector<Line>& lines) {
  constexpr std::size_t kProbe = 60;
  Found found;
  std::size_t count = 0;
  for (std::size_t i = 0; i < lines.size() && i < kProbe; ++i) {
    if (text::trim(lines[i].text).empty() && count == 0) {
      continue;
    }
    const auto each = entry(lines[i]);
    if (!each) {
      count = 0;
      if (!text::trim(lines[i].text).empty()) {
        found.above = lines[i];
      }
      continue;
    }
    found.entries.at(count++) = *each;
    if (count == kLines) {
      return is_shaped(found.entries) ? std::optional(found) : std::nullopt;
    }
  }
  return std::nullopt;
}

bool is_net_accounts(const Document& document) {
  return find(document.first_lines()).has_value();
}

bool is_in_any(std::string_view value, std::string_view NetWords::*words) {
  const auto all = net_words();
  return std::any_of(all.begin(), all.end(), [&](const NetWords& each) {
    return is_word(value, each.*words);
  });
}

class NetAccountsReader {
 public:
  NetAccountsReader(const Document& document, FileFacts& facts)
      : document_(document), facts_(facts) {}

  void run() {
    const auto found = find(document_.lines());
    if (!found) {
      return;
    }
    const bool of_domain = asked_a_domain(document_);
    if (found->above && !of_domain) {
      facts_.problems.push_back(document_.problem(
          "a heading that is not understood: the policy below may be that of "
          "a domain, and is left out",
          *found->above));
      return;
    }
    facts::AccountPolicy& policy =
        of_domain ? facts_.accounts.domain_policy : facts_.accounts.policy;
    policy.max_password_age_days =
        limit(found->entries.at(kMaximumAge), &NetWords::unlimited);
    policy.lockout_threshold = threshold(found->entries.at(kThreshold));
    policy.lockout_minutes =
        limit(found->entries.at(kDuration), &NetWords::never);
    if (policy.lockout_minutes.has_value() && *policy.lockout_minutes == 0) {
      policy.lockout_minutes =
          Observed<std::uint32_t>::absent(at(found->entries.at(kDuration)));
    }
    policy.lockout_window_minutes = number(found->entries.at(kWindow));
    // The role is that of the domain controller, which answered.
    const Entry& role = found->entries.at(kRole);
    if (!of_domain) {
      if (const auto known = role_of(role.value)) {
        facts_.machine.role = {*known, at(role)};
      }
    }
  }

 private:
  facts::Origin at(const Entry& entry) const {
    return document_.at(entry.line.number);
  }

  Observed<std::uint32_t> number(const Entry& entry) const {
    constexpr std::int64_t kMost = 0xFFFFFFFF;
    const auto value =
        is_number(entry.value) ? text::to_integer(entry.value) : std::nullopt;
    if (!value || *value > kMost) {
      return Observed<std::uint32_t>::unknown(
          fmt::format("the value \"{}\" cannot be read",
                      text::printable(text::prefix(entry.value, 80))),
          {}, at(entry));
    }
    return {static_cast<std::uint32_t>(*value), at(entry)};
  }

  // A number, or the word for none.
  Observed<std::uint32_t> limit(const Entry& entry,
                                std::string_view NetWords::*words) const {
    return is_in_any(entry.value, words)
               ? Observed<std::uint32_t>::absent(at(entry))
               : number(entry);
  }

  // Any word means that nothing is locked out (FORMATS.md 8.3).
  Observed<std::uint32_t> threshold(const Entry& entry) const {
    if (is_plain_word(entry.value)) {
      return {0U, at(entry)};
    }
    return number(entry);
  }

  const Document& document_;
  FileFacts& facts_;
};

void read_net_accounts(const Document& document, FileFacts& facts) {
  NetAccountsReader(document, facts).run();
}

}  // namespace

const Format kNetAccounts{
    "net-accounts", "password and lockout policy (net accounts)",
    "net accounts > net-accounts.txt", is_net_accounts, read_net_accounts};

}  // namespace iisdiag::evidence
