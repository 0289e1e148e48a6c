#include "checks/chains.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "knowledge/logon_codes.hpp"
#include "text/strings.hpp"

namespace iisdiag::checks {
namespace {

constexpr std::string_view kRefused = "logon-refused";
constexpr std::string_view kWrong = "wrong-password";
constexpr std::string_view kType = "logon-type-refused";
constexpr std::string_view kNoName = "1317 1326 1332 1355";
constexpr std::string_view kAboutPassword = "86 1326";
// The codes that stand for the cause itself (knowledge::LogonCode::finding).
constexpr std::string_view kItsOwn = "its own";

constexpr std::array kChains = {
    // Sync and storage: what IIS presents.
    Chain{"sync-not-effective", "sync-password-lost", "",
          "under sync nobody had to store a password", "WS03:cc783654"},
    Chain{"stored-password-lost", kWrong, kAboutPassword,
          "what can be read of the store is no password of the account",
          "Q248739"},
    Chain{"sync-password-lost", kWrong, kAboutPassword,
          "with sync off and nothing stored, an empty password is presented",
          "Q259353"},
    Chain{"sync-not-effective", kWrong, kAboutPassword,
          "the flag is ignored, and what is stored has not been kept in step",
          "WS03:cc783654"},
    Chain{"wrong-logon-domain", kWrong, kAboutPassword,
          "the name is looked up where the account is not",
          "iis-docs:ftp-anonymousAuthentication"},
    Chain{kWrong, "account-locked", "",
          "each logon with it counts, until the account is locked", "KB922730",
          true},
    Chain{"sync-foreign-account", kRefused, kAboutPassword,
          "IIS cannot vouch for an account of another database", "Q207671"},
    Chain{"sync-not-effective", kRefused, kAboutPassword,
          "the flag is ignored, and what is stored has not been kept in step",
          "WS03:cc783654"},
    Chain{"sync-module-missing", kRefused, "126",
          "the module that vouches cannot be loaded", "Q306450"},
    Chain{"batch-logon-unsupported", kRefused, "87",
          "this Windows knows no such logon", "Q190015"},
    // Rights: name and password are right, the logon is not granted.
    Chain{"right-overwritten", kType, "", "a policy took the right away",
          "Q275167"},
    Chain{"right-missing", kType, "", "the right is not held", "Q247593"},
    Chain{"right-denied", kType, "", "a Deny right beats every grant",
          "KB909887"},
    Chain{"audit-full", kType, "", "only administrators may log on",
          "KB832981"},
    // The account, as the code says.
    Chain{"account-not-a-user", kRefused, "1326 1807 1808 1809",
          "the name is not that of a user", "KB909887"},
    Chain{"account-wrong-domain", kRefused, kNoName,
          "the domain part names no domain", "Q234142"},
    Chain{"wrong-logon-domain", kRefused, kNoName,
          "the name is looked up where the account is not",
          "iis-docs:ftp-anonymousAuthentication"},
    Chain{"account-missing", kRefused, kNoName, "there is no such account",
          "Q253204"},
    Chain{"domain-unreachable", kRefused, kItsOwn,
          "no controller could be asked", "winerror.h"},
    Chain{"account-disabled", kRefused, kItsOwn, "it is disabled", "Q154135"},
    Chain{"account-locked", kRefused, kItsOwn, "it is locked", "Q169263"},
    Chain{"account-expired", kRefused, kItsOwn, "it has expired", "KB909887"},
    Chain{"password-expired", kRefused, kItsOwn, "its password has expired",
          "Q201851"},
    Chain{"password-must-change", kRefused, kItsOwn,
          "its password has to be changed first", "winerror.h"},
    Chain{"logon-hours", kRefused, kItsOwn, "it is outside the hours",
          "Q154135"},
    Chain{"workstation-restricted", kRefused, kItsOwn,
          "this machine is not on its list", "Q251394"},
};

bool fits(const Chain& chain, std::optional<std::uint32_t> code) {
  if (chain.codes.empty() || !code) {
    return chain.codes.empty();
  }
  if (chain.codes == kItsOwn) {
    const auto* known = knowledge::find_logon_code(*code);
    return known != nullptr && known->finding == chain.cause;
  }
  const auto all = text::split(chain.codes, ' ');
  return std::find(all.begin(), all.end(), std::to_string(*code)) != all.end();
}

}  // namespace

std::span<const Chain> all_chains() { return kChains; }

const Chain* explain(std::string_view consequence,
                     std::optional<std::uint32_t> code,
                     const std::function<bool(std::string_view)>& has_failed) {
  const auto* const found =
      std::find_if(kChains.begin(), kChains.end(), [&](const Chain& chain) {
        return chain.consequence == consequence && has_failed(chain.cause) &&
               fits(chain, code);
      });
  return found == kChains.end() ? nullptr : found;
}

}  // namespace iisdiag::checks
