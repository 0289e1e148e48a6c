// The IIS configuration: what is stored where, and what is in force.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "facts/observed.hpp"

namespace iisdiag::facts {

enum class Service : std::uint8_t { kWeb, kFtp6, kFtp7, kGopher };
// "W3SVC", "MSFTPSVC", "FTPSVC", "GOPHERSVC".
std::string_view service_name(Service service);
inline bool is_ftp(Service service) {
  return service == Service::kFtp6 || service == Service::kFtp7;
}

// Where a generation of IIS keeps its configuration.
enum class Store : std::uint8_t {
  kRegistry,  // IIS 1.0 to 3.0
  kMetabase,  // IIS 4.0 to 6.0
  kAppHost,   // IIS 7.0 and later
};

// Numbered as the metabase and applicationHost.config number them.
enum class LogonMethod : std::uint8_t {
  kInteractive = 0,
  kBatch = 1,
  kNetwork = 2,
  kNetworkCleartext = 3,
};
// "interactive", "batch", "network", "network-cleartext".
std::string_view method_name(LogonMethod method);

// What is stored in place of a password. The password itself is never kept.
enum class StoredPassword : std::uint8_t {
  kOpaque,     // encrypted, masked or in a secret that cannot be read
  kClearText,  // legible in the file, and forgotten at once
  kEmpty,      // stored, and empty
  kLost,       // marked NOLONGERVALID: it did not survive a move
};

// A stored setting. A metabase value without the INHERIT attribute holds for
// its own key only (FORMATS.md 3.2).
template <class T>
struct Setting {
  Observed<T> value;
  bool inherits = true;

  bool operator==(const Setting&) const = default;
};

// The settings of one node that this program reads. Everything is what the
// node itself stores: inheritance is resolved later, once.
struct IisNode {
  Service service = Service::kWeb;
  // `/LM/W3SVC/1/ROOT`, `Default Web Site/app`, or the service's own node.
  std::string path;
  // False where the node is only named (by a listing, or as the parent of
  // another) and nothing of its settings was shown.
  bool shown = true;
  // A request can end here: a site's root or below, an FTP site. False for a
  // location of IIS 7 that holds nothing but schemes: who answers anonymously
  // there is decided above it.
  bool serves = false;
  // What IIS printed as in force here (appcmd), not what is stored: it tells
  // nothing about which level sets it.
  bool effective = false;
  // Of a site's own node, IIS 7.0 and later; 0 where it is not known. In a
  // metabase it stands in the path.
  std::uint32_t site_id = 0;
  Origin origin;

  Setting<std::string> account;  // as written; may be empty
  Setting<StoredPassword> password;
  // Nodes of one configuration with the same number store the same password;
  // 0 where passwords were not compared.
  std::uint32_t password_group = 0;
  Setting<bool> password_sync;
  Setting<LogonMethod> logon_method;
  Setting<bool> anonymous;
  Setting<std::string> logon_domain;
  Setting<std::string> pool;
  // A way to authenticate other than anonymous is on.
  Setting<bool> other_scheme;
  // One of them has a client's name and password: Basic, or FTP by name.
  Setting<bool> basic_scheme;

  bool operator==(const IisNode&) const = default;
};

enum class PoolAccount : std::uint8_t {
  kLocalSystem,
  kLocalService,
  kNetworkService,
  kSpecificUser,
  kApplicationPoolIdentity,
};
std::string_view pool_account_name(PoolAccount account);

struct IisPool {
  std::string name;
  Observed<PoolAccount> runs_as;

  bool operator==(const IisPool&) const = default;
};

// One configuration, as one or several files show it.
struct IisConfig {
  Store store = Store::kMetabase;
  // The whole configuration was read, so that what is not in it is not set.
  bool whole = false;
  // Sites are named in it, whether or not they serve this or that.
  bool names_sites = false;
  // Web sites in MetaBase.xml: no other version of IIS keeps them there.
  bool is_iis6 = false;
  Origin origin;
  std::vector<IisNode> nodes;
  std::vector<IisPool> pools;
  Observed<PoolAccount> pool_default;
  Observed<bool> isolation_mode;  // IIS 5 isolation mode of IIS 6

  bool operator==(const IisConfig&) const = default;
};

// An effective value and the node that stores it (empty: a default).
template <class T>
struct InForce {
  Observed<T> value;
  std::string node;
  bool is_default = false;

  bool operator==(const InForce&) const = default;
};

// A node whose stored pair does not fit together (PRODUCT.md, stale-override).
struct Override {
  enum class Kind : std::uint8_t {
    kOwnPasswordParentsAccount,
    kOwnAccountParentsPassword,
    kStoredPairAnonymousOff,
  };
  Kind kind{};
  std::string node;
  Origin origin;

  bool operator==(const Override&) const = default;
};

struct PoolUse {
  std::string name;  // empty where no pool is named
  Observed<PoolAccount> runs_as;

  bool operator==(const PoolUse&) const = default;
};

// One effective set of settings in force at one or more nodes.
struct Identity {
  // From 1, unique in a Server; it stays where others are left out. 0: none.
  std::uint32_t number = 0;
  Service service = Service::kWeb;
  Store store = Store::kMetabase;
  InForce<std::string> account;
  InForce<StoredPassword> password;
  std::uint32_t password_group = 0;  // of the node that stores it
  InForce<bool> password_sync;
  InForce<LogonMethod> logon_method;
  InForce<bool> anonymous;
  InForce<std::string> logon_domain;
  std::vector<std::string> nodes;  // topmost, in configuration order
  std::vector<Override> overrides;
  std::vector<PoolUse> pools;
  Observed<bool> isolation_mode;
  // No configuration, or a damaged one, stands behind this identity; why.
  std::optional<Unknown> without_configuration;

  bool operator==(const Identity&) const = default;
};

// A node where a request can end, anonymous access on or off.
struct SitePlace {
  Service service = Service::kWeb;
  // As logs name it: "W3SVC1", "MSFTPSVC1", "FTPSVC1". Empty where the site's
  // id is not known, or a service stands for all its sites.
  std::string site;
  std::string site_name;  // IIS 7.0 and later
  std::string url;        // "/" for the root, "/app"; as written
  // Identity::number; 0 where anonymous access is off.
  std::uint32_t identity = 0;
  // In force, defaults included. No level sets a scheme nor has a default:
  // unknown.
  Observed<bool> anonymous;
  Observed<bool> other_scheme;  // as IisNode
  Observed<bool> basic_scheme;

  bool operator==(const SitePlace&) const = default;
};

}  // namespace iisdiag::facts
