#include "evidence/places.hpp"

#include <unordered_map>

#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

using facts::IisNode;
using facts::Observed;
using facts::Service;
using facts::SitePlace;
using facts::Store;

class Finder {
 public:
  Finder(const facts::IisConfig& config, const Inheritance& tree,
         const std::vector<NodeIndex>& identity_of)
      : config_(config),
        tree_(tree),
        lookup_(config, tree),
        identity_of_(identity_of) {
    for (const IisNode& node : tree.nodes()) {
      if (node.site_id != 0) {
        ids_.emplace(text::fold_case(node.path), node.site_id);
      }
    }
  }

  std::vector<SitePlace> run() {
    std::vector<SitePlace> places;
    for (std::size_t i = 0; i < tree_.nodes().size(); ++i) {
      if (is_place(i)) {
        places.push_back(place(i));
      }
    }
    return places;
  }

 private:
  // A location that holds schemes alone, too; but not the root of an FTP site,
  // which is the site's own place.
  bool is_place(std::size_t i) const {
    const IisNode& node = tree_.nodes()[i];
    if (!node.serves) {
      return config_.store == Store::kAppHost && !tree_.is_service_node(node) &&
             decides_schemes(node);
    }
    return node.service != Service::kFtp6 || parts(node).url != "/" ||
           tree_.next_serving_above(i) == kNobody;
  }

  static bool decides_schemes(const IisNode& node) {
    return !node.other_scheme.value.is_absent();
  }

  struct Parts {
    std::string_view site;  // its number in a metabase, else its name
    std::string_view url;
  };

  Parts parts(const IisNode& node) const {
    Parts result{{}, "/"};
    if (tree_.is_service_node(node)) {
      return result;
    }
    std::string_view rest = node.path;
    if (config_.store != Store::kAppHost) {
      // /LM/W3SVC/1/ROOT/app
      rest.remove_prefix(std::string_view("/LM/").size());
      rest.remove_prefix(rest.find('/') + 1);
    }
    const auto slash = rest.find('/');
    result.site = rest.substr(0, slash);
    rest.remove_prefix(slash == std::string_view::npos ? rest.size() : slash);
    if (config_.store != Store::kAppHost) {
      text::consume(rest, "/ROOT");
    }
    result.url = rest.empty() ? result.url : rest;
    return result;
  }

  SitePlace place(std::size_t i) const {
    const IisNode& node = tree_.nodes()[i];
    SitePlace result;
    result.service = node.service;
    const Parts names = parts(node);
    result.url = names.url;
    if (config_.store == Store::kAppHost) {
      result.site_name = names.site;
      const auto id = ids_.find(text::fold_case(names.site));
      if (id != ids_.end()) {
        result.site =
            fmt::format("{}{}", service_name(node.service), id->second);
      }
    } else if (!names.site.empty()) {
      result.site = fmt::format("{}{}", service_name(node.service), names.site);
    }
    result.anonymous = lookup_.anonymous(i).value;
    result.other_scheme = scheme(i, kOtherScheme, &IisNode::other_scheme,
                                 "authentication other than anonymous");
    result.basic_scheme =
        scheme(i, kBasicScheme, &IisNode::basic_scheme, "Basic authentication");
    const NodeIndex from =
        node.serves ? static_cast<NodeIndex>(i) : tree_.next_serving_above(i);
    if (from != kNobody && !result.anonymous.is(false)) {
      const NodeIndex identity = identity_of_[static_cast<std::size_t>(from)];
      result.identity = static_cast<std::uint32_t>(identity + 1);
    }
    return result;
  }

  Observed<bool> scheme(std::size_t i, Which which,
                        facts::Setting<bool> IisNode::*setting,
                        std::string_view what) const {
    const Service service = tree_.nodes()[i].service;
    if (config_.store == Store::kRegistry && service != Service::kFtp6) {
      return Observed<bool>::unknown(
          "which ways to authenticate IIS 3.0 and earlier keeps in "
          "Authorization is not documented");
    }
    // AnonymousOnly is off by default, and AuthFlags is AuthAnonymous.
    return lookup_
        .in_force<bool>(i, which, setting, service == Service::kFtp6, what)
        .value;
  }

  const facts::IisConfig& config_;
  const Inheritance& tree_;
  const Lookup lookup_;
  const std::vector<NodeIndex>& identity_of_;
  std::unordered_map<std::string, std::uint32_t> ids_;  // by folded name
};

}  // namespace

std::vector<SitePlace> find_places(const facts::IisConfig& config,
                                   const Inheritance& tree,
                                   const std::vector<NodeIndex>& identity_of) {
  return Finder(config, tree, identity_of).run();
}

}  // namespace iisdiag::evidence
