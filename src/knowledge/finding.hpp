// What a check can find, and what mends it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "facts/rights.hpp"
#include "facts/server.hpp"
#include "knowledge/versions.hpp"

namespace iisdiag::knowledge {

enum class Severity : std::uint8_t { kInfo, kWarning, kUnknown, kFail };
// "info", "warning", "unknown", "fail".
std::string_view severity_name(Severity severity);

// The severities that a finding may have, one bit each.
using Severities = std::uint8_t;
constexpr Severities only(Severity severity) {
  return static_cast<Severities>(1U << static_cast<unsigned>(severity));
}
constexpr Severities either(Severity one, Severity other) {
  return static_cast<Severities>(only(one) | only(other));
}

// What a finding is about, as far as its remedy needs to name it.
struct Subject {
  std::optional<facts::LogonRight> right;
  // Only that the logon is refused is known: the right may as well be denied.
  bool may_be_denied = false;
  std::string group;  // the group through which a Deny right applies
  std::optional<facts::Sid> group_sid;  // where it is known
  std::string policy;  // the policy that defines a right, as it is called
  std::string node;    // the node to change; empty: the identity's first
  std::string file;    // the policy, configuration file or registry key
  std::string detail;  // hours, workstations, a path: as the finding says
  std::vector<std::string> nodes;
  std::vector<std::string> pools;
};

struct Step {
  std::string text;
  std::vector<std::string> commands;  // can be pasted as they are

  bool operator==(const Step&) const = default;
};

struct Article {
  std::string_view id;
  std::string_view title;  // in our own words

  bool operator==(const Article&) const = default;
};
// By id; nothing where docs have not taken it up.
const Article* find_article(std::string_view id);
std::vector<const Article*> all_articles();

struct Remedy {
  std::string expected;  // one sentence without a full stop
  std::vector<Step> steps;
  std::vector<std::string_view> articles;  // ids of find_article
};

// Everything that a remedy may put into its steps.
struct RemedyContext {
  const facts::Server& server;
  const facts::Identity& identity;
  // The version to speak of: the only possible one, else the newest possible.
  const IisRules& iis;
  const WindowsRules& windows;
  facts::Role role = facts::Role::kMember;
  // As the report shows it, "WEB01\IUSR_WEB01"; "" where none is known.
  std::string account;
  // The name alone.
  std::string bare_account;
  // The account lives in a domain and not on this machine.
  bool is_domain_account = false;
  Subject subject;
};

using RemedyFunction = Remedy (*)(const RemedyContext&);

// A row of a check's table of findings.
struct FindingInfo {
  std::string_view id;
  Severities severities{};
  std::string_view title;
  // Every failing, warning and unknown finding has one; null only for info.
  RemedyFunction remedy = nullptr;
  // Evidence that alone can show it, where no file of this version's formats
  // does: "logs", "a live system". Empty: files show it.
  std::string_view needs;
};

}  // namespace iisdiag::knowledge
