#include "facts/iis.hpp"

namespace iisdiag::facts {

std::string_view service_name(Service service) {
  switch (service) {
    case Service::kWeb:
      return "W3SVC";
    case Service::kFtp6:
      return "MSFTPSVC";
    case Service::kFtp7:
      return "FTPSVC";
    case Service::kGopher:
      return "GOPHERSVC";
  }
  return "";
}

std::string_view method_name(LogonMethod method) {
  switch (method) {
    case LogonMethod::kInteractive:
      return "interactive";
    case LogonMethod::kBatch:
      return "batch";
    case LogonMethod::kNetwork:
      return "network";
    case LogonMethod::kNetworkCleartext:
      return "network-cleartext";
  }
  return "";
}

std::string_view pool_account_name(PoolAccount account) {
  switch (account) {
    case PoolAccount::kLocalSystem:
      return "LocalSystem";
    case PoolAccount::kLocalService:
      return "LocalService";
    case PoolAccount::kNetworkService:
      return "NetworkService";
    case PoolAccount::kSpecificUser:
      return "an account of its own";
    case PoolAccount::kApplicationPoolIdentity:
      return "ApplicationPoolIdentity";
  }
  return "";
}

}  // namespace iisdiag::facts
