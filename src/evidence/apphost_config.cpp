// applicationHost.config of IIS 7.0 and later (FORMATS.md section 4).
#include <fmt/format.h>

#include <unordered_map>
#include <unordered_set>

#include "evidence/format.hpp"
#include "evidence/limits.hpp"
#include "evidence/scheme_sections.hpp"
#include "evidence/sites_section.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

using facts::IisNode;

bool is_apphost_config(const Document& document) {
  const auto start = xml_start(document.text());
  // administration.config and web.config share the root, not this group.
  return start && start->root == "configuration" &&
         document.text().find("system.applicationHost") !=
             std::string_view::npos;
}

class ApphostConfigReader {
 public:
  ApphostConfigReader(const Document& document, FileFacts& facts)
      : document_(document),
        facts_(facts),
        xml_(document, facts),
        sections_(document, xml_, facts),
        schemes_(xml_),
        sites_(document, xml_, facts, sections_) {
    config_.store = facts::Store::kAppHost;
    config_.origin = document.at(0);
    layout_.file = document.name();
    layout_.folder = facts.folder;
  }

  void run() {
    const pugi::xml_node root = xml_.root();
    if (!root) {
      return;
    }
    read_declaration(root);
    IisNode server = unset_node(facts::Service::kWeb, std::string(kServerPath),
                                xml_.at(root));
    read_section(root, {}, server);
    schemes_.read(root, {}, server.path);
    read_modules(root, server.path);
    config_.nodes.push_back(std::move(server));
    read_sites(descend(root, {"system.applicationHost", "sites"}));
    std::size_t locations = 0;
    for (const auto& element : root.children()) {
      if (local_name(element) != "location") {
        continue;
      }
      if (++locations > kMaxLocations) {
        cut_off("location elements", kMaxLocations);
        break;
      }
      read_location(element);
    }
    finish();
  }

 private:
  void finish() {
    layout_.complete = xml_.is_whole() && !cut_ && !sites_.is_cut() &&
                       !sections_.has_unreadable();
    schemes_.put(layout_.complete, web_sites_, sites_elsewhere_, config_.nodes,
                 layout_);
    auto sources = sections_.take_sources();
    std::move(sources.begin(), sources.end(),
              std::back_inserter(layout_.sources));
    config_.whole = layout_.complete && layout_.sources.empty();
    facts_.configs.push_back(std::move(config_));
    facts_.iis7.layouts.push_back(std::move(layout_));
  }

  // What lies behind a limit is as unknown as what was cut off.
  void cut_off(std::string_view what, std::size_t limit) {
    cut_ = true;
    facts_.problems.push_back(document_.problem(
        fmt::format("more than {} {}: the rest is not read", limit, what)));
  }

  // `<section name="anonymousAuthentication" overrideModeDefault="Deny"/>`.
  // Not set means Allow; a section that only applicationHost.config may hold
  // is locked as well (schema).
  void read_declaration(const pugi::xml_node& root) {
    pugi::xml_node group = child(root, "configSections");
    for (const std::string_view name :
         {"system.webServer", "security", "authentication"}) {
      group = named(group, "sectionGroup", name);
    }
    const pugi::xml_node section =
        named(group, "section", "anonymousAuthentication");
    if (section.empty()) {
      return;
    }
    const std::string_view allowed =
        section.attribute("allowDefinition").value();
    layout_.section_locked =
        text::iequals(section.attribute("overrideModeDefault").value(),
                      "Deny") ||
        text::iequals(allowed, "AppHostOnly") ||
        text::iequals(allowed, "MachineOnly");
  }

  static pugi::xml_node named(const pugi::xml_node& parent,
                              std::string_view element, std::string_view name) {
    for (const auto& candidate : parent.children()) {
      if (local_name(candidate) == element &&
          name == candidate.attribute("name").value()) {
        return candidate;
      }
    }
    return {};
  }

  // The anonymousAuthentication section below `parent`, if there is one.
  void read_section(const pugi::xml_node& parent,
                    const pugi::xml_node& location, IisNode& node) {
    for (const pugi::xml_node& section : SectionReader::find(parent)) {
      if (!sections_read_.insert(text::fold_case(node.path)).second) {
        facts_.problems.push_back(document_.problem(
            fmt::format("anonymousAuthentication of {} stands twice: the last "
                        "one counts",
                        text::printable(node.path)),
            Line{xml_.at(section).number(), {}, true}));
      }
      sections_.read(section, node);
      keep_lock(section, location, node);
    }
  }

  void keep_lock(const pugi::xml_node& section, const pugi::xml_node& location,
                 const IisNode& node) {
    AnonymousSection entry;
    entry.lock = SectionReader::lock(section, location);
    entry.not_in_child_applications = stops_at_applications(location);
    const bool locks = entry.lock != SectionLock{};
    if (!locks && !entry.not_in_child_applications) {
      return;
    }
    entry.origin = xml_.at(section);
    entry.node = node;
    if (entry.not_in_child_applications) {
      layout_.limited.push_back(entry);
    }
    if (locks) {
      layout_.locks.push_back(std::move(entry));
    }
  }

  // Whether AnonymousAuthenticationModule works at the node. The lists of the
  // server are shown as a whole; further down only changes stand
  // (FORMATS.md 4.4, 8).
  void read_modules(const pugi::xml_node& parent, const std::string& path) {
    for (const auto& group : parent.children()) {
      if (local_name(group) != "system.webServer") {
        continue;
      }
      const bool is_server = path == kServerPath;
      if (is_server) {
        read_module_list(child(group, "globalModules"), path, true);
      }
      read_module_list(child(group, "modules"), path, is_server);
    }
  }

  void read_module_list(const pugi::xml_node& list, const std::string& path,
                        bool is_whole) {
    if (list.empty() || !list.attribute("configSource").empty() ||
        !list.attribute("childSource").empty() || xml_.is_cut(list)) {
      return;
    }
    std::optional<bool> present;
    if (is_whole) {
      present = false;
    }
    pugi::xml_node where = list;
    for (const auto& change : list.children()) {
      const std::string_view what = local_name(change);
      if (text::icontains(change.attribute("image").value(), "authanon.dll")) {
        module_ = change.attribute("name").value();
      }
      const bool ours = module_ == change.attribute("name").value();
      if (what == "clear" || (ours && (what == "add" || what == "remove"))) {
        present = what == "add";
        where = change;
      }
      layout_.module_locked =
          layout_.module_locked ||
          (ours && what == "add" &&
           text::to_bool(change.attribute("lockItem").value()).value_or(false));
    }
    const bool is_news = present && (!*present || path != kServerPath);
    if (is_news) {
      layout_.modules.push_back({path, *present, xml_.at(where)});
    }
  }

  void read_sites(const pugi::xml_node& sites) {
    if (const auto source = sites.attribute("configSource")) {
      layout_.sources.push_back({"sites", facts::Service::kWeb,
                                 std::string(kServerPath), source.value(),
                                 xml_.at(sites)});
      facts_.elsewhere.push_back(
          {source.value(), "configSource", xml_.at(sites)});
      sites_elsewhere_ = true;
    }
    sites_.read(sites, config_.nodes);
    config_.names_sites = sites_.names_sites();
    layout_.web_sites = sites_.take_web_sites();
    layout_.folders = sites_.take_folders();
    for (const std::string& site : layout_.web_sites) {
      web_sites_.insert(text::fold_case(site));
    }
    for (std::size_t i = 0; i < config_.nodes.size(); ++i) {
      const IisNode& node = config_.nodes[i];
      if (node.serves && node.service == facts::Service::kWeb) {
        web_nodes_.emplace(text::fold_case(node.path), i);
      }
    }
  }

  void read_location(const pugi::xml_node& location) {
    const std::string_view path =
        location_path(location.attribute("path").value());
    if (path.empty()) {
      // The same level as the file itself.
      read_section(location, location, config_.nodes.front());
      schemes_.read(location, location, kServerPath);
      read_modules(location, std::string(kServerPath));
      return;
    }
    if (is_too_deep(path)) {
      facts_.problems.push_back(
          document_.problem("a location with too deep a path: not read",
                            Line{xml_.at(location).number(), {}, true}));
      return;
    }
    read_modules(location, std::string(path));
    schemes_.read(location, location, path);
    const auto known = web_nodes_.find(text::fold_case(path));
    if (known != web_nodes_.end()) {
      read_section(location, location, config_.nodes[known->second]);
      return;
    }
    const auto first = path.substr(0, path.find('/'));
    IisNode node =
        unset_node(facts::Service::kWeb, std::string(path), xml_.at(location));
    const IisNode untouched = node;
    read_section(location, location, node);
    if (node == untouched) {
      return;
    }
    node.serves = true;
    // A location of a site that is gone reaches no request.
    if (web_sites_.contains(text::fold_case(first))) {
      web_nodes_.emplace(text::fold_case(node.path), config_.nodes.size());
      config_.nodes.push_back(std::move(node));
    } else if (sites_elsewhere_) {
      layout_.waiting.push_back(std::move(node));
    }
  }

  const Document& document_;
  FileFacts& facts_;
  Xml xml_;
  SectionReader sections_;
  WebSchemes schemes_;
  SitesReader sites_;
  facts::IisConfig config_;
  Layout layout_;
  // Its image may be registered under another name.
  std::string module_ = std::string(kAnonymousModule);
  std::unordered_set<std::string> web_sites_;
  // Folded paths of the nodes whose section was read.
  std::unordered_set<std::string> sections_read_;
  // Folded path to its place in config_.nodes.
  std::unordered_map<std::string, std::size_t> web_nodes_;
  bool sites_elsewhere_ = false;
  bool cut_ = false;
};

void read_apphost_config(const Document& document, FileFacts& facts) {
  ApphostConfigReader(document, facts).run();
}

}  // namespace

const Format kApphostConfig{
    "apphost-config", "IIS 7 and later (applicationHost.config)",
    R"(copy %windir%\system32\inetsrv\config\applicationHost.config)",
    is_apphost_config, read_apphost_config};

}  // namespace iisdiag::evidence
