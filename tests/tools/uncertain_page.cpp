#include "uncertain_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iostream>
#include <string_view>
#include <vector>

#include "checks/check.hpp"
#include "knowledge/uncertain.hpp"
#include "text/strings.hpp"

namespace iisdiag::tools {
namespace {

using knowledge::Said;
using knowledge::Uncertain;

struct Row {
  std::string_view id;
  std::string_view title;
  std::string_view open;     // what the sources leave open
  std::string_view rule;     // what the program does
  std::string_view settles;  // the observation that would settle it
};

// Sources: FACTS.md J, and what it marks [U] elsewhere. U15 and later are
// numbers of this page.
constexpr std::array kRows = {
    Row{"U1", "The right that a logon under password sync needs",
        "Q187506 has the network right in its table. Q264921 and Q263140 ask "
        "for the local one without a word about sync, and an audit sample of "
        "KB922730 shows logon type 2.",
        "Q187506 counts. A missing local right is a warning, and the type of "
        "logon in a Security log goes before the table.",
        "IIS 5.0 with sync on, failures of logon events audited. Take the "
        "account and its groups out of one right at a time, restart IIS, ask "
        "for a page, and read the type of event 534."},
    Row{"U2", "Event 100 of IIS 6.0 and later",
        "KB922730 shows W3SVC event 100 for IIS 5 and 6 alike. Whether "
        "worker processes of IIS 6.0 write it, under this source or W3SVC-WP, "
        "no source says. IIS 7.0 and later are taken to write none for sites.",
        "An event 100 counts wherever it is. That there is none proves "
        "nothing, and the steps for IIS 6.0 say so.",
        "IIS 6.0 in worker process isolation mode with a wrong stored "
        "password: ask for a page, list the System log by source."},
    Row{"U3", "The number of the sub-authentication notice",
        "The text of the notice is published. Its numbers, 2216 and 2217 of "
        "W3SVC-WP, are quoted without a source; so is an event 1.",
        "2216 and 2217 of IIS count as the notice, and only where the "
        "registration itself was not read. Event 1 is not read.",
        "An upgrade from IIS 5.0 to 6.0 with sync on: the notice in the "
        "System log, with source and number."},
    Row{"U4", "The secret and the logon methods of IIS 2.0 and 3.0",
        "The name of the LSA secret for the web service is known from common "
        "usage. The readme of NT 4.0 adds the network method without its "
        "number.",
        "The secret is not read. LogonMethod 2 counts as network, as in the "
        "metabase.",
        "IIS 3.0 with LogonMethod 2 and the network right taken away, failed "
        "logons audited: the logon type of event 534."},
    Row{"U5", "Where iissuba.dll is registered",
        "That sub-authentication packages are values of the key MSV1_0, and "
        "that this one has the number 132, is documented. The data IISSUBA is "
        "from a field note; the page that should have it was not readable.",
        "Auth132 with the data IISSUBA, in any case, counts as registered. No "
        "step registers it.",
        "An export of the key MSV1_0 from Windows Server 2003, before and "
        "after the procedure of KB332167."},
    Row{"U6", "The rights that Windows grants as installed",
        "Lists of defaults for NT 4.0 Server and 2003 are known in part only.",
        "No verdict takes a default for the list of this server: what was not "
        "read is unknown.",
        "secedit exports of fresh installations."},
    Row{"U7", "defaultLogonDomain of a web site",
        "A stock sample has the attribute in the web section, the reference "
        "has it for FTP only.",
        "It is read for FTP alone.",
        "IIS 7.0 or later with a bare account name and the attribute set to "
        "another domain: the domain in event 4625."},
    Row{"U8", "A missing userName in IIS 7.0 and later",
        "The reference has the default IUSR for a missing attribute, and the "
        "pool identity for an empty one. One guide has the pool identity for "
        "both.",
        "The reference counts.",
        "Remove the attribute, ask for a page that only one of the two may "
        "read."},
    Row{"U9", "The logon of the FTP service of IIS 6.0",
        "The table of the LogonMethod property leaves MSFTPSVC out.",
        "Where nothing sets it and the local and the network right differ, "
        "the check is unknown, unless a record shows the type.",
        "FTP of IIS 6.0 with one of the two rights taken away, failed logons "
        "audited: the logon type of event 534."},
    Row{"U10", "What Windows tests first",
        "Whether a disabled or locked account is refused before or after its "
        "password was compared differs between versions.",
        "Nothing is concluded about the password from such a refusal. Only "
        "1385 counts as proof of name and password.",
        "On each version: log on to a disabled and to a locked account with a "
        "wrong and with the right password, compare the codes."},
    Row{"U11", "How long IIS keeps a logon",
        "Q143180 says 15 minutes and calls it 10 in the same breath. Later "
        "versions keep it for 10.",
        "15 minutes count where a page that was answered may have come from "
        "an old logon; reports speak of about ten.",
        "IIS 3.0: change the password while pages are asked for, and note "
        "when they begin to fail."},
    Row{"U12", "ForceGuest and password sync",
        "That network logons of local accounts become Guest is documented. "
        "Whether the logon under sync is one of them is not.",
        "A warning, never a failure.",
        "IIS 5.1 in a workgroup with ForceGuest 1 and sync on: whom a page "
        "shows as the user of the thread."},
    Row{"U13", "How a web log shows a refused anonymous logon",
        "No published sample has a line with 401, 1 and 1326. One report has "
        "401 1 0 for a wrong stored password.",
        "401.1 without a user name counts as refused, whatever the code; 0 "
        "tells no reason and clears nothing.",
        "IIS 6.0 with anonymous access alone and a wrong stored password: the "
        "line in the log."},
    Row{"U14", "What AuthDiag prints",
        "Its switches and its whole output are not published.",
        "Its reports are not read.", "A report of AuthDiag 1.0."},
    Row{"U15", "Password sync for an account of a domain",
        "Q184300 tells to set it up. Q207671, Q191138 and Q230287 say that it "
        "fails, but on the controller that holds the account.",
        "It fails the check, on a domain controller excepted.",
        "IIS 4.0 on a member server with a domain account and sync on: does a "
        "page come, with an empty cache of logons."},
    Row{"U16", "The local logon right in IIS 6.0 and later",
        "A page about the policy still says that the account of IIS needs to "
        "log on locally.",
        "KB812614 and KB909887 are about these versions and say otherwise: "
        "the network right decides where the method is ClearText.",
        "IIS 6.0 or later with a custom account that holds only the network "
        "right: does a page come."},
    Row{"U17", "A local account named IUSR",
        "Which of two accounts called IUSR the name means, nobody documents.",
        "A warning, and the built-in one is taken to be in use.",
        "IIS 7.0 or later with such an account, disabled: does a page come."},
    Row{"U18", "Sub-codes of 401 in web logs",
        "A sentence of KB943891 says that they are not logged. KB907273 and "
        "logs show them from IIS 6.0 on.",
        "They are read where a log has the field.",
        "Any log of IIS 6.0 or later."},
    Row{"U19", "What password sync does with the password",
        "Q253204 says that IIS sets a random one. Q216828 and Q218756 "
        "describe that IIS vouches for it.",
        "IIS vouches: the stored password is not judged while sync works. It "
        "would not be judged either way.",
        "IIS 4.0 with sync on: the time of the last password change before "
        "and after a logon."},
    Row{"U20", "AnonymousPasswordSync that stands nowhere, in IIS 6.0",
        "The schema has true, a clean installation writes false.",
        "Where no level has it, the check is unknown and says so.",
        "IIS 6.0: delete the property, and see with sub-authentication "
        "registered whether a wrong stored password still works."},
    Row{"U21", "Authorization in IIS 3.0 and earlier",
        "The value says which ways to authenticate are on. Its bits are not "
        "documented.",
        "Whether a refusal was that of a client is unknown then.",
        "IIS 3.0: the value, exported with each box of the dialog ticked "
        "alone."},
};

std::string_view said_words(Said said) {
  switch (said) {
    case Said::kFound:
      return "among what was found";
    case Said::kStep:
      return "in the steps";
    case Said::kReason:
      return "in the reason why it is unknown";
    case Said::kVerbose:
      return "with --verbose";
    case Said::kNowhere:
      break;
  }
  return "";
}

[[noreturn]] void refuse(std::string_view id, std::string_view why) {
  std::cerr << id << ": " << why << "\n";
  std::exit(1);
}

std::string rests_text(const Uncertain& rule) {
  if (rule.said == Said::kNowhere) {
    return "No verdict hangs on it.";
  }
  std::vector<std::string> links;
  for (const std::string_view id : text::split(rule.rests, ' ')) {
    if (checks::find_finding(id) != nullptr) {
      links.push_back(fmt::format("[{}](findings/{}.md)", id, id));
    } else if (checks::find_check(id) != nullptr) {
      links.push_back(fmt::format("[{}](checks.md#{})", id, id));
    } else {
      refuse(rule.id, fmt::format("no finding and no check {}", id));
    }
  }
  return fmt::format("{}. Reports say it {}.", text::join_words(links),
                     said_words(rule.said));
}

// Words in lines of at most 95 columns, later ones indented.
std::string item(std::string_view label, std::string_view words) {
  constexpr std::size_t kWidth = 95;
  std::string result;
  std::string line = fmt::format("- {}:", label);
  for (const std::string_view word : text::split(words, ' ')) {
    if (line.size() + 1 + word.size() > kWidth) {
      result += line + "\n";
      line = " ";
    }
    line += fmt::format(" {}", word);
  }
  return result + line + "\n";
}

std::string section(const Row& row, const Uncertain& rule) {
  return fmt::format("\n## {}\n\n{}.\n\n", row.id, row.title) +
         item("Open", row.open) + item("Here", row.rule) +
         item("Rests on it", rests_text(rule)) +
         item("Would settle it", row.settles);
}

}  // namespace

std::string uncertain_page() {
  std::string page =
      "# What is uncertain\n\n"
      "Where sources are silent or contradict each other, iisdiag follows one "
      "rule and says in one\nclause that it is uncertain, with the number of a "
      "section below. Each says what would settle\nit: whoever can make one of "
      "these observations is asked to "
      "[report it](windows-validation.md).\nThe page is made from tables "
      "([how](../CONTRIBUTING.md)); [decisions.md](decisions.md) has what\n"
      "was decided without any source.\n";
  const auto rules = knowledge::all_uncertain();
  for (const Row& row : kRows) {
    const auto rule =
        std::find_if(rules.begin(), rules.end(),
                     [&](const Uncertain& one) { return one.id == row.id; });
    if (rule == rules.end()) {
      refuse(row.id, "no row in knowledge/uncertain.cpp");
    }
    page += section(row, *rule);
  }
  for (const Uncertain& rule : rules) {
    if (std::none_of(kRows.begin(), kRows.end(),
                     [&](const Row& row) { return row.id == rule.id; })) {
      refuse(rule.id, "no row in tests/tools/uncertain_page.cpp");
    }
  }
  return page + "\n[Documentation](index.md) | [The checks](checks.md)\n";
}

}  // namespace iisdiag::tools
