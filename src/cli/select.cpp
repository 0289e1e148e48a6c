#include "cli/select.hpp"

#include <algorithm>

#include "checks/case.hpp"
#include "evidence/metabase.hpp"
#include "evidence/resolve.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::cli {
namespace {

using facts::AccountName;
using facts::Identity;

bool uses(const facts::Server& server, const Identity& identity,
          const AccountName& wanted) {
  const auto same = [&](std::string_view configured) {
    const AccountName name = AccountName::parse(configured);
    return text::same_name(name.name, wanted.name) &&
           (wanted.domain.empty() ||
            text::same_name(name.domain, wanted.domain));
  };
  return same(checks::shown_account(server, identity)) ||
         same(identity.account.value.value_or({}));
}

// `node` as the identity's store names it: `w3svc/1/root` is
// `/LM/W3SVC/1/ROOT` in a metabase, and paths of IIS 7 and later may begin
// with the server's own.
std::string named_by_store(const Identity& identity, const std::string& node) {
  if (identity.store != facts::Store::kAppHost) {
    return evidence::metabase_path(node);
  }
  constexpr std::string_view kServer = "MACHINE/WEBROOT/APPHOST/";
  return text::istarts_with(node, kServer) ? node.substr(kServer.size()) : node;
}

// The identity's node that lies nearest above `node`; empty for none.
std::string nearest_above(const Identity& identity, const std::string& node) {
  std::string nearest;
  for (const std::string& own : identity.nodes) {
    if (evidence::is_below(named_by_store(identity, node), own) &&
        own.size() > nearest.size()) {
      nearest = own;
    }
  }
  return nearest;
}

}  // namespace

void keep_account(facts::Server& server, const std::string& account) {
  const AccountName wanted = AccountName::parse(account);
  std::vector<Identity> kept;
  for (const Identity& identity : server.identities) {
    if (uses(server, identity, wanted)) {
      kept.push_back(identity);
    }
  }
  server.identities = std::move(kept);
}

void keep_node(facts::Server& server, const std::string& node) {
  std::string inherited_from;
  for (const Identity& identity : server.identities) {
    inherited_from = std::max(inherited_from, nearest_above(identity, node),
                              [](const auto& one, const auto& two) {
                                return one.size() < two.size();
                              });
  }
  std::vector<Identity> kept;
  for (Identity& identity : server.identities) {
    std::vector<std::string> nodes;
    for (const std::string& own : identity.nodes) {
      if (own == inherited_from ||
          evidence::is_below(own, named_by_store(identity, node))) {
        nodes.push_back(own);
      }
    }
    if (!nodes.empty()) {
      identity.nodes = std::move(nodes);
      kept.push_back(std::move(identity));
    }
  }
  server.identities = std::move(kept);
}

}  // namespace iisdiag::cli
