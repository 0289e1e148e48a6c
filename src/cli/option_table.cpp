#include "cli/option_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "checks/check.hpp"
#include "cli/demos.hpp"
#include "cli/list.hpp"
#include "knowledge/versions.hpp"
#include "render/renderer.hpp"

namespace iisdiag::cli {
namespace {

constexpr Form kCheckForms[] = {
    {"check [OPTIONS] [EVIDENCE ...]", "run the checklist"},
    {"check --each EVIDENCE ...", "each argument is a server of its own"},
};

// What becomes of a report, for every command that makes one.
constexpr auto kOutputOptions = std::to_array<OptionInfo>({
    {"strict", "", "", "a warning counts as a failure for the exit code"},
    {"allow-incomplete", "", "",
     "exit 0 although something could not be checked"},
    {"format", "f", "NAME", "the report's format", Value::kFormat},
    {"report", "r", "NAME=FILE", "write a further report to FILE; repeatable",
     Value::kFormatFile, true},
    {"quiet", "q", "", "only problems, one line each"},
    {"verbose", "v", "",
     "every fact and where it came from; skipped checks too"},
    {"color", "", "auto|always|never", "colour the tags (default auto)",
     Value::kColor},
});

constexpr auto kChecklistOptions = std::to_array<OptionInfo>({
    {"each", "", "",
     "each EVIDENCE is a server of its own; @LIST names a file with one on "
     "each line"},
    {"demo", "", "[=NAME]", "an embedded sample server in place of EVIDENCE",
     Value::kDemo},
    {"account", "a", "NAME", "only identities that use this account",
     Value::kText},
    {"node", "", "PATH", "only this node and what is below it", Value::kText},
    {"iis", "", "VERSION",
     "the version of IIS (5.1, 10), where the evidence does not say",
     Value::kIis},
    {"windows", "", "VERSION", "that of Windows (nt4, 2000, 2012r2), likewise",
     Value::kWindows},
    {"role", "", "ROLE", "workstation, member or dc, likewise", Value::kRole},
    {"computer", "", "NAME", "the computer's name, likewise", Value::kText},
    {"at", "", "TIME", "the time the evidence speaks of (ISO 8601)",
     Value::kText},
    {"no-logon", "", "", "do not make the live credential test"},
    {"password-stdin", "", "",
     "the password for the live credential test, one line on standard input; "
     "needs -a"},
    {"only", "", "CHECK", "run only this check; repeatable", Value::kCheck,
     true},
    {"skip", "", "CHECK", "leave this check out; repeatable", Value::kCheck,
     true},
});

template <std::size_t kFirst, std::size_t kSecond>
constexpr std::array<OptionInfo, kFirst + kSecond> joined(
    const std::array<OptionInfo, kFirst>& first,
    const std::array<OptionInfo, kSecond>& second) {
  std::array<OptionInfo, kFirst + kSecond> all{};
  std::copy(second.begin(), second.end(),
            std::copy(first.begin(), first.end(), all.begin()));
  return all;
}

constexpr auto kCheckOptions = joined(kChecklistOptions, kOutputOptions);

constexpr Form kCollectForms[] = {
    {"collect [-o PATH]", "capture this server (Windows)"},
    {"collect --script [OPTIONS]", "print a script that captures evidence"},
};

constexpr OptionInfo kCollectOptions[] = {
    {"script", "", "",
     "print a batch file that captures the evidence, for a server where "
     "iisdiag may not run"},
    {"windows", "", "VERSION",
     "which Windows the script is for (nt4, 2003, 2019); without it 2008 and "
     "later",
     Value::kScriptWindows},
    {"output", "o", "PATH", "write the collection, or the script, to this file",
     Value::kFile},
};

constexpr Form kMergeForms[] = {
    {"merge [OPTIONS] REPORT.json ...", "one report out of many"},
};

constexpr Form kDiffForms[] = {
    {"diff OLD.json NEW.json", "what became worse, better, stayed"},
};

constexpr Form kExplainForms[] = {
    {"explain CODE ... | -", "what a code means"},
};

constexpr Form kListForms[] = {
    {"list TOPIC", "what iisdiag knows"},
};

constexpr std::array kCommands = {
    CommandInfo{"check",
                kCheckForms,
                kCheckOptions,
                {"EVIDENCE", Value::kFile, true,
                 "files and folders that were captured on one server; formats "
                 "are recognised by content (iisdiag list evidence)"}},
    CommandInfo{"collect", kCollectForms, kCollectOptions},
    CommandInfo{"explain", kExplainForms, {}, {"CODE", Value::kCode, true}},
    CommandInfo{
        "merge",
        kMergeForms,
        kOutputOptions,
        {"REPORT.json", Value::kFile, true,
         "reports of --format json or jsonl, made on any machine; @LIST "
         "names a file with one on each line"}},
    CommandInfo{"diff",
                kDiffForms,
                {},
                {"REPORT.json", Value::kFile, true,
                 "the older report, and the newer one"}},
    CommandInfo{"list", kListForms, {}, {"TOPIC", Value::kTopic}},
};

constexpr std::array<std::string_view, 4> kHelpWords = {"-h", "--help", "-?",
                                                        "/?"};

// Findings behind the check that raises them.
std::vector<std::string_view> explained_words() {
  std::vector<std::string_view> words;
  for (const checks::Check* check : checks::all_checks()) {
    words.push_back(check->id);
    for (const knowledge::FindingInfo& finding : check->findings) {
      words.push_back(finding.id);
    }
  }
  return words;
}

}  // namespace

std::span<const CommandInfo> all_commands() { return kCommands; }

const CommandInfo& command_info(std::string_view name) {
  return *std::find_if(kCommands.begin(), kCommands.end(),
                       [&](const auto& row) { return row.name == name; });
}

std::span<const std::string_view> help_words() { return kHelpWords; }

std::vector<std::string_view> known_values(Value value) {
  switch (value) {
    case Value::kFormat:
    case Value::kFormatFile:
      return names_of(render::all_renderers(),
                      [](const auto* renderer) { return renderer->id; });
    case Value::kCheck:
      return names_of(checks::all_checks(),
                      [](const auto* check) { return check->id; });
    case Value::kDemo:
      return names_of(all_demos(), [](const auto& demo) { return demo.name; });
    case Value::kColor:
      return {"auto", "always", "never"};
    case Value::kRole:
      return {"workstation", "member", "dc"};
    case Value::kIis:
      return names_of(knowledge::all_iis(),
                      [](const auto& row) { return row.id; });
    case Value::kWindows:
      return names_of(knowledge::all_windows(),
                      [](const auto& row) { return row.id; });
    case Value::kScriptWindows: {
      std::vector<std::string_view> names;
      for (const auto& row : knowledge::all_windows()) {
        if (row.cmd_extensions) {
          names.push_back(row.id);
        }
      }
      return names;
    }
    case Value::kTopic:
      return list_topics();
    case Value::kCode:
      return explained_words();
    case Value::kNone:
    case Value::kText:
    case Value::kFile:
      break;
  }
  return {};
}

std::string option_text(const OptionInfo& option) {
  const bool attached =
      option.value_name.empty() || option.value_name.starts_with('[');
  return fmt::format(
      "{}--{}{}{}",
      option.letter.empty() ? "    " : fmt::format("-{}, ", option.letter),
      option.name, attached ? "" : " ", option.value_name);
}

std::string option_about(const OptionInfo& option) {
  return option.value == Value::kFormat
             ? fmt::format("{}: {}", option.about,
                           list_words(known_values(option.value)))
             : std::string(option.about);
}

std::string list_words(const std::vector<std::string_view>& words) {
  std::string text;
  for (const std::string_view word : words) {
    text += text.empty() ? "" : ", ";
    text += word;
  }
  return text;
}

}  // namespace iisdiag::cli
