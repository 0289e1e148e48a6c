// Cut and damaged security templates: what is there counts, what is not there
// proves nothing.
#include <gtest/gtest.h>

#include "evidence/limits.hpp"
#include "evidence/reading.hpp"

namespace iisdiag::evidence {
namespace {

using facts::LogonRight;

constexpr std::string_view kHead =
    "[Unicode]\nUnicode=yes\n[Privilege Rights]\nSeBackupPrivilege = a\n";

FileFacts read(std::string_view inf) {
  return read_as(kSeceditInf, inf, "secedit.inf");
}

TEST(SeceditDamageTest, CutInTheMiddleOfALine) {
  const auto facts =
      read(std::string(kHead) + "SeNetworkLogonRight = *S-1-1-0,*S-1-5-2");
  EXPECT_EQ(describe(facts.rights), R"(rights
  SeInteractiveLogonRight: secedit.inf is damaged @0
  SeNetworkLogonRight = SID S-1-1-0 @5
  SeBatchLogonRight: secedit.inf is damaged @0
  SeDenyInteractiveLogonRight: secedit.inf is damaged @0
  SeDenyNetworkLogonRight: secedit.inf is damaged @0
  SeDenyBatchLogonRight: secedit.inf is damaged @0
  cut in SeNetworkLogonRight
)");
  EXPECT_EQ(describe(facts.problems),
            "secedit.inf, line 5: the file ends in the middle of a line\n"
            "  SeNetworkLogonRight = *S-1-1-0,*S-1-5-2\n"
            "                                         ^\n");
  EXPECT_EQ(facts.problems.front().todo, "Capture it again:");
  EXPECT_EQ(facts.problems.front().command,
            "secedit /export /areas USER_RIGHTS /cfg secedit.inf");
}

TEST(SeceditDamageTest, CutInTheMiddleOfAName) {
  const auto facts = read(std::string(kHead) + "SeNetworkLogo");
  EXPECT_EQ(describe(facts.problems),
            "secedit.inf, line 5: not a \"right = list\" line\n"
            "  SeNetworkLogo\n"
            "               ^\n"
            "secedit.inf, line 5: the file ends in the middle of a line\n"
            "  SeNetworkLogo\n"
            "               ^\n");
  EXPECT_TRUE(facts.rights.front().holders(LogonRight::kNetwork).is_unknown());
}

TEST(SeceditDamageTest, CutBetweenTwoLines) {
  const auto facts =
      read(std::string(kHead) + "SeNetworkLogonRight = *S-1-1-0\n");
  EXPECT_EQ(describe(facts.problems),
            "secedit.inf: the [Version] section is missing: the end of the "
            "file is not there\n");
  EXPECT_TRUE(facts.rights.front().holders(LogonRight::kNetwork).has_value());
  EXPECT_TRUE(facts.rights.front().holders(LogonRight::kBatch).is_unknown());
}

TEST(SeceditDamageTest, Utf16CutInsideACharacter) {
  std::string bytes =
      "\xFF\xFE" + utf16le(std::string(kHead) + "[Version]\nA=1\n");
  EXPECT_TRUE(
      read(bytes).rights.front().holders(LogonRight::kBatch).is_absent());
  bytes += 'x';
  const auto facts = read(bytes);
  EXPECT_EQ(describe(facts.problems),
            "secedit.inf: the file ends in the middle of a character\n");
  EXPECT_TRUE(facts.rights.front().holders(LogonRight::kBatch).is_unknown());
}

TEST(SeceditDamageTest, ALineThatIsNoList) {
  const auto facts = read(std::string(kHead) +
                          "SeNetworkLogonRight *S-1-1-0\n"
                          "SeBatchLogonRight = b\n[Version]\nA=1\n");
  EXPECT_EQ(describe(facts.problems),
            "secedit.inf, line 5: not a \"right = list\" line\n"
            "  SeNetworkLogonRight *S-1-1-0\n"
            "                              ^\n");
  EXPECT_TRUE(facts.rights.front().holders(LogonRight::kNetwork).is_unknown());
  EXPECT_TRUE(facts.rights.front().holders(LogonRight::kBatch).has_value());
}

TEST(SeceditDamageTest, ALineOfMegabytesIsPassedOver) {
  const auto facts = read(std::string(kHead) + "SeNetworkLogonRight = " +
                          std::string(kMaxLine, 'x') +
                          "\nSeBatchLogonRight = b\n[Version]\nA=1\n");
  EXPECT_EQ(describe(facts.problems),
            "secedit.inf, line 5: a line longer than 1 MiB is passed over\n");
  EXPECT_TRUE(facts.rights.front().holders(LogonRight::kNetwork).is_unknown());
  EXPECT_TRUE(facts.rights.front().holders(LogonRight::kBatch).has_value());
  EXPECT_TRUE(
      facts.rights.front().holders(LogonRight::kInteractive).is_unknown());
}

TEST(SeceditDamageTest, EntriesOfOneRightAreBounded) {
  std::string list = "b";
  for (std::size_t i = 0; i < kMaxPrincipals; ++i) {
    list += ",b";
  }
  const auto facts = read(std::string(kHead) + "SeBatchLogonRight = " + list +
                          "\n[Version]\nA=1\n");
  EXPECT_EQ(describe(facts.problems),
            "secedit.inf, line 5: more than 10000 entries: the rest is not "
            "read\n");
  EXPECT_EQ(facts.rights.front().holders(LogonRight::kBatch)->size(),
            kMaxPrincipals);
  EXPECT_TRUE(facts.rights.front().holders(LogonRight::kNetwork).is_unknown());
}

}  // namespace
}  // namespace iisdiag::evidence
