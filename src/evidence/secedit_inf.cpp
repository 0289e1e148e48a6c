// Security templates and exports of secedit (FORMATS.md section 5).
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <set>

#include "evidence/format.hpp"
#include "evidence/limits.hpp"
#include "evidence/template_text.hpp"
#include "facts/rights.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

using facts::Observed;
using facts::Principal;

constexpr std::array<std::string_view, 5> kSections = {
    "[Privilege Rights]", "[Unicode]", "[System Access]", "[Event Audit]",
    "[Registry Values]"};

bool is_secedit_inf(const Document& document) {
  constexpr int kProbe = 60;
  int seen = 0;
  for (const Line& line : document.first_lines()) {
    const std::string_view trimmed = text::trim(line.text);
    for (const std::string_view section : kSections) {
      if (text::iequals(trimmed, section)) {
        return true;
      }
    }
    if (!trimmed.empty() && ++seen == kProbe) {
      break;
    }
  }
  return false;
}

std::string_view last_name(std::string_view path) {
  return path.substr(path.find_last_of("/\\") + 1);
}

// Where a policy keeps its template; anything else is an export. Of a file
// that was given by itself only the folder around it is the policy's: what is
// further up is where somebody keeps the evidence.
bool is_policy_file(std::string_view name, std::string_view folder) {
  if (text::iends_with(name, "GptTmpl.inf")) {
    return true;
  }
  std::string path(name);
  for (char& c : path) {
    c = c == '\\' ? '/' : c;
  }
  const auto parts = text::split(path, '/');
  return text::iequals(last_name(folder), "SecEdit") ||
         std::any_of(parts.begin(), parts.end(), [](std::string_view part) {
           return text::iequals(part, "SecEdit");
         });
}

// The policy's folder: `{31B2F340-016D-11D2-945F-00C04FB984F9}`.
std::string policy_id(std::string_view name) {
  constexpr std::size_t kLength = 38;
  std::string id;
  for (std::size_t at = name.find('{'); at != std::string_view::npos;
       at = name.find('{', at + 1)) {
    const std::string_view guid = name.substr(at, kLength);
    if (guid.size() == kLength && guid.ends_with('}') &&
        guid.find_first_not_of("{}-0123456789abcdefABCDEF") ==
            std::string_view::npos &&
        std::count(guid.begin(), guid.end(), '-') == 4) {
      id = text::to_upper(guid);
    }
  }
  return id;
}

Principal principal(std::string_view item) {
  Principal result;
  // `*S-1-...`; hand-made templates forget the star.
  const bool starred = item.starts_with('*');
  result.sid = facts::Sid::parse(text::trim(item.substr(starred ? 1 : 0)));
  if (!result.sid) {
    result.name = std::string(item);
  }
  return result;
}

class SeceditInfReader {
 public:
  SeceditInfReader(const Document& document, FileFacts& facts)
      : document_(document), facts_(facts) {
    list_.origin = document.at(0);
    list_.is_policy = is_policy_file(document.name(), facts.folder);
    if (list_.is_policy) {
      list_.policy_id = policy_id(facts.folder + "/" + document.name());
    }
    facts.machine_is_template = true;
  }

  void run() {
    std::string section;
    Line last;
    const auto lines = document_.lines();
    strings_ = TemplateStrings(lines);
    for (const Line& line : lines) {
      if (line.text.size() > kMaxLine) {
        facts_.problems.push_back(
            document_.problem("a line longer than 1 MiB is passed over",
                              {line.number, {}, true}));
        is_damaged_ = true;
        continue;
      }
      const std::string_view content = text::trim(line.text);
      if (content.empty() || content.front() == ';') {
        continue;
      }
      last = line;
      if (content.front() == '[') {
        section = text::to_lower(content.substr(0, content.find(']') + 1));
        sections_.insert(section);
        continue;
      }
      read_line(section, content, line);
    }
    // secedit ends every line. A list that stops in mid-line was cut.
    if (!last.ended && section == "[privilege rights]") {
      facts_.problems.push_back(
          document_.problem("the file ends in the middle of a line", last,
                            text::length(last.text)));
      facts_.problems.back().todo = "Capture it again:";
      facts_.problems.back().command =
          "secedit /export /areas USER_RIGHTS /cfg secedit.inf";
      is_damaged_ = true;
    }
    if (document_.is_cut() && last.ended) {
      facts_.problems.push_back(
          document_.problem("the file ends in the middle of a character"));
      is_damaged_ = true;
    }
    finish();
  }

 private:
  void read_line(std::string_view section, std::string_view content,
                 const Line& line) {
    const auto equals = content.find('=');
    if (equals == std::string_view::npos) {
      if (section == "[privilege rights]") {
        facts_.problems.push_back(document_.problem(
            "not a \"right = list\" line", line, text::length(line.text)));
        is_damaged_ = true;
      }
      return;
    }
    const std::string_view key = text::trim(content.substr(0, equals));
    const std::string_view value = text::trim(content.substr(equals + 1));
    if (section == "[privilege rights]") {
      read_right(key, value, line);
    } else if (section == "[registry values]") {
      read_registry_value(key, value, line);
    } else if (section == "[system access]" && line.ended) {
      read_account_policy(key, value, document_.at(line.number), policy_);
    }
  }

  void read_right(std::string_view key, std::string_view value,
                  const Line& line) {
    has_marker_right_ = has_marker_right_ ||
                        text::iequals(key, "SeChangeNotifyPrivilege") ||
                        text::iequals(key, "SeBackupPrivilege");
    const auto right = facts::logon_right(key);
    if (!right) {
      return;
    }
    std::vector<Principal> holders;
    for (const std::string_view part : text::split(value, ',')) {
      const std::string_view item = text::trim(part);
      if (item.empty()) {
        continue;
      }
      if (holders.size() == kMaxPrincipals) {
        facts_.problems.push_back(document_.problem(
            fmt::format("more than {} entries: the rest is not read",
                        kMaxPrincipals),
            {line.number, {}, true}));
        is_damaged_ = true;
        break;
      }
      holders.push_back(principal(strings_.resolved(item)));
    }
    if (!line.ended && !holders.empty()) {
      holders.pop_back();  // it may be the beginning of a longer one
    }
    auto& place = list_.holders(*right);
    if (place.has_value()) {
      facts_.problems.push_back(
          document_.problem(fmt::format("{} stands twice: the last one counts",
                                        facts::constant_name(*right)),
                            line));
    }
    place = {std::move(holders), document_.at(line.number)};
    if (!line.ended) {
      list_.mark_cut(*right);
    }
  }

  // `MACHINE\System\...\Lsa\LimitBlankPasswordUse=4,1`
  void read_registry_value(std::string_view key, std::string_view value,
                           const Line& line) {
    constexpr std::string_view kLsa =
        R"(MACHINE\System\CurrentControlSet\Control\Lsa\)";
    if (!text::istarts_with(key, kLsa) || !value.starts_with("4,")) {
      return;
    }
    const auto number = text::to_integer(text::trim(value.substr(2)));
    if (!number || *number < 0 || *number > UINT32_MAX) {
      return;
    }
    const Observed<std::uint32_t> observed(static_cast<std::uint32_t>(*number),
                                           document_.at(line.number));
    const std::string_view name = key.substr(kLsa.size());
    if (text::iequals(name, "LimitBlankPasswordUse")) {
      facts_.machine.limit_blank_password_use = observed;
    } else if (text::iequals(name, "ForceGuest")) {
      facts_.machine.force_guest = observed;
    } else if (text::iequals(name, "CrashOnAuditFail")) {
      facts_.machine.crash_on_audit_fail = observed;
    }
  }

  void finish() {
    // What a policy or a template sets holds where it is applied, perhaps not
    // here. An export of everything names these rights as well.
    if (!list_.is_policy && has_marker_right_ && !is_damaged_) {
      facts_.accounts.policy = policy_;
    }
    if (!sections_.contains("[privilege rights]")) {
      return;  // says nothing about rights, not that nobody holds one
    }
    // secedit writes [Unicode] and [Version] both: with only the first the
    // end of the file is missing.
    const bool is_short =
        sections_.contains("[unicode]") && !sections_.contains("[version]");
    if (is_short && !list_.is_policy && !is_damaged_) {
      facts_.problems.push_back(document_.problem(
          "the [Version] section is missing: the end of the file is not "
          "there"));
    }
    const bool complete =
        !list_.is_policy && has_marker_right_ && !is_damaged_ && !is_short;
    for (std::size_t i = 0; i < facts::kLogonRights; ++i) {
      auto& place = list_.rights.at(i);
      if (!place.is_unknown()) {
        continue;
      }
      if (complete) {
        place = Observed<std::vector<Principal>>::absent(document_.at(0));
      } else {
        place = Observed<std::vector<Principal>>::unknown(why_unknown(is_short),
                                                          {}, document_.at(0));
      }
    }
    facts_.rights.push_back(std::move(list_));
  }

  std::string why_unknown(bool is_short) const {
    if (is_damaged_ || is_short) {
      return fmt::format("{} is damaged", document_.name());
    }
    return fmt::format("{} defines only some rights", document_.name());
  }

  const Document& document_;
  FileFacts& facts_;
  facts::RightsList list_;
  facts::AccountPolicy policy_;
  TemplateStrings strings_;
  std::set<std::string, std::less<>> sections_;
  bool has_marker_right_ = false;
  bool is_damaged_ = false;
};

void read_secedit_inf(const Document& document, FileFacts& facts) {
  SeceditInfReader(document, facts).run();
}

}  // namespace

const Format kSeceditInf{"secedit-inf",
                         "user rights (secedit export or security template)",
                         "secedit /export /areas USER_RIGHTS /cfg secedit.inf",
                         is_secedit_inf, read_secedit_inf};

}  // namespace iisdiag::evidence
