// Everything that is known about one server.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "facts/account.hpp"
#include "facts/attempt.hpp"
#include "facts/iis.hpp"
#include "facts/logon.hpp"
#include "facts/observed.hpp"
#include "facts/rights.hpp"
#include "facts/time.hpp"

namespace iisdiag::facts {

enum class Role : std::uint8_t { kWorkstation, kMember, kDomainController };

// The computer and its Windows.
struct Machine {
  Observed<std::string> computer;         // NetBIOS name
  Observed<std::string> host_name;        // DNS host name, may be longer
  Observed<std::string> windows;          // id of knowledge/versions: "2000"
  Observed<std::string> windows_version;  // "5.0"
  Observed<int> windows_build;
  Observed<std::string> product_name;
  Observed<int> service_pack;
  Observed<Role> role;
  Observed<std::string> iis;  // id of knowledge/versions: "5.0"
  // The domain that the machine is joined to; absent: a workgroup.
  Observed<std::string> domain;

  Observed<std::uint32_t> crash_on_audit_fail;
  Observed<std::uint32_t> force_guest;
  Observed<std::uint32_t> limit_blank_password_use;
  // Auth132 under Lsa\MSV1_0; absent: the key was read without it.
  Observed<std::string> subauthentication;
  Observed<std::uint32_t> ftp_allow_guest_access;
  Observed<std::uint32_t> web_allow_guest_access;

  bool operator==(const Machine&) const = default;
};

// Evidence that could not be read as it should: told, and survived.
struct Problem {
  std::string text;
  Origin origin;
  // The offending line as read and the column (from 0, in code points) of the
  // fault in it; an empty line shows no caret.
  std::string line;
  std::size_t column = 0;
  // What to do about it; may be empty.
  std::string todo;
  // What to type for it; never broken at the edge of a terminal.
  std::string command{};

  bool operator==(const Problem&) const = default;
};

struct Note {
  std::string text;
  Origin origin;

  bool operator==(const Note&) const = default;
};

enum class SourceKind : std::uint8_t { kLive, kEvidence, kDemo };

struct Source {
  SourceKind kind = SourceKind::kEvidence;
  std::vector<std::string> paths;
  // The time that the evidence speaks of, where it is known.
  std::optional<Moment> captured_at;
  // Nobody said so: it is the time of the newest record of a log.
  bool captured_by_record = false;
  // Its clock is the server's own, even where that is UTC.
  bool is_server_clock = false;
  // The evidence tells of something that happened then, so it was captured
  // no earlier (server's clock).
  std::optional<ClockSeconds> not_before;
  // When this program looked: nothing was captured later (UTC).
  ClockSeconds checked_at = 0;

  bool operator==(const Source&) const = default;
};

// A configuration that is kept somewhere else.
struct Elsewhere {
  std::string where;
  std::string what;  // "shared configuration", "configSource"
  Origin origin;

  bool operator==(const Elsewhere&) const = default;
};

// A group policy object by both of its names.
struct PolicyName {
  std::string id;  // `{GUID}` in upper case
  std::string name;

  bool operator==(const PolicyName&) const = default;
};

struct Server {
  Source source;
  Machine machine;
  std::vector<Identity> identities;
  // Of all configurations, also where identities were left out.
  std::vector<SitePlace> places;
  AccountDatabase accounts;
  std::vector<LogonTrial> trials;  // at most one for each account
  LogonRecords records;
  std::vector<RightsList> rights;
  std::vector<PolicyName> policies;
  // A whole report of the policies in force on the computer (gpresult /x): a
  // right that no winner in it defines is defined by no policy.
  std::optional<Origin> policy_report;
  std::vector<Elsewhere> elsewhere;
  std::vector<Note> notes;
  std::vector<Problem> problems;

  bool operator==(const Server&) const = default;
};

// Nodes that store a password for the account of this name (without a domain
// part), in the order of the configuration and each once: at most `most`, and
// of these not `except`. Of one service only where one is given.
std::vector<std::string> password_nodes(const Server& server,
                                        std::string_view bare_name,
                                        std::string_view except,
                                        std::size_t most,
                                        std::optional<Service> service = {});

}  // namespace iisdiag::facts
