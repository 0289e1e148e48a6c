#include "cli/explain_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "knowledge/sample_servers.hpp"
#include "text/strings.hpp"

namespace iisdiag::cli {
namespace {

using knowledge::Article;
using knowledge::EventCode;
using knowledge::Explanation;
using knowledge::FindingInfo;
using knowledge::FindingPage;
using knowledge::HttpStatus;
using knowledge::LogonCode;
using knowledge::Reading;
using knowledge::Severity;
using knowledge::SspiCode;
using knowledge::StatusTriple;

constexpr std::size_t kBody = 12;
constexpr std::uint32_t kHresult = 0x8007'0000U;

// A label and its texts; it stands before the first only.
class Section {
 public:
  Section(render::Page& page, std::string_view label)
      : page_(page), label_("  " + std::string(label)) {}

  void add(std::string_view text) {
    if (!text.empty()) {
      page_.hanging(label_, kBody, text);
      label_.clear();
    }
  }
  // A command stands as it is: it is there to be pasted.
  void add_command(std::string_view command) {
    page_.line(std::string(kBody + kDeeper, ' ') + std::string(command));
  }
  void add_numbered(std::size_t number, std::string_view text) {
    const std::string lead = fmt::format("{}. ", number);
    page_.hanging(label_ + std::string(kBody - label_.size(), ' ') + lead,
                  kBody + lead.size(), text);
    label_.clear();
  }

 private:
  static constexpr std::size_t kDeeper = 5;
  render::Page& page_;
  std::string label_;
};

std::string number_forms(std::uint32_t value) {
  return fmt::format("0x{:08X}, {}", value, value);
}

std::vector<std::string_view> ids_of(std::string_view causes) {
  return causes.empty() ? std::vector<std::string_view>{}
                        : text::split(causes, ' ');
}

const checks::Check* check_of(std::string_view finding) {
  for (const checks::Check* check : checks::all_checks()) {
    for (const FindingInfo& info : check->findings) {
      if (info.id == finding) {
        return check;
      }
    }
  }
  return nullptr;
}

// The checks that catch it, in the order of its causes.
std::vector<std::string> checks_of(std::string_view causes) {
  std::vector<std::string> checks;
  for (const std::string_view id : ids_of(causes)) {
    const checks::Check* check = check_of(id);
    if (check != nullptr &&
        std::find(checks.begin(), checks.end(), check->id) == checks.end()) {
      checks.emplace_back(check->id);
    }
  }
  return checks;
}

void write_title(render::Page& page, std::string_view name,
                 std::string_view text) {
  page.hanging({}, 0, fmt::format("{}: {}", name, text));
  page.line();
}

void write_more(render::Page& page, const Explanation& more) {
  Section(page, "Meaning").add(more.here);
  Section(page, "Check").add(text::join_words(checks_of(more.causes)));
  Section causes(page, "Causes");
  const auto ids = ids_of(more.causes);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const FindingInfo* info = checks::find_finding(ids[i]);
    const std::string text =
        fmt::format("{}: {}", ids[i], info == nullptr ? "" : info->title);
    if (ids.size() == 1) {
      causes.add(text);
    } else {
      causes.add_numbered(i + 1, text);
    }
  }
  Section(page, "Proves").add(more.proves_not);
  Section(page, "Fix").add(more.remedy);
}

void write_remedy(Section& section, const knowledge::Remedy& remedy) {
  for (std::size_t i = 0; i < remedy.steps.size(); ++i) {
    section.add_numbered(i + 1, remedy.steps[i].text);
    for (const std::string& command : remedy.steps[i].commands) {
      section.add_command(command);
    }
  }
}

bool is_same(const knowledge::Remedy& one, const knowledge::Remedy& other) {
  return one.steps == other.steps;
}

// The steps for the newest versions, and for IIS 6.0 where they differ: those
// in between are on its page in docs/findings.
void write_steps(render::Page& page, const FindingInfo& info,
                 const FindingPage& finding) {
  std::optional<knowledge::Remedy> newest;
  auto generations = knowledge::generations();
  std::reverse(generations.begin(), generations.end());
  for (const knowledge::Generation& at : generations) {
    if (!finding.occurs(*at.iis, *at.windows) ||
        (newest && at.iis->id != "6.0")) {
      continue;
    }
    auto remedy = knowledge::remedy_of(info, at, false);
    if (!remedy) {
      remedy = knowledge::remedy_of(info, at, true);
    }
    if (!remedy || (newest && is_same(*newest, *remedy))) {
      continue;
    }
    Section section(page, newest ? "" : "Fix");
    if (!newest) {
      section.add(fmt::format(
          "For {}. \"iisdiag check\" prints the steps with the names of your "
          "server.",
          knowledge::about_server(info)));
    }
    section.add(fmt::format("IIS {} on {}:", at.iis->id, at.windows->name));
    write_remedy(section, *remedy);
    if (!newest) {
      newest = std::move(remedy);
    }
  }
}

std::string severities_of(const FindingInfo& info) {
  std::vector<std::string> names;
  for (const Severity severity : {Severity::kFail, Severity::kWarning,
                                  Severity::kUnknown, Severity::kInfo}) {
    if ((info.severities & knowledge::only(severity)) != 0) {
      names.emplace_back(knowledge::severity_name(severity));
    }
  }
  return text::join_words(names, "or");
}

class Writer {
 public:
  explicit Writer(render::Page& page) : page_(page) {}

  void operator()(const LogonCode* code) const {
    write_title(page_, code->name, code->text);
    constexpr std::uint32_t kFirstOfNet = 2100;
    Section(page_, "Error")
        .add(code->code < kFirstOfNet
                 ? fmt::format("{}, 0x{:X}; as HRESULT {}, {}", code->code,
                               code->code, number_forms(kHresult | code->code),
                               static_cast<std::int32_t>(kHresult | code->code))
                 : fmt::format("{}, 0x{:X}", code->code, code->code));
    if (code->status != 0) {
      Section(page_, "Status")
          .add(fmt::format("{} {}", knowledge::status_name(*code),
                           number_forms(code->status)));
    }
    constexpr std::uint32_t kByte = 0xFF;
    Section(page_, "Data")
        .add(fmt::format("{:02X} {:02X} 00 00", code->code & kByte,
                         code->code >> 8U & kByte));
    write_more(page_, code->more);
  }
  void operator()(const SspiCode* code) const {
    write_title(page_, code->name, code->text);
    Section(page_, "Status").add(number_forms(code->code));
    write_more(page_, code->more);
  }
  void operator()(const HttpStatus* status) const {
    write_title(page_, knowledge::status_name(*status), status->text);
    write_more(page_, status->more);
  }
  void operator()(const StatusTriple& triple) const {
    const auto* sspi = knowledge::find_sspi_code(triple.win32);
    const std::string code =
        sspi == nullptr ? fmt::format("error {}", triple.win32)
                        : fmt::format("0x{:08X} {}", triple.win32, sspi->name);
    write_title(
        page_,
        fmt::format("{} with {}", knowledge::status_name(*triple.status), code),
        triple.status->text);
    write_more(page_, knowledge::explain_triple(triple));
  }
  void operator()(const EventCode* event) const {
    write_title(page_, fmt::format("Event {}", event->id),
                knowledge::text_of(*event));
    // The sources of the Security log say nothing that it does not.
    Section(page_, "Log")
        .add(event->log == "Security"
                 ? std::string(event->log)
                 : fmt::format("{}, from {}", event->log,
                               text::join_words(source_names(*event), "or")));
    write_more(page_, event->more);
  }
  void operator()(const FindingPage* finding) const {
    const FindingInfo* info = checks::find_finding(finding->id);
    write_title(page_, finding->id, info->title);
    Section(page_, "Check")
        .add(fmt::format("{}, severity {}", check_of(finding->id)->id,
                         severities_of(*info)));
    Section(page_, "Meaning").add(finding->meaning);
    Section(page_, "Raised").add(finding->raised_when);
    Section(page_, "Proves").add(finding->proves_not);
    if (info->remedy == nullptr) {
      return;
    }
    write_steps(page_, *info, *finding);
    Section read(page_, "Read");
    for (const std::string_view id : knowledge::articles_of(*info)) {
      read.add(
          fmt::format("{} \"{}\"", id, knowledge::find_article(id)->title));
    }
  }
  void operator()(const Article* article) const {
    write_title(page_, article->id, article->title);
    Section findings(page_, "Findings");
    bool any = false;
    for (const checks::Check* check : checks::all_checks()) {
      for (const FindingInfo& info : check->findings) {
        const auto articles = info.remedy == nullptr
                                  ? std::vector<std::string_view>{}
                                  : knowledge::articles_of(info);
        if (std::find(articles.begin(), articles.end(), article->id) !=
            articles.end()) {
          findings.add(fmt::format("{}: {}", info.id, info.title));
          any = true;
        }
      }
    }
    if (!any) {
      findings.add("none names it");
    }
  }

 private:
  static std::vector<std::string> source_names(const EventCode& event) {
    const auto names = text::split(event.sources, ' ');
    return {names.begin(), names.end()};
  }

  render::Page& page_;
};

struct Shortened {
  std::string operator()(const LogonCode* code) const {
    return knowledge::logon_code_text(code->code) + check(code->more.causes);
  }
  std::string operator()(const SspiCode* code) const {
    return fmt::format("{}, {}", code->name, code->text);
  }
  std::string operator()(const HttpStatus* status) const {
    return fmt::format("{}, {}", knowledge::status_name(*status), status->text);
  }
  std::string operator()(const StatusTriple& triple) const {
    const std::string name = knowledge::status_name(*triple.status);
    const auto* code = knowledge::find_logon_code(triple.win32);
    return knowledge::code_decides(triple)
               ? fmt::format("{}, {}{}", name,
                             knowledge::logon_code_text(triple.win32),
                             check(code->more.causes))
               : fmt::format("{}. {}", name,
                             knowledge::explain_triple(triple).here);
  }
  std::string operator()(const EventCode* event) const {
    const auto* code = knowledge::find_logon_code(event->code);
    return std::string(knowledge::text_of(*event)) +
           (code == nullptr ? "" : check(code->more.causes));
  }
  std::string operator()(const FindingPage* finding) const {
    return fmt::format("finding {}", finding->id);
  }
  std::string operator()(const Article* article) const {
    return std::string(article->title);
  }

 private:
  static std::string check(std::string_view causes) {
    const auto checks = checks_of(causes);
    return checks.empty() ? "" : "; check " + checks.front();
  }
};

}  // namespace

void write_explanation(render::Page& page, const Reading& reading) {
  std::visit(Writer(page), reading);
}

void write_check(render::Page& page, const checks::Check& check) {
  page.line(check.id);
  page.line();
  Section(page, "Meaning").add(check.about);
  Section findings(page, "Findings");
  for (const FindingInfo& info : check.findings) {
    findings.add(fmt::format("{}: {}", info.id, info.title));
  }
}

std::string short_explanation(const Reading& reading) {
  return std::visit(Shortened(), reading);
}

}  // namespace iisdiag::cli
