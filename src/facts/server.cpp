#include "facts/server.hpp"

#include <algorithm>

#include "text/unicode.hpp"

namespace iisdiag::facts {
namespace {

// A configuration with ten thousand accounts is asked about each of them: what
// differs is told without taking the name apart.
bool is_of(std::string_view account, std::string_view bare_name) {
  const auto slash = account.find('\\');
  if (slash == std::string_view::npos &&
      account.find('@') != std::string_view::npos) {
    return text::same_name(AccountName::parse(account).name, bare_name);
  }
  return text::same_name(account.substr(slash + 1), bare_name);
}

}  // namespace

std::vector<std::string> password_nodes(const Server& server,
                                        std::string_view bare_name,
                                        std::string_view except,
                                        std::size_t most,
                                        std::optional<Service> service) {
  std::vector<std::string> nodes;
  for (const Identity& identity : server.identities) {
    if (nodes.size() == most) {
      break;
    }
    const std::string& node = identity.password.node;
    const auto& account = identity.account.value;
    if (!node.empty() && node != except &&
        identity.password.value.has_value() && account.has_value() &&
        (!service || identity.service == *service) &&
        is_of(*account, bare_name) &&
        std::find(nodes.begin(), nodes.end(), node) == nodes.end()) {
      nodes.push_back(node);
    }
  }
  return nodes;
}

}  // namespace iisdiag::facts
