#include "win32/apphost.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "evidence/limits.hpp"
#include "text/sort.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"
#include "win32/apphost_file.hpp"
#include "win32/apphost_paths.hpp"
#include "win32/apphost_pools.hpp"
#include "win32/apphost_settings.hpp"

namespace iisdiag::win32 {
namespace {

using evidence::kServerPath;
using facts::IisNode;
using facts::Origin;
using facts::Service;

constexpr std::string_view kSection =
    "system.webServer/security/authentication/anonymousAuthentication";

class ApphostReader {
 public:
  ApphostReader(AppHost& host, const evidence::FileSystem& files,
                SecretTable& secrets, AppHostReading& result)
      : host_(host), files_(files), secrets_(secrets), result_(result) {
    config_.store = facts::Store::kAppHost;
    config_.origin = Origin::from_api("ApplicationHost.AdminManager", 0);
    config_.whole = true;
  }

  void run() {
    AppHost::Object sites;
    const HRESULT code =
        host_.section("system.applicationHost/sites", kServerPath, sites);
    std::vector<AppHost::Object> list;
    if (FAILED(code) ||
        !list_items(sites, "the list of sites", evidence::kMaxSites, list)) {
      if (FAILED(code)) {
        problem("the list of sites was not read", "sites", code);
      }
      result_.is_refused = true;
      told_elsewhere(false);
      return;
    }
    told_elsewhere(true);
    read_locations();
    file_.read(files_, file_path_, result_.iis7);
    add_node(Service::kWeb, std::string(kServerPath), true);
    for (const AppHost::Object& site : list) {
      read_site(site);
    }
    read_ftp_defaults(sites);
    for (const std::string& path : locations_) {
      add_location(path);
    }
    read_web_nodes();
    read_pools(host_, config_);
    finish();
  }

 private:
  // A node, and whether it counts where it stores nothing.
  struct Candidate {
    IisNode node;
    bool always = false;
    bool counts = false;
  };

  void finish() {
    for (Candidate& candidate : candidates_) {
      if (candidate.always || candidate.counts) {
        config_.nodes.push_back(std::move(candidate.node));
      }
    }
    if (ftp_defaults_) {
      config_.nodes.push_back(std::move(*ftp_defaults_));
    }
    result_.config = std::move(config_);
  }

  void problem(std::string_view what, std::string_view where, HRESULT code) {
    if (result_.problems.size() < evidence::kMaxProblemsPerFile) {
      result_.problems.push_back(
          com_problem(what,
                      fmt::format("ApplicationHost.AdminManager {}",
                                  text::printable(where)),
                      code));
    }
  }

  // False where nothing at all was read; less than everything is a problem.
  bool list_items(const AppHost::Object& element, std::string_view what,
                  std::size_t most, std::vector<AppHost::Object>& list) {
    const HRESULT code = host_.items(element, most, list);
    if (FAILED(code)) {
      config_.whole = false;
      problem(fmt::format("{} was not read to its end", what), "Collection",
              code);
    }
    return SUCCEEDED(code) || !list.empty();
  }

  // The interface follows a shared configuration by itself.
  void told_elsewhere(bool followed) {
    const auto shared = find_redirection(host_);
    if (shared && followed) {
      result_.notes.push_back({fmt::format("the configuration is shared: it "
                                           "was read from {}",
                                           text::printable(shared->where)),
                               shared->origin});
    } else if (shared) {
      result_.elsewhere.push_back(*shared);
    }
  }

  void read_locations() {
    AppHost::File file;
    const HRESULT code = host_.file(kServerPath, evidence::kMaxLocations, file);
    file_path_ = std::move(file.path);
    if (FAILED(code)) {
      config_.whole = false;
      problem("its locations were not listed to their end",
              "applicationHost.config", code);
    }
    for (const std::string& location : file.locations) {
      add_location_path({}, location);
    }
  }

  // `below`: the node that the file belongs to.
  void add_location_path(std::string_view below, std::string_view location) {
    const std::string_view path = location_node(location);
    if (path.empty()) {
      return;  // the level of the file
    }
    locations_.push_back(below.empty() ? std::string(path)
                                       : fmt::format("{}/{}", below, path));
  }

  static std::string shown(const IisNode& node) {
    return fmt::format("ApplicationHost.AdminManager {}",
                       node.service == Service::kFtp7
                           ? fmt::format("FTP of {}", node.path)
                           : config_path(node.path));
  }

  // Null where it is there already, or would be too many.
  Candidate* add_node(Service service, std::string path, bool always) {
    IisNode node = unset_node(service, std::move(path), {});
    node.origin = Origin::from_api(shown(node), 0);
    if (const IisNode* known = file_.find(node)) {
      node.origin = known->origin;
    }
    node = unset_node(service, std::move(node.path), node.origin);
    node.serves = node.path != kServerPath;
    if (service == Service::kWeb &&
        !known_.insert(text::fold_case(node.path)).second) {
      return nullptr;
    }
    if (candidates_.size() >= evidence::kMaxNodes) {
      config_.whole = false;
      return nullptr;
    }
    candidates_.push_back({std::move(node), always, false});
    return &candidates_.back();
  }

  void read_site(const AppHost::Object& site) {
    std::string name;
    const HRESULT code = host_.text(site, "name", name);
    if (FAILED(code) || name.empty() || is_too_deep_path(name)) {
      config_.whole = false;
      problem("a site was not read", "sites",
              FAILED(code) ? code : E_INVALIDARG);
      return;
    }
    config_.names_sites = true;
    const auto [web, ftp] = protocols(site);
    if (ftp) {
      add_ftp_site(site, name);
    }
    if (web || !ftp) {
      Candidate* added = add_node(Service::kWeb, name, true);
      if (added == nullptr) {
        problem("two sites have one name", name, E_INVALIDARG);
        return;
      }
      added->node.site_id = site_number(host_, site);
      web_sites_.insert(text::fold_case(name));
      add_own_locations(name);
      read_applications(site, name);
    }
  }

  // Whether it serves the web, and FTP; neither where nothing is bound.
  std::pair<bool, bool> protocols(const AppHost::Object& site) {
    std::pair<bool, bool> result;
    AppHost::Object bindings;
    std::vector<AppHost::Object> list;
    const HRESULT code = host_.child(site, "bindings", bindings);
    if (FAILED(code)) {
      config_.whole = false;
      problem("the bindings of a site were not read", "bindings", code);
      return {true, true};
    }
    list_items(bindings, "the bindings of a site", evidence::kMaxSites, list);
    for (const AppHost::Object& binding : list) {
      std::string protocol;
      if (SUCCEEDED(host_.text(binding, "protocol", protocol))) {
        const bool is_ftp = text::iequals(protocol, "ftp");
        result.first = result.first || !is_ftp;
        result.second = result.second || is_ftp;
      }
    }
    return result;
  }

  void read_applications(const AppHost::Object& site, const std::string& name) {
    std::vector<AppHost::Object> applications;
    list_items(site, "the applications of a site", evidence::kMaxNodes,
               applications);
    for (const AppHost::Object& application : applications) {
      std::string path;
      const HRESULT code = host_.text(application, "path", path);
      if (FAILED(code) || is_too_deep_path(path)) {
        config_.whole = false;
        problem("an application was not read", name,
                FAILED(code) ? code : E_INVALIDARG);
        continue;
      }
      const bool is_root = path.size() < 2;
      const std::string node = is_root ? name : name + path;
      if (!is_root) {
        name_pool(application, add_node(Service::kWeb, node, true));
        add_own_locations(node);
      }
      read_directories(application, node);
    }
  }

  void name_pool(const AppHost::Object& application, Candidate* candidate) {
    std::string pool;
    if (candidate != nullptr &&
        SUCCEEDED(host_.text(application, "applicationPool", pool)) &&
        !pool.empty()) {
      candidate->node.pool.value = {pool, candidate->node.origin};
    }
  }

  void read_directories(const AppHost::Object& application,
                        const std::string& node) {
    std::vector<AppHost::Object> directories;
    list_items(application, "the virtual directories", evidence::kMaxNodes,
               directories);
    for (const AppHost::Object& directory : directories) {
      std::string path;
      if (SUCCEEDED(host_.text(directory, "path", path)) && path.size() > 1 &&
          !is_too_deep_path(path)) {
        locations_.push_back(node + path);
      }
    }
  }

  // The locations of the application's own web.config. That there is none is
  // usual, and one that is damaged shows at the node itself.
  void add_own_locations(const std::string& node) {
    AppHost::File file;
    if (SUCCEEDED(
            host_.file(config_path(node), evidence::kMaxLocations, file))) {
      for (const std::string& location : file.locations) {
        add_location_path(node, location);
      }
    }
  }

  // A location of a site that is gone reaches no request.
  void add_location(const std::string& path) {
    const std::string site = text::fold_case(path.substr(0, path.find('/')));
    if (web_sites_.contains(site) && !is_too_deep_path(path)) {
      add_node(Service::kWeb, path, false);
    }
  }

  SectionSettings ftp_settings(const AppHost::Object& site) {
    AppHost::Object section;
    const HRESULT code = host_.descend(
        site,
        {"ftpServer", "security", "authentication", "anonymousAuthentication"},
        section);
    SectionSettings settings =
        FAILED(code) ? unreadable_settings(code)
                     : read_settings(host_, section, true, secrets_);
    read_ftp_schemes(host_, site, settings);
    return settings;
  }

  void add_ftp_site(const AppHost::Object& site, const std::string& name) {
    if (Candidate* added = add_node(Service::kFtp7, name, true)) {
      added->node.site_id = site_number(host_, site);
      ftp_sites_.emplace_back(candidates_.size() - 1, ftp_settings(site));
    }
  }

  // What all FTP sites have, and which of it a site has of its own.
  void read_ftp_defaults(const AppHost::Object& sites) {
    if (ftp_sites_.empty()) {
      return;
    }
    AppHost::Object defaults;
    const HRESULT code = host_.child(sites, "siteDefaults", defaults);
    const SectionSettings above =
        FAILED(code) ? unreadable_settings(code) : ftp_settings(defaults);
    ftp_defaults_ = unset_node(
        Service::kFtp7, std::string(kServerPath),
        Origin::from_api("ApplicationHost.AdminManager siteDefaults", 0));
    const SectionSettings schema = default_settings(true);
    const std::string where = "ApplicationHost.AdminManager siteDefaults";
    const Inherited from{file_.was_read() ? &schema : nullptr,
                         file_.find(*ftp_defaults_), !config_.whole};
    put_settings(above, from, where, *ftp_defaults_);
    put_schemes(above, from, where, *ftp_defaults_);
    for (auto& [place, settings] : ftp_sites_) {
      IisNode& node = candidates_.at(place).node;
      const IisNode* known = file_.find(node);
      const Inherited inherited{&above, known, !config_.whole};
      settings = below_defaults(settings, above, known);
      put_settings(settings, inherited, shown(node), node);
      put_schemes(settings, inherited, shown(node), node);
    }
  }

  // Parents first; their order in the configuration stays.
  void read_web_nodes() {
    const std::vector<std::size_t> order = text::stable_order(
        candidates_.size(), [&](std::size_t one, std::size_t two) {
          return rank(one) < rank(two);
        });
    for (const std::size_t i : order) {
      if (candidates_[i].node.service == Service::kWeb) {
        read_web_node(candidates_[i]);
      }
    }
  }

  std::size_t rank(std::size_t i) const {
    const std::string& path = candidates_[i].node.path;
    return path == kServerPath ? 0 : path_depth(path) + 1;
  }

  void read_web_node(Candidate& candidate) {
    IisNode& node = candidate.node;
    AppHost::Object section;
    const HRESULT code =
        host_.section(kSection, config_path(node.path), section);
    SectionSettings settings =
        FAILED(code) ? unreadable_settings(code)
                     : read_settings(host_, section, false, secrets_);
    const SectionSettings schema = default_settings(false);
    Inherited inherited{above(node.path), file_.find(node), !config_.whole};
    if (node.path == kServerPath && file_.was_read()) {
      inherited.above = &schema;
    }
    const IisNode untouched = node;
    put_settings(settings, inherited, shown(node), node);
    candidate.counts = node != untouched;
    read_web_schemes(host_, config_path(node.path), settings);
    put_schemes(settings, inherited, shown(node), node);
    if (!candidate.counts && !candidate.always) {
      // A location of schemes alone.
      candidate.counts = node != untouched;
      node.serves = false;
    }
    if (FAILED(code) &&
        (inherited.above == nullptr || settings != *inherited.above)) {
      problem("the settings of the anonymous logon were not read", node.path,
              code);
    }
    in_force_.emplace(text::fold_case(node.path), std::move(settings));
  }

  const SectionSettings* above(std::string_view path) const {
    if (path == kServerPath) {
      return nullptr;
    }
    std::string up = text::fold_case(path);
    for (auto slash = up.rfind('/'); slash != std::string::npos;
         slash = up.rfind('/')) {
      up.resize(slash);
      if (const auto found = in_force_.find(up); found != in_force_.end()) {
        return &found->second;
      }
    }
    const auto found = in_force_.find(text::fold_case(kServerPath));
    return found == in_force_.end() ? nullptr : &found->second;
  }

  AppHost& host_;
  const evidence::FileSystem& files_;
  SecretTable& secrets_;
  AppHostReading& result_;
  facts::IisConfig config_;
  std::vector<Candidate> candidates_;
  std::unordered_set<std::string> known_;      // folded paths of web candidates
  std::unordered_set<std::string> web_sites_;  // folded
  std::vector<std::string> locations_;
  std::vector<std::pair<std::size_t, SectionSettings>> ftp_sites_;
  std::optional<IisNode> ftp_defaults_;
  // By folded path.
  std::unordered_map<std::string, SectionSettings> in_force_;
  std::string file_path_;
  AppHostFile file_;
};

}  // namespace

AppHostReading read_apphost(const Api& api, const evidence::FileSystem& files,
                            SecretTable& secrets) {
  AppHostReading result;
  AppHost host(api);
  const HRESULT code = host.open();
  if (is_not_installed(code)) {
    return result;
  }
  result.is_there = true;
  if (FAILED(code)) {
    result.is_refused = true;
    result.problems.push_back(
        com_problem("the configuration system was not asked",
                    "CoCreateInstance ApplicationHost.AdminManager", code));
    return result;
  }
  ApphostReader(host, files, secrets, result).run();
  return result;
}

}  // namespace iisdiag::win32
