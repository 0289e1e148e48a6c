// A snapshot gives back what was written into it.
#include "evidence/snapshot.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "evidence/load.hpp"
#include "evidence/reading.hpp"
#include "evidence/snapshot_facts.hpp"
#include "evidence/snapshot_words.hpp"

namespace iisdiag::evidence {
namespace {

FileFacts read_snapshot(std::string_view text) {
  return read_as(kSnapshot, text, "snapshot.json");
}

// What belongs to the file itself.
FileFacts as_read(FileFacts facts) {
  facts.is_live = true;
  facts.captured = full_header();
  return facts;
}

void expect_same(const FileFacts& one, const FileFacts& other) {
  EXPECT_EQ(describe(one.problems), describe(other.problems));
  EXPECT_TRUE(one.machine == other.machine);
  EXPECT_EQ(one.machine_is_template, other.machine_is_template);
  EXPECT_TRUE(one.configs == other.configs);
  EXPECT_TRUE(one.iis7 == other.iis7);
  EXPECT_TRUE(one.accounts == other.accounts);
  EXPECT_TRUE(one.trials == other.trials);
  EXPECT_TRUE(one.records == other.records);
  EXPECT_EQ(one.is_live, other.is_live);
  EXPECT_TRUE(one.captured == other.captured);
  EXPECT_TRUE(one.rights == other.rights);
  EXPECT_TRUE(one.policies == other.policies);
  EXPECT_TRUE(one.policy_report == other.policy_report);
  EXPECT_TRUE(one.elsewhere == other.elsewhere);
  EXPECT_EQ(one.redirects_configuration, other.redirects_configuration);
  EXPECT_EQ(one.not_before, other.not_before);
  EXPECT_TRUE(one.notes == other.notes);
  EXPECT_TRUE(one.problems == other.problems);
}

TEST(SnapshotTest, EveryFactComesBack) {
  expect_same(read_snapshot(write_snapshot(full_facts(), full_header())),
              as_read(full_facts()));
}

// Snapshots of earlier versions have no hours.
TEST(SnapshotTest, HoursMayBeMissing) {
  FileFacts facts = full_facts();
  facts.records.attempts.front().hours.clear();
  const std::string text = write_snapshot(facts, full_header());
  EXPECT_EQ(text.find("\"hours\""), std::string::npos);
  expect_same(read_snapshot(text), as_read(facts));
}

TEST(SnapshotTest, HoursAreAList) {
  FileFacts facts;
  facts::LogonAttempt& attempt = facts.records.attempts.emplace_back();
  attempt.hours = {{3600, 1}, {7200, 14}};
  const std::string text = write_snapshot(facts, full_header());
  constexpr std::string_view kHours = R"(
          "hours": [
            {
              "hour": "1970-01-01T01:00:00",
              "count": 1
            },
            {
              "hour": "1970-01-01T02:00:00",
              "count": 14
            }
          ])";
  EXPECT_NE(text.find(kHours), std::string::npos) << text;
  expect_same(read_snapshot(text), as_read(facts));
}

TEST(SnapshotTest, NoFactsComeBackAsNone) {
  expect_same(read_snapshot(write_snapshot({}, full_header())),
              as_read(FileFacts{}));
}

// A list of all words, so that none changes unseen: files out there hold them.
template <class Enum>
std::string words() {
  std::string all;
  for (int i = 0; !word(static_cast<Enum>(i)).empty(); ++i) {
    const auto value = static_cast<Enum>(i);
    EXPECT_EQ(value_of<Enum>(word(value)), value);
    all += std::string(word(value)) + " ";
  }
  EXPECT_FALSE(value_of<Enum>("").has_value());
  EXPECT_FALSE(value_of<Enum>("Opaque").has_value());
  return all;
}

TEST(SnapshotTest, WordsAreForGood) {
  EXPECT_EQ(words<facts::Role>(), "workstation member dc ");
  EXPECT_EQ(words<facts::Service>(), "W3SVC MSFTPSVC FTPSVC GOPHERSVC ");
  EXPECT_EQ(words<facts::Store>(), "registry metabase apphost ");
  EXPECT_EQ(words<facts::LogonMethod>(),
            "interactive batch network network-cleartext ");
  EXPECT_EQ(words<facts::StoredPassword>(), "opaque readable empty lost ");
  EXPECT_EQ(words<facts::PoolAccount>(),
            "local-system local-service network-service specific-user "
            "application-pool-identity ");
  EXPECT_EQ(words<facts::AccountKind>(),
            "user group domain alias well-known-group deleted invalid unknown "
            "computer label logon-session ");
  EXPECT_EQ(words<facts::LogonRefrain>(),
            "none asked-not-to lockout-risk sync-unknown unreadable "
            "no-such-account is-wine ");
  EXPECT_EQ(words<facts::RecordKind>(),
            "iis-event sub-authentication logon validation pre-authentication "
            "lockout right-removed right-granted service-start web-log ftp-log "
            "http-errors ");
  EXPECT_EQ(words<facts::LogKind>(),
            "system-events security-events other-events web ftp http-errors ");
}

TEST(SnapshotTest, EveryWordOfEveryEnumerationComesBack) {
  for (const auto kind :
       {facts::StoredPassword::kOpaque, facts::StoredPassword::kClearText,
        facts::StoredPassword::kEmpty, facts::StoredPassword::kLost}) {
    FileFacts facts = full_facts();
    facts.configs.front().nodes.front().password.value = {kind, {}};
    expect_same(read_snapshot(write_snapshot(facts, full_header())),
                as_read(facts));
  }
}

TEST(SnapshotTest, TheTextIsAsciiAndAlwaysTheSame) {
  const std::string text = write_snapshot(full_facts(), full_header());
  EXPECT_TRUE(std::all_of(text.begin(), text.end(), [](char c) {
    return c == '\n' || (c >= ' ' && c < '\x7F');
  }));
  EXPECT_EQ(write_snapshot(full_facts(), full_header()), text);
  EXPECT_EQ(write_snapshot(read_snapshot(text), full_header()), text);
}

TEST(SnapshotTest, NamesOfAnyLettersComeBack) {
  FileFacts facts;
  for (const std::string_view name : {"G\u00e4ste", "日本", "a\"b\\c/d",
                                      "\x01\x7F\n", "\xF0\x9F\x98\x80", ""}) {
    facts.accounts.accounts.emplace_back().name = name;
  }
  expect_same(read_snapshot(write_snapshot(facts, full_header())),
              as_read(facts));
}

TEST(SnapshotTest, BytesThatAreNoUtf8AreReplaced) {
  FileFacts facts;
  facts.accounts.accounts.emplace_back().name = "a\xFF";
  const FileFacts back = read_snapshot(write_snapshot(facts, full_header()));
  ASSERT_EQ(back.accounts.accounts.size(), 1U);
  EXPECT_EQ(back.accounts.accounts.front().name, "a\xEF\xBF\xBD");
}

// A time that no calendar has is the nearest one that can be read back.
TEST(SnapshotTest, TimesOutOfTheCalendarAreCut) {
  FileFacts facts;
  facts.not_before = std::numeric_limits<facts::ClockSeconds>::max();
  const FileFacts back = read_snapshot(write_snapshot(facts, full_header()));
  EXPECT_EQ(describe(back.problems), "");
  ASSERT_TRUE(back.not_before);
  EXPECT_EQ(facts::iso_text({*back.not_before, {}}), "9999-12-31T00:00:00");
}

TEST(SnapshotTest, TheTimeOfCaptureIsTheServersClock) {
  MemoryFiles files;
  files.add("snapshot.json", write_snapshot({}, full_header()));
  const Loaded loaded = load(files, {"snapshot.json"}, {}, "");
  ASSERT_TRUE(loaded.server.source.captured_at);
  EXPECT_EQ(facts::iso_text(*loaded.server.source.captured_at),
            "2026-11-22T11:00:00+01:00");
  EXPECT_TRUE(loaded.server.source.is_server_clock);
}

TEST(SnapshotTest, AManifestComesBack) {
  CollectionManifest manifest;
  manifest.header = full_header();
  manifest.files = {{"snapshot.json", 12, std::string(64, 'a')}};
  manifest.not_read = {{"config/a", "access is denied", "Elevate."},
                       {"b", "c", ""}};
  FileFacts facts = read_as(kCollectionManifest, write_manifest(manifest));
  manifest.origin = facts::Origin::in_file("file", 0);
  EXPECT_TRUE(facts.collection == manifest);
  EXPECT_EQ(describe(facts.problems), "");
}

}  // namespace
}  // namespace iisdiag::evidence
