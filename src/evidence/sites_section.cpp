#include "evidence/sites_section.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>

#include "evidence/limits.hpp"
#include "evidence/scheme_sections.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {

using facts::IisNode;

std::uint32_t site_number(std::string_view text) {
  const auto id = text::to_integer(text);
  return id && *id > 0 && *id <= std::numeric_limits<std::uint32_t>::max()
             ? static_cast<std::uint32_t>(*id)
             : 0;
}

namespace {

// A provider of customAuthentication that is not turned off.
bool has_provider(const pugi::xml_node& authentication) {
  const auto providers =
      descend(authentication, {"customAuthentication", "providers"});
  return std::any_of(
      providers.begin(), providers.end(), [](const pugi::xml_node& provider) {
        return local_name(provider) == "add" &&
               text::to_bool(provider.attribute("enabled").value()) != false;
      });
}

}  // namespace

void SitesReader::cut_off(std::string_view what, std::size_t limit) {
  cut_ = true;
  facts_.problems.push_back(document_.problem(
      fmt::format("more than {} {}: the rest is not read", limit, what)));
}

void SitesReader::read(const pugi::xml_node& sites,
                       std::vector<IisNode>& nodes) {
  IisNode ftp = unset_node(facts::Service::kFtp7, std::string(kServerPath),
                           xml_.at(sites));
  bool has_ftp = false;
  for (const auto& element : sites.children()) {
    if (local_name(element) == "siteDefaults") {
      read_ftp(element, ftp);
    }
  }
  // Nodes are large: they should not move while there are more and more.
  std::size_t count = nodes.size();
  for (const auto& site : sites.children()) {
    count += static_cast<std::size_t>(std::distance(site.begin(), site.end()));
  }
  nodes.reserve(std::min(count, kMaxNodes));
  for (const auto& site : sites.children()) {
    if (local_name(site) != "site") {
      continue;
    }
    if (names_.size() >= kMaxSites) {
      cut_off("sites", kMaxSites);
      break;
    }
    has_ftp = read_site(site, nodes) || has_ftp;
  }
  if (has_ftp) {
    nodes.push_back(std::move(ftp));
  }
}

bool SitesReader::read_ftp(const pugi::xml_node& site, IisNode& node) {
  const pugi::xml_node server = child(site, "ftpServer");
  const pugi::xml_node section = descend(
      server, {"security", "authentication", "anonymousAuthentication"});
  if (section) {
    sections_.read(section, node);
  }
  read_ftp_schemes(descend(server, {"security", "authentication"}), node);
  return static_cast<bool>(server);
}

void SitesReader::read_ftp_schemes(const pugi::xml_node& authentication,
                                   IisNode& node) {
  const auto basic =
      read_scheme(xml_, child(authentication, "basicAuthentication"));
  if (basic) {
    node.basic_scheme.value = *basic;
    node.other_scheme.value = *basic;
  }
  const bool has_own = has_provider(authentication);
  if (has_own) {
    custom_defaults_ = custom_defaults_ || node.path == kServerPath;
  }
  // A provider finds users in its own way, without a logon to Windows.
  if (!node.other_scheme.value.is(true) &&
      (has_own || (basic && custom_defaults_))) {
    node.other_scheme.value = {true, xml_.at(authentication)};
  }
}

// True where the site serves FTP.
bool SitesReader::read_site(const pugi::xml_node& site,
                            std::vector<IisNode>& nodes) {
  names_sites_ = true;
  const std::string name = site.attribute("name").value();
  const auto problem = [&](std::string text) {
    facts_.problems.push_back(document_.problem(
        std::move(text), Line{xml_.at(site).number(), {}, true}));
  };
  if (name.empty()) {
    problem("a site without a name: IIS does not start with it");
    return false;
  }
  if (is_too_deep(name)) {
    problem("a site with too many slashes in its name: not read");
    return false;
  }
  if (!names_.insert(text::fold_case(name)).second) {
    problem(
        fmt::format("two sites are called \"{}\": IIS does not start with "
                    "them",
                    text::printable(name)));
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
  IisNode ftp_node = unset_node(facts::Service::kFtp7, name, xml_.at(site));
  ftp_node.serves = true;
  ftp_node.site_id = site_number(site.attribute("id").value());
  const bool has_ftp_server = read_ftp(site, ftp_node);
  ftp = ftp || (unbound && has_ftp_server);
  if (ftp) {
    nodes.push_back(std::move(ftp_node));
  }
  if (web || (unbound && !ftp)) {
    add_web_site(site, name, nodes);
  }
  return ftp;
}

void SitesReader::add_web_site(const pugi::xml_node& site,
                               const std::string& name,
                               std::vector<IisNode>& nodes) {
  web_sites_.push_back(name);
  nodes.push_back(unset_node(facts::Service::kWeb, name, xml_.at(site)));
  nodes.back().serves = true;
  nodes.back().site_id = site_number(site.attribute("id").value());
  for (const auto& application : site.children()) {
    if (local_name(application) != "application") {
      continue;
    }
    const std::string_view path = application.attribute("path").value();
    if (path.size() < 2) {
      add_folders(application, name, false);
      continue;
    }
    if (is_too_deep(path)) {
      facts_.problems.push_back(
          document_.problem("an application with too deep a path: not read",
                            Line{xml_.at(application).number(), {}, true}));
      continue;
    }
    if (nodes.size() >= kMaxNodes) {
      cut_off("applications", kMaxNodes);
      break;
    }
    nodes.push_back(unset_node(facts::Service::kWeb, name + std::string(path),
                               xml_.at(application)));
    nodes.back().serves = true;
    add_folders(application, nodes.back().path, true);
  }
}

// The folders of an application's virtual directories.
void SitesReader::add_folders(const pugi::xml_node& application,
                              const std::string& node, bool is_application) {
  bool has_root = false;
  for (const auto& directory : application.children()) {
    if (local_name(directory) != "virtualDirectory" ||
        folders_.size() >= kMaxNodes) {
      continue;
    }
    const std::string_view path = directory.attribute("path").value();
    const bool is_root = path.size() < 2;
    folders_.push_back({is_root ? node : node + std::string(path),
                        directory.attribute("physicalPath").value(),
                        is_application && is_root});
    has_root = has_root || is_root;
  }
  if (is_application && !has_root && folders_.size() < kMaxNodes) {
    folders_.push_back({node, {}, true});
  }
}

}  // namespace iisdiag::evidence
