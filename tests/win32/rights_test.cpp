// User-rights assignment as the LSA tells it.
#include "win32/rights.hpp"

#include <gtest/gtest.h>

#include "win32/fake_windows.hpp"

namespace iisdiag::win32 {
namespace {

using evidence::FileFacts;
using facts::LogonRight;

FileFacts ask(const FakeWindows& windows) {
  FileFacts facts;
  read_rights(windows.api(), facts);
  EXPECT_EQ(windows.open, 0);
  EXPECT_FALSE(windows.is_broken);
  EXPECT_EQ(facts.rights.size(), 1U);
  return facts;
}

std::string holders(const FileFacts& facts, LogonRight right) {
  const auto& told = facts.rights.at(0).holders(right);
  if (!told.has_value()) {
    return "unknown: " + told.reason().why;
  }
  std::string text;
  for (const facts::Principal& holder : *told) {
    text += holder.text() + " ";
  }
  return text;
}

TEST(RightsTest, HoldersBySid) {
  FakeWindows windows;
  windows.rights[L"SeNetworkLogonRight"] = {"S-1-1-0", "S-1-5-32-544"};
  windows.rights[L"SeDenyNetworkLogonRight"] = {"S-1-5-32-546"};
  const FileFacts facts = ask(windows);
  EXPECT_EQ(holders(facts, LogonRight::kNetwork), "S-1-1-0 S-1-5-32-544 ");
  EXPECT_EQ(holders(facts, LogonRight::kDenyNetwork), "S-1-5-32-546 ");
  EXPECT_EQ(holders(facts, LogonRight::kInteractive), "");
  EXPECT_FALSE(facts.rights[0].is_policy);
  EXPECT_EQ(windows.calls,
            (std::vector<std::string>{
                "LsaOpenPolicy names",
                "LsaEnumerateAccountsWithUserRight SeInteractiveLogonRight",
                "LsaEnumerateAccountsWithUserRight SeNetworkLogonRight",
                "LsaEnumerateAccountsWithUserRight SeBatchLogonRight",
                "LsaEnumerateAccountsWithUserRight SeDenyInteractiveLogonRight",
                "LsaEnumerateAccountsWithUserRight SeDenyNetworkLogonRight",
                "LsaEnumerateAccountsWithUserRight SeDenyBatchLogonRight"}));
}

TEST(RightsTest, NamesOfAccountsAndNotOfWellKnownSids) {
  FakeWindows windows;
  windows.users.emplace_back();
  windows.rights[L"SeNetworkLogonRight"] = {"S-1-1-0", "S-1-5-21-1-2-3-1001",
                                            "S-1-5-21-6-6-6-1234"};
  windows.rights[L"SeBatchLogonRight"] = {"S-1-5-21-1-2-3-1001"};
  const FileFacts facts = ask(windows);
  ASSERT_EQ(facts.accounts.names.size(), 1U);
  EXPECT_EQ(facts.accounts.names[0].name, "WEB01\\IUSR_WEB01");
  EXPECT_EQ(facts.accounts.names[0].sid.text(), "S-1-5-21-1-2-3-1001");
  EXPECT_EQ(windows.count("LookupAccountSidW"), 2U);
}

TEST(RightsTest, TheLsaIsRefused) {
  FakeWindows windows;
  windows.refusals["LsaOpenPolicy"] = 0xC0000022;
  const FileFacts facts = ask(windows);
  EXPECT_EQ(holders(facts, LogonRight::kDenyBatch),
            "unknown: access is denied");
  EXPECT_EQ(facts.rights[0].holders(LogonRight::kNetwork).origin().text(),
            "LsaOpenPolicy, error 5");
  EXPECT_EQ(windows.count("LsaEnumerateAccountsWithUserRight"), 0U);
}

TEST(RightsTest, OneRightIsRefused) {
  FakeWindows windows;
  windows.rights[L"SeNetworkLogonRight"] = {"S-1-1-0"};
  windows.refusals["LsaEnumerateAccountsWithUserRight SeBatchLogonRight"] =
      0xC0000022;
  const FileFacts facts = ask(windows);
  EXPECT_EQ(holders(facts, LogonRight::kBatch), "unknown: access is denied");
  EXPECT_EQ(facts.rights[0].holders(LogonRight::kBatch).reason().todo,
            "Run iisdiag from an elevated prompt (Run as administrator).");
  EXPECT_EQ(holders(facts, LogonRight::kNetwork), "S-1-1-0 ");
}

TEST(RightsTest, AnAnswerThatNobodyKnows) {
  FakeWindows windows;
  windows.refusals["LsaEnumerateAccountsWithUserRight"] = 0xC0000034;
  EXPECT_EQ(holders(ask(windows), LogonRight::kNetwork),
            "unknown: Windows answered 317");
}

// Windows NT 4 knows no Deny rights.
TEST(RightsTest, ARightThatThisWindowsDoesNotKnow) {
  FakeWindows windows;
  for (const char* right : {"SeDenyNetworkLogonRight", "SeDenyBatchLogonRight",
                            "SeDenyInteractiveLogonRight"}) {
    windows
        .refusals[std::string("LsaEnumerateAccountsWithUserRight ") + right] =
        0xC0000060;
  }
  const FileFacts facts = ask(windows);
  EXPECT_EQ(holders(facts, LogonRight::kDenyNetwork), "");
}

TEST(RightsTest, JoinedDomain) {
  FakeWindows windows;
  windows.primary_domain = L"CORP";
  windows.is_joined = true;
  EXPECT_TRUE(joined_domain(windows.api()).is("CORP"));
  windows.is_joined = false;
  EXPECT_TRUE(joined_domain(windows.api()).is_absent());
  windows.refusals["LsaQueryInformationPolicy"] = 0xC0000022;
  EXPECT_EQ(joined_domain(windows.api()).reason().why, "access is denied");
  windows.refusals["LsaOpenPolicy view"] = 0xC0000022;
  EXPECT_EQ(joined_domain(windows.api()).origin().text(),
            "LsaOpenPolicy, error 5");
  EXPECT_EQ(windows.open, 0);
  EXPECT_FALSE(windows.is_broken);
}

}  // namespace
}  // namespace iisdiag::win32
