#include "cli/list.hpp"

#include <algorithm>
#include <array>

#include "checks/check.hpp"
#include "cli/demos.hpp"
#include "cli/exit_code.hpp"
#include "evidence/format.hpp"
#include "evidence/log_format.hpp"
#include "render/layout.hpp"
#include "render/renderer.hpp"
#include "text/strings.hpp"

namespace iisdiag::cli {
namespace {

constexpr std::size_t kWidth = 80;

void checks(render::Page& page) {
  for (const checks::Check* check : checks::all_checks()) {
    page.hanging(check->id, 18, check->about);
  }
}

void findings(render::Page& page) {
  using knowledge::Severity;
  constexpr std::size_t kSeverity = 26;
  constexpr std::size_t kTitle = 40;
  for (const checks::Check* check : checks::all_checks()) {
    page.line(check->id);
    for (const knowledge::FindingInfo& info : check->findings) {
      std::vector<std::string> severities;
      for (const Severity severity : {Severity::kFail, Severity::kWarning,
                                      Severity::kUnknown, Severity::kInfo}) {
        if ((info.severities & knowledge::only(severity)) != 0) {
          severities.emplace_back(knowledge::severity_name(severity));
        }
      }
      std::string lead = "  " + std::string(info.id);
      lead.resize(std::max(lead.size(), kSeverity), ' ');
      lead += text::join(severities, "/");
      page.hanging(lead, kTitle,
                   info.needs.empty() ? std::string(info.title)
                                      : std::string(info.title) + " (from " +
                                            std::string(info.needs) + ")");
    }
  }
}

void formats(render::Page& page) {
  for (const render::Renderer* renderer : render::all_renderers()) {
    page.hanging(renderer->id, 10, renderer->title);
  }
}

void evidence_formats(render::Page& page) {
  constexpr std::size_t kTitle = 20;
  const auto add = [&](const auto& format) {
    page.hanging(format.id, kTitle, format.title);
    // A command is not broken: it is there to be pasted.
    page.line(std::string(kTitle + 2, ' ') + std::string(format.capture));
  };
  for (const evidence::Format* format : evidence::all_formats()) {
    add(*format);
  }
  for (const evidence::LogFormat* format : evidence::all_log_formats()) {
    add(*format);
  }
}

void demos(render::Page& page) {
  for (const Demo& demo : all_demos()) {
    page.hanging(demo.name, 26, demo.title);
  }
}

void codes(render::Page& page) {
  for (int code = 0; !exit_code_text(code).empty(); ++code) {
    page.hanging(std::to_string(code), 3, exit_code_text(code));
  }
}

struct Topic {
  std::string_view name;
  void (*write)(render::Page& page);
};

constexpr std::array kTopics = {
    Topic{"checks", checks},   Topic{"findings", findings},
    Topic{"formats", formats}, Topic{"evidence", evidence_formats},
    Topic{"demos", demos},     Topic{"codes", codes},
};

}  // namespace

std::vector<std::string_view> list_topics() {
  std::vector<std::string_view> names;
  names.reserve(std::size(kTopics));
  for (const Topic& topic : kTopics) {
    names.push_back(topic.name);
  }
  return names;
}

std::optional<std::string> list_text(std::string_view name) {
  for (const Topic& topic : kTopics) {
    if (topic.name == name) {
      render::Page page(kWidth);
      topic.write(page);
      return page.take();
    }
  }
  return std::nullopt;
}

}  // namespace iisdiag::cli
