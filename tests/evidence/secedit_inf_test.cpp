// Rights out of secedit exports and security templates.
#include <gtest/gtest.h>

#include "evidence/reading.hpp"

namespace iisdiag::evidence {
namespace {

constexpr std::string_view kExport = R"([Unicode]
Unicode=yes
[System Access]
MinimumPasswordAge = 0
NewGuestName = "Guest"
[Registry Values]
MACHINE\System\CurrentControlSet\Control\Lsa\LimitBlankPasswordUse=4,1
MACHINE\System\CurrentControlSet\Control\Lsa\ForceGuest=4,0
MACHINE\System\CurrentControlSet\Control\Lsa\CrashOnAuditFail=4,2
MACHINE\System\CurrentControlSet\Control\Lsa\RestrictAnonymous=4,1
[Privilege Rights]
SeNetworkLogonRight = *S-1-1-0,*S-1-5-21-1-2-3-1001, IUSR_WEB01
SeBackupPrivilege = *S-1-5-32-544
SeInteractiveLogonRight = CORP\web ,  , *S-1-5-32-545
SeDenyNetworkLogonRight =
[Version]
signature="$CHICAGO$"
Revision=1
)";

constexpr std::string_view kExportRights = R"(rights
  SeInteractiveLogonRight = name CORP\web, SID S-1-5-32-545 @14
  SeNetworkLogonRight = SID S-1-1-0, SID S-1-5-21-1-2-3-1001, name IUSR_WEB01 @12
  SeDenyNetworkLogonRight = nobody @15
  absent: SeBatchLogonRight, SeDenyInteractiveLogonRight, SeDenyBatchLogonRight
)";

std::string in_crlf(std::string_view text) {
  std::string result;
  for (const char c : text) {
    result += c == '\n' ? "\r\n" : std::string(1, c);
  }
  return result;
}

std::string in_case(std::string_view text, int (*convert)(int)) {
  std::string result(text);
  for (char& c : result) {
    c = static_cast<char>(convert(static_cast<unsigned char>(c)));
  }
  return result;
}

std::string rights(std::string_view inf,
                   std::string_view name = "secedit.inf") {
  return describe(read_as(kSeceditInf, inf, name).rights);
}

TEST(SeceditInfTest, ReadsAnExport) {
  const auto facts = read_as(kSeceditInf, kExport, "secedit.inf");
  EXPECT_EQ(describe(facts.rights), kExportRights);
  EXPECT_EQ(describe(facts.machine), R"(machine
  CrashOnAuditFail = 2 @9
  ForceGuest = 0 @8
  LimitBlankPasswordUse = 1 @7
)");
  EXPECT_TRUE(facts.machine_is_template);
  EXPECT_EQ(describe(facts.problems), "");
}

TEST(SeceditInfTest, EncodingsAndLineEndsDoNotMatter) {
  const std::string crlf = in_crlf(kExport);
  EXPECT_EQ(rights("\xFF\xFE" + utf16le(crlf)), kExportRights);
  EXPECT_EQ(rights(utf16le(crlf)), kExportRights);
  EXPECT_EQ(rights("\xEF\xBB\xBF" + crlf), kExportRights);
  EXPECT_EQ(rights(crlf), kExportRights);
}

TEST(SeceditInfTest, NamesInAnsiAndInUtf8) {
  for (const std::string_view guests : {"G\xE4ste", "G\xC3\xA4ste"}) {
    const auto facts =
        read_as(kSeceditInf, "[Privilege Rights]\nSeBatchLogonRight = " +
                                 std::string(guests) + "\n");
    const std::vector<facts::Principal> expected = {{{}, "G\xC3\xA4ste"}};
    EXPECT_EQ(*facts.rights.at(0).holders(facts::LogonRight::kBatch), expected);
  }
}

TEST(SeceditInfTest, SectionAndKeyNamesInAnyCase) {
  // SIDs too: an export that is all lower case is one of the real ones.
  EXPECT_EQ(rights(in_case("[Unicode]\nUnicode=yes\n[Privilege Rights]\n"
                           "SeBackupPrivilege = *S-1-5-32-544\n"
                           "SeNetworkLogonRight = *S-1-1-0\n[Version]\nA=1\n",
                           tolower)),
            R"(rights
  SeNetworkLogonRight = SID S-1-1-0 @5
  absent: SeInteractiveLogonRight, SeBatchLogonRight, SeDenyInteractiveLogonRight, SeDenyNetworkLogonRight, SeDenyBatchLogonRight
)");
  EXPECT_EQ(rights(in_case("[Unicode]\nUnicode=yes\n[Privilege Rights]\n"
                           "SeBackupPrivilege = *S-1-5-32-544\n"
                           "SeNetworkLogonRight = *S-1-1-0\n[Version]\nA=1\n",
                           toupper)),
            R"(rights
  SeNetworkLogonRight = SID S-1-1-0 @5
  absent: SeInteractiveLogonRight, SeBatchLogonRight, SeDenyInteractiveLogonRight, SeDenyNetworkLogonRight, SeDenyBatchLogonRight
)");
}

TEST(SeceditInfTest, EntriesAreSidsOrNames) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"*S-1-5-32-546", "SID S-1-5-32-546"},
      {"* S-1-5-32-546", "SID S-1-5-32-546"},
      {"*s-1-5-32-546", "SID S-1-5-32-546"},
      {"S-1-5-32-546", "SID S-1-5-32-546"},
      {"*S-1-5", "name *S-1-5"},
      {"Guest", "name Guest"},
      {"CORP\\IIS users", "name CORP\\IIS users"},
      {"*Guest", "name *Guest"},
      {"*S-1-5-4294967296", "name *S-1-5-4294967296"},
      {"*S-1-5-1-2-3-4-5-6-7-8-9-10-11-12-13-14-15-16",
       "name *S-1-5-1-2-3-4-5-6-7-8-9-10-11-12-13-14-15-16"},
      {"*S-1-5-32-", "name *S-1-5-32-"},
      {"S-1 is my name", "name S-1 is my name"},
      {"", "nobody"},
      {" , ,, ", "nobody"},
  };
  for (const auto& [value, expected] : cases) {
    const auto facts = read_as(
        kSeceditInf,
        "[Privilege Rights]\nSeBatchLogonRight=" + std::string(value) + "\n");
    ASSERT_EQ(facts.rights.size(), 1U);
    const std::string text = describe(facts.rights);
    EXPECT_NE(
        text.find("  SeBatchLogonRight = " + std::string(expected) + " @2\n"),
        std::string::npos)
        << value << "\n"
        << text;
  }
}

TEST(SeceditInfTest, CommentsBlanksAndOtherSectionsArePassedOver) {
  const auto facts = read_as(kSeceditInf, R"inf(; [Privilege Rights]
; SeNetworkLogonRight = *S-1-5-7

[File Security]
"%SystemRoot%\regedit.exe",2,"D:PAR(A;OICI;GA;;;BA)"
SeNetworkLogonRight = *S-1-5-7
  [Privilege Rights]
	SeBackupPrivilege	=	*S-1-5-32-544
;SeNetworkLogonRight = *S-1-5-7
	SeNetworkLogonRight   =   *S-1-1-0
)inf");
  EXPECT_EQ(describe(facts.rights), R"(rights
  SeNetworkLogonRight = SID S-1-1-0 @10
  absent: SeInteractiveLogonRight, SeBatchLogonRight, SeDenyInteractiveLogonRight, SeDenyNetworkLogonRight, SeDenyBatchLogonRight
)");
  EXPECT_EQ(describe(facts.problems), "");
}

// A section that is not there says nothing; a right that is not there says
// that nobody holds it, in a complete list; an empty one says so in any list.
TEST(SeceditInfTest, AbsentSectionAbsentKeyAndEmptyKeyDiffer) {
  EXPECT_EQ(rights("[Unicode]\nUnicode=yes\n[Version]\nRevision=1\n"), "");
  EXPECT_EQ(rights("[Privilege Rights]\nSeBackupPrivilege =\n"
                   "SeNetworkLogonRight =\n"),
            R"(rights
  SeNetworkLogonRight = nobody @3
  absent: SeInteractiveLogonRight, SeBatchLogonRight, SeDenyInteractiveLogonRight, SeDenyNetworkLogonRight, SeDenyBatchLogonRight
)");
  EXPECT_EQ(rights("[Privilege Rights]\n"), R"(rights
  SeInteractiveLogonRight: secedit.inf defines only some rights @0
  SeNetworkLogonRight: secedit.inf defines only some rights @0
  SeBatchLogonRight: secedit.inf defines only some rights @0
  SeDenyInteractiveLogonRight: secedit.inf defines only some rights @0
  SeDenyNetworkLogonRight: secedit.inf defines only some rights @0
  SeDenyBatchLogonRight: secedit.inf defines only some rights @0
)");
}

TEST(SeceditInfTest, TheLastOfTwoCounts) {
  const auto facts = read_as(kSeceditInf,
                             "[Privilege Rights]\nSeBackupPrivilege = a\n"
                             "SeNetworkLogonRight = b\n"
                             "senetworklogonright = c\n");
  EXPECT_EQ(describe(facts.rights), R"(rights
  SeNetworkLogonRight = name c @4
  absent: SeInteractiveLogonRight, SeBatchLogonRight, SeDenyInteractiveLogonRight, SeDenyNetworkLogonRight, SeDenyBatchLogonRight
)");
  EXPECT_EQ(describe(facts.problems),
            "file, line 4: SeNetworkLogonRight stands twice: the last one "
            "counts\n  senetworklogonright = c\n  ^\n");
}

// What makes a list complete (PRODUCT.md, "When a check has passed").
TEST(SeceditInfTest, CompleteOrAFragment) {
  struct Row {
    std::string_view name;
    std::string_view marker;
    bool complete;
    bool policy;
  };
  const Row rows[] = {
      {"secedit.inf", "SeBackupPrivilege =", true, false},
      {"secedit.inf", "SeChangeNotifyPrivilege = *S-1-1-0", true, false},
      {"secedit.inf", "SeRestorePrivilege = *S-1-1-0", false, false},
      {"GptTmpl.inf", "SeBackupPrivilege =", false, true},
      {"gpttmpl.INF", "SeBackupPrivilege =", false, true},
      {"web01/GptTmpl.inf", "SeBackupPrivilege =", false, true},
      {"{31B2F340}/Machine/Microsoft/Windows NT/SecEdit/local.inf",
       "SeBackupPrivilege =", false, true},
      {"a\\secedit\\b.inf", "SeBackupPrivilege =", false, true},
      {"secedit export/b.inf", "SeBackupPrivilege =", true, false},
      {"my-secedit.inf", "SeBackupPrivilege =", true, false},
  };
  for (const Row& row : rows) {
    const auto facts = read_as(
        kSeceditInf, "[Privilege Rights]\n" + std::string(row.marker) + "\n",
        row.name);
    ASSERT_EQ(facts.rights.size(), 1U) << row.name;
    const auto& list = facts.rights.front();
    EXPECT_EQ(list.is_policy, row.policy) << row.name;
    EXPECT_EQ(list.holders(facts::LogonRight::kNetwork).is_absent(),
              row.complete)
        << row.name << " " << row.marker;
    EXPECT_EQ(list.holders(facts::LogonRight::kNetwork).is_unknown(),
              !row.complete)
        << row.name << " " << row.marker;
  }
}

TEST(SeceditInfTest, RegistryValuesOfAnotherKindAreNoFacts) {
  EXPECT_EQ(describe(read_as(kSeceditInf, R"([Registry Values]
MACHINE\System\CurrentControlSet\Control\Lsa\LimitBlankPasswordUse=1,"1"
MACHINE\System\CurrentControlSet\Control\Lsa\ForceGuest=4,-1
MACHINE\System\CurrentControlSet\Control\Lsa\CrashOnAuditFail=4,4294967296
MACHINE\Software\Lsa\CrashOnAuditFail=4,2
MACHINE\System\CurrentControlSet\Control\Lsa=4,2
)")
                         .machine),
            "machine\n");
  EXPECT_EQ(describe(read_as(kSeceditInf, R"([registry values]
machine\system\currentcontrolset\control\lsa\forceguest = 4,1
)")
                         .machine),
            "machine\n  ForceGuest = 1 @2\n");
}

// Given by itself, a template is told by the folder around it, and no further
// up: there somebody keeps the evidence.
TEST(SeceditInfTest, APolicyThatIsGivenByItself) {
  constexpr std::string_view kBytes =
      "[Unicode]\nUnicode=yes\n[Version]\nRevision=1\n[Privilege Rights]\n"
      "SeBackupPrivilege = *S-1-5-32-544\n";
  const auto read_in = [&](std::string folder) {
    FileFacts facts;
    facts.folder = std::move(folder);
    kSeceditInf.read(document(kBytes, "rights.inf"), facts);
    return facts.rights.front();
  };
  const facts::RightsList inside = read_in(
      "d/{31b2f340-016d-11d2-945f-00c04fb984f9}/Machine/Microsoft/"
      "Windows NT/SecEdit");
  EXPECT_TRUE(inside.is_policy);
  EXPECT_EQ(inside.policy_id, "{31B2F340-016D-11D2-945F-00C04FB984F9}");
  EXPECT_FALSE(read_in("secedit/web01").is_policy);
}

// A template, or a part of an export, says nothing of what is in force.
TEST(SeceditInfTest, AccountPolicyOfAWholeExportOnly) {
  const auto policy = [](std::string_view rights) {
    return read_as(kSeceditInf,
                   "[Unicode]\nUnicode=yes\n[System Access]\n"
                   "MaximumPasswordAge = -1\nLockoutBadCount = 5\n" +
                       std::string(rights) + "[Version]\nRevision=1\n")
        .accounts.policy;
  };
  const facts::AccountPolicy whole =
      policy("[Privilege Rights]\nSeBackupPrivilege = *S-1-5-32-544\n");
  EXPECT_TRUE(whole.max_password_age_days.is_absent());
  EXPECT_TRUE(whole.lockout_threshold.is(5));
  EXPECT_EQ(policy(""), facts::AccountPolicy{});
  EXPECT_EQ(policy("[Privilege Rights]\nSeBatchLogonRight = *S-1-1-0\n"),
            facts::AccountPolicy{});
}

}  // namespace
}  // namespace iisdiag::evidence
