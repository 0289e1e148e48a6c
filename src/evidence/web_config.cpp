// web.config: settings in the folders of a site's content (FORMATS.md 4.4).
// Which site that is, and whether it may set them at all, overlay.cpp finds
// out.
#include <algorithm>
#include <array>

#include "evidence/anonymous_section.hpp"
#include "evidence/format.hpp"
#include "evidence/limits.hpp"
#include "evidence/scheme_sections.hpp"

namespace iisdiag::evidence {
namespace {

bool is_web_config(const Document& document) {
  const auto start = xml_start(document.text());
  if (!start || start->root != "configuration") {
    return false;
  }
  // The other files whose root is called like that.
  constexpr std::array<std::string_view, 4> kOthers = {
      "<MBProperty", "<configurationRedirection", "system.applicationHost",
      "<moduleProviders"};
  return std::none_of(
      kOthers.begin(), kOthers.end(), [&](std::string_view other) {
        return document.text().find(other) != std::string_view::npos;
      });
}

class WebConfigReader {
 public:
  WebConfigReader(const Document& document, FileFacts& facts)
      : xml_(document, facts), sections_(document, xml_, facts) {
    result_.file = document.name();
    result_.folder = facts.folder;
    result_.origin = document.at(0);
  }

  WebConfig run() {
    result_.damaged = !xml_.is_whole();
    const pugi::xml_node root = xml_.root();
    if (result_.damaged || !root) {
      // IIS reads nothing of such a file.
      return std::move(result_);
    }
    add(root, {}, {});
    std::size_t locations = 0;
    for (const auto& element : root.children()) {
      if (local_name(element) == "location" && ++locations <= kMaxLocations) {
        add(element, element, location_path(element.attribute("path").value()));
      }
    }
    result_.sources = sections_.take_sources();
    return std::move(result_);
  }

 private:
  void add(const pugi::xml_node& parent, const pugi::xml_node& location,
           std::string_view path) {
    for (const pugi::xml_node& section : SectionReader::find(parent)) {
      AnonymousSection entry;
      entry.origin = xml_.at(section);
      entry.lock = SectionReader::lock(section, location);
      entry.not_in_child_applications = stops_at_applications(location);
      entry.node =
          unset_node(facts::Service::kWeb, std::string(path), entry.origin);
      sections_.read(section, entry.node);
      result_.sections.push_back(std::move(entry));
    }
    const auto schemes = read_schemes(xml_, parent);
    for (std::size_t i = 0; i < kSchemes; ++i) {
      if (const auto& state = schemes.at(i)) {
        // What cannot be read may turn it on.
        result_.schemes.push_back({std::string(path), i == kBasicSection,
                                   state->value_or(true), state->origin()});
      }
    }
    for (const auto& group : parent.children()) {
      if (local_name(group) == "system.webServer") {
        find_removal(child(group, "modules"));
      }
    }
  }

  void find_removal(const pugi::xml_node& modules) {
    for (const auto& change : modules.children()) {
      const std::string_view what = local_name(change);
      const bool ours = kAnonymousModule == change.attribute("name").value();
      if (what == "clear" || (ours && what == "remove")) {
        result_.removes_module = xml_.at(change);
      } else if (ours && what == "add") {
        result_.removes_module.reset();
      }
    }
  }

  Xml xml_;
  SectionReader sections_;
  WebConfig result_;
};

void read_web_config(const Document& document, FileFacts& facts) {
  WebConfig found = WebConfigReader(document, facts).run();
  // What it points to is nobody's business before its place is known.
  facts.elsewhere.clear();
  facts.iis7.web_configs.push_back(std::move(found));
}

}  // namespace

const Format kWebConfig{
    "web-config", "settings in a site's content (web.config)",
    R"(xcopy /i "C:\inetpub\wwwroot\web.config" "inetpub\wwwroot\")",
    is_web_config, read_web_config};

}  // namespace iisdiag::evidence
