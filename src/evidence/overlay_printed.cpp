// What appcmd printed: in force where it was printed, wherever it is stored
// (FORMATS.md 8.8).
#include <fmt/format.h>

#include <unordered_set>

#include "evidence/combine.hpp"
#include "evidence/overlay_parts.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

using facts::IisNode;
using facts::Observed;
using facts::Service;
using facts::Setting;

bool same(const std::string& one, const std::string& other) {
  return text::same_name(one, other);
}
template <class T>
bool same(const T& one, const T& other) {
  return one == other;
}

std::string shown(const std::string& value) {
  return value.empty() ? "\"\"" : text::printable(value);
}
std::string shown(bool value) { return value ? "on" : "off"; }
std::string shown(facts::LogonMethod value) {
  return std::string(facts::method_name(value));
}

class Printed {
 public:
  Printed(const Surroundings& around, bool has_file, NodeTable& nodes)
      : around_(around), has_file_(has_file), nodes_(nodes) {
    for (const IisNode& site : around.files.named) {
      named_.insert(text::fold_case(site.path));
    }
  }

  void run() {
    for (const PrintedNode& printed : around_.files.printed) {
      if (!is_of_another_time(printed.node, printed.path_is_guess)) {
        has_file_ ? compare(printed.node) : keep(printed.node);
      }
    }
    for (const IisNode& site : around_.files.named) {
      nodes_.config().names_sites = true;
      if (has_file_ && nodes_.config().whole) {
        is_of_another_time(site, false);
      } else if (IisNode* known = nodes_.find(site.service, site.path)) {
        known->site_id = known->site_id != 0 ? known->site_id : site.site_id;
      } else {
        nodes_.add(site);
      }
    }
  }

 private:
  // A node of a site that the whole configuration does not know.
  bool is_of_another_time(const IisNode& node, bool is_guess) {
    if (node.path == kServerPath || !knows_sites() ||
        (!is_guess && !(has_file_ && nodes_.config().whole))) {
      return false;
    }
    const std::string site = node.path.substr(0, node.path.find('/'));
    if (nodes_.find(node.service, site) != nullptr ||
        (is_guess && named_.contains(text::fold_case(site)))) {
      return false;
    }
    around_.problems.push_back(
        {fmt::format("left out: the configuration has no site \"{}\"",
                     text::printable(site)),
         node.origin,
         {},
         0,
         {}});
    return true;
  }

  bool knows_sites() const { return has_file_ || !named_.empty(); }

  // Nothing else shows the configuration.
  void keep(const IisNode& printed) {
    IisNode* known = nodes_.find(printed.service, printed.path);
    if (known == nullptr) {
      IisNode node = printed;
      node.effective = true;
      nodes_.config().names_sites =
          nodes_.config().names_sites || node.path != kServerPath;
      nodes_.add(std::move(node));
      return;
    }
    Combiner combiner(around_.problems);
    const auto both = [&](auto member, std::string_view what) {
      combiner((known->*member).value, (printed.*member).value,
               fmt::format("{} of {}", what, text::printable(printed.path)));
    };
    both(&IisNode::account, "the account");
    both(&IisNode::password, "the stored password");
    both(&IisNode::logon_method, "the logon method");
    both(&IisNode::anonymous, "anonymous access");
    both(&IisNode::logon_domain, "the logon domain");
    both(&IisNode::other_scheme, "authentication other than anonymous");
    both(&IisNode::basic_scheme, "Basic authentication");
  }

  void compare(const IisNode& printed) {
    const bool new_account =
        settle(printed, &IisNode::account, std::string("IUSR"), "the account");
    settle(printed, &IisNode::anonymous, printed.service == Service::kWeb,
           "anonymous access");
    settle(printed, &IisNode::logon_method,
           facts::LogonMethod::kNetworkCleartext, "the logon method");
    if (is_ftp(printed.service)) {
      settle(printed, &IisNode::logon_domain, std::string("NT AUTHORITY"),
             "the logon domain");
    }
    if (new_account) {
      nodes_.find(printed.service, printed.path)->password = printed.password;
    }
  }

  // True where the printed value was taken.
  template <class T>
  bool settle(const IisNode& printed, Setting<T> IisNode::*setting,
              const T& by_default, std::string_view what) {
    const Observed<T>& value = (printed.*setting).value;
    if (!value.has_value()) {
      return false;
    }
    const IisNode* from =
        nodes_.in_force(printed.service, printed.path, setting);
    const bool own =
        from != nullptr && text::same_name(from->path, printed.path);
    const Observed<T> stored =
        from != nullptr ? (from->*setting).value : Observed<T>{};
    // Of a configuration that was not read whole, only what a node stores
    // itself is in force there.
    const bool is_known = own || nodes_.config().whole
                              ? from == nullptr || stored.has_value()
                              : false;
    if (is_known && same(stored.value_or(by_default), *value)) {
      return false;
    }
    IisNode& node =
        nodes_.find_or_add(printed.service, printed.path, printed.origin);
    if (own && stored.has_value()) {
      const std::string why = fmt::format(
          "{} and {} disagree about {} of {}", stored.origin().text(),
          value.origin().text(), what, text::printable(printed.path));
      around_.problems.push_back({why, value.origin(), {}, 0, {}});
      (node.*setting).value = Observed<T>::unknown(
          why, "Capture both again at the same time.", value.origin());
      return false;
    }
    if (is_known) {
      around_.notes.push_back(
          {fmt::format("IIS itself shows {} of {} as {}, the files as {}: what "
                       "IIS shows counts",
                       what, text::printable(printed.path), shown(*value),
                       shown(stored.value_or(by_default))),
           value.origin()});
    }
    (node.*setting).value = value;
    node.effective = true;
    return true;
  }

  const Surroundings& around_;
  bool has_file_;
  NodeTable& nodes_;
  std::unordered_set<std::string> named_;
};

}  // namespace

void apply_printed(const Surroundings& around, bool has_file,
                   NodeTable& nodes) {
  Printed(around, has_file, nodes).run();
}

}  // namespace iisdiag::evidence
