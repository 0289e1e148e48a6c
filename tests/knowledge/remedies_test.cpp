#include "knowledge/remedies.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <set>

#include "knowledge/finding_pages.hpp"
#include "knowledge/remedy_text.hpp"
#include "remedies_cases.hpp"
#include "remedy_rules.hpp"
#include "support/full.hpp"
#include "text/strings.hpp"

namespace iisdiag::knowledge {
namespace {

using facts::Role;
using facts::Service;
using facts::Store;

// What the remedy does: nothing to IIS's account (only makes something known),
// a change that IIS up to 6 needs a restart for, at the end or followed by
// another look, or one that needs none.
enum class Kind { kUnknown, kRestart, kThenMore, kOther };

struct Row {
  std::string_view name;
  RemedyFunction remedy;
  Kind kind = Kind::kRestart;
};

constexpr Row kRows[] = {
    {"account_not_configured", remedies::account_not_configured},
    {"account_missing", remedies::account_missing},
    {"account_wrong_domain", remedies::account_wrong_domain},
    {"account_not_a_user", remedies::account_not_a_user},
    {"account_disabled", remedies::account_disabled},
    {"account_locked", remedies::account_locked},
    {"account_expired", remedies::account_expired},
    {"password_expired", remedies::password_expired},
    {"password_must_change", remedies::password_must_change},
    {"password_will_expire", remedies::password_will_expire, Kind::kOther},
    {"logon_hours", remedies::logon_hours},
    {"workstation_restricted", remedies::workstation_restricted},
    {"domain_unreachable", remedies::domain_unreachable, Kind::kThenMore},
    {"wrong_logon_domain", remedies::wrong_logon_domain},
    {"guest_access_blocked", remedies::guest_access_blocked},
    {"iusr_shadowed", remedies::iusr_shadowed, Kind::kOther},
    {"configuration_not_read", remedies::configuration_not_read,
     Kind::kUnknown},
    {"configuration_elsewhere", remedies::configuration_elsewhere,
     Kind::kUnknown},
    {"account_not_read", remedies::account_not_read, Kind::kUnknown},
    {"sync_foreign_account", remedies::sync_foreign_account},
    {"sync_not_effective", remedies::sync_not_effective},
    {"sync_module_missing", remedies::sync_module_missing},
    {"sync_password_lost", remedies::sync_password_lost},
    {"stored_password_lost", remedies::stored_password_lost},
    {"batch_logon_unsupported", remedies::batch_logon_unsupported},
    {"sync_not_read", remedies::sync_not_read, Kind::kUnknown},
    {"sync_blocks_ftp", remedies::sync_blocks_ftp},
    {"stale_override", remedies::stale_override},
    {"right_missing", remedies::right_missing},
    {"right_denied", remedies::right_denied},
    {"right_overwritten", remedies::right_overwritten, Kind::kThenMore},
    {"right_local_missing", remedies::right_local_missing},
    {"audit_full", remedies::audit_full, Kind::kOther},
    {"force_guest", remedies::force_guest},
    {"rights_not_read", remedies::rights_not_read, Kind::kUnknown},
    {"wrong_password", remedies::wrong_password},
    {"blank_password_blocked", remedies::blank_password_blocked},
    {"logon_type_refused", remedies::logon_type_refused},
    {"logon_refused", remedies::logon_refused, Kind::kThenMore},
    {"logon_undecided", remedies::logon_undecided, Kind::kUnknown},
    {"lockout_risk", remedies::lockout_risk, Kind::kUnknown},
    {"logon_not_tried", remedies::logon_not_tried, Kind::kUnknown},
    {"caller_lacks_privilege", remedies::caller_lacks_privilege,
     Kind::kUnknown},
    {"password_unreadable", remedies::password_unreadable, Kind::kUnknown},
};

// With the FTP 6 service of Windows Server 2008 and later, which is judged by
// the rules of IIS 6.0.
std::vector<Case> servers() {
  std::vector<Case> all;
  for (const IisRules& iis : all_iis()) {
    const bool is_7 = iis.store == Store::kAppHost;
    for (const auto windows : text::split(iis.windows, ' ')) {
      all.push_back(make(iis.id, windows));
      all.push_back(make(is_7 ? "6.0" : iis.id, windows, Service::kFtp6));
      if (is_7) {
        all.push_back(make(iis.id, windows, Service::kFtp7));
      }
    }
  }
  return all;
}

// Every remedy for every version, role, service, kind of account and source;
// with a `stride`, a mixture of them.
void for_all(const std::vector<std::string>& names,
             const std::function<void(const Case&, const Row&)>& test,
             unsigned stride = 1) {
  for (Case c : servers()) {
    for (unsigned bits = 0; bits < 24; bits += stride) {
      c.role = static_cast<Role>(bits / 8);
      c.domain = (bits & 1U) != 0;
      c.identity.password_sync.value = {(bits & 2U) != 0, {}};
      c.server.source.kind = (bits & 4U) != 0 ? facts::SourceKind::kLive
                                              : facts::SourceKind::kEvidence;
      for (const std::string& name : names) {
        c.name = name;
        for (const Row& r : kRows) {
          test(c, r);
        }
      }
    }
  }
}

std::string trace(const Case& c, const Row& r) {
  return fmt::format("{}, IIS {}, Windows {}, role {}, {}, {}{}{}\n", r.name,
                     c.iis->id, c.windows->id, static_cast<int>(c.role),
                     facts::service_name(c.service), c.domain ? "domain " : "",
                     c.is_live() ? "live " : "", c.name);
}

std::vector<std::string> commands_of(const Remedy& remedy) {
  std::vector<std::string> all;
  for (const Step& step : remedy.steps) {
    all.insert(all.end(), step.commands.begin(), step.commands.end());
  }
  return all;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c >= 0x20 && c < 0x7F; });
}

void erase_all(std::string& text, std::string_view part) {
  for (auto at = text.find(part); at != std::string::npos;
       at = text.find(part, at)) {
    text.erase(at, part.size());
  }
}

// Outside quotes cmd.exe may meet only the redirections of captures, and
// nothing that it expands but the two folders.
bool is_pasteable(std::string command) {
  erase_all(command, "%windir%");
  erase_all(command, "%SystemDrive%");
  if (command.ends_with(" 2>&1")) {
    command.resize(command.size() - 5);
  }
  if (const auto to = command.rfind(" > "); command.ends_with(".txt")) {
    command.resize(std::min(to, command.size()));
  }
  bool quoted = false;
  return std::all_of(command.begin(), command.end(),
                     [&](char c) {
                       quoted = quoted != (c == '"');
                       return c != '%' &&
                              (quoted || c == '"' ||
                               std::string_view("&|<>^(),;!'").find(c) ==
                                   std::string_view::npos);
                     }) &&
         !quoted;
}

// What is wrong with a sentence; empty: nothing.
std::string fault_of_text(std::string_view text, std::size_t longest) {
  return text.empty()                                           ? "empty"
         : !is_ascii(text)                                      ? "not ASCII"
         : text.size() > longest                                ? "too long"
         : text.find_first_of("<>{}") != std::string_view::npos ? "placeholder"
                                                                : "";
}

std::string fault_of_step(const Step& step) {
  return step.text.ends_with(step.commands.empty() ? '.' : ':')
             ? fault_of_text(step.text, 85)
             : "ends without its mark";
}

std::string fault_of_articles(const Remedy& remedy) {
  std::set<std::string_view> once;
  for (const auto id : remedy.articles) {
    if (find_article(id) == nullptr) {
      return "unknown article";
    }
    if (!once.insert(id).second) {
      return "article twice";
    }
  }
  return "";
}

TEST(Remedies, SayWhatIsExpectedAndWhatToDo) {
  for_all({"IUSR_WEB01"}, [](const Case& c, const Row& r) {
    const Remedy remedy = c(r.remedy);
    EXPECT_EQ(fault_of_text(remedy.expected, 80), "") << trace(c, r);
    EXPECT_FALSE(remedy.expected.ends_with('.')) << trace(c, r);
    EXPECT_FALSE(remedy.steps.empty()) << trace(c, r);
    EXPECT_EQ(fault_of_articles(remedy), "") << trace(c, r);
    EXPECT_TRUE(r.kind == Kind::kUnknown || !remedy.articles.empty())
        << trace(c, r);
    for (const Step& step : remedy.steps) {
      EXPECT_EQ(fault_of_step(step), "") << trace(c, r) << step.text;
    }
  });
}

TEST(Remedies, RestartIisUpTo6AfterAChange) {
  for_all({"IUSR_WEB01"}, [](const Case& c, const Row& r) {
    if (r.kind == Kind::kRestart && c.iis->store != Store::kAppHost) {
      EXPECT_TRUE(restarts(c(r.remedy).steps.back())) << trace(c, r);
    }
    if (r.kind == Kind::kThenMore && c.iis->store != Store::kAppHost) {
      const auto steps = c(r.remedy).steps;
      EXPECT_TRUE(std::any_of(steps.begin(), steps.end(), restarts))
          << trace(c, r);
    }
  });
}

// From IIS 7 on only what it has cached of a pair that was changed is in the
// way (FACTS.md G).
TEST(Remedies, EndCachedLogonsOfIis7AfterANewPair) {
  for_all({"IUSR_WEB01"}, [](const Case& c, const Row& r) {
    const auto steps = c(r.remedy).steps;
    const bool stores =
        std::any_of(steps.begin(), steps.end(), [](const Step& step) {
          return step.text.starts_with("Type the name") ||
                 step.text.starts_with("In the location of");
        });
    const bool only_unlocks =
        r.name == "account_locked" || r.name == "wrong_logon_domain";
    if (stores && !only_unlocks && c.iis->store == Store::kAppHost) {
      EXPECT_TRUE(restarts(steps.back())) << trace(c, r);
    }
  });
}

// The computer itself, after the value that it stopped for was mended.
TEST(Remedies, RestartTheComputerAfterAFullLog) {
  for_all({"IUSR_WEB01"}, [](const Case& c, const Row& r) {
    if (r.name == "audit_full") {
      EXPECT_TRUE(
          c(r.remedy).steps.back().text.starts_with("Restart the computer"))
          << trace(c, r);
    }
  });
}

TEST(Remedies, NeverDoHarm) {
  // Setup's account of this server, one that may be shared, one with a blank.
  for_all({"IUSR_WEB01", "svc_web", "Internet Guest"},
          [](const Case& c, const Row& r) {
            EXPECT_EQ(fault_of_harm(c, c(r.remedy)), "") << trace(c, r);
          });
}

// Where the finding can occur: another Windows lacks what it is about.
bool occurs(const Case& c, const Row& r) {
  std::string id(r.name);
  std::replace(id.begin(), id.end(), '_', '-');
  return find_finding_page(id)->occurs(*c.iis, *c.windows);
}

// Prime to 8, so that few cases mix all answers.
constexpr unsigned kStride = 5;

TEST(Remedies, NameOnlyToolsThatThisWindowsAndIisHave) {
  for_all(
      {"IUSR_WEB01"},
      [](const Case& c, const Row& r) {
        if (occurs(c, r)) {
          EXPECT_EQ(fault_of_tools(c, c(r.remedy)), "") << trace(c, r);
        }
      },
      test::is_full() ? 1 : kStride);
}

TEST(Remedies, AskTheDomainForItsAccounts) {
  for_all({"svc_web"}, [](const Case& c, const Row& r) {
    for (const std::string& command : commands_of(c(r.remedy))) {
      const bool domain = c.domain && c.role != Role::kDomainController;
      if (command.starts_with("net user svc_web") &&
          r.name != "account_wrong_domain") {
        EXPECT_EQ(text::icontains(command, " /domain"), domain)
            << trace(c, r) << ": " << command;
      }
    }
  });
}

TEST(Remedies, LeaveCommandsPasteableWhateverTheName) {
  const std::vector<std::string> refused = {
      "a\"b", "p%PATH%q", "tab\tname", "a/b", "a*", "a name longer than 20",
      // U+FF02 becomes a quote in some code pages; U+200B is invisible.
      "x\xEF\xBC\x82y", "a\xE2\x80\x8Bz"};
  const std::vector<std::string> quoted = {"x&calc", "Internet Guest", "O'Neil",
                                           "a^b",    "c(d)",           "e!f"};
  std::vector<std::string> names = refused;
  names.insert(names.end(), quoted.begin(), quoted.end());
  std::set<std::string> seen;
  for_all(
      names,
      [&](const Case& c, const Row& r) {
        for (const std::string& command : commands_of(c(r.remedy))) {
          EXPECT_TRUE(is_ascii(command) && is_pasteable(command))
              << trace(c, r) << command;
          if (command.find(c.name) != std::string::npos) {
            seen.insert(c.name);
          }
        }
      },
      kStride);
  EXPECT_EQ(seen, std::set<std::string>(quoted.begin(), quoted.end()));
}

TEST(Remedies, LeaveCommandsPasteableWhateverTheNodeOrPool) {
  const auto test = [](const std::string& name) {
    return [&name](const Case& c, const Row& r) {
      Case hostile = c;
      hostile.subject.node =
          (c.uses_metabase() ? "/LM/W3SVC/1/ROOT/" : "") + name;
      hostile.subject.nodes = {hostile.subject.node};
      hostile.subject.group = name;
      hostile.subject.file = name;
      hostile.identity.pools = {{name, {}}};
      for (const std::string& command : commands_of(hostile(r.remedy))) {
        EXPECT_TRUE(is_pasteable(command)) << trace(hostile, r) << command;
      }
    };
  };
  for (const std::string name :
       {"a\"b", "p%PATH%q", "x&calc", "my app", "a|b>c", "O'Neil", "end\\"}) {
    for_all({"IUSR_WEB01"}, test(name), kStride);
  }
}

TEST(Remedies, CmdArgumentQuotesOrRefuses) {
  using remedies::cmd_argument;
  EXPECT_EQ(cmd_argument("IUSR_WEB01"), "IUSR_WEB01");
  EXPECT_EQ(cmd_argument("W3SVC/1/ROOT"), "W3SVC/1/ROOT");
  EXPECT_EQ(cmd_argument("Internet Guest"), "\"Internet Guest\"");
  EXPECT_EQ(cmd_argument("G\xC3\xA4ste"), "\"G\xC3\xA4ste\"");
  for (const char c : std::string_view("&|<>^()!;,='@[]{}~`+*?")) {
    EXPECT_EQ(cmd_argument(std::string("a") + c + "b"),
              fmt::format("\"a{}b\"", c));
  }
  for (const std::string_view refused :
       {"", "a\"b", "50%", "a\tb", "a\nb", "/domain", "-s:other", "end\\",
        "bad\xFFutf", "\xE2\x80\x9Cquoted\xE2\x80\x9D", "a\xC2\xA0z"}) {
    EXPECT_EQ(cmd_argument(refused), std::nullopt) << refused;
  }
}

TEST(Remedies, AccountArgumentRefusesWhatNoAccountIsCalled) {
  using remedies::account_argument;
  EXPECT_EQ(account_argument("x&calc"), "\"x&calc\"");
  EXPECT_EQ(account_argument("IUSR_ABCDEFGHIJKLMNO"), "IUSR_ABCDEFGHIJKLMNO");
  for (const std::string_view refused :
       {"IUSR_ABCDEFGHIJKLMNOP", "a\\b", "a/b", "a*", "a@b", "a=b", "a;b", " a",
        "...", ""}) {
    EXPECT_EQ(account_argument(refused), std::nullopt) << refused;
  }
}

}  // namespace
}  // namespace iisdiag::knowledge
