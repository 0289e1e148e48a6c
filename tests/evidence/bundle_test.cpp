// Which files a list of paths means.
#include "evidence/bundle.hpp"

#include <gtest/gtest.h>

#include "evidence/limits.hpp"
#include "evidence/load.hpp"
#include "evidence/reading.hpp"

namespace iisdiag::evidence {
namespace {

using Paths = std::vector<std::string>;

// "name (folder) <- path", and what was told.
std::string found(const FileSystem& files, const Paths& paths) {
  const Bundle bundle = find_files(files, paths);
  std::string result;
  for (const CapturedFile& file : bundle.files) {
    result += file.name + " (" + file.folder + ") <- " + file.path +
              (file.historical ? " historical" : "") + "\n";
  }
  result += describe(bundle.problems);
  return bundle.missing.empty() ? result : "missing: " + bundle.missing;
}

// Links and other things that MemoryFiles has not.
class Scripted final : public FileSystem {
 public:
  struct Entry {
    Status status;
    Paths names;
    std::string error;
  };
  std::map<std::string, Entry> entries;

  Status status(const std::string& path) const override {
    const auto entry = entries.find(path);
    return entry == entries.end() ? Status{} : entry->second.status;
  }
  Answer<Paths> list(const std::string& path) const override {
    const Entry& entry = entries.at(path);
    return entry.error.empty() ? Answer<Paths>{entry.names, {}}
                               : Answer<Paths>{std::nullopt, entry.error};
  }
  Answer<std::string> read(const std::string& path,
                           std::uint64_t limit) const override {
    const Entry& entry = entries.at(path);
    if (!entry.error.empty()) {
      return {std::nullopt, entry.error};
    }
    if (entry.status.size > limit) {
      return {std::nullopt, "larger than this program reads"};
    }
    return {"REGEDIT4\n", {}};
  }
  Answer<std::string> read_start(const std::string& path) const override {
    auto whole = read(path, kMaxTextFile);
    return whole.value ? Answer<std::string>{whole.value->substr(0, kStart), {}}
                       : whole;
  }
};

constexpr auto kFile = FileSystem::Kind::kFile;
constexpr auto kFolder = FileSystem::Kind::kFolder;

TEST(BundleTest, FilesAndFolders) {
  MemoryFiles files;
  files.add("case/b.txt", "");
  files.add("case/a/z.txt", "");
  files.add("case/a/c/y.txt", "");
  files.add("other/x.txt", "");
  EXPECT_EQ(found(files, {"case", "other/x.txt"}),
            "b.txt () <- case/b.txt\n"
            "a/z.txt (a) <- case/a/z.txt\n"
            "a/c/y.txt (a/c) <- case/a/c/y.txt\n"
            "x.txt (other) <- other/x.txt\n");
  EXPECT_EQ(found(files, {}), "");
}

TEST(BundleTest, APathThatIsNotThere) {
  MemoryFiles files;
  files.add("case/b.txt", "");
  EXPECT_EQ(found(files, {"case", "nowhere", "neither"}), "missing: nowhere");
  EXPECT_EQ(found(files, {"cas"}), "missing: cas");
}

TEST(BundleTest, EqualNamesAreToldApartByTheirPaths) {
  MemoryFiles files;
  files.add("web01/w3svc.txt", "");
  files.add("old/w3svc.txt", "");
  files.add("old/b.txt", "");
  EXPECT_EQ(found(files, {"web01", "old"}),
            "web01/w3svc.txt (web01) <- web01/w3svc.txt\n"
            "b.txt () <- old/b.txt\n"
            "old/w3svc.txt (old) <- old/w3svc.txt\n");
}

TEST(BundleTest, HistoryIsToldByItsFolders) {
  MemoryFiles files;
  for (const char* name :
       {"case/History/MetaBase_0000000001_0000000000.xml",
        "case/inetpub/history/CFGHISTORY_0000000002/applicationHost.config",
        "case/inetpub/temp/appPools/Default/Default.config",
        "case/MetaBack/a.MD0", "case/CFGHISTORY_0000000003/a.config",
        "case/live/historical.xml", "case/temp/a.xml", "case/appPools/a.xml"}) {
    files.add(name, "");
  }
  const Bundle bundle = find_files(files, {"case"});
  std::string historical;
  for (const CapturedFile& file : bundle.files) {
    historical += file.historical ? file.name + "\n" : "";
  }
  EXPECT_EQ(historical,
            "CFGHISTORY_0000000003/a.config\n"
            "History/MetaBase_0000000001_0000000000.xml\n"
            "MetaBack/a.MD0\n"
            "inetpub/history/CFGHISTORY_0000000002/applicationHost.config\n"
            "inetpub/temp/appPools/Default/Default.config\n");
}

TEST(BundleTest, HistoryIsNotToldByWhereTheEvidenceIsKept) {
  MemoryFiles files;
  files.add("history/web01/History/m.xml", "");
  files.add("history/web01/m.xml", "");
  EXPECT_EQ(found(files, {"history/web01"}),
            "m.xml () <- history/web01/m.xml\n"
            "History/m.xml (History) <- history/web01/History/m.xml "
            "historical\n");
  EXPECT_EQ(found(files, {"history/web01/History"}),
            "m.xml () <- history/web01/History/m.xml historical\n");
  EXPECT_EQ(found(files, {"history/web01/History/m.xml"}),
            "m.xml (history/web01/History) <- history/web01/History/m.xml "
            "historical\n");
  EXPECT_EQ(found(files, {"history/web01/m.xml"}),
            "m.xml (history/web01) <- history/web01/m.xml\n");
}

TEST(BundleTest, LinksThatLoopEnd) {
  Scripted files;
  files.entries["a"] = {{kFolder, 0, "1"}, {"b", "file", "self"}, {}};
  files.entries["a/file"] = {{kFile, 1, "2"}, {}, {}};
  files.entries["a/self"] = {{kFolder, 0, "1"}, {"never"}, {}};
  files.entries["a/b"] = {{kFolder, 0, "3"}, {"up"}, {}};
  files.entries["a/b/up"] = {{kFolder, 0, "1"}, {"never"}, {}};
  EXPECT_EQ(found(files, {"a"}), "file () <- a/file\n");
  EXPECT_EQ(found(files, {"a", "a/b/up"}), "file () <- a/file\n");
}

TEST(BundleTest, WhatCannotBeSearchedIsToldAndTheRestIsRead) {
  Scripted files;
  files.entries["a"] = {
      {kFolder, 0, "1"}, {"closed", "dangling", "file", "pipe"}, {}};
  files.entries["a/closed"] = {{kFolder, 0, "2"}, {}, "Permission denied"};
  files.entries["a/file"] = {{kFile, 1, "3"}, {}, {}};
  files.entries["a/pipe"] = {{FileSystem::Kind::kOther, 0, "4"}, {}, {}};
  EXPECT_EQ(found(files, {"a"}),
            "file () <- a/file\n"
            "dangling: a link that leads nowhere\n"
            "closed: Permission denied\n");
  EXPECT_EQ(found(files, {"a/pipe", "a/file"}),
            "file (a) <- a/file\n"
            "a/pipe: neither a file nor a folder: not opened\n");
  EXPECT_EQ(found(files, {"a/closed"}), "a/closed: Permission denied\n");
}

TEST(BundleTest, FoldersAreSearchedDownToALimit) {
  MemoryFiles files;
  std::string path = "root";
  for (std::size_t i = 0; i < kMaxFolderDepth; ++i) {
    path += "/d";
  }
  files.add(path + "/deepest.txt", "");
  files.add(path + "/d/deeper.txt", "");
  const Bundle bundle = find_files(files, {"root"});
  ASSERT_EQ(bundle.files.size(), 1U);
  EXPECT_EQ(bundle.files.front().path, path + "/deepest.txt");
  ASSERT_EQ(bundle.problems.size(), 1U);
  EXPECT_EQ(bundle.problems.front().text,
            "deeper than 64 folders: not searched");
}

TEST(BundleTest, FilesAreBounded) {
  MemoryFiles files;
  for (std::size_t i = 0; i < kMaxFiles + 5; ++i) {
    files.add("root/" + std::to_string(i), "");
  }
  const Bundle bundle = find_files(files, {"root"});
  EXPECT_EQ(bundle.files.size(), kMaxFiles);
  ASSERT_EQ(bundle.problems.size(), 1U);
  EXPECT_EQ(bundle.problems.front().text,
            "more than 20000 files: the rest is not read");
}

TEST(BundleTest, FilesThatCannotBeReadAreTold) {
  Scripted files;
  files.entries["a"] = {{kFolder, 0, "1"}, {"big", "closed", "good"}, {}};
  files.entries["a/big"] = {{kFile, kMaxTextFile + 1, "2"}, {}, {}};
  files.entries["a/closed"] = {{kFile, 1, "3"}, {}, "Permission denied"};
  files.entries["a/good"] = {{kFile, kMaxTextFile, "4"}, {}, {}};
  const Loaded loaded = load(files, {"a"}, {}, "");
  EXPECT_EQ(loaded.files_read, 1U);
  EXPECT_EQ(loaded.evidence_files, 1U);
  EXPECT_EQ(describe(loaded.server.problems),
            "big: larger than this program reads\nclosed: Permission denied\n");
}

}  // namespace
}  // namespace iisdiag::evidence
