// What the readers of metabase evidence share: paths and properties.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "evidence/auth_flags.hpp"
#include "evidence/document.hpp"
#include "evidence/file_facts.hpp"

namespace iisdiag::evidence {

// A path in the form `/LM/W3SVC/1/ROOT`: `w3svc/1`, `/W3SVC/1` and
// `IIS://localhost/W3SVC/1` mean the same; IIS compares without case. Empty
// where it names no service.
std::string metabase_path(std::string_view path);

// What a path is.
enum class KeyKind : std::uint8_t {
  kOther,    // templates, filters, other services
  kService,  // /LM/W3SVC
  kSite,     // /LM/W3SVC/1
  kContent,  // /LM/W3SVC/1/ROOT and below
  kPools,    // /LM/W3SVC/AppPools
  kPool,     // /LM/W3SVC/AppPools/NAME
};
struct Key {
  KeyKind kind = KeyKind::kOther;
  facts::Service service = facts::Service::kWeb;
  std::string_view name;  // of a pool
};
Key classify_key(std::string_view path);

// The properties of a metabase key as text.
class MetabaseKey {
 public:
  MetabaseKey(std::string path, facts::Origin origin, bool listed_whole);

  // One property, by its name (`AnonymousUserName`) or its id (6020). Others
  // are passed over. `value` is as the evidence shows it, without its quotes.
  void set(std::string_view name, std::string_view value,
           const facts::Origin& origin, bool inherits = true);
  void set(int id, std::string_view value, const facts::Origin& origin,
           bool inherits = true);
  // The property is known not to be set here.
  void set_absent(std::string_view name, const facts::Origin& origin);
  // The property is set, but it could not be read.
  void set_unreadable(std::string_view name, std::string why,
                      const facts::Origin& origin);
  // The property may be set, which could not be read.
  void set_unknown(std::string_view name, const facts::Unknown& why,
                   const facts::Origin& origin);
  // The stored password where somebody else classified it: this never sees it.
  // `group` as IisNode::password_group.
  void set_password(facts::StoredPassword password, std::uint32_t group,
                    const facts::Origin& origin, bool inherits);

  // Puts the node or the pool into the configuration.
  void add_to(facts::IisConfig& config) &&;

 private:
  enum class Property : std::uint8_t;
  static std::optional<Property> property(std::string_view name);
  void store(Property property, std::string_view value,
             const facts::Origin& origin, bool inherits);
  void store_flags(const std::optional<AuthFlags>& flags,
                   const facts::Origin& origin, bool inherits);

  std::string path_;
  Key key_;
  bool listed_whole_;
  facts::IisNode node_;
  AuthViews views_;
  facts::Observed<facts::PoolAccount> runs_as_;
  facts::Observed<bool> isolation_mode_;
};

}  // namespace iisdiag::evidence
