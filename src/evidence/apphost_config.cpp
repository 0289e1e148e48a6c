// applicationHost.config of IIS 7.0 and later (FORMATS.md section 4).
#include <fmt/format.h>

#include <array>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "evidence/format.hpp"
#include "evidence/limits.hpp"
#include "evidence/xml.hpp"
#include "facts/iis.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

using facts::IisNode;
using facts::Observed;
using facts::Setting;

constexpr std::string_view kServerPath = "MACHINE/WEBROOT/APPHOST";

bool recognises(const Document& document) {
  const auto start = xml_start(document.text());
  // administration.config and web.config share the root, not this group.
  return start && start->root == "configuration" &&
         document.text().find("system.applicationHost") !=
             std::string_view::npos;
}

std::optional<facts::LogonMethod> to_method(std::string_view value) {
  constexpr std::array<std::string_view, 4> kNames = {"Interactive", "Batch",
                                                      "Network", "ClearText"};
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (text::iequals(kNames.at(i), value) ||
        text::to_integer(value) == static_cast<std::int64_t>(i)) {
      return static_cast<facts::LogonMethod>(i);
    }
  }
  return std::nullopt;
}

// Classified and forgotten. `[enc:Provider:DATA:enc]`, without data for an
// empty secret (FORMATS.md 4.2).
facts::StoredPassword classify_password(std::string_view value) {
  if (value.starts_with("[enc:") && value.ends_with(":enc]")) {
    const std::string_view inside = value.substr(5, value.size() - 10);
    const auto colon = inside.find(':');
    const bool empty =
        colon != std::string_view::npos && colon + 1 == inside.size();
    return empty ? facts::StoredPassword::kEmpty
                 : facts::StoredPassword::kOpaque;
  }
  if (value.empty()) {
    return facts::StoredPassword::kEmpty;
  }
  return value.find_first_not_of('*') == std::string_view::npos
             ? facts::StoredPassword::kOpaque
             : facts::StoredPassword::kClearText;
}

// `Site/app/`, `site\app`: one form, without the slash at the end.
std::string_view location_path(std::string_view path) {
  path = text::trim(path);
  while (path.ends_with('/')) {
    path.remove_suffix(1);
  }
  return path == "." ? std::string_view{} : path;
}

class Reader {
 public:
  Reader(const Document& document, FileFacts& facts)
      : document_(document), facts_(facts), xml_(document, facts) {
    config_.store = facts::Store::kAppHost;
    config_.origin = document.at(0);
  }

  void run() {
    const pugi::xml_node root = xml_.root();
    if (!root) {
      return;
    }
    IisNode server =
        empty_node(facts::Service::kWeb, std::string(kServerPath), root);
    read_section(root, server);
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
    config_.whole = xml_.is_whole() && !elsewhere_ && !cut_;
    facts_.configs.push_back(std::move(config_));
  }

 private:
  // What lies behind a limit is as unknown as what was cut off.
  void cut_off(std::string_view what, std::size_t limit) {
    cut_ = true;
    facts_.problems.push_back(document_.problem(
        fmt::format("more than {} {}: the rest is not read", limit, what)));
  }

  IisNode empty_node(facts::Service service, std::string path,
                     const pugi::xml_node& element) const {
    IisNode node;
    node.service = service;
    node.path = std::move(path);
    node.origin = xml_.at(element);
    // What an XML element does not set is inherited: known to be absent here.
    const auto absent = [&](auto& setting) {
      setting.value =
          std::decay_t<decltype(setting.value)>::absent(node.origin);
    };
    absent(node.account);
    absent(node.password);
    absent(node.password_sync);
    absent(node.logon_method);
    absent(node.anonymous);
    absent(node.logon_domain);
    absent(node.pool);
    return node;
  }

  // The anonymousAuthentication section below `parent`, if there is one.
  void read_section(const pugi::xml_node& parent, IisNode& node) {
    // A group can be written twice; each counts.
    for (const auto& group : parent.children()) {
      if (local_name(group) != "system.webServer") {
        continue;
      }
      const pugi::xml_node section = descend(
          group, {"security", "authentication", "anonymousAuthentication"});
      if (section.empty()) {
        continue;
      }
      if (!sections_.insert(text::fold_case(node.path)).second) {
        facts_.problems.push_back(document_.problem(
            fmt::format("anonymousAuthentication of {} stands twice: the last "
                        "one counts",
                        text::printable(node.path)),
            Line{xml_.at(section).number(), {}, true}));
      }
      read_settings(section, node);
    }
  }

  template <class T>
  void put(Setting<T>& setting, std::optional<T> value,
           const pugi::xml_node& element,
           const pugi::xml_attribute& attribute) {
    const facts::Origin origin = xml_.at(element, attribute);
    if (value) {
      setting.value = {*value, origin};
      return;
    }
    const std::string why =
        fmt::format("the value of {} cannot be read", attribute.name());
    setting.value = Observed<T>::unknown(why, {}, origin);
    facts_.problems.push_back(
        document_.problem(why, Line{origin.number(), {}, true}));
  }

  void read_settings(const pugi::xml_node& section, IisNode& node) {
    if (const auto source = section.attribute("configSource")) {
      keep_elsewhere("configSource", source.value(), section, node);
      return;
    }
    if (!section.attribute("configProtectionProvider").empty() ||
        !child(section, "EncryptedData").empty()) {
      mark_unknown("the section is encrypted as a whole", section, node);
      return;
    }
    for (const auto& attribute : section.attributes()) {
      const std::string_view name = attribute.name();
      const std::string_view value = attribute.value();
      if (name == "enabled") {
        put(node.anonymous, text::to_bool(value), section, attribute);
      } else if (name == "userName") {
        put(node.account, std::optional(std::string(value)), section,
            attribute);
      } else if (name == "password") {
        put(node.password, std::optional(classify_password(value)), section,
            attribute);
      } else if (name == "logonMethod") {
        put(node.logon_method, to_method(value), section, attribute);
      } else if (name == "defaultLogonDomain" && is_ftp(node.service)) {
        // The web section's attribute of this name is undocumented (U7).
        put(node.logon_domain, std::optional(std::string(value)), section,
            attribute);
      }
    }
  }

  void keep_elsewhere(std::string_view what, std::string_view where,
                      const pugi::xml_node& section, IisNode& node) {
    elsewhere_ = true;
    facts_.elsewhere.push_back(
        {std::string(where), std::string(what), xml_.at(section)});
    mark_unknown(fmt::format("{} points to {}", what, where), section, node);
  }

  void mark_unknown(const std::string& why, const pugi::xml_node& section,
                    IisNode& node) {
    const facts::Origin origin = xml_.at(section);
    node.account.value = Observed<std::string>::unknown(why, {}, origin);
    node.password.value =
        Observed<facts::StoredPassword>::unknown(why, {}, origin);
    node.logon_method.value =
        Observed<facts::LogonMethod>::unknown(why, {}, origin);
    node.anonymous.value = Observed<bool>::unknown(why, {}, origin);
  }

  void read_sites(const pugi::xml_node& sites) {
    if (!sites.attribute("configSource").empty()) {
      elsewhere_ = true;
      facts_.elsewhere.push_back({sites.attribute("configSource").value(),
                                  "configSource", xml_.at(sites)});
    }
    IisNode ftp =
        empty_node(facts::Service::kFtp7, std::string(kServerPath), sites);
    bool has_ftp = false;
    for (const auto& element : sites.children()) {
      if (local_name(element) == "siteDefaults") {
        read_ftp(element, ftp);
      }
    }
    // Nodes are large: they should not move while there are more and more.
    std::size_t count = config_.nodes.size();
    for (const auto& site : sites.children()) {
      count +=
          static_cast<std::size_t>(std::distance(site.begin(), site.end()));
    }
    config_.nodes.reserve(std::min(count, kMaxNodes));
    for (const auto& site : sites.children()) {
      if (local_name(site) != "site") {
        continue;
      }
      if (site_names_.size() >= kMaxSites) {
        cut_off("sites", kMaxSites);
        break;
      }
      has_ftp = read_site(site) || has_ftp;
    }
    if (has_ftp) {
      config_.nodes.push_back(std::move(ftp));
    }
  }

  bool read_ftp(const pugi::xml_node& site, IisNode& node) {
    const pugi::xml_node server = child(site, "ftpServer");
    const pugi::xml_node section = descend(
        server, {"security", "authentication", "anonymousAuthentication"});
    if (section) {
      read_settings(section, node);
    }
    return static_cast<bool>(server);
  }

  // True where the site serves FTP.
  bool read_site(const pugi::xml_node& site) {
    config_.names_sites = true;
    const std::string name = site.attribute("name").value();
    if (name.empty()) {
      facts_.problems.push_back(
          document_.problem("a site without a name: IIS does not start with it",
                            Line{xml_.at(site).number(), {}, true}));
      return false;
    }
    if (!site_names_.insert(text::fold_case(name)).second) {
      facts_.problems.push_back(document_.problem(
          fmt::format("two sites are called \"{}\": IIS does not start with "
                      "them",
                      text::printable(name)),
          Line{xml_.at(site).number(), {}, true}));
      return false;
    }
    bool ftp = false;
    bool web = false;
    for (const auto& binding : child(site, "bindings").children()) {
      const bool is_ftp_binding =
          text::iequals(binding.attribute("protocol").value(), "ftp");
      ftp = ftp || is_ftp_binding;
      web = web || (!binding.attribute("protocol").empty() && !is_ftp_binding);
    }
    const bool unbound = !ftp && !web;
    IisNode ftp_node = empty_node(facts::Service::kFtp7, name, site);
    ftp_node.serves = true;
    const bool has_ftp_server = read_ftp(site, ftp_node);
    ftp = ftp || (unbound && has_ftp_server);
    if (ftp) {
      config_.nodes.push_back(std::move(ftp_node));
    }
    if (web || (unbound && !ftp)) {
      add_web_site(site, name);
    }
    return ftp;
  }

  void add_web_site(const pugi::xml_node& site, const std::string& name) {
    web_sites_.insert(text::fold_case(name));
    add_serving(empty_node(facts::Service::kWeb, name, site));
    for (const auto& application : site.children()) {
      const std::string_view path = application.attribute("path").value();
      if (local_name(application) != "application" || path.size() < 2) {
        continue;
      }
      if (config_.nodes.size() >= kMaxNodes) {
        cut_off("applications", kMaxNodes);
        break;
      }
      add_serving(empty_node(facts::Service::kWeb, name + std::string(path),
                             application));
    }
  }

  void add_serving(IisNode node) {
    node.serves = true;
    web_nodes_.emplace(text::fold_case(node.path), config_.nodes.size());
    config_.nodes.push_back(std::move(node));
  }

  void read_location(const pugi::xml_node& location) {
    const std::string_view path =
        location_path(location.attribute("path").value());
    if (path.empty()) {
      // The same level as the file itself.
      read_section(location, config_.nodes.front());
      return;
    }
    const auto known = web_nodes_.find(text::fold_case(path));
    if (known != web_nodes_.end()) {
      read_section(location, config_.nodes[known->second]);
      return;
    }
    const auto first = path.substr(0, path.find('/'));
    IisNode node =
        empty_node(facts::Service::kWeb, std::string(path), location);
    const IisNode untouched = node;
    read_section(location, node);
    // A location of a site that is gone reaches no request.
    if (node != untouched && web_sites_.contains(text::fold_case(first))) {
      add_serving(std::move(node));
    }
  }

  const Document& document_;
  FileFacts& facts_;
  Xml xml_;
  facts::IisConfig config_;
  std::set<std::string> site_names_;
  std::set<std::string> web_sites_;
  // Folded paths of the nodes whose section was read.
  std::unordered_set<std::string> sections_;
  // Folded path to its place in config_.nodes.
  std::unordered_map<std::string, std::size_t> web_nodes_;
  bool elsewhere_ = false;
  bool cut_ = false;
};

void read(const Document& document, FileFacts& facts) {
  Reader(document, facts).run();
}

}  // namespace

const Format kApphostConfig{
    "apphost-config", "IIS 7 and later (applicationHost.config)",
    R"(copy %windir%\system32\inetsrv\config\applicationHost.config)",
    recognises, read};

}  // namespace iisdiag::evidence
