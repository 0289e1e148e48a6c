#include "win32/apphost_pools.hpp"

#include <string>
#include <utility>
#include <vector>

#include "evidence/iis7_files.hpp"
#include "evidence/limits.hpp"

namespace iisdiag::win32 {
namespace {

using facts::Origin;
using facts::PoolAccount;

facts::Observed<PoolAccount> runs_as(AppHost& host,
                                     const AppHost::Object& pool) {
  constexpr auto kLast =
      static_cast<std::int64_t>(PoolAccount::kApplicationPoolIdentity);
  constexpr std::string_view kWhere =
      "ApplicationHost.AdminManager applicationPools";
  AppHost::Object model;
  Variant type(host.api());
  HRESULT code = host.child(pool, "processModel", model);
  if (SUCCEEDED(code)) {
    code = host.value(model, "identityType", type);
  }
  const auto number = type.number();
  if (SUCCEEDED(code) && number && *number >= 0 && *number <= kLast) {
    return {static_cast<PoolAccount>(*number), Origin::from_api(kWhere, 0)};
  }
  return com_refused<PoolAccount>(kWhere,
                                  FAILED(code) ? code : DISP_E_TYPEMISMATCH);
}

}  // namespace

void read_pools(AppHost& host, facts::IisConfig& config) {
  AppHost::Object section;
  AppHost::Object defaults;
  std::vector<AppHost::Object> pools;
  if (FAILED(host.section("system.applicationHost/applicationPools",
                          evidence::kServerPath, section))) {
    return;
  }
  if (SUCCEEDED(host.child(section, "applicationPoolDefaults", defaults))) {
    config.pool_default = runs_as(host, defaults);
  }
  // As far as they are told.
  host.items(section, evidence::kMaxSites, pools);
  for (const AppHost::Object& pool : pools) {
    std::string name;
    if (SUCCEEDED(host.text(pool, "name", name)) && !name.empty()) {
      config.pools.push_back({name, runs_as(host, pool)});
    }
  }
}

std::optional<facts::Elsewhere> find_redirection(AppHost& host) {
  AppHost::Object section;
  Variant enabled(host.api());
  std::string path;
  if (FAILED(host.section("configurationRedirection", "MACHINE/REDIRECTION",
                          section)) ||
      FAILED(host.value(section, "enabled", enabled)) ||
      enabled.number().value_or(0) == 0 ||
      FAILED(host.text(section, "path", path))) {
    return std::nullopt;
  }
  return facts::Elsewhere{
      std::move(path), "shared configuration",
      Origin::from_api("ApplicationHost.AdminManager MACHINE/REDIRECTION", 0)};
}

}  // namespace iisdiag::win32
