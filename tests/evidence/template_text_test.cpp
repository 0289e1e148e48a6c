// Variables and account policies of security templates (FORMATS.md section 5).
#include "evidence/template_text.hpp"

#include <gtest/gtest.h>

#include "evidence/reading.hpp"

namespace iisdiag::evidence {
namespace {

TEST(TemplateTextTest, Variables) {
  const std::string text =
      "[Privilege Rights]\nSeBatchLogonRight = %Common%, %Language%, "
      "%Differs%, "
      "%Nothing%, %, %%\n"
      "[Strings.0409]\nLanguage = \"CORP\\web\"\nDiffers = \"one\"\n"
      "common = \"not this\"\n"
      "[Strings.0407]\nDiffers = \"two\"\nLANGUAGE = \"CORP\\web\"\n"
      "[Strings]\nCommon = *S-1-5-32-546\n";
  EXPECT_EQ(
      describe(read_as(kSeceditInf, text, "GptTmpl.inf").rights).substr(0, 150),
      std::string(
          "policy\n"
          "  SeInteractiveLogonRight: GptTmpl.inf defines only some rights "
          "@0\n"
          "  SeNetworkLogonRight: GptTmpl.inf defines only some rights @0\n"
          "  SeBatchLogonRight = SID S-1-5-32-546, name CORP\\web, name "
          "%Differs%, name %Nothing%, name %, name %% @2\n")
          .substr(0, 150));
}

TEST(TemplateTextTest, ThePolicyOfAPath) {
  const auto id = [](std::string_view name) {
    return read_as(kSeceditInf, "[Privilege Rights]\nSeBatchLogonRight = a\n",
                   name)
        .rights.front()
        .policy_id;
  };
  EXPECT_EQ(id("Policies/{31b2f340-016d-11d2-945f-00c04fb984f9}/Machine/"
               "Microsoft/Windows NT/SecEdit/GptTmpl.inf"),
            "{31B2F340-016D-11D2-945F-00C04FB984F9}");
  EXPECT_EQ(id(R"({x}\{6AC1786C-016F-11D2-945F-00C04FB984F9}\GptTmpl.inf)"),
            "{6AC1786C-016F-11D2-945F-00C04FB984F9}");
  EXPECT_EQ(id("GptTmpl.inf"), "");
  EXPECT_EQ(id("{31b2f340-016d-11d2-945f}/GptTmpl.inf"), "");
  EXPECT_EQ(id("{6AC1786C-016F-11D2-945F-00C04FB984F9}/secedit.inf"), "");
}

TEST(TemplateTextTest, AccountPolicy) {
  const auto policy = [](std::string_view lines,
                         std::string_view name = "secedit.inf") {
    // An export of everything: parts of one are not taken for the policy.
    return describe(
        read_as(kSeceditInf,
                "[Privilege Rights]\nSeBackupPrivilege = *S-1-5-32-544\n"
                "[System Access]\n" +
                    std::string(lines),
                name)
            .accounts);
  };
  EXPECT_EQ(policy("LockoutBadCount = 5\nResetLockoutCount = 30\n"
                   "LockoutDuration = -1\nMaximumPasswordAge = 42\n"
                   "NewGuestName = \"Visitor\"\n"),
            "account policy\n  lockout threshold = 5 @4\n"
            "  lockout window = 30 @5\n  maximum password age = 42 @7\n"
            "  absent: lockout minutes\n");
  EXPECT_EQ(policy("lockoutbadcount = 0\nMaximumPasswordAge = 0\n"),
            "account policy\n  lockout threshold = 0 @4\n"
            "  absent: maximum password age\n");
  EXPECT_EQ(policy("LockoutBadCount = -1\nResetLockoutCount = x\n"), "");
  EXPECT_EQ(policy("LockoutBadCount = 5"), "");  // cut: it may be 50
  EXPECT_EQ(policy("LockoutBadCount = 5\n", "GptTmpl.inf"), "");
}

}  // namespace
}  // namespace iisdiag::evidence
