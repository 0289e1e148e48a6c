#include "remedy_rules.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <regex>
#include <vector>

#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::knowledge {
namespace {

using facts::Role;

bool anywhere(const Case& /*c*/) { return true; }
bool nowhere(const Case& /*c*/) { return false; }
bool is_dc(const Case& c) { return c.role == Role::kDomainController; }
bool has_iis7(const Case& c) { return c.is_2008(); }
bool is_nt(const Case& c) { return c.is_nt(); }
bool is_2000(const Case& c) { return c.windows->tools == Tools::k2000; }
bool is_2003(const Case& c) { return c.windows->tools == Tools::k2003; }
bool is_2008(const Case& c) { return c.is_2008(); }
bool since_2000(const Case& c) { return !c.is_nt(); }
bool since_xp(const Case& c) { return is_2003(c) || is_2008(c); }
bool has_nt_metabase(const Case& c) { return c.uses_metabase() && is_nt(c); }

// A program, a console or a label, and where it is. FACTS.md G; what is not
// said there is platform knowledge.
struct Tool {
  std::string_view name;
  bool (*exists)(const Case&);
};

// Longer names before those that they begin with.
constexpr std::array kTools = {
    // Accounts.
    Tool{"User Manager for Domains",
         [](const Case& c) {
           return is_nt(c) && (c.role != Role::kWorkstation || c.domain);
         }},
    Tool{
        "User Manager",
        [](const Case& c) { return is_nt(c) && c.role == Role::kWorkstation; }},
    Tool{"lusrmgr.msc",
         [](const Case& c) { return since_2000(c) && !is_dc(c); }},
    Tool{"Active Directory Users and Computers", since_2000},
    Tool{"net user", anywhere},
    Tool{"net localgroup", anywhere},
    Tool{"net accounts", anywhere},
    Tool{"whoami", since_xp},
    Tool{"nltest", [](const Case& c) { return since_2000(c) && !is_dc(c); }},
    Tool{"join the domain", [](const Case& c) { return !is_dc(c); }},
    Tool{"dcdiag", [](const Case& c) { return since_2000(c) && is_dc(c); }},
    Tool{"Server Manager", [](const Case& c) { return is_nt(c) && is_dc(c); }},
    Tool{"Get-LocalUser", nowhere},
    Tool{"powershell", nowhere},
    // Rights and policies.
    Tool{"secpol.msc",
         [](const Case& c) { return since_2000(c) && !is_dc(c); }},
    Tool{"Domain Controller Security Policy",
         [](const Case& c) {
           return (is_dc(c) || c.domain) && (is_2000(c) || is_2003(c));
         }},
    Tool{"Default Domain Controllers Policy",
         [](const Case& c) { return is_dc(c) && is_2008(c); }},
    Tool{"gpmc.msc", is_2008},
    Tool{"secedit /refreshpolicy", is_2000},
    Tool{"secedit /export", since_2000},
    Tool{"gpupdate", since_xp},
    Tool{"rsop.msc", is_2003},
    Tool{"gpresult /h", is_2008},
    Tool{"gpresult of the Resource Kit", is_2000},
    Tool{"Security Configuration Manager (SP4)", is_nt},
    Tool{"showpriv", is_nt},
    Tool{"ntrights", nowhere},
    Tool{"Show Advanced User Rights", is_nt},
    Tool{"Show Users", is_nt},
    Tool{"Allow log on locally",
         [](const Case& c) { return c.windows->allow_log_on; }},
    Tool{"Deny log on", [](const Case& c) { return c.windows->allow_log_on; }},
    Tool{"Deny logon",
         [](const Case& c) {
           return c.windows->deny_rights && !c.windows->allow_log_on;
         }},
    Tool{"Deny access to",
         [](const Case& c) { return c.windows->deny_rights; }},
    // IIS.
    Tool{"Internet Services Manager", is_2000},
    Tool{"Internet Service Manager",
         [](const Case& c) { return is_nt(c) && !has_iis7(c); }},
    Tool{"Internet Information Services",
         [](const Case& c) { return c.iis->id == "5.1"; }},
    Tool{"IIS 6.0 Manager (inetmgr6)",
         [](const Case& c) { return has_iis7(c) && c.uses_metabase(); }},
    Tool{"IIS Manager",
         [](const Case& c) { return c.iis->id == "6.0" && !has_iis7(c); }},
    Tool{"inetmgr", has_iis7},
    Tool{R"(%windir%\system32\inetsrv\appcmd)", has_iis7},
    Tool{R"(%windir%\system32\inetsrv\adminsamples\adsutil.vbs)",
         has_nt_metabase},
    Tool{R"(%SystemDrive%\Inetpub\AdminScripts\adsutil.vbs)",
         [](const Case& c) { return c.uses_metabase() && !is_nt(c); }},
    Tool{"adsutil", [](const Case& c) { return c.uses_metabase(); }},
    Tool{"cscript", [](const Case& c) { return c.uses_metabase(); }},
    Tool{"iisreset", [](const Case& c) { return !is_nt(c); }},
    Tool{"net stop iisadmin", has_nt_metabase},
    Tool{"net stop", anywhere},
    Tool{"net start schedule", is_nt},
    Tool{"net start ftpsvc", has_iis7},
    Tool{"net start", anywhere},
    Tool{"Option Pack Setup", has_nt_metabase},
    Tool{"Add/Remove Windows Components",
         [](const Case& c) { return is_2000(c) || is_2003(c); }},
    Tool{"Enable Automatic Password Synchronization", has_nt_metabase},
    Tool{"Allow IIS to control password",
         [](const Case& c) { return is_2000(c) || c.iis->id == "5.1"; }},
    Tool{"MetaBase.xml",
         [](const Case& c) { return c.uses_metabase() && since_xp(c); }},
    Tool{"applicationHost.config", has_iis7},
    // The registry, logs and the rest.
    Tool{"regedt32", [](const Case& c) { return is_nt(c) || is_2000(c); }},
    Tool{"regedit /e",
         [](const Case& c) {
           return (is_nt(c) || is_2000(c)) && c.windows->cmd_extensions;
         }},
    Tool{"reg add", since_xp},
    Tool{"reg export", since_xp},
    Tool{"wevtutil", is_2008},
    Tool{"Event Viewer", anywhere},
    Tool{"elevated", is_2008},
    Tool{"schtasks", since_xp},
    Tool{"at 23:00", [](const Case& c) { return is_nt(c) || is_2000(c); }},
    Tool{"ipconfig", anywhere},
    Tool{"copy", anywhere},
    Tool{"iisdiag check", anywhere},
};

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

// Blanks out all that stands there, so that no shorter name is found in it.
bool take(std::string& text, std::string_view name) {
  bool found = false;
  for (std::size_t at = 0; at + name.size() <= text.size(); ++at) {
    const std::size_t end = at + name.size();
    if (text::iequals(std::string_view(text).substr(at, name.size()), name) &&
        (at == 0 || !is_word(text[at - 1]) || !is_word(name.front())) &&
        (end == text.size() || !is_word(text[end]) || !is_word(name.back()))) {
      std::fill_n(text.begin() + static_cast<std::ptrdiff_t>(at), name.size(),
                  '#');
      found = true;
    }
  }
  return found;
}

std::string fault_of_line(const Case& c, const std::string& line,
                          bool is_command) {
  std::string rest = line;
  bool known = false;
  for (const Tool& tool : kTools) {
    if (!take(rest, tool.name)) {
      continue;
    }
    known = known || rest.front() == '#';
    if (!tool.exists(c)) {
      return "no " + std::string(tool.name) + " there: " + line;
    }
  }
  return is_command && !known ? "a program that no row knows: " + line : "";
}

// Everything that `net user` knows on NT 4 (Q251394) and remedies use.
const std::regex& net_user_form() {
  static const std::regex kForm(
      R"(net user( (?:"[^"]+"|[^ "/*]+))?( \*)?)"
      R"(( /(?:add|domain|active:yes|expires:never|times:all|workstations:\*))*)"
      R"(( > [a-z-]+\.txt( 2>&1)?)?)");
  return kForm;
}

// A name that `net` refuses is too long (Q251394).
bool is_too_long_for_net(const std::string& command) {
  static const std::regex kName(
      R"re(net (?:user|localgroup (?:"[^"]+"|\S+)) ("[^"]+"|[^ /*>"]+).*)re");
  std::smatch match;
  if (!std::regex_match(command, match, kName)) {
    return false;
  }
  std::string name = match[1];
  name.erase(std::remove(name.begin(), name.end(), '"'), name.end());
  return text::length(text::split(name, '\\').back()) > 20;
}

std::string fault_of_command(const std::string& command) {
  static const std::regex kLeaves(
      R"(net localgroup ("[^"]+"|[^ "]+) ("[^"]+"|[^ "/]+) /delete)");
  constexpr std::string_view kLists[] = {"/configure", "/import", "ntrights"};
  constexpr std::string_view kSecrets[] = {"/password", "-p ", "/rp", "/user:"};
  constexpr std::string_view kPermissions[] = {
      "cacls", "subinacl", "takeown", "net share", "aspnet_regiis -ga"};
  constexpr std::string_view kOthers[] = {
      "LimitBlankPasswordUse", "wevtutil cl", "reg delete", "del ", "rd /s"};
  const auto has_one = [&](const auto& parts) {
    return std::any_of(std::begin(parts), std::end(parts), [&](auto part) {
      return text::icontains(command, part);
    });
  };
  if (has_one(kLists)) {
    return "replaces a rights list";
  }
  if (has_one(kSecrets) || (text::icontains(command, " SET ") &&
                            text::icontains(command, "AnonymousUserPass"))) {
    return "contains a password";
  }
  if (has_one(kPermissions)) {
    return "changes permissions";
  }
  if (is_too_long_for_net(command)) {
    return "a name that net refuses";
  }
  if (text::icontains(command, "net user") &&
      text::icontains(command, "/del")) {
    return "deletes an account";
  }
  if (command.starts_with("net user") &&
      !std::regex_match(command, net_user_form())) {
    return "net user in an unknown form";
  }
  if (text::icontains(command, "/delete") &&
      !std::regex_match(command, kLeaves)) {
    return "deletes more than a membership";
  }
  return has_one(kOthers) ? "does harm" : "";
}

// Before a step that `does` something there has to be one that `warns`.
template <class Does>
bool is_unwarned(const Remedy& remedy, Does does, std::string_view warns) {
  bool warned = false;
  for (const Step& step : remedy.steps) {
    warned = warned || text::icontains(step.text, warns);
    if (!warned && does(step)) {
      return true;
    }
  }
  return false;
}

bool runs(const Step& step, std::string_view begin, std::string_view part) {
  return std::any_of(step.commands.begin(), step.commands.end(),
                     [&](const std::string& command) {
                       return command.starts_with(begin) &&
                              text::icontains(command, part);
                     });
}

bool sets_password(const Step& step) {
  return runs(step, "net user", " *") && !runs(step, "net user", "/add") &&
         !runs(step, "net user", ":*");
}

// Of an account that others may use: all but the one that setup made for this
// computer alone.
bool sets_shared_password(const Case& c, const Step& step) {
  return sets_password(step) &&
         (is_dc(c) || !runs(step, "net user IUSR_", " *") ||
          runs(step, "net user", " /domain"));
}

bool unlocks(const Step& step) {
  return text::icontains(step.text, "unlock") &&
         runs(step, "net user", "/active:yes");
}

// IIS vouches for the password, or shows none to mend.
bool has_no_stored_password(const Case& c) {
  return c.iis->sync == SyncSupport::kWorks &&
         c.identity.password_sync.value.is(true) && (!c.domain || is_dc(c));
}

std::string fault_of_order(const Case& c, const Remedy& remedy) {
  if (is_unwarned(
          remedy, [&](const Step& s) { return sets_shared_password(c, s); },
          "who else uses")) {
    return "a shared password is set without a warning";
  }
  if (is_unwarned(
          remedy, [](const Step& s) { return runs(s, "net user", "/add"); },
          "new SID")) {
    return "an account is made again, and nothing says what is lost";
  }
  if (is_unwarned(
          remedy,
          [](const Step& s) {
            return text::icontains(s.text, "Take Guests off");
          },
          "out of Guests")) {
    return "Guests taken off a list before the account is out of Guests";
  }
  if (!has_no_stored_password(c) &&
      is_unwarned(remedy, unlocks, "and its password")) {
    return "unlocked before the stored password is mended";
  }
  bool restarted = false;
  for (const Step& step : remedy.steps) {
    if (restarted && (unlocks(step) || sets_password(step)) &&
        !restarts(remedy.steps.back())) {
      return "changed after the last restart";
    }
    restarted = restarted || restarts(step);
  }
  return "";
}

std::string fault_of_text(const std::string& text) {
  for (const std::string_view harm :
       {"delete the account", "[Privilege Rights]", "/configure", "Everyone",
        "full control", "every right"}) {
    if (text::icontains(text, harm)) {
      return "says " + std::string(harm);
    }
  }
  return text::icontains(text, "Add ") && text::icontains(text, " there") &&
                 !text::icontains(text, "take nobody out") &&
                 !text::icontains(text, "unless it")
             ? "adds to a list, and does not say that nobody is taken out"
             : "";
}

}  // namespace

bool restarts(const Step& step) {
  return !step.commands.empty() &&
         (step.commands.back() == "iisreset" ||
          text::icontains(step.commands.back(), "recycle apppool") ||
          (step.commands.back().starts_with("net start ") &&
           step.commands.size() > 1));
}

std::string fault_of_tools(const Case& c, const Remedy& remedy) {
  for (const Step& step : remedy.steps) {
    if (auto fault = fault_of_line(c, step.text, false); !fault.empty()) {
      return fault;
    }
    for (const std::string& command : step.commands) {
      if (auto fault = fault_of_line(c, command, true); !fault.empty()) {
        return fault;
      }
      const bool asks_domain = text::icontains(command, " /domain");
      if (asks_domain && (is_dc(c) || !c.domain)) {
        return "no domain to ask: " + command;
      }
    }
  }
  return "";
}

std::string fault_of_harm(const Case& c, const Remedy& remedy) {
  for (const Step& step : remedy.steps) {
    if (auto fault = fault_of_text(step.text); !fault.empty()) {
      return fault.append(": ").append(step.text);
    }
    for (const std::string& command : step.commands) {
      if (auto fault = fault_of_command(command); !fault.empty()) {
        return fault.append(": ").append(command);
      }
    }
  }
  return fault_of_order(c, remedy);
}

}  // namespace iisdiag::knowledge
