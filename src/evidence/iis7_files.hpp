// What the files of IIS 7.0 and later say besides the settings of
// applicationHost.config itself; overlay.hpp puts it on top of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "facts/iis.hpp"

namespace iisdiag::evidence {

// The node of the server as a whole.
inline constexpr std::string_view kServerPath = "MACHINE/WEBROOT/APPHOST";
inline constexpr std::string_view kAnonymousModule =
    "AnonymousAuthenticationModule";

// A folder whose content IIS serves at a path of a web site.
struct ContentFolder {
  std::string node;    // "Default Web Site/app"
  std::string folder;  // physicalPath as written
  bool is_application = false;

  bool operator==(const ContentFolder&) const = default;
};

// What one place says about who may set the section further down
// (FORMATS.md 4.4, 5).
struct SectionLock {
  // overrideMode or allowOverride of the location around the section.
  std::optional<bool> locked;
  bool item = false;                    // lockItem
  std::vector<std::string> attributes;  // lockAttributes
  std::optional<std::vector<std::string>> all_except;

  bool operator==(const SectionLock&) const = default;
};

// One anonymousAuthentication element and the place that it is about.
struct AnonymousSection {
  // Only service, path and settings are meant; what the element does not set
  // is absent.
  facts::IisNode node;
  SectionLock lock;
  // inheritInChildApplications="false" of the location around it.
  bool not_in_child_applications = false;
  facts::Origin origin;

  bool operator==(const AnonymousSection&) const = default;
};

// A section that another file holds (configSource).
struct SectionSource {
  std::string element;  // "anonymousAuthentication", "sites"
  facts::Service service = facts::Service::kWeb;
  std::string node;   // whose settings it is
  std::string where;  // as written, relative to the folder
  facts::Origin origin;

  bool operator==(const SectionSource&) const = default;
};

// Whether AnonymousAuthenticationModule is among the modules of a node.
struct ModuleRule {
  std::string node;
  bool present = false;
  facts::Origin origin;

  bool operator==(const ModuleRule&) const = default;
};

// Beside the nodes of one applicationHost.config.
struct Layout {
  std::string file;
  std::string folder;  // where it lies
  // Read to its end, apart from what lies in other files.
  bool complete = false;
  std::vector<std::string> web_sites;
  std::vector<ContentFolder> folders;
  // The declaration of the section: overrideModeDefault, allowDefinition.
  std::optional<bool> section_locked;
  bool module_locked = false;  // lockItem of AnonymousAuthenticationModule
  std::vector<AnonymousSection> locks;    // those that lock or unlock
  std::vector<AnonymousSection> limited;  // not in child applications
  std::vector<ModuleRule> modules;
  std::vector<SectionSource> sources;
  // Locations, while the list of sites is in another file.
  std::vector<facts::IisNode> waiting;

  bool operator==(const Layout&) const = default;
};

// A scheme other than anonymous that a web.config turns on or off.
struct SchemeChange {
  std::string path;  // relative to the file
  bool is_basic = false;
  bool is_on = false;
  facts::Origin origin;

  bool operator==(const SchemeChange&) const = default;
};

struct WebConfig {
  std::string file;
  std::string folder;
  facts::Origin origin;
  bool damaged = false;
  // Paths are relative to the file: "" is its own folder.
  std::vector<AnonymousSection> sections;
  std::vector<SectionSource> sources;
  std::optional<facts::Origin> removes_module;
  std::vector<SchemeChange> schemes;

  bool operator==(const WebConfig&) const = default;
};

// A file whose root is a section: what configSource points to.
struct SectionFile {
  std::string file;
  std::string element;
  bool damaged = false;
  AnonymousSection section;           // of anonymousAuthentication
  std::vector<facts::IisNode> nodes;  // of sites
  std::vector<std::string> web_sites;
  std::vector<ContentFolder> folders;

  bool operator==(const SectionFile&) const = default;
};

// What IIS itself printed: in force at the node, wherever it is stored.
struct PrintedNode {
  facts::IisNode node;
  // The file's name told the path: only a site that is known counts.
  bool path_is_guess = false;

  bool operator==(const PrintedNode&) const = default;
};

struct Iis7Files {
  std::vector<Layout> layouts;
  std::vector<WebConfig> web_configs;
  std::vector<SectionFile> section_files;
  std::vector<PrintedNode> printed;
  // Sites that appcmd names, and folders that it shows.
  std::vector<facts::IisNode> named;
  std::vector<ContentFolder> folders;

  bool operator==(const Iis7Files&) const = default;
};

}  // namespace iisdiag::evidence
