// Zip archives: what is listed, what is refused (FORMATS.md section 9).
#include "evidence/archive.hpp"

#include <gtest/gtest.h>

#include "evidence/archive_name.hpp"
#include "evidence/limits.hpp"
#include "support/zip.hpp"

namespace iisdiag::evidence {
namespace {

using test::zip;
using test::ZipEntry;

// "name: text" of what can be read, "name! why" of what is refused.
std::string contents(const std::string& bytes) {
  const ArchiveListing listing = list_archive(bytes);
  if (!listing.refusal.empty()) {
    EXPECT_TRUE(listing.entries.empty());
    EXPECT_TRUE(listing.refused.empty());
    return "! " + listing.refusal + "\n";
  }
  std::string result;
  Unpacker unpacker;
  for (const ArchiveEntry& entry : listing.entries) {
    const auto text = unpacker.unpack(bytes, entry);
    result += entry.name +
              (text.value ? ": " + *text.value : "! " + text.error) + "\n";
  }
  for (const ArchiveRefusal& refusal : listing.refused) {
    result += refusal.name + "! " + refusal.why + "\n";
  }
  return result;
}

ZipEntry named(std::string name) {
  ZipEntry entry;
  entry.name = std::move(name);
  entry.text = "x";
  return entry;
}

constexpr std::string_view kDamagedEntry =
    "damaged: it cannot be unpacked, or its checksum is wrong";
constexpr std::string_view kDamagedArchive =
    "! a zip archive that is cut or damaged: nothing in it is read";

TEST(ArchiveTest, StoredAndDeflatedEntries) {
  EXPECT_EQ(contents(zip(
                {{.name = "a.txt", .text = "stored", .deflate = false},
                 {.name = "b.txt", .text = "deflated"},
                 {.name = "c.txt", .text = ""},
                 {.name = "d.txt", .text = "", .deflate = false},
                 {.name = "e.txt", .text = "later", .described_later = true}})),
            "a.txt: stored\nb.txt: deflated\nc.txt: \nd.txt: \ne.txt: later\n");
}

TEST(ArchiveTest, IsKnownByItsFirstBytes) {
  EXPECT_TRUE(is_archive("PK\x03\x04"));
  EXPECT_TRUE(is_archive("PK\x05\x06"));
  EXPECT_TRUE(is_archive("PK\x07\x08"));
  EXPECT_FALSE(is_archive("PK"));
  EXPECT_FALSE(is_archive("PKlines of a text"));
  EXPECT_FALSE(is_archive(""));
}

TEST(ArchiveTest, InTheOrderOfASearchedFolder) {
  EXPECT_EQ(contents(zip({named("b/z"), named("c"), named("b/a/x"),
                          named("a/y"), named("B"), named("b/m")})),
            "B: x\nc: x\na/y: x\nb/m: x\nb/z: x\nb/a/x: x\n");
}

TEST(ArchiveTest, Folders) {
  EXPECT_EQ(contents(zip({{.name = "logs/", .deflate = false},
                          named("logs/a"),
                          named("full/")})),
            "logs/a: x\nfull/! a path with an empty part: not read\n");
}

TEST(ArchiveTest, NamesInUtf8AndInCodePage437) {
  ZipEntry marked = named("G\xC3\xA4ste.txt");
  marked.flags = 1U << 11U;
  EXPECT_EQ(contents(zip({marked})), "G\xC3\xA4ste.txt: x\n");
  EXPECT_EQ(contents(zip({named("G\xC3\xA4ste.txt")})),
            "G\xC3\xA4ste.txt: x\n");
  EXPECT_EQ(contents(zip({named("G\x84ste.txt")})), "G\xC3\xA4ste.txt: x\n");
  EXPECT_EQ(archive_name("\x80\x9B\xE1\xFF"),
            "\xC3\x87\xC2\xA2\xC3\x9F\xC2\xA0");
}

TEST(ArchiveTest, BackslashesSeparate) {
  EXPECT_EQ(contents(zip({named(R"(logs\w3svc\a.txt)"), named("./b.txt")})),
            "b.txt: x\nlogs/w3svc/a.txt: x\n");
}

TEST(ArchiveTest, NamesThatAreRefused) {
  const std::pair<std::string, std::string> cases[] = {
      {"../x", "a path that leads out of the archive: not read"},
      {R"(a\..\..\x)", "a path that leads out of the archive: not read"},
      {"/etc/x", "an absolute path: not read"},
      {R"(\\srv\share\x)", "an absolute path: not read"},
      {R"(C:\x)",
       "a name with a colon, which means a drive or a stream: not read"},
      {"x.txt:hidden",
       "a name with a colon, which means a drive or a stream: not read"},
      {std::string("a\0b", 3), "a name with control characters: not read"},
      {"a\x1B[2J", "a name with control characters: not read"},
      {"a//b", "a path with an empty part: not read"},
      {"a/./b", "a path with an empty part: not read"},
      {"", "an entry without a name: not read"},
      {std::string(1025, 'a'), "a name that is too long: not read"},
      {"nul", "the name of a device: not read"},
      {"logs/Com1.txt", "the name of a device: not read"},
      {"LPT9", "the name of a device: not read"},
      {"AUX .log", "the name of a device: not read"},
  };
  for (const auto& [name, why] : cases) {
    EXPECT_EQ(contents(zip({named(name), named("good")})),
              "good: x\n" + archive_name(name) + "! " + why + "\n");
  }
  EXPECT_EQ(
      contents(zip({named("com.txt"), named("console"),
                    named(std::string(1024, 'a')), named("a..b")})),
      "a..b: x\n" + std::string(1024, 'a') + ": x\ncom.txt: x\nconsole: x\n");
}

TEST(ArchiveTest, ASecondEntryOfOneName) {
  ZipEntry first = named("Net-User.txt");
  first.text = "first";
  EXPECT_EQ(contents(zip({first, named("net-user.TXT")})),
            "Net-User.txt: first\nnet-user.TXT! a second entry of this name: "
            "only the first one is read\n");
}

TEST(ArchiveTest, EncryptedEntries) {
  for (const unsigned flag : {0U, 6U, 13U}) {
    ZipEntry entry = named("a");
    entry.flags = static_cast<std::uint16_t>(1U << flag);
    EXPECT_EQ(contents(zip({entry})),
              "a! encrypted: not read. Pack it again without a password.\n");
  }
  ZipEntry aes = named("a");
  aes.method = 99;
  EXPECT_EQ(contents(zip({aes})),
            "a! encrypted: not read. Pack it again without a password.\n");
}

TEST(ArchiveTest, OtherMethods) {
  for (const int method : {9, 12, 14, 93, 95}) {
    ZipEntry entry = named("a");
    entry.method = static_cast<std::uint16_t>(method);
    EXPECT_EQ(contents(zip({entry, named("b")})),
              "b: x\na! packed by a method (" + std::to_string(method) +
                  ") that is not known here: not read\n");
  }
}

TEST(ArchiveTest, LinksAndDevices) {
  ZipEntry link = named("a");
  link.attributes = 0xA1FF0000;
  ZipEntry pipe = named("b");
  pipe.attributes = 0x11FF0000;
  ZipEntry file = named("c");
  file.attributes = 0x81A40000;
  EXPECT_EQ(contents(zip({link, pipe, file})),
            "c: x\na! a link: not followed\nb! no ordinary file: not read\n");
}

TEST(ArchiveTest, HeadersThatDiffer) {
  ZipEntry entry = named("secedit.inf");
  entry.local_name = "GptTmpl.inf";
  EXPECT_EQ(contents(zip({entry, named("b")})),
            "b: x\nsecedit.inf! damaged: the archive's directory and the "
            "entry itself differ\n");
}

TEST(ArchiveTest, ChecksumAndSizeHaveToBeRight) {
  const auto only = [](const ZipEntry& entry) {
    return contents(zip({entry}));
  };
  const std::string damaged = "a! " + std::string(kDamagedEntry) + "\n";
  for (const bool deflate : {true, false}) {
    ZipEntry entry{.name = "a", .text = "some text", .deflate = deflate};
    EXPECT_EQ(only(entry), "a: some text\n");
    entry.crc_flip = 1;
    EXPECT_EQ(only(entry), damaged);
    entry.crc_flip = 0;
    for (const int off : {-1, 1, 1000}) {
      entry.size_off_by = off;
      EXPECT_EQ(only(entry),
                deflate ? damaged
                        : "a! damaged: the archive's directory and the entry "
                          "itself differ\n");
    }
  }
  // Bytes behind the end of the deflated stream.
  EXPECT_EQ(only({.name = "a", .text = "some text", .more_packed = "more"}),
            damaged);
}

TEST(ArchiveTest, EntriesThatShareBytes) {
  ZipEntry again = named("a");
  again.shares_data = true;
  EXPECT_EQ(contents(zip({named("a"), again})),
            "! a zip archive in which entries share their bytes: nothing in "
            "it is read\n");
}

TEST(ArchiveTest, SizesOfMoreThan32Bits) {
  EXPECT_EQ(contents(zip({{.name = "a", .text = "text", .zip64 = true}})),
            "a: text\n");
}

TEST(ArchiveTest, Empty) {
  EXPECT_EQ(contents(zip({})), "! an empty zip archive\n");
}

TEST(ArchiveTest, OfficeDocumentsAndPackages) {
  EXPECT_EQ(contents(zip({named("[Content_Types].xml"), named("a")})),
            "! an Office document or a package (it holds "
            "[Content_Types].xml): no evidence\n");
}

TEST(ArchiveTest, ACommentThatLooksLikeAnEnd) {
  EXPECT_EQ(contents(zip({named("a")}, {.comment = "notes"})), "a: x\n");
  EXPECT_EQ(contents(zip({named("a")},
                         {.comment = "PK\x05\x06" + std::string(40, '\0')})),
            "a: x\n");
}

TEST(ArchiveTest, ADirectoryThatShowsFewerEntries) {
  EXPECT_EQ(contents(zip({named("a"), named("b")}, {.count_off_by = 1})),
            std::string(kDamagedArchive) + "; it holds a, b\n");
  EXPECT_EQ(contents(zip({named("a")}, {.count_off_by = 1})),
            std::string(kDamagedArchive) + "; it holds a\n");
}

TEST(ArchiveTest, OneOfSeveralParts) {
  EXPECT_EQ(contents(zip({named("a")}, {.disk = 1})),
            std::string(kDamagedArchive) + "; it holds a\n");
}

TEST(ArchiveTest, ACutArchiveTellsNamesOnly) {
  const std::string whole =
      zip({named("net-user.txt"), named("../x"), named("secedit.inf")});
  for (std::size_t length = 4; length < whole.size(); ++length) {
    EXPECT_TRUE(contents(whole.substr(0, length)).starts_with(kDamagedArchive));
  }
  EXPECT_EQ(contents(whole.substr(0, whole.size() - 1)),
            std::string(kDamagedArchive) +
                "; it holds net-user.txt, "
                "secedit.inf\n");
  EXPECT_EQ(contents("PK\x03\x04"), std::string(kDamagedArchive) + "\n");
  std::vector<ZipEntry> many;
  for (int i = 0; i < 25; ++i) {
    many.push_back(named(std::string(1, static_cast<char>('a' + i))));
  }
  const std::string cut = zip(many);
  EXPECT_EQ(contents(cut.substr(0, cut.size() - 1)),
            std::string(kDamagedArchive) +
                "; it holds a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, "
                "q, r, s, t and 5 more\n");
}

TEST(ArchiveTest, BytesBehindTheArchive) {
  EXPECT_EQ(contents(zip({named("a")}) + "more"),
            std::string(kDamagedArchive) + "; it holds a\n");
}

TEST(ArchiveTest, EntriesAreBounded) {
  std::vector<ZipEntry> entries;
  for (std::size_t i = 0; i <= kMaxFiles; ++i) {
    entries.push_back({.name = std::to_string(i), .deflate = false});
  }
  EXPECT_EQ(contents(zip(entries)),
            "! a zip archive of more than 20000 files: nothing in it is "
            "read\n");
  entries.pop_back();
  EXPECT_EQ(list_archive(zip(entries)).entries.size(), kMaxFiles);
}

TEST(ArchiveTest, Bombs) {
  // 65 MiB out of 65 KiB: a thousand to one.
  const ZipEntry bomb{.name = "a", .text = std::string(65ULL << 20U, '0')};
  EXPECT_EQ(contents(zip({bomb, named("b")})),
            "a! the archive unpacks to more than 200 times its size: neither "
            "this file nor the rest of it is read\nb! \n");
  // Below 64 MiB the ratio does not matter, a file at a time.
  const ZipEntry half{.name = "a", .text = std::string(33ULL << 20U, '0')};
  ZipEntry other = half;
  other.name = "b";
  const std::string bytes = zip({half, other});
  const ArchiveListing listing = list_archive(bytes);
  Unpacker unpacker;
  EXPECT_TRUE(unpacker.unpack(bytes, listing.entries[0]).value);
  EXPECT_EQ(unpacker.unpack(bytes, listing.entries[1]).error,
            "the archive unpacks to more than 200 times its size: neither "
            "this file nor the rest of it is read");
}

TEST(ArchiveTest, AnEntryOfAnotherArchive) {
  const std::string bytes = zip({named("a")});
  ArchiveEntry entry = list_archive(bytes).entries.front();
  entry.start = bytes.size() + 1;
  EXPECT_EQ(Unpacker().unpack(bytes, entry).error, kDamagedEntry);
  entry.start = bytes.size();
  EXPECT_EQ(Unpacker().unpack(bytes, entry).error, kDamagedEntry);
  EXPECT_FALSE(is_archive_inside(bytes, entry));
}

TEST(ArchiveTest, LargerThanATextFile) {
  const std::string bytes = zip({named("a")});
  ArchiveEntry entry = list_archive(bytes).entries.front();
  entry.size = kMaxTextFile + 1;
  EXPECT_EQ(Unpacker().unpack(bytes, entry).error,
            "larger than this program reads");
}

}  // namespace
}  // namespace iisdiag::evidence
