#include "knowledge/versions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "text/strings.hpp"

namespace iisdiag::knowledge {
namespace {

using facts::LogonMethod;
using facts::Store;

// The rows below differ little from one Windows to the next: each generation
// starts from the one before.
constexpr WindowsRules nt(std::string_view id, std::string_view version,
                          std::string_view name) {
  return {.id = id,
          .version = version,
          .name = name,
          .tools = Tools::kNt,
          .guest_is_authenticated = true,
          .source = "Q245207",
          .undocumented = "what Users and Guest hold"};
}

constexpr WindowsRules nt351() {
  WindowsRules rules = nt("nt3.51", "3.51", "Windows NT 3.51");
  rules.cmd_extensions = false;
  rules.source = kPlatformKnowledge;
  rules.undocumented = "that it is as NT 4.0, with a smaller cmd";
  return rules;
}

constexpr WindowsRules since_2000(std::string_view id, std::string_view version,
                                  std::string_view name, Tools tools) {
  WindowsRules rules = nt(id, version, name);
  rules.tools = tools;
  rules.deny_rights = true;
  rules.users_hold_all = true;
  rules.source = "Q275167, win32:account-rights-constants";
  rules.undocumented = "that Deny rights begin here, what Users and Guest hold";
  return rules;
}

constexpr WindowsRules since_xp(std::string_view id, std::string_view version,
                                std::string_view name, Tools tools) {
  WindowsRules rules = since_2000(id, version, name, tools);
  rules.guest_is_authenticated = false;
  rules.blank_password_limited = true;
  rules.force_guest = true;
  rules.source =
      "itpro:blank-passwords, itpro:sharing-model, "
      "win32:account-rights-constants";
  rules.undocumented = "that both policies begin with XP, what Guest holds";
  return rules;
}

constexpr WindowsRules since_2003(std::string_view id, std::string_view version,
                                  std::string_view name, Tools tools) {
  WindowsRules rules = since_xp(id, version, name, tools);
  rules.allow_log_on = true;
  rules.source =
      "KB812614, itpro:blank-passwords, itpro:sharing-model, "
      "win32:account-rights-constants";
  rules.undocumented = "what Guest holds";
  return rules;
}

constexpr WindowsRules since_2008(std::string_view id, std::string_view version,
                                  std::string_view name, Tristate local_sid) {
  WindowsRules rules = since_2003(id, version, name, Tools::k2008);
  rules.local_account_sid = local_sid;
  rules.source = local_sid == Tristate::kNo
                     ? "itpro:user-rights, itpro:blank-passwords, "
                       "itpro:sharing-model, win32:account-rights-constants"
                     : "KB2871997, itpro:user-rights, itpro:blank-passwords, "
                       "itpro:sharing-model, win32:account-rights-constants";
  rules.undocumented = local_sid == Tristate::kNo
                           ? "what Guest holds"
                           : "which logons carry S-1-5-113, what Guest holds";
  return rules;
}

// Sources: FACTS.md C.1, C.2 and G.
constexpr std::array kWindows = {
    nt351(),
    nt("nt4", "4.0", "Windows NT 4.0"),
    since_2000("2000", "5.0", "Windows 2000", Tools::k2000),
    since_xp("xp", "5.1", "Windows XP", Tools::k2003),
    since_2003("2003", "5.2", "Windows Server 2003", Tools::k2003),
    since_2008("vista", "6.0", "Windows Vista", Tristate::kNo),
    since_2008("2008", "6.0", "Windows Server 2008", Tristate::kNo),
    since_2008("7", "6.1", "Windows 7", Tristate::kMaybe),
    since_2008("2008r2", "6.1", "Windows Server 2008 R2", Tristate::kMaybe),
    since_2008("8", "6.2", "Windows 8", Tristate::kMaybe),
    since_2008("2012", "6.2", "Windows Server 2012", Tristate::kMaybe),
    since_2008("8.1", "6.3", "Windows 8.1", Tristate::kYes),
    since_2008("2012r2", "6.3", "Windows Server 2012 R2", Tristate::kYes),
    since_2008("10", "10.0", "Windows 10", Tristate::kYes),
    since_2008("2016", "10.0", "Windows Server 2016", Tristate::kYes),
    since_2008("2019", "10.0", "Windows Server 2019", Tristate::kYes),
    since_2008("2022", "10.0", "Windows Server 2022", Tristate::kYes),
    since_2008("11", "10.0", "Windows 11", Tristate::kYes),
    since_2008("2025", "10.0", "Windows Server 2025", Tristate::kYes),
};

constexpr std::string_view kSymptom500 = "HTTP 500 with the system's text";
constexpr std::string_view kSymptom401 = "401.1 Unauthorized: Logon failed";

constexpr IisRules since_iis7(std::string_view id, std::string_view windows) {
  return {.id = id,
          .store = Store::kAppHost,
          .windows = windows,
          .default_method = LogonMethod::kNetworkCleartext,
          .default_account = "IUSR",
          .builtin_iusr = true,
          .symptom = kSymptom401,
          .source =
              "iis-docs:anonymousAuthentication, iis-docs:built-in-accounts, "
              "KB943891"};
}

constexpr std::array kIis = {
    IisRules{.id = "1.0",
             .store = Store::kRegistry,
             .windows = "nt3.51",
             .default_method = LogonMethod::kInteractive,
             .default_account = "IUSR_<computer>",
             .symptom = kSymptom500,
             .source = "Q142868, Q146193, Q153953"},
    IisRules{.id = "2.0",
             .store = Store::kRegistry,
             .windows = "nt4",
             .default_method = LogonMethod::kInteractive,
             .default_account = "IUSR_<computer>",
             .symptom = kSymptom500,
             .source = "Q142639, Q142715, Q142868",
             .undocumented = "that LogonMethod 2 is the network logon"},
    IisRules{.id = "3.0",
             .store = Store::kRegistry,
             .windows = "nt4",
             .default_method = LogonMethod::kInteractive,
             .default_account = "IUSR_<computer>",
             .symptom = kSymptom500,
             .source = "Q142639, Q142715, Q142868, Q190005",
             .undocumented = "that LogonMethod 2 is the network logon"},
    IisRules{.id = "4.0",
             .store = Store::kMetabase,
             .windows = "nt4",
             .sync = SyncSupport::kWorks,
             .default_method = LogonMethod::kInteractive,
             .batch_needs_service_pack = 4,
             .default_account = "IUSR_<computer>",
             .symptom = kSymptom401,
             .source = "Q187506, Q190015, Q216828, Q218756, Q259353"},
    IisRules{.id = "5.0",
             .store = Store::kMetabase,
             .windows = "2000",
             .sync = SyncSupport::kWorks,
             .default_method = LogonMethod::kInteractive,
             .default_account = "IUSR_<computer>",
             .regrants_rights = true,
             .symptom = kSymptom401,
             .source = "IIS5SDK:cc338330, Q187506, Q253204, Q275167"},
    IisRules{.id = "5.1",
             .store = Store::kMetabase,
             .windows = "xp",
             .sync = SyncSupport::kWorks,
             .default_method = LogonMethod::kInteractive,
             .default_account = "IUSR_<computer>",
             .regrants_rights = true,
             .symptom = kSymptom401,
             .source = kPlatformKnowledge,
             .undocumented = "that it is as IIS 5.0"},
    // XP x64 Edition carries IIS 6.0 as well, with the rules of 2003;
    // --windows xp --iis 6.0 says so.
    IisRules{
        .id = "6.0",
        .store = Store::kMetabase,
        .windows = "2003",
        .sync = SyncSupport::kNeedsRegistration,
        .default_method = LogonMethod::kNetworkCleartext,
        .default_account = "IUSR_<computer>",
        .symptom = kSymptom401,
        .source = "KB332167, KB812614, KB909887, WS03:cc737387, WS03:cc782820"},
    since_iis7("7.0", "vista 2008"),
    since_iis7("7.5", "7 2008r2"),
    since_iis7("8.0", "8 2012"),
    since_iis7("8.5", "8.1 2012r2"),
    since_iis7("10.0", "10 2016 2019 2022 11 2025"),
};

bool runs_on(const IisRules& iis, std::string_view windows_id) {
  // Asked for every identity of a server, so nothing is copied.
  std::string_view ids = iis.windows;
  while (!ids.empty()) {
    const std::string_view id = ids.substr(0, ids.find(' '));
    if (id == windows_id) {
      return true;
    }
    ids.remove_prefix(std::min(id.size() + 1, ids.size()));
  }
  return false;
}

std::string source_of(std::string_view source, std::string_view undocumented) {
  if (undocumented.empty()) {
    return std::string(source);
  }
  return fmt::format("{}{}{}: {}", source == kPlatformKnowledge ? "" : source,
                     source == kPlatformKnowledge ? "" : "; ",
                     kPlatformKnowledge, undocumented);
}

}  // namespace

std::string source_text(const WindowsRules& rules) {
  return source_of(rules.source, rules.undocumented);
}
std::string source_text(const IisRules& rules) {
  return source_of(rules.source, rules.undocumented);
}

std::span<const WindowsRules> all_windows() { return kWindows; }
std::span<const IisRules> all_iis() { return kIis; }

const WindowsRules* find_windows(std::string_view id) {
  const auto* found = std::find_if(
      kWindows.begin(), kWindows.end(),
      [&](const auto& rules) { return text::iequals(rules.id, id); });
  return found == kWindows.end() ? nullptr : &*found;
}

const IisRules* find_iis(std::string_view id) {
  const auto* found =
      std::find_if(kIis.begin(), kIis.end(), [&](const IisRules& rules) {
        return rules.id == id ||
               (rules.id.ends_with(".0") &&
                rules.id.substr(0, rules.id.size() - 2) == id);
      });
  return found == kIis.end() ? nullptr : &*found;
}

const WindowsRules* windows_by_version(std::string_view version, int build,
                                       std::optional<bool> server) {
  struct Build {
    int first;
    std::string_view server;
    std::string_view client;
  };
  // 6.4 and 10.0 share a version number; the build tells them apart.
  constexpr std::array kBuilds = {
      Build{26100, "2025", "11"}, Build{22000, "2025", "11"},
      Build{20348, "2022", "10"}, Build{17763, "2019", "10"},
      Build{14393, "2016", "10"}, Build{10240, "2016", "10"}};
  struct Release {
    std::string_view version;
    std::string_view server;
    std::string_view client;
  };
  constexpr std::array kReleases = {
      Release{"3.51", "nt3.51", "nt3.51"}, Release{"4.0", "nt4", "nt4"},
      Release{"5.0", "2000", "2000"},      Release{"5.1", "xp", "xp"},
      Release{"5.2", "2003", "xp"},        Release{"6.0", "2008", "vista"},
      Release{"6.1", "2008r2", "7"},       Release{"6.2", "2012", "8"},
      Release{"6.3", "2012r2", "8.1"}};
  const auto pick = [&](std::string_view for_server,
                        std::string_view for_client) -> const WindowsRules* {
    if (for_server == for_client) {
      return find_windows(for_server);
    }
    return server ? find_windows(*server ? for_server : for_client) : nullptr;
  };
  // Windows 10 and later keep "6.3" in CurrentVersion for old programs.
  if (build >= kBuilds.back().first) {
    for (const Build& row : kBuilds) {
      if (build >= row.first) {
        return pick(row.server, row.client);
      }
    }
  }
  for (const Release& row : kReleases) {
    if (row.version == version) {
      return pick(row.server, row.client);
    }
  }
  return nullptr;
}

std::vector<const IisRules*> possible_iis(const facts::Machine& machine,
                                          std::optional<Store> store) {
  if (machine.iis.has_value()) {
    const IisRules* known = find_iis(*machine.iis);
    if (known != nullptr && (!store || known->store == *store)) {
      return {known};
    }
    // The FTP 6 service beside IIS 7 keeps an IIS 6 metabase (FACTS.md A.6).
    if (known != nullptr && known->store == Store::kAppHost &&
        *store == Store::kMetabase) {
      return {find_iis("6.0")};
    }
  }
  std::vector<const IisRules*> possible;
  const auto collect = [&](bool by_windows, bool by_store) {
    for (const IisRules& rules : kIis) {
      if ((!by_windows || runs_on(rules, *machine.windows)) &&
          (!by_store || rules.store == *store)) {
        possible.push_back(&rules);
      }
    }
    return !possible.empty();
  };
  const bool windows = machine.windows.has_value();
  // XP means 5.1, but for its 64-bit edition, whose version is that of 2003.
  if (machine.windows.is("xp") &&
      store.value_or(Store::kMetabase) == Store::kMetabase) {
    return {find_iis(machine.windows_version.is("5.2") ? "6.0" : "5.1")};
  }
  if (windows && store == Store::kMetabase &&
      std::any_of(kIis.begin(), kIis.end(), [&](const IisRules& rules) {
        return rules.store == Store::kAppHost &&
               runs_on(rules, *machine.windows);
      })) {
    return {find_iis("6.0")};  // FTP 6, as above
  }
  // A store that does not fit the Windows version is the better witness of
  // what was configured, but not of what runs: then only the store counts.
  (windows && store && collect(true, true)) ||
      (windows && !store && collect(true, false)) ||
      (store && collect(false, true)) || collect(false, false);
  return possible;
}

std::vector<const WindowsRules*> possible_windows(const facts::Machine& machine,
                                                  std::optional<Store> store) {
  if (machine.windows.has_value()) {
    if (const WindowsRules* known = find_windows(*machine.windows)) {
      return {known};
    }
  }
  const auto iis = possible_iis(machine, store);
  std::vector<const WindowsRules*> possible;
  for (const WindowsRules& windows : kWindows) {
    if (std::any_of(iis.begin(), iis.end(), [&](const IisRules* rules) {
          return runs_on(*rules, windows.id);
        })) {
      possible.push_back(&windows);
    }
  }
  return possible;
}

}  // namespace iisdiag::knowledge
