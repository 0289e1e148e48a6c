// Archives among the evidence: what they are called, and what damage does.
#include <gtest/gtest.h>

#include "evidence/bundle.hpp"
#include "evidence/load.hpp"
#include "evidence/reading.hpp"
#include "support/full.hpp"
#include "support/zip.hpp"

namespace iisdiag::evidence {
namespace {

using test::zip;
using test::ZipEntry;
using Paths = std::vector<std::string>;

// "name (folder)", and what was told.
std::string found(const FileSystem& files, const Paths& paths) {
  const Bundle bundle = find_files(files, paths);
  std::string result;
  for (const CapturedFile& file : bundle.files) {
    result += file.name + " (" + file.folder + ")" +
              (file.historical ? " historical" : "") +
              (file.refusal.empty() ? "" : " " + file.refusal) + "\n";
  }
  return result + describe(bundle.problems);
}

ZipEntry entry(std::string name, std::string text = "x") {
  ZipEntry result;
  result.name = std::move(name);
  result.text = std::move(text);
  return result;
}

const std::string kRights =
    "[Privilege Rights]\r\nSeBackupPrivilege = *S-1-5-32-544\r\n"
    "SeNetworkLogonRight = *S-1-1-0\r\n";

TEST(ArchiveLoadTest, ANamedArchiveIsLikeAFolder) {
  MemoryFiles files;
  files.add("case/web01.zip", zip({entry("net-user.txt"), entry("c/a.xml")}));
  EXPECT_EQ(found(files, {"case/web01.zip"}), "net-user.txt ()\nc/a.xml (c)\n");
  EXPECT_EQ(found(files, {"case"}),
            "web01.zip/net-user.txt (web01.zip)\n"
            "web01.zip/c/a.xml (web01.zip/c)\n");
}

TEST(ArchiveLoadTest, EqualNamesAreToldApart) {
  MemoryFiles files;
  files.add("old.zip", zip({entry("w3svc.txt"), entry("b.txt")}));
  files.add("new.zip", zip({entry("w3svc.txt")}));
  EXPECT_EQ(found(files, {"old.zip", "new.zip"}),
            "b.txt ()\nold.zip/w3svc.txt (old.zip)\n"
            "new.zip/w3svc.txt (new.zip)\n");
}

TEST(ArchiveLoadTest, ContentTellsAnArchiveNotItsName) {
  MemoryFiles files;
  files.add("case/logs.dat", zip({entry("a.txt")}));
  files.add("case/text.zip", "no archive");
  EXPECT_EQ(found(files, {"case"}), "logs.dat/a.txt (logs.dat)\ntext.zip ()\n");
}

TEST(ArchiveLoadTest, AnArchiveInAnArchiveIsSearchedOnce) {
  const std::string innermost = zip({entry("never.txt")});
  const std::string inner = zip({entry("b.txt"), entry("c.zip", innermost)});
  MemoryFiles files;
  files.add("a.zip", zip({entry("d/b.zip", inner)}));
  EXPECT_EQ(found(files, {"a.zip"}),
            "d/b.zip/b.txt (d/b.zip)\nd/b.zip/c.zip (d/b.zip)\n");
  const Loaded loaded = load(files, {"a.zip"}, {}, "");
  EXPECT_EQ(describe(loaded.server.problems),
            "d/b.zip/c.zip: a zip archive in an archive in an archive: unpack "
            "it first\n");
}

TEST(ArchiveLoadTest, HistoryInAnArchive) {
  MemoryFiles files;
  files.add("History/a.zip", zip({entry("History/m.xml"), entry("m.xml"),
                                  entry(R"(CFGHISTORY_0000000001\a.config)")}));
  const std::string inside =
      "m.xml ()\nCFGHISTORY_0000000001/a.config (CFGHISTORY_0000000001) "
      "historical\nHistory/m.xml (History) historical\n";
  EXPECT_EQ(found(files, {"History/a.zip"}), inside);
  files.add("case/History/b.zip", zip({entry("m.xml")}));
  EXPECT_EQ(found(files, {"case"}),
            "History/b.zip/m.xml (History/b.zip) historical\n");
}

// redirection.config speaks of the applicationHost.config beside it.
TEST(ArchiveLoadTest, RedirectionInAnArchive) {
  const std::string apphost =
      "<configuration><system.applicationHost><sites>"
      "<site name=\"a\" id=\"1\"><application path=\"/\"/></site></sites>"
      "</system.applicationHost></configuration>";
  const std::string redirection =
      "<configuration><configurationRedirection enabled=\"true\" "
      "path=\"\\\\srv\\share\"/></configuration>";
  MemoryFiles files;
  files.add("case/a.zip", zip({entry("c/applicationHost.config", apphost),
                               entry("c/redirection.config", redirection)}));
  const Loaded loaded = load(files, {"case"}, {}, "");
  EXPECT_EQ(describe(loaded.server.notes),
            "a.zip/c/applicationHost.config is not in force: "
            "a.zip/c/redirection.config points elsewhere @1\n");
}

TEST(ArchiveLoadTest, RefusedEntriesAreToldAndTheRestIsRead) {
  ZipEntry locked = entry("locked.txt");
  locked.flags = 1;
  ZipEntry broken = entry("broken.txt");
  broken.crc_flip = 1;
  MemoryFiles files;
  files.add("case/a.zip", zip({entry("../x"), locked, broken,
                               entry("secedit.inf", kRights)}));
  const Loaded loaded = load(files, {"case"}, {}, "");
  EXPECT_EQ(loaded.evidence_files, 1U);
  EXPECT_EQ(loaded.files_read, 1U);
  EXPECT_EQ(describe(loaded.server.problems),
            "a.zip/../x: a path that leads out of the archive: not read\n"
            "a.zip/locked.txt: encrypted: not read. Pack it again without a "
            "password.\n"
            "a.zip/broken.txt: damaged: it cannot be unpacked, or its checksum "
            "is wrong\n");
}

TEST(ArchiveLoadTest, ProblemsOfAnArchiveAreBounded) {
  std::vector<ZipEntry> entries(30, entry("../x"));
  MemoryFiles files;
  files.add("a.zip", zip(entries));
  const Bundle bundle = find_files(files, {"a.zip"});
  ASSERT_EQ(bundle.problems.size(), 21U);
  EXPECT_EQ(bundle.problems.back().text, "10 more problems in this archive");
}

TEST(ArchiveLoadTest, ArchivesOfWhichNothingIsRead) {
  const std::string whole = zip({entry("secedit.inf", kRights)});
  MemoryFiles files;
  files.add("case/cut.zip", whole.substr(0, whole.size() - 30));
  files.add("case/empty.zip", zip({}));
  files.add("case/in.zip", zip({entry("empty.zip", zip({}))}));
  const Loaded loaded = load(files, {"case"}, {}, "");
  EXPECT_EQ(loaded.files_read, 3U);
  EXPECT_EQ(loaded.evidence_files, 0U);
  EXPECT_EQ(describe(loaded.server.problems),
            "cut.zip: a zip archive that is cut or damaged: nothing in it is "
            "read; it holds secedit.inf\n"
            "empty.zip: an empty zip archive\n"
            "in.zip/empty.zip: an empty zip archive\n");
  EXPECT_EQ(describe(load(files, {"case/empty.zip"}, {}, "").server.problems),
            "empty.zip: an empty zip archive\n");
}

TEST(ArchiveLoadTest, ABombInAnArchiveInAnArchive) {
  const std::string inner =
      zip({entry("a.txt", std::string(65ULL << 20U, '0')), entry("b.txt")});
  MemoryFiles files;
  files.add("a.zip", zip({entry("a.zip", inner), entry("z.inf", kRights)}));
  const Loaded loaded = load(files, {"a.zip"}, {}, "");
  EXPECT_EQ(loaded.evidence_files, 0U);
  EXPECT_EQ(describe(loaded.server.problems),
            "a.zip/a.txt: the archive unpacks to more than 200 times its "
            "size: neither this file nor the rest of it is read\n");
}

// The facts, with no word about where they come from.
std::string facts_of(const std::string& bytes) {
  MemoryFiles files;
  files.add("a.zip", bytes);
  const Loaded loaded = load(files, {"a.zip"}, {}, "");
  if (loaded.evidence_files == 0) {
    EXPECT_FALSE(loaded.server.problems.empty() && loaded.ignored.empty());
  }
  return describe(loaded.server.accounts) + describe(loaded.server.rights);
}

// Every line of the damaged archive's facts is one of the sound archive's.
void expect_no_more(const std::string& damaged, const std::string& sound) {
  const std::string facts = facts_of(damaged);
  for (const Line& line : split_lines(facts)) {
    EXPECT_NE(("\n" + sound).find("\n" + std::string(line.text) + "\n"),
              std::string::npos)
        << line.text;
  }
}

class ArchiveDamageTest : public testing::TestWithParam<bool> {
 protected:
  static std::size_t step() { return test::is_full() ? 1 : 7; }
  std::string archive() const {
    ZipEntry rights = entry("secedit.inf", kRights);
    ZipEntry list =
        entry("net-users.txt",
              "User accounts for \\\\WEB01\n" + std::string(79, '-') +
                  "\nGuest\nThe command completed successfully.\n");
    rights.deflate = GetParam();
    list.described_later = GetParam();
    return zip({rights, list});
  }
};

TEST_P(ArchiveDamageTest, CutAtEveryLength) {
  const std::string whole = archive();
  EXPECT_NE(facts_of(whole), "");
  for (std::size_t length = 1; length < whole.size(); ++length) {
    EXPECT_EQ(facts_of(whole.substr(0, length)), "") << length;
  }
}

TEST_P(ArchiveDamageTest, EveryFlippedBit) {
  const std::string whole = archive();
  const std::string sound = facts_of(whole);
  for (std::size_t bit = 0; bit < whole.size() * 8; bit += step()) {
    std::string bytes = whole;
    bytes[bit / 8] = static_cast<char>(
        static_cast<unsigned char>(bytes[bit / 8]) ^ 1U << (bit % 8));
    SCOPED_TRACE(bit);
    expect_no_more(bytes, sound);
  }
}

TEST_P(ArchiveDamageTest, EveryByteReplaced) {
  const std::string whole = archive();
  const std::string sound = facts_of(whole);
  for (std::size_t i = 0; i < whole.size(); i += step()) {
    for (const char byte : {'\0', '\x01', '\x7F', '\xFF', '/'}) {
      std::string bytes = whole;
      bytes[i] = byte;
      SCOPED_TRACE(i);
      expect_no_more(bytes, sound);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Methods, ArchiveDamageTest, testing::Bool());

}  // namespace
}  // namespace iisdiag::evidence
