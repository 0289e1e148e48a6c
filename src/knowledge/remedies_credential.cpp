// Remedies of the credential test.
#include <fmt/format.h>

#include "knowledge/remedies.hpp"
#include "knowledge/remedy_text.hpp"

namespace iisdiag::knowledge::remedies {
namespace {

using facts::LogonRight;

// Where IIS's own logon is on record, for readers who look for themselves:
// captured files show none (FACTS.md D, E.1, E.2).
void add_read_record(Remedy& remedy, const RemedyContext& context) {
  if (console(context) != Console::kManager7) {
    add(remedy, fmt::format("On {} look for the newest event 100 of {} in the "
                            "System log",
                            computer_text(context),
                            service_name(context.identity.service)));
    // The text shows words; the number is in the data, lowest byte first.
    add(remedy,
        "Its data 2E 05 (1326) means a wrong name or password, 69 05 a right");
    const bool may_be_silent =
        console(context) == Console::kManager6 && !is_ftp(context);
    add(remedy,
        may_be_silent
            ? "No such event proves nothing: IIS 6.0 may not write one"
            : "No such event although visitors came: no logon was refused");
    return;
  }
  add(remedy, fmt::format("On {} look for failed logons of {} in the Security "
                          "log, event 4625",
                          computer_text(context), bare_text(context)));
  add(remedy, "Sub Status 0xC000006A stands for a wrong password");
  add(remedy, "Status 0xC000015B stands for a right that is not granted");
  add(remedy, "No such event proves nothing: logons may not be audited");
}

// Failed logons get a record only where they are audited. From Windows 2000 to
// 2003 the record that tells a name from a password is another one, and is
// written where the account lives (FACTS.md E.2).
void add_audit_logons(Remedy& remedy, const RemedyContext& context) {
  const Tools tools = context.windows.tools;
  if (tools == Tools::kNt) {
    add_select_computer(remedy, context);
    add(remedy,
        fmt::format("In {} choose Policies, Audit", rights_tool(context)));
    add(remedy, "Tick Failure for Logon and Logoff");
    return;
  }
  if (tools != Tools::k2008 && context.is_domain_account && !is_dc(context)) {
    add(remedy,
        "Go to a domain controller of the account: it keeps the record");
    add(remedy,
        "Open Domain Controller Security Policy: Local Policies, "
        "Audit Policy");
  } else {
    add_open_policy(remedy, context, "Audit Policy");
  }
  add(remedy, tools == Tools::k2008
                  ? "Audit logon events: tick Failure"
                  : "Audit account logon events: tick Failure");
  add_policy_refresh(remedy, context);
}

// The record that tells a wrong name from a wrong password.
void add_read_audit(Remedy& remedy, const RemedyContext& context) {
  const auto look = [&](std::string_view event) {
    add(remedy, fmt::format("Look for event {} of {} in the Security log",
                            event, bare_text(context)));
  };
  switch (context.windows.tools) {
    case Tools::kNt:
      look("529");
      add(remedy,
          "It does not tell them apart: see whether the account exists");
      add(remedy, "If it does, the password is wrong");
      return;
    case Tools::k2000:
      look("681");
      add(remedy, "Code 3221225572 means a wrong name, 3221225578 a password");
      return;
    case Tools::k2003:
      look("680");
      break;
    case Tools::k2008:
      look("4625");
      break;
  }
  add(remedy, "0xC0000064 means a wrong name, 0xC000006A a wrong password");
}

// Looks through both lists of a right.
void add_look_at_right(Remedy& remedy, const RemedyContext& context,
                       LogonRight right) {
  add_open_right(remedy, context, right);
  add(remedy, fmt::format("Add {}, unless it or a group of it is there",
                          account_text(context)));
  if (context.windows.deny_rights) {
    add(remedy,
        fmt::format("Open \"{}\"", right_text(context, facts::deny_of(right))));
    add(remedy, fmt::format("Neither {} nor a group of it may be there",
                            bare_text(context)));
    add_leave_group(remedy, context, "BUILTIN\\Guests", "If Guests is on it,");
  }
  add_domain_policy_hint(remedy, context);
  add_policy_refresh(remedy, context);
}

}  // namespace

Remedy wrong_password(const RemedyContext& context) {
  Remedy remedy = begin("the password of the account, stored in IIS as well",
                        logon_articles(context));
  if (sync_vouches(context)) {
    add_sync_off(remedy, context);
    add_right_without_sync(remedy, context);
  }
  add_same_password(remedy, context);
  return remedy;
}

Remedy blank_password_blocked(const RemedyContext& context) {
  auto articles = logon_articles(context);
  articles.insert(articles.begin(), "itpro:blank-passwords");
  Remedy remedy = begin("an account with a password", std::move(articles));
  add(remedy, "Leave the policy against blank passwords on");
  add_set_password(remedy, context,
                   fmt::format("Give {} a password; the command asks for it",
                               account_text(context)));
  add_store_password(remedy, context);
  add_restart(remedy, context, Change::kIdentity);
  return remedy;
}

Remedy logon_type_refused(const RemedyContext& context) {
  const auto right = needed_right(context);
  Remedy remedy =
      begin(right ? fmt::format("\"{}\"{}", right_text(context, *right),
                                context.windows.deny_rights
                                    ? ", and no Deny right above it"
                                    : "")
                  : std::string("the right that this logon type needs"),
            right_articles(context, right));
  if (right) {
    add_look_at_right(remedy, context, *right);
  } else {
    add_look_at_right(remedy, context, LogonRight::kNetwork);
    add(remedy, fmt::format("Look at \"{}\" in the same way",
                            right_text(context, LogonRight::kInteractive)));
  }
  add_restart(remedy, context, Change::kAccount);
  return remedy;
}

Remedy logon_refused(const RemedyContext& context) {
  Remedy remedy = begin("a logon of the account that IIS is to use",
                        logon_articles(context));
  add(remedy, "Mend the finding first that the code belongs to");
  add_restart(remedy, context, Change::kAccount);
  add(remedy, "Then run iisdiag check again");
  return remedy;
}

Remedy logon_undecided(const RemedyContext& context) {
  Remedy remedy = begin("a logon that tells name and password apart",
                        logon_articles(context));
  if (is_live(context)) {
    add_more_rights(remedy, context);
  }
  add(remedy, is_live(context)
                  ? "Or have the refusal recorded in the Security log"
                  : "Have the refusal recorded in the Security log");
  add_audit_logons(remedy, context);
  add(remedy, is_ftp(context) ? "Log on to the FTP site as anonymous"
                              : "Ask the site for a page, without a name");
  add_read_audit(remedy, context);
  return remedy;
}

Remedy lockout_risk(const RemedyContext& context) {
  Remedy remedy = begin("an account without bad logons counted", {});
  add(remedy, "See after how many bad logons an account locks",
      {context.is_domain_account && !is_dc(context) ? "net accounts /domain"
                                                    : "net accounts"});
  add(remedy, "Mend the stored password first, if it may be wrong");
  add(remedy, "Wait until the bad count is reset, then run this again");
  return remedy;
}

Remedy logon_not_tried(const RemedyContext& context) {
  Remedy remedy = begin("a logon of the account, tried or on record", {});
  if (is_live(context)) {
    add(remedy, "Let it try the logon once, without --no-logon",
        {"iisdiag check"});
    return remedy;
  }
  add_read_record(remedy, context);
  return remedy;
}

Remedy caller_lacks_privilege(const RemedyContext& context) {
  Remedy remedy = begin("a caller that may log others on", {"Q207671"});
  const Tools tools = context.windows.tools;
  if (tools == Tools::kNt || tools == Tools::k2000) {
    // LocalSystem holds the privilege, and the scheduler runs jobs as that.
    std::vector<std::string> commands = {
        R"(at 23:00 cmd /c "iisdiag check > %SystemDrive%\iisdiag.txt")"};
    if (tools == Tools::kNt) {
      commands.insert(commands.begin(), "net start schedule");
    }
    add(remedy, "Copy this program as iisdiag.exe into a folder of the PATH");
    add(remedy, "Run it as LocalSystem, at a time that suits",
        std::move(commands));
    add(remedy, "Then read iisdiag.txt in the root of the system drive");
  } else {
    add(remedy, fmt::format("Run again as an administrator of {}",
                            computer_text(context)));
  }
  add(remedy, "Or leave the logon out: a logon on record counts as well",
      {"iisdiag check --no-logon"});
  return remedy;
}

Remedy password_unreadable(const RemedyContext& context) {
  Remedy remedy = begin("a readable stored password, or a logon on record", {});
  if (is_live(context)) {
    add_more_rights(remedy, context);
    return remedy;
  }
  add_read_record(remedy, context);
  return remedy;
}

}  // namespace iisdiag::knowledge::remedies
