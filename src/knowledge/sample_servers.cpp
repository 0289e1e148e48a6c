#include "knowledge/sample_servers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "facts/account.hpp"
#include "facts/server.hpp"
#include "knowledge/finding_pages.hpp"

namespace iisdiag::knowledge {
namespace {

using facts::Override;
using facts::Service;
using facts::Store;
using facts::StoredPassword;

enum class Sync { kEither, kOn, kOff };

// What a finding needs to be told of another server than the usual one.
struct Scene {
  std::string_view finding;
  Sync sync = Sync::kEither;
  Service service = Service::kWeb;
  std::string_view account = R"(WEB01\IUSR_WEB01)";
  bool live = false;
};

constexpr Scene kUsual{};
constexpr std::string_view kOfDomain = R"(CORP\webanon)";

constexpr std::array kScenes = {
    Scene{.finding = "account-not-configured", .account = ""},
    Scene{.finding = "account-wrong-domain",
          .account = R"(OLDWEB\IUSR_OLDWEB)"},
    Scene{.finding = "account-not-a-user", .account = R"(WEB01\Users)"},
    Scene{.finding = "domain-unreachable", .account = kOfDomain},
    Scene{.finding = "wrong-logon-domain",
          .service = Service::kFtp7,
          .account = R"(WEB01\ftpanon)"},
    Scene{.finding = "guest-access-blocked",
          .service = Service::kFtp6,
          .account = R"(WEB01\Guest)"},
    Scene{.finding = "iusr-shadowed", .account = R"(NT AUTHORITY\IUSR)"},
    Scene{.finding = "sync-foreign-account",
          .sync = Sync::kOn,
          .account = kOfDomain},
    Scene{.finding = "sync-not-effective", .sync = Sync::kOn},
    Scene{.finding = "sync-module-missing",
          .sync = Sync::kOn,
          .service = Service::kFtp6},
    Scene{.finding = "sync-password-lost", .sync = Sync::kOff},
    Scene{.finding = "stored-password-lost", .sync = Sync::kOff},
    Scene{.finding = "batch-logon-unsupported", .sync = Sync::kOff},
    Scene{.finding = "sync-blocks-ftp",
          .sync = Sync::kOn,
          .service = Service::kFtp6},
    Scene{.finding = "stale-override", .sync = Sync::kOff},
    Scene{.finding = "right-local-missing", .sync = Sync::kOn},
    Scene{.finding = "wrong-password", .sync = Sync::kOff},
    Scene{.finding = "blank-password-blocked", .sync = Sync::kOff},
    Scene{.finding = "lockout-risk", .sync = Sync::kOff, .live = true},
    Scene{.finding = "logon-not-tried", .sync = Sync::kOff},
    Scene{
        .finding = "caller-lacks-privilege", .sync = Sync::kOff, .live = true},
    Scene{.finding = "password-unreadable", .sync = Sync::kOff},
};

const Scene& scene_of(std::string_view finding) {
  const auto* found = std::find_if(
      kScenes.begin(), kScenes.end(),
      [&](const Scene& scene) { return scene.finding == finding; });
  return found == kScenes.end() ? kUsual : *found;
}

// Where the account is set, a site below it, and a folder of that site.
struct Places {
  std::string set;
  std::string site;
  std::string folder;
};

Places places_of(Store store, Service service) {
  const std::string key = fmt::format("/LM/{}", facts::service_name(service));
  switch (store) {
    case Store::kRegistry:
      return {key, key, key};
    case Store::kAppHost:
      return {"Default Web Site", "Default Web Site", "Default Web Site"};
    case Store::kMetabase:
      break;
  }
  return facts::is_ftp(service) ? Places{key, key + "/1", key + "/1"}
                                : Places{key, key + "/1/ROOT", key + "/1/ROOT"};
}

facts::Origin an_origin() { return facts::Origin::in_file("evidence", 1); }

template <class T>
void put(facts::InForce<T>& setting, T value, const std::string& node) {
  setting.value = {std::move(value), an_origin()};
  setting.node = node;
}

// In place and one after the other: a list in braces copies whole structs,
// which takes a lot of code.
void fill(facts::Identity& identity, const Scene& scene, Store store,
          bool sync) {
  const Places places = places_of(store, scene.service);
  identity.service = scene.service;
  identity.store = store;
  identity.nodes.push_back(places.site);
  if (!scene.account.empty()) {
    put(identity.account, std::string(scene.account), places.set);
    put(identity.password, StoredPassword::kOpaque, places.set);
  }
  put(identity.password_sync, sync, places.set);
  identity.pools.emplace_back().name = "DefaultAppPool";
  if (scene.finding == "batch-logon-unsupported") {
    put(identity.logon_method, facts::LogonMethod::kBatch, places.set);
  }
  if (scene.finding == "wrong-logon-domain") {
    put(identity.logon_domain, std::string("NT AUTHORITY"), places.set);
    identity.logon_domain.is_default = true;
  }
  if (scene.finding == "stale-override") {
    const auto add = [&](Override::Kind kind, std::string_view name) {
      Override& override = identity.overrides.emplace_back();
      override.kind = kind;
      override.node = places.folder + std::string(name);
      override.origin = an_origin();
    };
    add(Override::Kind::kOwnPasswordParentsAccount, "/shop");
    add(Override::Kind::kOwnAccountParentsPassword, "/news");
    add(Override::Kind::kStoredPairAnonymousOff, "/staff");
  }
}

}  // namespace

std::vector<Generation> generations() {
  std::vector<Generation> all;
  for (const auto& [iis, windows] :
       {std::pair{"3.0", "nt4"}, std::pair{"4.0", "nt4"},
        std::pair{"5.0", "2000"}, std::pair{"5.1", "xp"},
        std::pair{"6.0", "2003"}, std::pair{"7.5", "2008r2"},
        std::pair{"10.0", "2022"}}) {
    all.push_back({find_iis(iis), find_windows(windows)});
  }
  return all;
}

std::optional<Remedy> remedy_of(const FindingInfo& info,
                                const Generation& generation, bool sync,
                                facts::Role role) {
  const Scene& scene = scene_of(info.id);
  const bool has_sync = generation.iis->sync != SyncSupport::kNone;
  if (scene.sync == (sync ? Sync::kOff : Sync::kOn) || (sync && !has_sync)) {
    return std::nullopt;
  }
  facts::Server server;
  server.source.kind =
      scene.live ? facts::SourceKind::kLive : facts::SourceKind::kEvidence;
  server.machine.computer = {"WEB01", an_origin()};
  server.machine.domain = {"CORP", an_origin()};
  fill(server.identities.emplace_back(), scene, generation.iis->store, sync);
  if (info.id == "configuration-elsewhere") {
    facts::Elsewhere& elsewhere = server.elsewhere.emplace_back();
    elsewhere.where = R"(\\FILES\iisconfig)";
    elsewhere.what = "shared configuration";
    elsewhere.origin = an_origin();
  }
  const auto name = facts::AccountName::parse(scene.account);
  RemedyContext context{.server = server,
                        .identity = server.identities.front(),
                        .iis = *generation.iis,
                        .windows = *generation.windows,
                        .role = role,
                        .account = std::string(scene.account),
                        .bare_account = name.name,
                        .is_domain_account = name.domain == "CORP",
                        .subject = {}};
  if (info.id == "right-denied") {
    context.subject.group = R"(BUILTIN\Guests)";
  } else if (info.id == "right-overwritten") {
    context.subject.file = "GptTmpl.inf";
  } else if (info.id == "sync-not-effective") {
    context.subject.pools = {"DefaultAppPool"};
  }
  return info.remedy(context);
}

std::vector<std::string_view> articles_of(const FindingInfo& info) {
  std::vector<std::string_view> articles;
  const FindingPage* page = find_finding_page(info.id);
  for (const Generation& generation : generations()) {
    if (page == nullptr ||
        !page->occurs(*generation.iis, *generation.windows)) {
      continue;
    }
    for (const facts::Role role :
         {facts::Role::kMember, facts::Role::kDomainController}) {
      for (const bool sync : {false, true}) {
        const auto remedy = remedy_of(info, generation, sync, role);
        for (const std::string_view id :
             remedy ? remedy->articles : std::vector<std::string_view>{}) {
          if (std::find(articles.begin(), articles.end(), id) ==
              articles.end()) {
            articles.push_back(id);
          }
        }
      }
    }
  }
  return articles;
}

std::string about_server(const FindingInfo& info) {
  const Scene& scene = scene_of(info.id);
  std::string text = "a made-up server WEB01, a member of the domain CORP";
  if (!scene.account.empty()) {
    text += fmt::format(", whose {}anonymous account is {}",
                        scene.service == Service::kWeb ? "" : "FTP service's ",
                        scene.account);
  }
  if (info.id == "right-denied") {
    text += " and is denied the logon through the group Guests";
  }
  return text;
}

}  // namespace iisdiag::knowledge
