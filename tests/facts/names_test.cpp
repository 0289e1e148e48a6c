// Enumerations and the names that stand for them outside.
#include <gtest/gtest.h>

#include <array>

#include "facts/iis.hpp"
#include "facts/rights.hpp"

namespace iisdiag::facts {
namespace {

TEST(Names, Services) {
  EXPECT_EQ(service_name(Service::kWeb), "W3SVC");
  EXPECT_EQ(service_name(Service::kFtp6), "MSFTPSVC");
  EXPECT_EQ(service_name(Service::kFtp7), "FTPSVC");
  EXPECT_EQ(service_name(Service::kGopher), "GOPHERSVC");
}

TEST(Names, FtpServices) {
  EXPECT_FALSE(is_ftp(Service::kWeb));
  EXPECT_TRUE(is_ftp(Service::kFtp6));
  EXPECT_TRUE(is_ftp(Service::kFtp7));
  EXPECT_FALSE(is_ftp(Service::kGopher));
}

// FACTS.md C.2 and B.2: the numbers of LogonMethod and logonMethod.
TEST(Names, LogonMethodsAreNumberedAsIisDoes) {
  constexpr std::array<std::string_view, 4> kExpected = {
      "interactive", "batch", "network", "network-cleartext"};
  for (std::size_t i = 0; i < kExpected.size(); ++i) {
    EXPECT_EQ(method_name(static_cast<LogonMethod>(i)), kExpected.at(i));
  }
}

TEST(Names, PoolAccounts) {
  EXPECT_EQ(pool_account_name(PoolAccount::kLocalSystem), "LocalSystem");
  EXPECT_EQ(pool_account_name(PoolAccount::kLocalService), "LocalService");
  EXPECT_EQ(pool_account_name(PoolAccount::kNetworkService), "NetworkService");
  EXPECT_EQ(pool_account_name(PoolAccount::kSpecificUser),
            "an account of its own");
  EXPECT_EQ(pool_account_name(PoolAccount::kApplicationPoolIdentity),
            "ApplicationPoolIdentity");
}

struct RightRow {
  LogonRight right;
  std::string_view name;
  LogonRight deny;
};

// FACTS.md C.2.
constexpr std::array kRights = {
    RightRow{LogonRight::kInteractive, "SeInteractiveLogonRight",
             LogonRight::kDenyInteractive},
    RightRow{LogonRight::kNetwork, "SeNetworkLogonRight",
             LogonRight::kDenyNetwork},
    RightRow{LogonRight::kBatch, "SeBatchLogonRight", LogonRight::kDenyBatch},
    RightRow{LogonRight::kDenyInteractive, "SeDenyInteractiveLogonRight",
             LogonRight::kDenyInteractive},
    RightRow{LogonRight::kDenyNetwork, "SeDenyNetworkLogonRight",
             LogonRight::kDenyNetwork},
    RightRow{LogonRight::kDenyBatch, "SeDenyBatchLogonRight",
             LogonRight::kDenyBatch},
};
static_assert(kRights.size() == kLogonRights);

TEST(LogonRight, NamesAndDenyRights) {
  for (const RightRow& row : kRights) {
    EXPECT_EQ(constant_name(row.right), row.name);
    EXPECT_EQ(logon_right(row.name), row.right) << row.name;
    EXPECT_EQ(deny_of(row.right), row.deny) << row.name;
  }
}

TEST(LogonRight, EitherCase) {
  EXPECT_EQ(logon_right("senetworklogonright"), LogonRight::kNetwork);
  EXPECT_EQ(logon_right("SEDENYBATCHLOGONRIGHT"), LogonRight::kDenyBatch);
}

TEST(LogonRight, OtherNamesAreNone) {
  for (const std::string_view name :
       {"", "Se", "SeServiceLogonRight", "SeDenyServiceLogonRight",
        "SeRemoteInteractiveLogonRight", "SeBackupPrivilege",
        "SeNetworkLogonRight ", " SeNetworkLogonRight", "NetworkLogonRight",
        "SeNetworkLogonRights", "SeNetworkLogon"}) {
    EXPECT_EQ(logon_right(name), std::nullopt) << name;
  }
}

TEST(Principal, SidOrName) {
  EXPECT_EQ((Principal{Sid{5, {32, 546}}, ""}.text()), "S-1-5-32-546");
  EXPECT_EQ((Principal{std::nullopt, "CORP\\web"}.text()), "CORP\\web");
  EXPECT_EQ(Principal{}.text(), "");
}

TEST(RightsList, HoldersOfOneRight) {
  RightsList list;
  for (const RightRow& row : kRights) {
    EXPECT_TRUE(list.holders(row.right).is_unknown()) << row.name;
  }
  const Origin origin = Origin::in_file("secedit.inf", 12);
  list.holders(LogonRight::kDenyBatch) = {{{std::nullopt, "Guests"}}, origin};
  for (const RightRow& row : kRights) {
    EXPECT_EQ(list.holders(row.right).has_value(),
              row.right == LogonRight::kDenyBatch)
        << row.name;
  }
  const RightsList& same = list;
  EXPECT_EQ(same.holders(LogonRight::kDenyBatch)->front().text(), "Guests");
}

}  // namespace
}  // namespace iisdiag::facts
