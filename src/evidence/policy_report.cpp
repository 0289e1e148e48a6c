// Reports of group policy as XML: gpresult /x says which policy is in force
// on the computer, a report of policies only what each of them defines
// (FORMATS.md 8.9).
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <vector>

#include "evidence/format.hpp"
#include "evidence/limits.hpp"
#include "evidence/xml.hpp"
#include "facts/rights.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

using facts::LogonRight;
using facts::RightsList;

// Get-GPOReport writes `GPO`, or `report` around several.
bool is_policy_report(const Document& document) {
  const auto start = xml_start(document.text());
  if (!start) {
    return false;
  }
  return start->root == "Rsop" ||
         (start->root == "GPO" && start->child == "Identifier") ||
         (start->root == "report" && start->child == "GPO");
}

std::string_view text_of(const pugi::xml_node& parent, std::string_view name) {
  return text::trim(child(parent, name).child_value());
}

// `{GUID}` in upper case.
std::string identifier(const pugi::xml_node& element) {
  return text::to_upper(text_of(element, "Identifier"));
}

bool is_security(const pugi::xml_node& extension) {
  const auto attributes = extension.attributes();
  return std::any_of(attributes.begin(), attributes.end(),
                     [](const pugi::xml_attribute& attribute) {
                       return std::string_view(attribute.value())
                           .ends_with(":SecuritySettings");
                     });
}

class PolicyReportReader {
 public:
  PolicyReportReader(const Document& document, FileFacts& facts)
      : document_(document), facts_(facts), xml_(document, facts) {}

  void run() {
    const pugi::xml_node root = xml_.root();
    const std::string_view name = local_name(root);
    if (name == "Rsop") {
      read_result(root);
    } else if (name == "GPO") {
      read_policy(root);
    } else {
      for (const auto& policy : root.children()) {
        read_policy(policy);
      }
    }
  }

 private:
  void problem(std::string text, const pugi::xml_node& element) {
    facts_.problems.push_back(
        document_.problem(std::move(text), {xml_.at(element).number(), {}}));
  }

  void read_result(const pugi::xml_node& root) {
    // A plan says what would be in force.
    if (text_of(root, "DataType") == "PlannedData") {
      problem("a plan of policies (not what is in force): not read", root);
      return;
    }
    read_time(text_of(root, "ReadTime"));
    for (const std::string_view part : {"ComputerResults", "UserResults"}) {
      read_groups(child(root, part));
    }
    const pugi::xml_node computer = child(root, "ComputerResults");
    if (computer.empty()) {
      problem(
          "the report does not speak of the computer: which policy defines a "
          "right is not in it",
          root);
      facts_.problems.back().todo = "As administrator:";
      facts_.problems.back().command =
          "gpresult /scope computer /x gpresult.xml";
      return;
    }
    read_computer(computer);
    for (const auto& policy : computer.children()) {
      if (local_name(policy) == "GPO") {
        name_policy(identifier(child(policy, "Path")), text_of(policy, "Name"));
      }
    }
    bool has_security = false;
    for (const auto& extension : extensions(computer)) {
      has_security = true;
      choose_winners(extension);
    }
    add_winners();
    if (has_security && xml_.is_whole()) {
      facts_.policy_report = xml_.at(computer);
    }
  }

  static std::vector<pugi::xml_node> extensions(const pugi::xml_node& scope) {
    std::vector<pugi::xml_node> found;
    for (const auto& data : scope.children()) {
      if (local_name(data) != "ExtensionData") {
        continue;
      }
      const pugi::xml_node extension = child(data, "Extension");
      if (is_security(extension)) {
        found.push_back(extension);
      }
    }
    return found;
  }

  // UTC, while the clock of the server may be behind.
  void read_time(std::string_view text) {
    constexpr facts::ClockSeconds kFurthestWest = 12 * facts::kHour;
    constexpr std::size_t kSeconds =
        std::string_view("2006-05-16T09:01:00").size();
    if (const auto moment = facts::parse_iso(text.substr(0, kSeconds))) {
      facts_.happened(moment->clock - kFurthestWest);
    }
  }

  // "CORP\WEB01$". The domain part of a computer in a workgroup is no domain,
  // and such a computer has no domain of DNS.
  void read_computer(const pugi::xml_node& computer) {
    const pugi::xml_node element = child(computer, "Name");
    const auto name = facts::AccountName::parse(text_of(computer, "Name"));
    if (name.name.size() < 2 || !name.name.ends_with('$')) {
      return;
    }
    facts_.machine.computer = {name.name.substr(0, name.name.size() - 1),
                               xml_.at(element)};
    if (!name.domain.empty() &&
        text_of(computer, "Domain").find('.') != std::string_view::npos) {
      facts_.machine.domain = {name.domain, xml_.at(element)};
    }
  }

  // The groups of the computer and of the user who ran it: names and SIDs.
  void read_groups(const pugi::xml_node& scope) {
    for (const auto& element : scope.children()) {
      if (local_name(element) == "SecurityGroup") {
        add_name(element);
      }
    }
  }

  void add_name(const pugi::xml_node& element) {
    const auto sid = facts::Sid::parse(text_of(element, "SID"));
    const std::string_view name = text_of(element, "Name");
    if (sid && !name.empty() && !facts::Sid::parse(name) &&
        facts_.accounts.names.size() < kMaxPrincipals) {
      facts_.accounts.names.push_back(
          {std::string(name), *sid, xml_.at(element)});
    }
  }

  void name_policy(const std::string& id, std::string_view name) {
    if (!id.empty() && !name.empty()) {
      facts_.policies.push_back({id, std::string(name)});
    }
  }

  // Of several policies that define a right the one with precedence 1, or
  // whatever is the lowest, is in force.
  void choose_winners(const pugi::xml_node& extension) {
    for (const auto& element : extension.children()) {
      const auto right = logon_right_of(element);
      if (!right) {
        continue;
      }
      const auto precedence = text::to_integer(text_of(element, "Precedence"));
      const std::int64_t rank = precedence.value_or(INT64_MAX);
      if (rank != 1 && !xml_.is_whole()) {
        continue;  // the one that wins may stand behind the damage
      }
      auto& winner = winners_[*right];
      if (winner.element.empty() || rank < winner.precedence) {
        winner = {rank, element};
      }
    }
  }

  static std::optional<LogonRight> logon_right_of(
      const pugi::xml_node& element) {
    return local_name(element) == "UserRightsAssignment"
               ? facts::logon_right(text_of(element, "Name"))
               : std::nullopt;
  }

  // A list for each policy that wins anything.
  void add_winners() {
    for (const auto& [right, winner] : winners_) {
      const std::string id = identifier(child(winner.element, "GPO"));
      auto list = std::find_if(
          facts_.rights.begin(), facts_.rights.end(),
          [&](const RightsList& known) { return known.policy_id == id; });
      if (list == facts_.rights.end()) {
        facts_.rights.push_back(new_list(id, winner.element));
        list = std::prev(facts_.rights.end());
        list->is_winner = true;
      }
      read_right(right, winner.element, *list);
    }
  }

  RightsList new_list(std::string id, const pugi::xml_node& element) const {
    RightsList list;
    list.origin = xml_.at(element);
    list.is_policy = true;
    list.policy_id = std::move(id);
    return list;
  }

  void read_right(LogonRight right, const pugi::xml_node& element,
                  RightsList& list) {
    std::vector<facts::Principal> holders;
    for (const auto& member : element.children()) {
      if (local_name(member) != "Member") {
        continue;
      }
      if (holders.size() == kMaxPrincipals) {
        problem(fmt::format("more than {} entries: the rest is not read",
                            kMaxPrincipals),
                member);
        list.mark_cut(right);
        break;
      }
      add_name(member);
      facts::Principal holder;
      holder.sid = facts::Sid::parse(text_of(member, "SID"));
      if (!holder.sid) {
        holder.name = text_of(member, "Name");
      }
      if (holder.sid || !holder.name.empty()) {
        holders.push_back(std::move(holder));
      }
    }
    if (xml_.is_cut(element)) {
      list.mark_cut(right);
    }
    list.holders(right) = {std::move(holders), xml_.at(element)};
  }

  // What one policy defines, in force here or not.
  void read_policy(const pugi::xml_node& policy) {
    if (local_name(policy) != "GPO") {
      return;
    }
    RightsList list = new_list(identifier(child(policy, "Identifier")), policy);
    list.policy_name = text_of(policy, "Name");
    name_policy(list.policy_id, list.policy_name);
    const pugi::xml_node computer = child(policy, "Computer");
    if (text_of(computer, "Enabled") == "false") {
      return;
    }
    bool defines = false;
    for (const auto& extension : extensions(computer)) {
      for (const auto& element : extension.children()) {
        if (const auto right = logon_right_of(element)) {
          read_right(*right, element, list);
          defines = true;
        }
      }
    }
    if (defines) {
      facts_.rights.push_back(std::move(list));
    }
  }

  struct Winner {
    std::int64_t precedence = 0;
    pugi::xml_node element;
  };

  const Document& document_;
  FileFacts& facts_;
  const Xml xml_;
  std::map<LogonRight, Winner> winners_;
};

void read_policy_report(const Document& document, FileFacts& facts) {
  PolicyReportReader(document, facts).run();
}

}  // namespace

const Format kPolicyReport{"policy-report",
                           "group policy in force (gpresult /x, Get-GPOReport)",
                           "gpresult /scope computer /x gpresult.xml",
                           is_policy_report, read_policy_report};

}  // namespace iisdiag::evidence
