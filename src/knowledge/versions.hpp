// What differs between versions of IIS and Windows: one table each, and no
// version number is tested anywhere else.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "facts/iis.hpp"
#include "facts/server.hpp"

namespace iisdiag::knowledge {

enum class Tristate : std::uint8_t { kNo, kMaybe, kYes };

// The generations of administrative tools that remedies speak of.
enum class Tools : std::uint8_t {
  kNt,    // User Manager, no policy tools (NT 3.51, NT 4)
  k2000,  // Local Security Policy, secedit /refreshpolicy
  k2003,  // the same with gpupdate (XP, 2003)
  k2008,  // appcmd, inetmgr (Vista, 2008 and later)
};

struct WindowsRules {
  std::string_view id;       // as --windows takes it
  std::string_view version;  // "5.0"
  std::string_view name;
  Tools tools{};
  // cmd.exe has its extensions (call :label, for /f, set /a), without which no
  // script can collect (NT 4.0 on).
  bool cmd_extensions = true;
  // Deny logon rights exist (from Windows 2000 on; FACTS.md C.2).
  bool deny_rights = false;
  // Users contains Authenticated Users and INTERACTIVE as installed, so that
  // whoever logs on holds what Users hold (2000 on; FACTS.md C.2).
  bool users_hold_all = false;
  // The logon of a local account carries S-1-5-113 (8.1 and 2012 R2 on; on
  // 7, 2008 R2, 8 and 2012 with KB2871997).
  Tristate local_account_sid{};
  // The Guest account, too, is an Authenticated User (until XP SP1).
  bool guest_is_authenticated = false;
  // LimitBlankPasswordUse counts as 1 where it is not set (XP on).
  bool blank_password_limited = false;
  // The rights are called "Allow log on locally" and "Deny log on ..." (2003
  // on), not "Log on locally" and "Deny logon ...".
  bool allow_log_on = false;
  // ForceGuest exists (XP on).
  bool force_guest = false;
  // Where this row is from: articles, or kPlatformKnowledge.
  std::string_view source;
  // What of it no document says, as part of a sentence.
  std::string_view undocumented{};
};

// For a row, or what of a row, that no document says.
inline constexpr std::string_view kPlatformKnowledge = "platform knowledge";

// Password sync in one generation of IIS.
enum class SyncSupport : std::uint8_t {
  kNone,               // IIS 1 to 3 and 7 on: there is no such thing
  kWorks,              // IIS 4 and 5.x: the flag is all it takes
  kNeedsRegistration,  // IIS 6: iissuba registered and the pool LocalSystem
};

struct IisRules {
  std::string_view id;  // as --iis takes it
  facts::Store store{};
  // Ids of the Windows versions that it runs on, blank-separated.
  std::string_view windows;
  SyncSupport sync{};
  // In force where no node sets LogonMethod or logonMethod.
  facts::LogonMethod default_method{};
  // Batch logons fail with error 87 before this service pack (0: never).
  int batch_needs_service_pack = 0;
  // The account that setup writes for the web service.
  std::string_view default_account;
  // IUSR is a built-in account without a password.
  bool builtin_iusr = false;
  // IIS grants its accounts the logon rights again whenever it starts
  // (Q275167).
  bool regrants_rights = false;
  // What visitors see.
  std::string_view symptom;
  std::string_view source;  // as for Windows
  std::string_view undocumented{};
};

// "Q187506, Q275167; platform knowledge: that ...".
std::string source_text(const WindowsRules& rules);
std::string source_text(const IisRules& rules);

std::span<const WindowsRules> all_windows();
std::span<const IisRules> all_iis();

// By id; IIS also as "10" for "10.0". Nothing for an unknown id.
const WindowsRules* find_windows(std::string_view id);
const IisRules* find_iis(std::string_view id);

// By the version number of the registry or `ver` ("5.0", "6.1"), the build
// and whether it is a server; nothing where that does not settle it.
const WindowsRules* windows_by_version(std::string_view version, int build,
                                       std::optional<bool> server);

// The versions that the evidence leaves open, oldest first. Never empty: where
// what is said contradicts itself, what was said of IIS wins.
std::vector<const IisRules*> possible_iis(const facts::Machine& machine,
                                          std::optional<facts::Store> store);
std::vector<const WindowsRules*> possible_windows(
    const facts::Machine& machine, std::optional<facts::Store> store);

// What all possible versions agree on, or nothing.
template <class Rules, class Question>
auto agreed(const std::vector<const Rules*>& possible, Question question)
    -> std::optional<decltype(question(*possible.front()))> {
  std::optional<decltype(question(*possible.front()))> answer;
  for (const Rules* rules : possible) {
    const auto now = question(*rules);
    if (answer && *answer != now) {
      return std::nullopt;
    }
    answer = now;
  }
  return answer;
}

}  // namespace iisdiag::knowledge
