#include "win32/iis_facts.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "evidence/console_text.hpp"
#include "evidence/resolve.hpp"
#include "text/strings.hpp"

namespace iisdiag::win32 {
namespace {

template <class T, class Show>
std::string show(const facts::Observed<T>& fact, Show text) {
  return fact.has_value()   ? text(*fact)
         : fact.is_absent() ? std::string("absent")
                            : "unknown";
}

std::string flag(const facts::Observed<bool>& fact) {
  return show(fact, [](bool on) { return std::string(on ? "on" : "off"); });
}

std::string same(const facts::Observed<std::string>& fact) {
  return show(fact, [](const std::string& text) { return text; });
}

std::string password(const facts::Observed<facts::StoredPassword>& fact) {
  return show(fact, [](facts::StoredPassword stored) -> std::string {
    switch (stored) {
      case facts::StoredPassword::kEmpty:
        return "empty";
      case facts::StoredPassword::kLost:
        return "lost";
      default:
        return "stored";
    }
  });
}

std::string pools(const facts::Identity& identity) {
  std::vector<std::string> result;
  for (const facts::PoolUse& pool : identity.pools) {
    result.push_back(pool.name + "=" +
                     show(pool.runs_as, [](facts::PoolAccount account) {
                       return std::string(facts::pool_account_name(account));
                     }));
  }
  return text::join(result, ",");
}

std::string overrides(const facts::Identity& identity) {
  std::vector<std::string> result;
  for (const facts::Override& override : identity.overrides) {
    result.push_back(
        fmt::format("{}@{}", static_cast<int>(override.kind), override.node));
  }
  return text::join(result, ",");
}

}  // namespace

evidence::FileFacts read_captured(const evidence::Format& format,
                                  const std::string& text) {
  evidence::FileFacts facts;
  auto decoded = evidence::decode_evidence(text);
  EXPECT_TRUE(decoded);
  const evidence::Document document("captured", std::move(*decoded));
  EXPECT_TRUE(format.recognises(document));
  format.read(document, facts);
  return facts;
}

std::string captured_file(std::string_view scenario, std::string_view file) {
  const std::string path = fmt::format("{}/tests/scenarios/{}/evidence/{}",
                                       IISDIAG_SOURCE_DIR, scenario, file);
  std::ifstream stream(path, std::ios::binary);
  EXPECT_TRUE(stream) << path;
  std::ostringstream bytes;
  bytes << stream.rdbuf();
  return bytes.str();
}

std::string identities(const std::vector<facts::IisConfig>& configs,
                       std::string_view iis, std::string_view windows) {
  facts::Machine machine;
  machine.iis = {std::string(iis), {}};
  machine.windows = {std::string(windows), {}};
  std::string result;
  for (const facts::IisConfig& config : configs) {
    for (const facts::Identity& one :
         evidence::resolve(config, machine).identities) {
      result += fmt::format(
          "{} {}: {}, password {} of {}, sync {}, {}, anonymous {}, domain {}, "
          "pools {}, overrides {}, isolation {}\n",
          facts::service_name(one.service), text::join(one.nodes, " + "),
          same(one.account.value), password(one.password.value),
          one.password.node, flag(one.password_sync.value),
          show(one.logon_method.value,
               [](facts::LogonMethod method) {
                 return std::string(facts::method_name(method));
               }),
          flag(one.anonymous.value), same(one.logon_domain.value), pools(one),
          overrides(one), flag(one.isolation_mode));
    }
  }
  return result;
}

}  // namespace iisdiag::win32
