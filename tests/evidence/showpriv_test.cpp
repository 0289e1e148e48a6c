// Holders of a right out of showpriv (FORMATS.md 8.5).
#include <gtest/gtest.h>

#include "evidence/load.hpp"
#include "evidence/reading.hpp"

namespace iisdiag::evidence {
namespace {

TEST(ShowprivTest, HoldersOfARight) {
  EXPECT_EQ(describe(read_as(kShowpriv,
                             "SeNetworkLogonRight:\n\n  Everyone\n"
                             "CORP\\web admins\nS-1-5-21-1-2-3-1005\n")
                         .rights),
            "rights\n  SeNetworkLogonRight = name Everyone, name CORP\\web "
            "admins, SID S-1-5-21-1-2-3-1005 @3\n"
            "  cut in SeNetworkLogonRight\n");
}

TEST(ShowprivTest, TheRightOfTheCommand) {
  MemoryFiles files;
  files.add("log.txt",
            "C:\\>showpriv SeInteractiveLogonRight\nGuests\n\n"
            "C:\\>C:\\NTRESKIT\\showpriv.exe SeNetworkLogonRight\nEveryone\n\n"
            "C:\\>showpriv SeBatchLogonRight\n\nC:\\>exit\n");
  const Loaded loaded = load(files, {"log.txt"}, {}, "");
  EXPECT_EQ(describe(loaded.server.problems), "");
  // Nothing below a command may be nothing that was captured.
  EXPECT_EQ(describe(loaded.server.rights),
            "rights\n  SeInteractiveLogonRight = name Guests @2\n"
            "  SeNetworkLogonRight = name Everyone @5\n"
            "  cut in SeInteractiveLogonRight\n"
            "  cut in SeNetworkLogonRight\n");
}

// A whole list that holds what another one shows in part is believed, in
// either order; where they contradict each other nothing is known.
TEST(ShowprivTest, BesideAWholeList) {
  const std::string whole =
      "[Unicode]\nUnicode=yes\n[Privilege Rights]\n"
      "SeNetworkLogonRight = Everyone,Users\n"
      "SeBackupPrivilege = *S-1-5-32-544\n[Version]\nRevision=1\n";
  for (const std::string name : {"a.txt", "z.txt"}) {
    MemoryFiles files;
    files.add("s/m.inf", whole);
    files.add("s/" + name, "SeNetworkLogonRight\nEveryone\n");
    const Loaded loaded = load(files, {"s"}, {}, "");
    EXPECT_EQ(describe(loaded.server.problems), "");
    ASSERT_EQ(loaded.server.rights.size(), 1U);
    const auto& list = loaded.server.rights.front();
    EXPECT_EQ(list.holders(facts::LogonRight::kNetwork)->size(), 2U);
    EXPECT_FALSE(list.is_cut(facts::LogonRight::kNetwork));
  }
  MemoryFiles files;
  files.add("s/m.inf", whole);
  files.add("s/z.txt", "SeNetworkLogonRight\nGuests\n");
  const Loaded loaded = load(files, {"s"}, {}, "");
  EXPECT_EQ(describe(loaded.server.problems),
            "z.txt, line 2: m.inf, line 4 and z.txt, line 2 disagree about "
            "SeNetworkLogonRight\n");
}

TEST(ShowprivTest, OtherTextIsNoList) {
  EXPECT_EQ(format_of("ntrights SeNetworkLogonRight\nEveryone\n"), "-");
  EXPECT_EQ(format_of("Granting SeNetworkLogonRight to a ... successful\n"),
            "-");
  EXPECT_EQ(format_of("SeNetworkLogonRight\n"), "-");
  const FileFacts odd = read_as(
      kShowpriv, "SeNetworkLogonRight\nEveryone\nError: access denied.\n");
  EXPECT_TRUE(odd.rights.empty());
  EXPECT_EQ(describe(odd.problems),
            "file, line 3: no account's name: who holds SeNetworkLogonRight is "
            "not known\n  Error: access denied.\n  ^\n");
}

TEST(ShowprivTest, ACutList) {
  EXPECT_EQ(
      describe(read_as(kShowpriv, "SeNetworkLogonRight\nGuests\nEvery").rights),
      "rights\n  SeNetworkLogonRight = name Guests @2\n"
      "  cut in SeNetworkLogonRight\n");
}

}  // namespace
}  // namespace iisdiag::evidence
