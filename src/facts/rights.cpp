#include "facts/rights.hpp"

#include "text/strings.hpp"

namespace iisdiag::facts {
namespace {

constexpr std::array<std::string_view, kLogonRights> kNames = {
    "SeInteractiveLogonRight", "SeNetworkLogonRight",
    "SeBatchLogonRight",       "SeDenyInteractiveLogonRight",
    "SeDenyNetworkLogonRight", "SeDenyBatchLogonRight",
};

}  // namespace

std::string_view constant_name(LogonRight right) {
  return kNames.at(static_cast<std::size_t>(right));
}

LogonRight deny_of(LogonRight grant) {
  switch (grant) {
    case LogonRight::kInteractive:
      return LogonRight::kDenyInteractive;
    case LogonRight::kNetwork:
      return LogonRight::kDenyNetwork;
    case LogonRight::kBatch:
      return LogonRight::kDenyBatch;
    default:
      return grant;
  }
}

std::optional<LogonRight> logon_right(std::string_view constant_name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (text::iequals(kNames.at(i), constant_name)) {
      return static_cast<LogonRight>(i);
    }
  }
  return std::nullopt;
}

}  // namespace iisdiag::facts
