// Remedies of the user-rights check.
#include <fmt/format.h>

#include "facts/account.hpp"
#include "knowledge/remedies.hpp"
#include "knowledge/remedy_text.hpp"
#include "knowledge/well_known.hpp"
#include "text/unicode.hpp"

namespace iisdiag::knowledge::remedies {
namespace {

using facts::AccountName;
using facts::LogonRight;

constexpr std::string_view kLsa = R"(SYSTEM\CurrentControlSet\Control\Lsa)";

// A group of another language than English is known by the SID that the
// finding has for it.
std::optional<facts::Sid> sid_of_group(const RemedyContext& context,
                                       std::string_view group) {
  if (context.subject.group_sid && group == context.subject.group) {
    return context.subject.group_sid;
  }
  const auto written = facts::Sid::parse(group);
  return written ? written : sid_of_name(group);
}

// A group in this computer's own database, as far as its name tells.
bool is_local_group(const RemedyContext& context, std::string_view group) {
  if (const auto sid = sid_of_group(context, group)) {
    return is_builtin_group(*sid);
  }
  const auto name = AccountName::parse(group);
  return (name.domain.empty() || is_dc(context) ||
          text::same_name(name.domain,
                          context.server.machine.computer.value_or({})));
}

// Nobody is taken out of Everyone, NETWORK or Local account; nor out of Users
// where it holds Authenticated Users.
bool can_leave(const RemedyContext& context, std::string_view group) {
  const auto sid = sid_of_group(context, group);
  if (group.empty() || !sid) {
    return !group.empty();
  }
  return (is_builtin_group(*sid) || sid->is_account()) &&
         !(context.windows.users_hold_all && *sid == facts::Sid::parse(kUsers));
}

// The account as `net localgroup` takes it.
Command member_argument(const RemedyContext& context) {
  auto name = account_argument(context.bare_account);
  const auto written = AccountName::parse(context.account);
  if (!name || written.is_upn) {
    return std::nullopt;
  }
  if (!context.is_domain_account || is_dc(context)) {
    return name;
  }
  const auto domain = account_argument(written.domain);
  return domain ? cmd_argument(written.domain + "\\" + context.bare_account)
                : std::nullopt;
}

std::string quoted(std::string_view text) {
  return fmt::format("\"{}\"", text);
}

}  // namespace

void add_leave_group(Remedy& remedy, const RemedyContext& context,
                     std::string_view group, std::string_view condition) {
  const auto name = group_argument(group);
  const auto member = member_argument(context);
  const std::string text = fmt::format("{}{}ake {} out of {}", condition,
                                       condition.empty() ? "T" : " t",
                                       bare_text(context), group_text(group));
  const bool local = is_local_group(context, group);
  add_or(
      remedy, text,
      local && name && member
          ? Command(fmt::format("net localgroup {} {} /delete", *name, *member))
          : Command(),
      fmt::format("{}: {}", text,
                  local ? local_account_tool(context) : account_tool(context)));
}

Remedy right_missing(const RemedyContext& context) {
  const LogonRight right = needed_right(context).value_or(LogonRight::kNetwork);
  Remedy remedy =
      begin(fmt::format("{} or one of its groups holds {}", bare_text(context),
                        quoted(right_text(context, right))),
            right_articles(context, right));
  add_grant(remedy, context, right);
  if (context.subject.may_be_denied) {
    add(remedy,
        fmt::format("If it is there already, look at {}: neither the "
                    "account nor a group of it may be there",
                    quoted(right_text(context, facts::deny_of(right)))));
  }
  add_restart(remedy, context, Change::kAccount);
  return remedy;
}

Remedy right_denied(const RemedyContext& context) {
  const LogonRight deny = context.subject.right
                              ? facts::deny_of(*context.subject.right)
                              : facts::deny_of(needed_right(context).value_or(
                                    LogonRight::kNetwork));
  const std::string& group = context.subject.group;
  auto articles = right_articles(context, deny);
  if (console(context) == Console::kManager7 &&
      deny == LogonRight::kDenyNetwork) {
    articles.emplace_back("itpro:deny-network");
  }
  Remedy remedy =
      begin("no deny right that covers the account", std::move(articles));
  constexpr std::string_view kElseList =
      "Or, if policy allows it, change the list instead";
  if (can_leave(context, group)) {
    add_leave_group(remedy, context, group);
    add(remedy, std::string(kElseList));
  } else if (sid_of_group(context, group) == facts::Sid::parse(kLocalAccount)) {
    add(remedy, context.iis.builtin_iusr
                    ? "Use the built-in IUSR or a domain account in IIS"
                    : "Use a domain account in IIS");
    add(remedy, std::string(kElseList));
  }
  if (context.subject.policy.empty()) {
    add_open_right(remedy, context, deny);
  } else {
    add_open_named_policy(remedy, context, deny);
  }
  add(remedy,
      fmt::format("Take {} off that list",
                  group.empty() ? bare_text(context) : group_text(group)));
  if (context.subject.policy.empty()) {
    add_domain_policy_hint(remedy, context);
  }
  add_policy_refresh(remedy, context);
  add_restart(remedy, context, Change::kAccount);
  return remedy;
}

namespace {

// Nothing in the evidence names the policy.
void add_find_policy(Remedy& remedy, const RemedyContext& context,
                     LogonRight right) {
  const std::string which = fmt::format("See which policy sets {}",
                                        quoted(right_text(context, right)));
  switch (context.windows.tools) {
    case Tools::kNt:
    case Tools::k2000:
      add(remedy,
          is_dc(context)
              ? fmt::format("See whether {} sets it", rights_tool(context))
              : "In secpol.msc compare the local and the effective setting");
      add(remedy, "gpresult of the Resource Kit names the policies that apply");
      break;
    case Tools::k2003:
      add(remedy, which, {"rsop.msc"});
      break;
    case Tools::k2008:
      add(remedy, which, {"gpresult /h gpresult.html"});
      break;
  }
}

}  // namespace

Remedy right_overwritten(const RemedyContext& context) {
  const LogonRight right = needed_right(context).value_or(LogonRight::kNetwork);
  const std::string name = quoted(right_text(context, right));
  auto articles = right_articles(context, right);
  articles.insert(articles.begin(), context.iis.regrants_rights
                                        ? "Q275167"
                                        : "itpro:user-rights");
  Remedy remedy =
      begin(fmt::format("a policy that gives {} to the account", name),
            std::move(articles));
  const std::string& policy = context.subject.policy;
  if (!policy.empty()) {
    add(remedy, fmt::format("The policy \"{}\" sets {}, read from {}",
                            text::printable(policy), name,
                            text::printable(context.subject.file)));
  } else if (!context.subject.file.empty()) {
    add(remedy, fmt::format("The policy was read from {}",
                            text::printable(context.subject.file)));
  }
  if (context.windows.tools == Tools::kNt) {
    add_grant(remedy, context, right);
    add_restart(remedy, context, Change::kAccount);
    return remedy;
  }
  policy.empty() ? add_find_policy(remedy, context, right)
                 : add_open_named_policy(remedy, context, right);
  add(remedy, fmt::format("In that policy add {} or a group that it is in",
                          account_text(context)));
  add(remedy, "Take nobody out: the policy replaces the whole list");
  add(remedy, fmt::format("Or leave the right undefined there for {}",
                          computer_text(context)));
  add_policy_refresh(remedy, context);
  add_restart(remedy, context, Change::kAccount);
  if (context.iis.regrants_rights) {
    add(remedy,
        "Check again after a refresh: IIS regrants rights at its start");
  }
  return remedy;
}

Remedy right_local_missing(const RemedyContext& context) {
  constexpr LogonRight kRight = LogonRight::kInteractive;
  Remedy remedy =
      begin(fmt::format("{} or one of its groups holds {}", bare_text(context),
                        quoted(right_text(context, kRight))),
            {"Q187506", "Q264921", "Q247593"});
  add_grant(remedy, context, kRight);
  add_restart(remedy, context, Change::kAccount);
  return remedy;
}

Remedy audit_full(const RemedyContext& context) {
  Remedy remedy = begin("a Security log with room, CrashOnAuditFail not 2",
                        {"KB832981", "KB922730"});
  add(remedy, "As administrator save the Security log in Event Viewer");
  add(remedy, "Then clear it, or let it overwrite old events");
  const Tools tools = context.windows.tools;
  if (tools == Tools::kNt || tools == Tools::k2000) {
    add(remedy, fmt::format(R"(In regedt32 open HKLM\{})", kLsa));
    add(remedy, "Set CrashOnAuditFail (REG_DWORD) to 1 again");
  } else {
    add(remedy, "Set CrashOnAuditFail to 1 again",
        {fmt::format(
            R"(reg add "HKLM\{}" /v CrashOnAuditFail /t REG_DWORD /d 1 /f)",
            kLsa)});
  }
  add(remedy, "Restart the computer: the value counts from then on");
  return remedy;
}

Remedy force_guest(const RemedyContext& context) {
  Remedy remedy = begin("local accounts log on as themselves (ForceGuest 0)",
                        {"itpro:sharing-model"});
  add(remedy, "First see that no local account has an empty password");
  add_open_policy(remedy, context, "Security Options");
  add(remedy,
      "Open \"Network access: Sharing and security model for local accounts\"");
  add(remedy, "Choose Classic");
  add_policy_refresh(remedy, context);
  add_restart(remedy, context, Change::kAccount);
  return remedy;
}

Remedy rights_not_read(const RemedyContext& context) {
  Remedy remedy = begin("a complete rights list, and the account's groups", {});
  if (is_live(context)) {
    add_more_rights(remedy, context);
    return remedy;
  }
  add_capture_rights(remedy, context);
  add_capture_account(remedy, context);
  add_capture_groups(remedy, context);
  add_check_again(remedy, context);
  return remedy;
}

}  // namespace iisdiag::knowledge::remedies
