// Steps through the policy tools of each version.
#include <fmt/format.h>

#include "knowledge/remedy_text.hpp"
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

void add_open_policy(Remedy& remedy, const RemedyContext& context,
                     std::string_view branch) {
  const bool dc = is_dc(context);
  if (context.windows.tools == Tools::k2008 && dc) {
    add(remedy, "Run gpmc.msc and edit the Default Domain Controllers Policy");
    add_way_to(remedy, context, branch);
  } else {
    add(remedy, fmt::format("{} {}: Local Policies, {}", dc ? "Open" : "Run",
                            rights_tool(context), branch));
  }
}

void add_open_right(Remedy& remedy, const RemedyContext& context,
                    LogonRight right) {
  if (context.windows.tools != Tools::kNt) {
    add_open_policy(remedy, context, "User Rights Assignment");
  } else {
    add(remedy, fmt::format("In {} choose Policies, User Rights",
                            rights_tool(context)));
    if (right == LogonRight::kBatch || right == LogonRight::kDenyBatch) {
      add(remedy, "Tick Show Advanced User Rights");
    }
  }
  add(remedy, fmt::format("Open \"{}\"", right_text(context, right)));
}

void add_open_named_policy(Remedy& remedy, const RemedyContext& context,
                           LogonRight right) {
  add(remedy,
      fmt::format("{} edit the policy \"{}\"",
                  context.windows.tools == Tools::k2008
                      ? "In gpmc.msc"
                      : "In Active Directory Users and Computers, Properties, "
                        "Group Policy,",
                  text::printable(context.subject.policy)));
  add_way_to(remedy, context, "User Rights Assignment");
  add(remedy, fmt::format("Open \"{}\"", right_text(context, right)));
}

void add_grant(Remedy& remedy, const RemedyContext& context, LogonRight right) {
  add_open_right(remedy, context, right);
  add(remedy,
      fmt::format("Add {} there; take nobody out", account_text(context)));
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
