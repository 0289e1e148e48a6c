// Which web logs of a live server are read.
#include "evidence/newest_logs.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "evidence/limits.hpp"

namespace iisdiag::evidence {
namespace {

using facts::LogKind;
using Texts = std::vector<std::string>;

const Texts kFolders = {"inetpub/logs/LogFiles", "system32/LogFiles"};

std::string refusal(std::string_view day) {
  return "#Fields: date time cs-method cs-uri-stem cs-username sc-status "
         "sc-substatus sc-win32-status\n" +
         std::string(day) + " 10:00:00 GET /a.asp - 401 1 1326\n";
}

// Files that are as long as a test says, or cannot be opened.
class Files final : public FileSystem {
 public:
  MemoryFiles files;
  std::map<std::string, std::uint64_t> sizes;
  std::string refused;  // a folder or a file

  Status status(const std::string& path) const override {
    Status status = files.status(path);
    if (const auto size = sizes.find(path); size != sizes.end()) {
      status.size = size->second;
    }
    return status;
  }
  Answer<Texts> list(const std::string& path) const override {
    return path == refused ? Answer<Texts>{{}, "access is denied"}
                           : files.list(path);
  }
  Answer<std::string> read(const std::string& path,
                           std::uint64_t limit) const override {
    return files.read(path, limit);
  }
  Answer<std::unique_ptr<ByteSource>> open(
      const std::string& path) const override {
    opened.push_back(path);
    if (path == refused) {
      return {{}, "access is denied"};
    }
    return files.open(path);
  }
  Answer<std::string> read_start(const std::string& path) const override {
    return files.read_start(path);
  }

  mutable Texts opened;
};

FileFacts read(const Files& files, const Texts& folders = kFolders) {
  FileFacts facts;
  read_newest_logs(files, folders, facts);
  return facts;
}

TEST(NewestLogsTest, TheNewestTwoOfEachSite) {
  Files files;
  for (const std::string name :
       {"inetpub/logs/LogFiles/W3SVC1/u_ex261120.log",
        "inetpub/logs/LogFiles/W3SVC1/u_ex261121.log",
        "inetpub/logs/LogFiles/W3SVC1/u_ex261122.log",
        "inetpub/logs/LogFiles/W3SVC2/u_ex250101.log",
        "inetpub/logs/LogFiles/FailedReqLogFiles/W3SVC1/fr000001.log",
        "system32/LogFiles/MSFTPSVC1/ex261122.log",
        "system32/LogFiles/W3SVC1/notes.txt",
        "system32/LogFiles/WMI/trace.log"}) {
    files.files.add(name, refusal("2026-11-22"));
  }
  files.files.add("system32/LogFiles/HTTPERR/httperr1.log",
                  "#Software: Microsoft HTTP API 2.0\n"
                  "#Fields: date time c-ip c-port s-ip s-port cs-version "
                  "cs-method cs-uri sc-status s-siteid s-reason s-queuename\n"
                  "2026-11-22 10:00:00 10.0.0.9 4000 10.0.0.1 80 HTTP/1.1 GET "
                  "/ 503 1 AppOffline Pool\n");
  const FileFacts facts = read(files);
  EXPECT_EQ(files.opened, (Texts{"inetpub/logs/LogFiles/W3SVC1/u_ex261122.log",
                                 "inetpub/logs/LogFiles/W3SVC2/u_ex250101.log",
                                 "system32/LogFiles/HTTPERR/httperr1.log",
                                 "system32/LogFiles/MSFTPSVC1/ex261122.log",
                                 "inetpub/logs/LogFiles/W3SVC1/"
                                 "u_ex261121.log"}));
  ASSERT_EQ(facts.records.logs.size(), 5U);
  EXPECT_EQ(facts.records.logs[0].kind, LogKind::kWeb);
  EXPECT_EQ(facts.records.logs[0].site, "W3SVC1");
  EXPECT_EQ(facts.records.logs[1].site, "W3SVC2");
  EXPECT_EQ(facts.records.logs[2].kind, LogKind::kHttpErrors);
  EXPECT_TRUE(facts.records.logs[0].is_whole);
  ASSERT_FALSE(facts.records.attempts.empty());
  EXPECT_EQ(facts.records.attempts[0].site, "W3SVC1");
  EXPECT_EQ(facts.records.attempts[0].code, 1326U);
  EXPECT_EQ(facts.records.attempts[0].last_origin.text(),
            "inetpub/logs/LogFiles/W3SVC1/u_ex261122.log, line 2");
  EXPECT_TRUE(facts.notes.empty());
  EXPECT_TRUE(facts.problems.empty());
  // The log of a site names no server.
  EXPECT_FALSE(facts.machine.computer.has_value());
}

TEST(NewestLogsTest, EachFormOfLogHasNewestOnes) {
  Files files;
  for (const std::string name :
       {"ex991231.log", "ex000101.log", "ex990101.log", "nc261122.LOG",
        "extend1.log", "extend2.log", "extend10.log"}) {
    files.files.add("a/W3SVC1/" + name, "");
  }
  read(files, {"a"});
  EXPECT_EQ(files.opened,
            (Texts{"a/W3SVC1/ex000101.log", "a/W3SVC1/ex991231.log",
                   "a/W3SVC1/extend10.log", "a/W3SVC1/extend2.log",
                   "a/W3SVC1/nc261122.LOG"}));
}

TEST(NewestLogsTest, NoLogs) {
  const FileFacts facts = read({});
  EXPECT_TRUE(facts.records.logs.empty());
  ASSERT_EQ(facts.notes.size(), 1U);
  EXPECT_EQ(facts.notes[0].text,
            "no web log is in inetpub/logs/LogFiles or system32/LogFiles, "
            "where IIS writes them if it is told nothing else: requests on "
            "record are not known");
  EXPECT_TRUE(read({}, {}).notes.empty());
}

TEST(NewestLogsTest, WhatIsRefused) {
  Files files;
  files.files.add("a/W3SVC1/ex261122.log", refusal("2026-11-22"));
  for (const std::string folder : {"a", "a/W3SVC1"}) {
    files.refused = folder;
    const FileFacts facts = read(files, {"a"});
    ASSERT_EQ(facts.problems.size(), 1U);
    EXPECT_EQ(facts.problems[0].text,
              "web logs were not looked for: access is denied");
    EXPECT_EQ(facts.problems[0].origin.text(), folder);
    EXPECT_NE(facts.problems[0].todo, "");
    EXPECT_TRUE(facts.notes.empty());
  }
  files.refused = "a/W3SVC1/ex261122.log";
  const FileFacts facts = read(files, {"a"});
  ASSERT_EQ(facts.problems.size(), 1U);
  EXPECT_EQ(facts.problems[0].text, "access is denied");
  ASSERT_EQ(facts.records.logs.size(), 1U);
  EXPECT_FALSE(facts.records.logs[0].is_whole);
  EXPECT_EQ(facts.records.logs[0].site, "W3SVC1");
}

TEST(NewestLogsTest, NoMoreThanSoManyBytes) {
  Files files;
  for (const std::string site : {"W3SVC1", "W3SVC2", "W3SVC3"}) {
    files.files.add("a/" + site + "/ex261122.log", refusal("2026-11-22"));
  }
  files.sizes["a/W3SVC1/ex261122.log"] = kMaxLiveLogs + 1;
  files.sizes["a/W3SVC2/ex261122.log"] = kMaxLiveLogs - 10;
  const FileFacts facts = read(files, {"a"});
  EXPECT_EQ(files.opened, Texts{"a/W3SVC2/ex261122.log"});
  ASSERT_EQ(facts.problems.size(), 1U);
  EXPECT_EQ(facts.problems[0].text,
            "2 of the newest web logs left out: they are too large or too "
            "many. The first of them is a/W3SVC1/ex261122.log");
  ASSERT_EQ(facts.records.logs.size(), 3U);
  EXPECT_FALSE(facts.records.logs[0].is_whole);
  EXPECT_TRUE(facts.records.logs[1].is_whole);
  EXPECT_FALSE(facts.records.logs[2].is_whole);
}

TEST(NewestLogsTest, NoMoreThanSoManyRecords) {
  Files files;
  files.files.add("a/W3SVC1/ex261122.log", refusal("2026-11-22"));
  FileFacts facts;
  facts.records.attempts.resize(kMaxLiveAttempts + 1);
  read_newest_logs(files, {"a"}, facts);
  EXPECT_TRUE(files.opened.empty());
  EXPECT_EQ(facts.problems.size(), 1U);
}

// A file of that name that is something else.
TEST(NewestLogsTest, WhatIsNoLogTellsNothing) {
  Files files;
  files.files.add("a/W3SVC1/ex261122.log",
                  "User name                    IUSR_WEB01\n");
  const FileFacts facts = read(files, {"a"});
  EXPECT_TRUE(facts.records.logs.empty());
  EXPECT_TRUE(facts.accounts.accounts.empty());
}

}  // namespace
}  // namespace iisdiag::evidence
