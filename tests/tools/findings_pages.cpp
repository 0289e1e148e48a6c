// iisdiag_findings_pages FOLDER FILE: writes docs/findings, a page for each
// finding and an index, from the tables in the program; removes pages of
// findings that no longer exist. Writes docs/uncertain.md.
// tests/scripts/findings.sh compares.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "checks/check.hpp"
#include "evidence/format.hpp"
#include "knowledge/finding_pages.hpp"
#include "knowledge/sample_servers.hpp"
#include "text/strings.hpp"
#include "uncertain_page.hpp"

namespace iisdiag::tools {
namespace {

using knowledge::FindingInfo;
using knowledge::FindingPage;
using knowledge::Generation;
using knowledge::generations;
using knowledge::Remedy;
using knowledge::Severity;

constexpr std::size_t kWidth = 95;

bool is_mark(char c) {
  constexpr std::string_view kMarks = "\\`*_{}[]()<>#+-.!|";
  return kMarks.find(c) != std::string_view::npos;
}

// What Markdown would take for a mark of its own.
std::string escaped(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool before_mark =
        text[i] == '\\' && i + 1 < text.size() && is_mark(text[i + 1]);
    if (before_mark || text[i] == '*' || text[i] == '<' || text[i] == '[') {
      result += '\\';
    }
    result += text[i];
  }
  return result;
}

// A word that is the id of another finding becomes a link to its page.
std::string linked(std::string_view word, std::string_view self) {
  const std::size_t end = word.find_last_not_of(".,;:") + 1;
  const std::string_view id = word.substr(0, end);
  if (id == self || checks::find_finding(id) == nullptr) {
    return std::string(word);
  }
  return fmt::format("[{}]({}.md){}", id, id, word.substr(end));
}

// Words in lines below kWidth; later lines are indented by `indent`.
std::string wrapped(std::string_view text, std::string_view self,
                    std::string lead = {}, std::size_t indent = 0) {
  std::string result;
  std::string line = std::move(lead);
  bool empty = true;
  for (const std::string_view word : text::split(text, ' ')) {
    const std::string shown = linked(word, self);
    if (!empty && line.size() + 1 + shown.size() > kWidth) {
      result += line + "\n";
      line = std::string(indent, ' ');
      empty = true;
    }
    line += (empty ? "" : " ") + shown;
    empty = false;
  }
  return result + line + "\n";
}

std::string sentence(std::string_view text) {
  std::string result(text);
  if (!result.empty() && result[0] >= 'a' && result[0] <= 'z') {
    result[0] = static_cast<char>(result[0] - 'a' + 'A');
  }
  return result + ".";
}

std::vector<Severity> severities_of(const FindingInfo& info) {
  std::vector<Severity> result;
  for (const Severity severity : {Severity::kFail, Severity::kWarning,
                                  Severity::kUnknown, Severity::kInfo}) {
    if ((info.severities & knowledge::only(severity)) != 0) {
      result.push_back(severity);
    }
  }
  return result;
}

std::string severity_names(const FindingInfo& info) {
  std::vector<std::string> names;
  for (const Severity severity : severities_of(info)) {
    names.push_back(fmt::format("`{}`", severity_name(severity)));
  }
  return text::join(names, " or ");
}

std::string_view exit_words(Severity severity) {
  switch (severity) {
    case Severity::kFail:
      return "`fail`: a reason for the logon to be refused; exit code 1";
    case Severity::kWarning:
      return "`warning`: exit code 0 if nothing is worse; 1 with `--strict`";
    case Severity::kUnknown:
      return "`unknown`: exit code 2 if nothing failed; 0 with "
             "`--allow-incomplete`";
    case Severity::kInfo:
      break;
  }
  return "`info`: no effect on the exit code";
}

// "IIS 4.0 to 6.0" of names in order of age, of which some are marked.
std::string range(const std::vector<std::string>& names,
                  const std::vector<bool>& marked) {
  if (std::all_of(marked.begin(), marked.end(), [](bool on) { return on; })) {
    return "every version";
  }
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!marked[i]) {
      continue;
    }
    std::size_t last = i;
    while (last + 1 < names.size() && marked[last + 1]) {
      ++last;
    }
    parts.push_back(last == i ? names[i]
                    : last + 1 == names.size()
                        ? names[i] + " and later"
                        : names[i] + " to " + names[last]);
    i = last;
  }
  return text::join(parts, ", ");
}

std::string versions(const FindingPage& page) {
  std::vector<std::string> iis_names;
  std::vector<bool> with_iis;
  std::map<std::string_view, bool> on_windows;
  for (const auto& iis : knowledge::all_iis()) {
    bool any = false;
    for (const auto& windows : knowledge::all_windows()) {
      const auto ids = text::split(iis.windows, ' ');
      if (std::find(ids.begin(), ids.end(), windows.id) != ids.end() &&
          page.occurs(iis, windows)) {
        any = true;
        on_windows[windows.id] = true;
      }
    }
    iis_names.emplace_back(iis.id);
    with_iis.push_back(any);
  }
  std::vector<std::string> windows_names;
  std::vector<bool> marked;
  for (const auto& windows : knowledge::all_windows()) {
    windows_names.emplace_back(windows.name);
    marked.push_back(on_windows[windows.id]);
  }
  const std::string iis = range(iis_names, with_iis);
  const std::string windows = range(windows_names, marked);
  return iis == windows
             ? "every version of IIS"
             : fmt::format("{}, on {}",
                           iis.starts_with("every") ? "every version of IIS"
                                                    : "IIS " + iis,
                           windows);
}

// What the remedy says to one or more of the servers.
struct Group {
  std::vector<std::string> iis;
  std::vector<std::string> windows;
  Remedy remedy;
};

bool same_steps(const Remedy& one, const Remedy& other) {
  return one.expected == other.expected && one.steps == other.steps;
}

std::vector<Group> groups_of(const FindingInfo& info, const FindingPage& page) {
  std::vector<Group> groups;
  const auto add = [&](const Generation& generation, std::string_view sync,
                       const Remedy& remedy) {
    auto group = std::find_if(
        groups.begin(), groups.end(),
        [&](const Group& one) { return same_steps(one.remedy, remedy); });
    if (group == groups.end()) {
      groups.push_back({{}, {}, remedy});
      group = groups.end() - 1;
    }
    group->iis.push_back(fmt::format("IIS {}{}", generation.iis->id, sync));
    const std::string windows(generation.windows->name);
    if (group->windows.empty() || group->windows.back() != windows) {
      group->windows.push_back(windows);
    }
  };
  for (const Generation& generation : knowledge::generations()) {
    if (!page.occurs(*generation.iis, *generation.windows)) {
      continue;
    }
    const auto off = knowledge::remedy_of(info, generation, false);
    const auto on = knowledge::remedy_of(info, generation, true);
    if (off && on && !same_steps(*off, *on)) {
      add(generation, " with password sync", *on);
      add(generation, " without password sync", *off);
    } else if (off || on) {
      add(generation, "", off ? *off : *on);
    }
  }
  return groups;
}

std::string steps_text(const Remedy& remedy, std::string_view self) {
  std::string text =
      wrapped("Expected: " + escaped(remedy.expected) + ".", self) + "\n";
  int number = 0;
  for (const knowledge::Step& step : remedy.steps) {
    const std::string lead = fmt::format("{}. ", ++number);
    text += wrapped(escaped(step.text), self, lead, lead.size());
    if (!step.commands.empty()) {
      const std::string margin(lead.size(), ' ');
      text += "\n" + margin + "```bat\n";
      for (const std::string& command : step.commands) {
        text += margin + command + "\n";
      }
      text += margin + "```\n\n";
    }
  }
  text.resize(text.find_last_not_of('\n') + 1);
  return text + "\n";
}

std::string repair_text(const FindingInfo& info,
                        const std::vector<Group>& groups) {
  const bool unknown = info.severities == knowledge::only(Severity::kUnknown);
  std::string text = unknown ? "## What makes it known\n\n" : "## Repair\n\n";
  if (info.remedy == nullptr) {
    return text + "Nothing has to be done.\n";
  }
  text += wrapped(
      fmt::format("These are the steps for {}. iisdiag prints them with the "
                  "names of the server that it looked at, and those of its "
                  "configuration.",
                  knowledge::about_server(info)),
      info.id);
  if (groups.size() == 1) {
    return text + "\nThey are the same wherever the finding can occur.\n\n" +
           steps_text(groups.front().remedy, info.id);
  }
  for (const Group& group : groups) {
    text += fmt::format(
        "\n### {}\n\n{}\n{}", text::join(group.iis, ", "),
        wrapped("On " + text::join_words(group.windows) + ".", info.id),
        steps_text(group.remedy, info.id));
  }
  return text;
}

std::string articles_text(const std::vector<Group>& groups) {
  std::vector<std::string_view> ids;
  for (const Group& group : groups) {
    for (const std::string_view id : group.remedy.articles) {
      if (std::find(ids.begin(), ids.end(), id) == ids.end()) {
        ids.push_back(id);
      }
    }
  }
  if (ids.empty()) {
    return {};
  }
  std::sort(ids.begin(), ids.end());
  std::string text = "\n## Articles\n\n| article | about |\n|---|---|\n";
  for (const std::string_view id : ids) {
    text +=
        fmt::format("| {} | {} |\n", id, knowledge::find_article(id)->title);
  }
  return text;
}

std::string evidence_text(const FindingInfo& info, const FindingPage& page) {
  std::string text;
  if (!info.needs.empty()) {
    text =
        wrapped(fmt::format("It takes {}: configuration and accounts alone do "
                            "not show it.",
                            info.needs),
                info.id) +
        "\n";
  } else if (page.evidence.empty()) {
    text = "It stands for evidence that is missing.\n\n";
  } else {
    for (const std::string_view id : text::split(page.evidence, ' ')) {
      const auto formats = evidence::all_formats();
      const auto found =
          std::find_if(formats.begin(), formats.end(),
                       [&](const auto* format) { return format->id == id; });
      if (found == formats.end()) {
        std::cerr << page.id << ": there is no evidence format " << id << "\n";
        std::exit(1);
      }
      text += fmt::format("- `{}`: {}\n", id, (*found)->title);
    }
    text += "\n";
  }
  return text + "[How to capture evidence](../evidence.md)\n";
}

std::string page_text(const checks::Check& check, const FindingInfo& info,
                      const FindingPage& page) {
  const auto groups =
      info.remedy == nullptr ? std::vector<Group>{} : groups_of(info, page);
  std::string text = fmt::format("# {}\n\n", info.id);
  text += wrapped(sentence(info.title), info.id) + "\n";
  text += fmt::format("- Check: [{}](../checks.md#{})\n", check.id, info.id);
  for (const Severity severity : severities_of(info)) {
    text += fmt::format("- Severity {}\n", exit_words(severity));
  }
  text +=
      wrapped(fmt::format("Occurs with {}", versions(page)), info.id, "- ", 2);
  const auto section = [&](std::string_view heading, std::string_view body) {
    text +=
        fmt::format("\n## {}\n\n{}", heading, wrapped(escaped(body), info.id));
  };
  section("What it means", page.meaning);
  section("When it is raised", page.raised_when);
  section("What it does not prove", page.proves_not);
  text += "\n## Evidence that shows it\n\n" + evidence_text(info, page);
  text += "\n" + repair_text(info, groups) + articles_text(groups);
  return text +
         "\n[All findings](index.md) | [The checks](../checks.md) | "
         "[Exit codes](../exit-codes.md)\n";
}

std::string index_text() {
  std::string text =
      "# Findings\n\n"
      "A page for each finding: what it means, what it does not prove, and "
      "what mends it on\nwhich Windows. The pages are made from the tables in "
      "the program\n([how](../../CONTRIBUTING.md)); [checks.md](../checks.md) "
      "has all of them on one page.\n\n"
      "The steps are those for a member server. For a domain controller, an "
      "account of a domain, or\na configuration that is laid out in another "
      "way, iisdiag prints others where they differ. FTP\n6.0 beside IIS 7.0 "
      "and later counts as IIS 6.0 here. A Server Core installation has none "
      "of\nthe consoles: open them on another computer and connect to it.\n";
  for (const checks::Check* check : checks::all_checks()) {
    text += fmt::format(
        "\n## {}\n\n{}\n\n| finding | severity | title |\n"
        "|---|---|---|\n",
        check->id, sentence(check->about));
    for (const FindingInfo& info : check->findings) {
      text += fmt::format("| [{}]({}.md) | {} | {} |\n", info.id, info.id,
                          severity_names(info), info.title);
    }
  }
  return text;
}

void write(const std::filesystem::path& file, const std::string& text) {
  std::ofstream out(file, std::ios::binary);
  out << text;
  if (!out.flush()) {
    std::cerr << file.string() << ": cannot be written\n";
    std::exit(1);
  }
}

void write_all(const std::filesystem::path& folder) {
  std::set<std::string> written = {"index.md"};
  write(folder / "index.md", index_text());
  for (const checks::Check* check : checks::all_checks()) {
    for (const FindingInfo& info : check->findings) {
      const FindingPage* page = knowledge::find_finding_page(info.id);
      if (page == nullptr) {
        std::cerr << info.id << ": no row in knowledge/finding_pages_*.cpp\n";
        std::exit(1);
      }
      const std::string name = fmt::format("{}.md", info.id);
      written.insert(name);
      write(folder / name, page_text(*check, info, *page));
    }
  }
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".md" &&
        !written.contains(entry.path().filename().string())) {
      std::filesystem::remove(entry.path());
    }
  }
}

}  // namespace
}  // namespace iisdiag::tools

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: iisdiag_findings_pages FOLDER FILE\n";
    return 2;
  }
  iisdiag::tools::write_all(argv[1]);
  iisdiag::tools::write(argv[2], iisdiag::tools::uncertain_page());
}
