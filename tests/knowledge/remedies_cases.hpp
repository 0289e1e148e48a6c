// Servers for which the tests ask for remedies.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "knowledge/remedies.hpp"

namespace iisdiag::knowledge {

// A server with one identity, of which a RemedyContext is a view.
struct Case {
  const IisRules* iis = nullptr;
  const WindowsRules* windows = nullptr;
  facts::Role role = facts::Role::kMember;
  facts::Service service = facts::Service::kWeb;
  bool domain = false;
  std::string name;
  facts::Server server;
  facts::Identity identity;
  Subject subject;

  bool is_live() const {
    return server.source.kind == facts::SourceKind::kLive;
  }
  bool is_nt() const { return windows->tools == Tools::kNt; }
  bool is_2008() const { return windows->tools == Tools::k2008; }
  bool uses_metabase() const {
    return iis->store == facts::Store::kMetabase ||
           (iis->store == facts::Store::kAppHost &&
            service == facts::Service::kFtp6);
  }

  Remedy operator()(RemedyFunction remedy) const {
    return remedy({.server = server,
                   .identity = identity,
                   .iis = *iis,
                   .windows = *windows,
                   .role = role,
                   .account = (domain ? "CORP\\" : "WEB01\\") + name,
                   .bare_account = name,
                   .is_domain_account = domain,
                   .subject = subject});
  }
};

inline Case make(std::string_view iis, std::string_view windows,
                 facts::Service service = facts::Service::kWeb) {
  const auto origin = facts::Origin::in_file("evidence", 1);
  Case c;
  c.iis = find_iis(iis);
  c.windows = find_windows(windows);
  c.service = service;
  c.name = "IUSR_WEB01";
  c.server.machine.computer = {"WEB01", origin};
  c.server.machine.domain = {"CORP", origin};
  auto& identity = c.identity;
  identity.service = service;
  identity.store = c.uses_metabase() ? facts::Store::kMetabase : c.iis->store;
  const std::string site =
      c.uses_metabase() ? fmt::format("/LM/{}/1", facts::service_name(service))
      : c.iis->store == facts::Store::kAppHost ? "Default Web Site"
                                               : "W3SVC";
  identity.nodes = {site};
  identity.account = {{c.name, origin}, site, false};
  identity.password = {{facts::StoredPassword::kOpaque, origin}, site, false};
  identity.overrides = {
      {facts::Override::Kind::kOwnPasswordParentsAccount, site, origin},
      {facts::Override::Kind::kOwnAccountParentsPassword, site, origin},
      {facts::Override::Kind::kStoredPairAnonymousOff, site, origin}};
  identity.pools = {{"DefaultAppPool", {}}};
  c.server.identities = {identity};
  c.subject.group = "BUILTIN\\Guests";
  c.subject.file = "GptTmpl.inf";
  return c;
}

inline std::string lines_of(const Remedy& remedy) {
  std::string lines;
  for (const Step& step : remedy.steps) {
    lines += step.text + "\n";
    for (const std::string& command : step.commands) {
      lines += "  " + command + "\n";
    }
  }
  return lines;
}

}  // namespace iisdiag::knowledge
