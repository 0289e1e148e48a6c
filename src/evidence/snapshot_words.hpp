// The words that stand for the values of enumerations in a snapshot. A value
// without a word does not compile; a word, once written, is for good.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

#include "facts/server.hpp"

namespace iisdiag::evidence {

inline std::string_view word(facts::Role role) {
  switch (role) {
    case facts::Role::kWorkstation:
      return "workstation";
    case facts::Role::kMember:
      return "member";
    case facts::Role::kDomainController:
      return "dc";
  }
  return {};
}

inline std::string_view word(facts::Service service) {
  return facts::service_name(service);
}

inline std::string_view word(facts::Store store) {
  switch (store) {
    case facts::Store::kRegistry:
      return "registry";
    case facts::Store::kMetabase:
      return "metabase";
    case facts::Store::kAppHost:
      return "apphost";
  }
  return {};
}

inline std::string_view word(facts::LogonMethod method) {
  return facts::method_name(method);
}

// What kind of thing is stored. It is all that is ever known of a password.
inline std::string_view word(facts::StoredPassword password) {
  switch (password) {
    case facts::StoredPassword::kOpaque:
      return "opaque";
    case facts::StoredPassword::kClearText:
      return "readable";
    case facts::StoredPassword::kEmpty:
      return "empty";
    case facts::StoredPassword::kLost:
      return "lost";
  }
  return {};
}

inline std::string_view word(facts::PoolAccount account) {
  switch (account) {
    case facts::PoolAccount::kLocalSystem:
      return "local-system";
    case facts::PoolAccount::kLocalService:
      return "local-service";
    case facts::PoolAccount::kNetworkService:
      return "network-service";
    case facts::PoolAccount::kSpecificUser:
      return "specific-user";
    case facts::PoolAccount::kApplicationPoolIdentity:
      return "application-pool-identity";
  }
  return {};
}

inline std::string_view word(facts::AccountKind kind) {
  switch (kind) {
    case facts::AccountKind::kUser:
      return "user";
    case facts::AccountKind::kGroup:
      return "group";
    case facts::AccountKind::kDomain:
      return "domain";
    case facts::AccountKind::kAlias:
      return "alias";
    case facts::AccountKind::kWellKnownGroup:
      return "well-known-group";
    case facts::AccountKind::kDeleted:
      return "deleted";
    case facts::AccountKind::kInvalid:
      return "invalid";
    case facts::AccountKind::kUnknown:
      return "unknown";
    case facts::AccountKind::kComputer:
      return "computer";
    case facts::AccountKind::kLabel:
      return "label";
    case facts::AccountKind::kLogonSession:
      return "logon-session";
  }
  return {};
}

inline std::string_view word(facts::RecordKind kind) {
  switch (kind) {
    case facts::RecordKind::kIisEvent:
      return "iis-event";
    case facts::RecordKind::kSubauth:
      return "sub-authentication";
    case facts::RecordKind::kLogon:
      return "logon";
    case facts::RecordKind::kValidation:
      return "validation";
    case facts::RecordKind::kPreAuthentication:
      return "pre-authentication";
    case facts::RecordKind::kLockout:
      return "lockout";
    case facts::RecordKind::kRightRemoved:
      return "right-removed";
    case facts::RecordKind::kRightGranted:
      return "right-granted";
    case facts::RecordKind::kServiceStart:
      return "service-start";
    case facts::RecordKind::kWebLog:
      return "web-log";
    case facts::RecordKind::kFtpLog:
      return "ftp-log";
    case facts::RecordKind::kHttpErrors:
      return "http-errors";
  }
  return {};
}

inline std::string_view word(facts::LogKind kind) {
  switch (kind) {
    case facts::LogKind::kSystemEvents:
      return "system-events";
    case facts::LogKind::kSecurityEvents:
      return "security-events";
    case facts::LogKind::kOtherEvents:
      return "other-events";
    case facts::LogKind::kWeb:
      return "web";
    case facts::LogKind::kFtp:
      return "ftp";
    case facts::LogKind::kHttpErrors:
      return "http-errors";
  }
  return {};
}

inline std::string_view word(facts::LogonRefrain refrain) {
  switch (refrain) {
    case facts::LogonRefrain::kNone:
      return "none";
    case facts::LogonRefrain::kAskedNotTo:
      return "asked-not-to";
    case facts::LogonRefrain::kLockoutRisk:
      return "lockout-risk";
    case facts::LogonRefrain::kSyncUnknown:
      return "sync-unknown";
    case facts::LogonRefrain::kUnreadable:
      return "unreadable";
    case facts::LogonRefrain::kNoSuchAccount:
      return "no-such-account";
    case facts::LogonRefrain::kIsWine:
      return "is-wine";
  }
  return {};
}

// The value that the word stands for; nothing for any other word. The values
// of these enumerations begin at 0 and have no gaps.
template <class Enum>
std::optional<Enum> value_of(std::string_view text) {
  using Number = std::underlying_type_t<Enum>;
  for (Number i = 0; !word(static_cast<Enum>(i)).empty(); ++i) {
    if (word(static_cast<Enum>(i)) == text) {
      return static_cast<Enum>(i);
    }
  }
  return std::nullopt;
}

}  // namespace iisdiag::evidence
