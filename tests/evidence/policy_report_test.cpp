// Reports of group policy: gpresult /x and Get-GPOReport.
#include <gtest/gtest.h>

#include "evidence/reading.hpp"

namespace iisdiag::evidence {
namespace {

constexpr std::string_view kResult =
    R"(<?xml version="1.0" encoding="utf-8"?>
<Rsop xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="http://www.microsoft.com/GroupPolicy/Rsop">
  <ReadTime>2021-03-09T10:15:00.1234567Z</ReadTime>
  <DataType>LoggedData</DataType>
  <UserResults>
    <Name>CORP\op</Name>
    <SecurityGroup>
      <SID xmlns="http://www.microsoft.com/GroupPolicy/Types">S-1-5-21-1-2-3-1105</SID>
      <Name xmlns="http://www.microsoft.com/GroupPolicy/Types">CORP\Operators</Name>
    </SecurityGroup>
  </UserResults>
  <ComputerResults>
    <Name>CORP\WEB01$</Name>
    <Domain>corp.example</Domain>
    <GPO>
      <Name>Default Domain Policy</Name>
      <Path>
        <Identifier xmlns="http://www.microsoft.com/GroupPolicy/Types">{31B2F340-016D-11D2-945F-00C04FB984F9}</Identifier>
      </Path>
    </GPO>
    <GPO>
      <Name>Web servers</Name>
      <Path>
        <Identifier xmlns="http://www.microsoft.com/GroupPolicy/Types">{0a1b2c3d-0000-4000-8000-000000000001}</Identifier>
      </Path>
    </GPO>
    <ExtensionData>
      <Extension xmlns:q1="http://www.microsoft.com/GroupPolicy/Settings/Security" xsi:type="q1:SecuritySettings">
        <q1:UserRightsAssignment>
          <GPO xmlns="http://www.microsoft.com/GroupPolicy/Settings/Base">
            <Identifier xmlns="http://www.microsoft.com/GroupPolicy/Types">{31B2F340-016D-11D2-945F-00C04FB984F9}</Identifier>
          </GPO>
          <Precedence xmlns="http://www.microsoft.com/GroupPolicy/Settings/Base">2</Precedence>
          <q1:Name>SeNetworkLogonRight</q1:Name>
          <q1:Member>
            <SID xmlns="http://www.microsoft.com/GroupPolicy/Types">S-1-1-0</SID>
            <Name xmlns="http://www.microsoft.com/GroupPolicy/Types">Everyone</Name>
          </q1:Member>
        </q1:UserRightsAssignment>
        <q1:UserRightsAssignment>
          <GPO xmlns="http://www.microsoft.com/GroupPolicy/Settings/Base">
            <Identifier xmlns="http://www.microsoft.com/GroupPolicy/Types">{0a1b2c3d-0000-4000-8000-000000000001}</Identifier>
          </GPO>
          <Precedence xmlns="http://www.microsoft.com/GroupPolicy/Settings/Base">1</Precedence>
          <q1:Name>SeNetworkLogonRight</q1:Name>
          <q1:Member>
            <SID xmlns="http://www.microsoft.com/GroupPolicy/Types">S-1-5-32-544</SID>
            <Name xmlns="http://www.microsoft.com/GroupPolicy/Types">BUILTIN\Administrators</Name>
          </q1:Member>
          <q1:Member>
            <Name xmlns="http://www.microsoft.com/GroupPolicy/Types">gone</Name>
          </q1:Member>
        </q1:UserRightsAssignment>
        <q1:UserRightsAssignment>
          <Precedence xmlns="http://www.microsoft.com/GroupPolicy/Settings/Base">1</Precedence>
          <q1:Name>SeBackupPrivilege</q1:Name>
        </q1:UserRightsAssignment>
      </Extension>
    </ExtensionData>
  </ComputerResults>
</Rsop>
)";

std::string replaced(std::string_view text, std::string_view what,
                     std::string_view with) {
  std::string result(text);
  const auto at = result.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return result.replace(at, what.size(), with);
}

TEST(PolicyReport, NamesThePolicyThatWins) {
  const FileFacts facts = read_as(kPolicyReport, kResult);
  EXPECT_EQ(describe(facts.rights),
            R"(policy that wins {0A1B2C3D-0000-4000-8000-000000000001}
  SeNetworkLogonRight = SID S-1-5-32-544, name gone @40
)");
  ASSERT_EQ(facts.policies.size(), 2U);
  EXPECT_EQ(facts.policies[1].id, "{0A1B2C3D-0000-4000-8000-000000000001}");
  EXPECT_EQ(facts.policies[1].name, "Web servers");
  ASSERT_TRUE(facts.policy_report.has_value());
  EXPECT_EQ(facts.policy_report->number(), 12U);
  EXPECT_EQ(describe(facts.machine), R"(machine
  computer = WEB01 @13
  domain = CORP @13
)");
  EXPECT_EQ(describe(facts.accounts),
            R"(S-1-5-21-1-2-3-1105 is CORP\Operators @7
S-1-5-32-544 is BUILTIN\Administrators @46
)");
  // UTC; no server's clock is more than twelve hours behind.
  EXPECT_EQ(facts.not_before, facts::parse_iso("2021-03-08T22:15:00")->clock);
  EXPECT_EQ(describe(facts.problems), "");
}

TEST(PolicyReport, WithoutTheComputerSaysWhatToDo) {
  const std::string_view whole = kResult;
  const auto start = whole.find("  <ComputerResults>");
  const FileFacts facts =
      read_as(kPolicyReport, std::string(whole.substr(0, start)) + "</Rsop>\n");
  EXPECT_FALSE(facts.policy_report.has_value());
  EXPECT_TRUE(facts.rights.empty());
  EXPECT_EQ(describe(facts.problems),
            "file, line 2: the report does not speak of the computer: which "
            "policy defines a right is not in it\n");
  EXPECT_EQ(facts.problems.front().command,
            "gpresult /scope computer /x gpresult.xml");
}

// The security settings are missing where they could not be logged: that no
// policy defines a right cannot be told from it.
TEST(PolicyReport, WithoutSecuritySettingsIsNotWhole) {
  const FileFacts facts =
      read_as(kPolicyReport,
              replaced(kResult, "q1:SecuritySettings", "q1:RegistrySettings"));
  EXPECT_FALSE(facts.policy_report.has_value());
  EXPECT_TRUE(facts.rights.empty());
}

TEST(PolicyReport, OfAPlanIsNotInForce) {
  const FileFacts facts =
      read_as(kPolicyReport, replaced(kResult, "LoggedData", "PlannedData"));
  EXPECT_FALSE(facts.policy_report.has_value());
  EXPECT_TRUE(facts.rights.empty());
  EXPECT_EQ(describe(facts.problems),
            "file, line 2: a plan of policies (not what is in force): not "
            "read\n");
}

TEST(PolicyReport, OfAWorkgroupNamesNoDomain) {
  const FileFacts facts = read_as(
      kPolicyReport, replaced(replaced(kResult, "corp.example", "Local"),
                              "CORP\\WEB01$", "WORKGROUP\\WEB01$"));
  EXPECT_EQ(describe(facts.machine), R"(machine
  computer = WEB01 @13
)");
}

// What stands behind the damage could win.
TEST(PolicyReport, ThatIsCutKeepsWinnersOnly) {
  const std::string_view whole = kResult;
  const auto second = whole.find("{0a1b2c3d", whole.find("Precedence"));
  const FileFacts before = read_as(kPolicyReport, whole.substr(0, second));
  EXPECT_FALSE(before.policy_report.has_value());
  EXPECT_TRUE(before.rights.empty());
  const auto member = whole.find("<Name", whole.find("S-1-5-32-544"));
  const FileFacts inside = read_as(kPolicyReport, whole.substr(0, member));
  EXPECT_FALSE(inside.policy_report.has_value());
  EXPECT_EQ(describe(inside.rights),
            R"(policy that wins {0A1B2C3D-0000-4000-8000-000000000001}
  SeNetworkLogonRight = SID S-1-5-32-544 @40
  cut in SeNetworkLogonRight
)");
}

constexpr std::string_view kPolicy = R"(<?xml version="1.0"?>
<GPO xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="http://www.microsoft.com/GroupPolicy/Settings">
  <Identifier>
    <Identifier xmlns="http://www.microsoft.com/GroupPolicy/Types">{0A1B2C3D-0000-4000-8000-000000000001}</Identifier>
  </Identifier>
  <Name>Web servers</Name>
  <Computer>
    <Enabled>true</Enabled>
    <ExtensionData>
      <Extension xmlns:q1="http://www.microsoft.com/GroupPolicy/Settings/Security" xsi:type="q1:SecuritySettings">
        <q1:UserRightsAssignment>
          <q1:Name>SeDenyNetworkLogonRight</q1:Name>
          <q1:Member>
            <SID xmlns="http://www.microsoft.com/GroupPolicy/Types">S-1-5-32-546</SID>
          </q1:Member>
        </q1:UserRightsAssignment>
      </Extension>
      <Name>Security</Name>
    </ExtensionData>
  </Computer>
</GPO>
)";

constexpr std::string_view kPolicyFacts =
    R"(policy {0A1B2C3D-0000-4000-8000-000000000001} Web servers
  SeDenyNetworkLogonRight = SID S-1-5-32-546 @11
)";

// A policy as such: whether it is in force is not in it.
TEST(PolicyReport, OfOnePolicyIsNoWinner) {
  const FileFacts facts = read_as(kPolicyReport, kPolicy);
  EXPECT_EQ(describe(facts.rights), kPolicyFacts);
  EXPECT_FALSE(facts.policy_report.has_value());
}

TEST(PolicyReport, OfAllPoliciesHoldsEachOfThem) {
  std::string all = "<report>\n";
  all += kPolicy.substr(kPolicy.find("<GPO"));
  all += "<GPO><Identifier/><Name>Empty</Name></GPO>\n</report>\n";
  EXPECT_EQ(describe(read_as(kPolicyReport, all).rights), kPolicyFacts);
}

TEST(PolicyReport, WithItsComputerHalfSwitchedOffDefinesNothing) {
  EXPECT_TRUE(read_as(kPolicyReport,
                      replaced(kPolicy, "<Enabled>true", "<Enabled>false"))
                  .rights.empty());
}

}  // namespace
}  // namespace iisdiag::evidence
