// Steps through the policy tools of each version.
#include <fmt/format.h>

#include "knowledge/remedy_text.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::knowledge::remedies {

using facts::LogonRight;

namespace {

// Inside of the editor of a group policy.
void add_way_to(Remedy& remedy, const RemedyContext& context,
                std::string_view branch) {
  add(remedy,
      fmt::format("Computer Configuration, {}Windows Settings, "
                  "Security Settings",
                  context.windows.tools == Tools::k2008 ? "Policies, " : ""));
  add(remedy, fmt::format("Go to Local Policies, {}", branch));
}

}  // namespace

void add_select_computer(Remedy& remedy, const RemedyContext& context) {
  const auto& machine = context.server.machine;
  if (context.windows.tools == Tools::kNt &&
      context.role == facts::Role::kMember && !machine.domain.is_absent()) {
    add(remedy,
        machine.computer.has_value()
            ? fmt::format(R"(In {} choose User, Select Domain, \\{})",
                          local_account_tool(context), computer_text(context))
            : fmt::format("In {} choose User, Select Domain: this computer",
                          local_account_tool(context)));
  }
}

void add_no_consoles(Remedy& remedy, const RemedyContext& context) {
  if (context.windows.tools == Tools::k2008 &&
      text::icontains(context.server.machine.product_name.value_or({}),
                      "Home")) {
    add(remedy,
        "Home editions lack secpol.msc and lusrmgr.msc: there use IUSR");
  }
}

void add_open_policy(Remedy& remedy, const RemedyContext& context,
                     std::string_view branch) {
  const bool dc = is_dc(context);
  if (context.windows.tools == Tools::k2008 && dc) {
    add(remedy, "Run gpmc.msc and edit the Default Domain Controllers Policy");
    add_way_to(remedy, context, branch);
  } else {
    add_no_consoles(remedy, context);
    add(remedy, fmt::format("{} {}: Local Policies, {}", dc ? "Open" : "Run",
                            rights_tool(context), branch));
  }
}

void add_open_right(Remedy& remedy, const RemedyContext& context,
                    LogonRight right) {
  if (context.windows.tools != Tools::kNt) {
    add_open_policy(remedy, context, "User Rights Assignment");
    add(remedy, fmt::format("Open \"{}\"", right_text(context, right)));
    return;
  }
  add_select_computer(remedy, context);
  add(remedy,
      fmt::format("In {} choose Policies, User Rights", rights_tool(context)));
  if (right == LogonRight::kBatch) {
    add(remedy, "Tick Show Advanced User Rights");
  }
  add(remedy,
      fmt::format("Choose the right \"{}\"", right_text(context, right)));
}

void add_open_named_policy(Remedy& remedy, const RemedyContext& context,
                           LogonRight right) {
  const std::string policy =
      fmt::format("the policy \"{}\"", text::printable(context.subject.policy));
  if (context.windows.tools == Tools::k2008) {
    add(remedy, fmt::format("In gpmc.msc edit {}", policy));
  } else {
    add(remedy,
        "In Active Directory Users and Computers open the domain or OU");
    add(remedy, fmt::format("Properties, Group Policy: edit {}", policy));
  }
  add_way_to(remedy, context, "User Rights Assignment");
  add(remedy, fmt::format("Open \"{}\"", right_text(context, right)));
}

void add_grant(Remedy& remedy, const RemedyContext& context, LogonRight right) {
  add_open_right(remedy, context, right);
  add(remedy,
      fmt::format(
          "Add {} there{}; take nobody out", account_text(context),
          context.windows.tools == Tools::kNt ? " (Show Users lists it)" : ""));
  add_domain_policy_hint(remedy, context);
  add_policy_refresh(remedy, context);
}

void add_domain_policy_hint(Remedy& remedy, const RemedyContext& context) {
  const bool workgroup = context.server.machine.domain.is_absent();
  if (context.windows.tools != Tools::kNt && !is_dc(context) && !workgroup) {
    add(remedy,
        "If the list is greyed out, a domain policy sets it: change it there");
  }
}

void add_policy_refresh(Remedy& remedy, const RemedyContext& context) {
  switch (context.windows.tools) {
    case Tools::kNt:
      return;
    case Tools::k2000:
      add(remedy, "Apply the policy",
          {"secedit /refreshpolicy machine_policy /enforce"});
      return;
    case Tools::k2003:
    case Tools::k2008:
      add(remedy, "Apply the policy", {"gpupdate /force"});
      return;
  }
}

}  // namespace iisdiag::knowledge::remedies
