#include "knowledge/well_known.hpp"

#include <algorithm>
#include <array>

#include "facts/account.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::knowledge {
namespace {

struct Row {
  std::string_view sid;
  std::string_view domain;  // empty: the name stands alone
  std::string_view name;
};

constexpr std::string_view kNt = "NT AUTHORITY";
constexpr std::string_view kBuiltin = "BUILTIN";

constexpr std::array kRows = {
    Row{kEveryone, "", "Everyone"},
    Row{kLocal, "", "LOCAL"},
    Row{kNetwork, kNt, "NETWORK"},
    Row{kBatch, kNt, "BATCH"},
    Row{kInteractive, kNt, "INTERACTIVE"},
    Row{"S-1-5-6", kNt, "SERVICE"},
    Row{"S-1-5-7", kNt, "ANONYMOUS LOGON"},
    Row{"S-1-5-9", kNt, "ENTERPRISE DOMAIN CONTROLLERS"},
    Row{kAuthenticatedUsers, kNt, "Authenticated Users"},
    Row{kThisOrganization, kNt, "This Organization"},
    Row{kIusr, kNt, "IUSR"},
    Row{"S-1-5-18", kNt, "SYSTEM"},
    Row{"S-1-5-19", kNt, "LOCAL SERVICE"},
    Row{"S-1-5-20", kNt, "NETWORK SERVICE"},
    Row{kLocalAccount, kNt, "Local account"},
    Row{kLocalAccountAdmin, kNt,
        "Local account and member of Administrators group"},
    Row{kAdministrators, kBuiltin, "Administrators"},
    Row{kUsers, kBuiltin, "Users"},
    Row{kGuests, kBuiltin, "Guests"},
    Row{"S-1-5-32-547", kBuiltin, "Power Users"},
    Row{"S-1-5-32-548", kBuiltin, "Account Operators"},
    Row{"S-1-5-32-549", kBuiltin, "Server Operators"},
    Row{"S-1-5-32-550", kBuiltin, "Print Operators"},
    Row{"S-1-5-32-551", kBuiltin, "Backup Operators"},
    Row{"S-1-5-32-552", kBuiltin, "Replicator"},
    Row{"S-1-5-32-554", kBuiltin, "Pre-Windows 2000 Compatible Access"},
    Row{"S-1-5-32-555", kBuiltin, "Remote Desktop Users"},
    Row{"S-1-5-32-556", kBuiltin, "Network Configuration Operators"},
    Row{"S-1-5-32-558", kBuiltin, "Performance Monitor Users"},
    Row{"S-1-5-32-559", kBuiltin, "Performance Log Users"},
    Row{"S-1-5-32-562", kBuiltin, "Distributed COM Users"},
    Row{"S-1-5-32-568", kBuiltin, "IIS_IUSRS"},
    Row{"S-1-5-32-573", kBuiltin, "Event Log Readers"},
};

const Row* row_of_sid(const facts::Sid& sid) {
  const std::string wanted = sid.text();
  const auto* found =
      std::find_if(kRows.begin(), kRows.end(),
                   [&](const Row& row) { return row.sid == wanted; });
  return found == kRows.end() ? nullptr : &*found;
}

}  // namespace

std::optional<facts::Sid> sid_of_name(std::string_view name) {
  const auto wanted = facts::AccountName::parse(name);
  if (wanted.is_upn) {
    return std::nullopt;
  }
  for (const Row& row : kRows) {
    if (text::same_name(row.name, wanted.name) &&
        (wanted.domain.empty() || text::same_name(row.domain, wanted.domain))) {
      return facts::Sid::parse(row.sid);
    }
  }
  return std::nullopt;
}

std::string name_of_sid(const facts::Sid& sid) {
  const Row* row = row_of_sid(sid);
  if (row == nullptr) {
    return sid.text();
  }
  return row->domain.empty()
             ? std::string(row->name)
             : std::string(row->domain) + "\\" + std::string(row->name);
}

std::string_view bare_name_of_sid(const facts::Sid& sid) {
  const Row* row = row_of_sid(sid);
  return row == nullptr ? std::string_view{} : row->name;
}

bool is_builtin_group(const facts::Sid& sid) {
  return sid.authority == 5 && sid.sub_authorities.size() == 2 &&
         sid.sub_authorities.front() == 32;
}

bool is_setup_name(std::string_view name) {
  return text::istarts_with(name, kSetupPrefix);
}

}  // namespace iisdiag::knowledge
