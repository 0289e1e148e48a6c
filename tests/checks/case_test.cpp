// What every check takes from one identity on one server.
#include "checks/case.hpp"

#include <gtest/gtest.h>

#include "support/servers.hpp"
#include "text/strings.hpp"

namespace iisdiag::checks {
namespace {

using facts::LogonMethod;
using facts::LogonRight;
using facts::Server;

std::string logons(const Server& server) {
  std::vector<std::string> names;
  for (const LogonMethod method :
       make_case(server, server.identities.front()).logons) {
    names.emplace_back(facts::method_name(method));
  }
  return text::join(names, " ");
}

std::string versions(const Server& server) {
  const Case subject = make_case(server, server.identities.front());
  std::vector<std::string> ids;
  for (const auto* rules : subject.iis) {
    ids.emplace_back(rules->id);
  }
  std::string text = text::join(ids, " ") + " on";
  for (const auto* rules : subject.windows) {
    text += " " + std::string(rules->id);
  }
  return text;
}

std::string shown(const Server& server) {
  return shown_account(server, server.identities.front());
}

TEST(Case, TheLogonThatIisMakes) {
  EXPECT_EQ(logons(healthy("5.0", "2000")), "interactive");
  EXPECT_EQ(logons(healthy("10.0", "2025")), "network-cleartext");
  EXPECT_EQ(logons(with_sync("5.0", "2000")), "network");
  EXPECT_EQ(logons(with_sync("6.0", "2003")), "network");
}

TEST(Case, NoLogonAtAll) {
  EXPECT_EQ(logons(with_account("10.0", "2019", "IUSR")), "");
  EXPECT_EQ(logons(with_account("10.0", "2019", "")), "");
}

TEST(Case, LogonsThatIisMayMake) {
  Server method = healthy("6.0", "2003");
  identity(method).logon_method.value = {};
  EXPECT_EQ(logons(method), "interactive network");
  // Whether sync has an effect is not known: the stored method or its own.
  Server sync = with_sync("6.0", "2003");
  sync.machine.subauthentication = {};
  EXPECT_EQ(logons(sync), "network-cleartext network");
  // A configuration that nobody has seen could set any.
  Server unread = healthy("6.0", "2003");
  identity(unread).logon_method.value = {};
  identity(unread).without_configuration = facts::Unknown{"not captured", ""};
  EXPECT_EQ(logons(unread), "interactive network batch");
}

TEST(Case, VersionsThatTheEvidenceLeavesOpen) {
  EXPECT_EQ(versions(healthy("5.0", "2000")), "5.0 on 2000");
  Server open = healthy("5.0", "2000");
  open.machine.iis = {};
  open.machine.windows = {};
  EXPECT_EQ(versions(open), "4.0 5.0 5.1 6.0 on nt4 2000 xp 2003");
  // The store of an identity that stands for none is a guess.
  identity(open).without_configuration = facts::Unknown{"not captured", ""};
  open.machine.windows = known<std::string>("2012r2");
  EXPECT_EQ(versions(open), "8.5 on 2012r2");
}

TEST(Case, TheAccountAsReportsNameIt) {
  EXPECT_EQ(shown(healthy("5.0", "2000")), "WEB01\\IUSR_WEB01");
  EXPECT_EQ(shown(with_account("5.0", "2000", ".\\web")), "WEB01\\web");
  EXPECT_EQ(shown(with_account("5.0", "2000", "CORP\\web")), "CORP\\web");
  EXPECT_EQ(shown(with_account("5.0", "2000", "web@corp.example")),
            "web@corp.example");
  EXPECT_EQ(shown(with_account("10.0", "2019", "iusr")), "NT AUTHORITY\\IUSR");
  EXPECT_EQ(shown(with_account("10.0", "2019", "")), "");
  EXPECT_EQ(shown(with_account("5.0", "2000", "")), "");
  Server nameless = with_account("5.0", "2000", "IUSR_WEB01");
  nameless.machine.computer = {};
  EXPECT_EQ(shown(nameless), "IUSR_WEB01");
}

TEST(Case, RightsOfLogons) {
  EXPECT_EQ(right_for(LogonMethod::kInteractive), LogonRight::kInteractive);
  EXPECT_EQ(right_for(LogonMethod::kBatch), LogonRight::kBatch);
  EXPECT_EQ(right_for(LogonMethod::kNetwork), LogonRight::kNetwork);
  EXPECT_EQ(right_for(LogonMethod::kNetworkCleartext), LogonRight::kNetwork);
  EXPECT_EQ(logon_words(LogonRight::kInteractive), "local logon");
  EXPECT_EQ(logon_words(LogonRight::kDenyInteractive), "local logon");
  EXPECT_EQ(logon_words(LogonRight::kBatch), "batch logon");
  EXPECT_EQ(logon_words(LogonRight::kDenyBatch), "batch logon");
  EXPECT_EQ(logon_words(LogonRight::kNetwork), "network logon");
  EXPECT_EQ(logon_words(LogonRight::kDenyNetwork), "network logon");
}

}  // namespace
}  // namespace iisdiag::checks
