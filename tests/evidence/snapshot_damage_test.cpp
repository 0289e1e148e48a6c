// Snapshots and manifests that are not as they should be: what is wrong is
// told with its line, the rest is used, and a gap is never taken for absent.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "evidence/limits.hpp"
#include "evidence/reading.hpp"
#include "evidence/snapshot.hpp"
#include "evidence/snapshot_facts.hpp"

namespace iisdiag::evidence {
namespace {

constexpr std::string_view kHeader =
    R"({"schema": "iisdiag-snapshot/1", "version": "1.0.0",
"computer": "WEB01", "captured_at": "2026-11-22T10:00:00Z",
"utc_offset_minutes": 60, "elevated": true, "facts": )";

// `facts` begins in line 3.
FileFacts read_with(std::string_view facts) {
  return read_as(kSnapshot, std::string(kHeader) + std::string(facts) + "}");
}

// "3: text" for each problem.
std::string told(const FileFacts& facts) {
  std::string all;
  for (const facts::Problem& problem : facts.problems) {
    all += std::to_string(problem.origin.number()) + ": " + problem.text + "\n";
  }
  return all;
}

std::string told(std::string_view facts) { return told(read_with(facts)); }

std::string golden(const std::string& name) {
  std::ifstream file(IISDIAG_SOURCE_DIR "/tests/evidence/golden/" + name,
                     std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// The whole text, which other programs may read.
TEST(SnapshotGoldenTest, EveryMember) {
  EXPECT_EQ(write_snapshot(full_facts(), full_header()),
            golden("snapshot.json"));
}

TEST(SnapshotGoldenTest, Manifest) {
  const FileFacts facts =
      read_as(kCollectionManifest, golden("manifest.json"), "manifest.json");
  ASSERT_TRUE(facts.collection);
  EXPECT_EQ(facts.collection->files.size(), 2U);
  EXPECT_EQ(facts.collection->not_read.size(), 2U);
  EXPECT_EQ(write_manifest(*facts.collection), golden("manifest.json"));
}

TEST(SnapshotDamageTest, AsItShouldBe) {
  EXPECT_EQ(told("{}"), "");
  EXPECT_TRUE(read_with("{}").is_live);
}

TEST(SnapshotDamageTest, AnotherVersionOfTheSchemaIsNotRead) {
  const FileFacts facts = read_as(
      kSnapshot,
      "{\n\"schema\": \"iisdiag-snapshot/2\", \"facts\": {\"notes\": 3}}");
  EXPECT_EQ(told(facts),
            "2: schema: this iisdiag reads iisdiag-snapshot/1 and no other: "
            "use the one that wrote it, or a later one\n");
  EXPECT_FALSE(facts.is_live);
  EXPECT_FALSE(facts.captured);
}

TEST(SnapshotDamageTest, AHeaderWithGaps) {
  const FileFacts facts =
      read_as(kSnapshot,
              "{\"schema\": \"iisdiag-snapshot/1\",\n\"computer\": \"WEB01\",\n"
              "\"captured_at\": \"2026-11-22T10:00:00+01:00\",\n"
              "\"utc_offset_minutes\": 900, \"elevated\": 1}");
  EXPECT_EQ(told(facts),
            "1: version is missing\n"
            "3: captured_at: not a time in UTC\n"
            "4: elevated: neither true nor false\n"
            "4: utc_offset_minutes: no clock is that far from UTC\n"
            "1: facts is missing\n");
  EXPECT_FALSE(facts.captured);
}

TEST(SnapshotDamageTest, ValuesOfAnotherKind) {
  EXPECT_EQ(told("[]"), "3: facts: not an object\n");
  EXPECT_EQ(told(R"({"notes": {}})"), "3: notes: not a list\n");
  EXPECT_EQ(told(R"({"not_before": 3})"),
            "3: not_before: not a time of the server's clock\n");
  EXPECT_EQ(told(R"({"not_before": "2026-11-22T10:00:00Z"})"),
            "3: not_before: not a time of the server's clock\n");
  EXPECT_EQ(told(R"({"notes": [{"text": null}]})"), "3: text: not a text\n");
  EXPECT_EQ(told(R"({"notes": [3]})"), "3: not an object\n");
  EXPECT_EQ(told(R"({"policy_report": {"file": "a", "line": -1}})"),
            "3: line: a number out of range\n");
  EXPECT_EQ(told(R"({"policy_report": {"file": "a", "line": 1.5}})"),
            "3: line: not a whole number\n");
  EXPECT_EQ(
      told(R"({"policy_report": {"file": "a", "line": 18446744073709551615}})"),
      "3: line: not a whole number\n");
  EXPECT_EQ(told(R"({"policy_report": {"api": "a"}})"), "3: code is missing\n");
}

TEST(SnapshotDamageTest, AFactThatIsNotUnderstoodIsUnknown) {
  for (const auto& [fact, problem] :
       {std::pair(R"({"value": "DC"})", "value: not a word that is known"),
        std::pair(R"({"value": 3})", "value: not a word that is known"),
        std::pair(R"({})", "role: not one of value, absent and unknown"),
        std::pair(R"({"absent": false})",
                  "role: not one of value, absent and unknown"),
        std::pair(R"({"value": "dc", "absent": true})",
                  "role: not one of value, absent and unknown"),
        std::pair(R"({"value": "dc", "why": ""})",
                  "why: not a member that is known here"),
        std::pair(R"({"value": "dc", "value": "member"})",
                  "value: stands here twice"),
        std::pair(R"({"absent": true, "origin": 3})", "origin: not an object"),
        std::pair(R"("dc")", "role: not an object")}) {
    const FileFacts facts =
        read_with(R"({"machine": {"role": )" + std::string(fact) + "}}");
    EXPECT_EQ(told(facts), "3: " + std::string(problem) + "\n");
    ASSERT_TRUE(facts.machine.role.is_unknown()) << fact;
    EXPECT_EQ(facts.machine.role.reason().why, "the snapshot is damaged here");
    EXPECT_TRUE(facts.is_live);
  }
}

// A node that is left out may be what a setting would come from.
// Taken for false, it would end at this node, and those below would not be
// unknown.
TEST(SnapshotDamageTest, ADamagedInheritsMakesTheSettingUnknown) {
  const FileFacts facts = read_with(
      R"({"configs": [{"store": "metabase", "nodes": [{"service": "W3SVC",
"path": "/LM/W3SVC", "account": {"value": "a", "inherits": 1}}]}]})");
  EXPECT_EQ(told(facts), "4: inherits: neither true nor false\n");
  ASSERT_EQ(facts.configs.size(), 1U);
  ASSERT_EQ(facts.configs.front().nodes.size(), 1U);
  const auto& account = facts.configs.front().nodes.front().account;
  EXPECT_EQ(account.value.reason().why, "the snapshot is damaged here");
  EXPECT_TRUE(account.inherits);
}

TEST(SnapshotDamageTest, ADamagedValueStillEndsAtItsNode) {
  const FileFacts facts = read_with(
      R"({"configs": [{"store": "metabase", "nodes": [{"service": "W3SVC",
"path": "/LM/W3SVC", "account": {"value": 1, "inherits": false}}]}]})");
  EXPECT_EQ(told(facts), "4: value: not a text\n");
  ASSERT_EQ(facts.configs.size(), 1U);
  ASSERT_EQ(facts.configs.front().nodes.size(), 1U);
  const auto& account = facts.configs.front().nodes.front().account;
  EXPECT_TRUE(account.value.is_unknown());
  EXPECT_FALSE(account.inherits);
}

// Taken for false, whoever is not in the list would not hold the right.
TEST(SnapshotDamageTest, ADamagedCutMakesTheRightUnknown) {
  const FileFacts facts = read_with(
      R"({"rights": [{"SeNetworkLogonRight": {"value": [], "cut": "x"}}]})");
  EXPECT_EQ(told(facts), "3: cut: neither true nor false\n");
  ASSERT_EQ(facts.rights.size(), 1U);
  constexpr auto kNetwork =
      static_cast<std::size_t>(facts::LogonRight::kNetwork);
  EXPECT_EQ(facts.rights.front().rights.at(kNetwork).reason().why,
            "the snapshot is damaged here");
}

TEST(SnapshotDamageTest, ARightThatIsNoObject) {
  EXPECT_EQ(told(R"({"rights": [{"SeNetworkLogonRight": [1]}]})"),
            "3: SeNetworkLogonRight: not an object\n");
}

TEST(SnapshotDamageTest, AConfigurationWithAGapIsNotWhole) {
  const auto config = [](std::string_view nodes) {
    return read_with(
        R"({"configs": [{"store": "metabase", "whole": true, "nodes": [)" +
        std::string(nodes) + "]}]}");
  };
  const std::string good = R"({"service": "W3SVC", "path": "/LM/W3SVC"})";
  EXPECT_TRUE(config(good).configs.front().whole);
  for (const std::string bad :
       {R"({"service": "W3SVC"})", R"({"service": "HTTP", "path": "/"})",
        R"({"service": "W3SVC", "path": "/", "serves": 1})", "[]"}) {
    const FileFacts facts = config(good + "," + bad);
    EXPECT_EQ(facts.problems.size(), 1U) << told(facts);
    ASSERT_EQ(facts.configs.size(), 1U);
    EXPECT_EQ(facts.configs.front().nodes.size(), 1U);
    EXPECT_FALSE(facts.configs.front().whole);
  }
}

TEST(SnapshotDamageTest, AListOfAccountsWithAGapIsNotComplete) {
  const FileFacts facts = read_with(
      R"({"accounts": {"lists": [{"names": ["a", 3], "complete": true}]}})");
  EXPECT_EQ(told(facts), "3: not a text\n");
  ASSERT_EQ(facts.accounts.lists.size(), 1U);
  EXPECT_EQ(facts.accounts.lists.front().names, std::vector<std::string>{"a"});
  EXPECT_FALSE(facts.accounts.lists.front().complete);
}

TEST(SnapshotDamageTest, AHolderThatIsNotUnderstoodLeavesTheRightOpen) {
  const FileFacts facts = read_with(
      R"({"rights": [{"SeNetworkLogonRight": {"value": [{"sid": "S-1-x"}]},
"SeBatchLogonRight": {"value": []}, "SeNoSuchRight": {"value": []}}]})");
  EXPECT_EQ(told(facts),
            "3: sid: not a SID\n"
            "4: SeNoSuchRight: not a member that is known here\n");
  ASSERT_EQ(facts.rights.size(), 1U);
  EXPECT_TRUE(
      facts.rights.front().holders(facts::LogonRight::kNetwork).is_unknown());
  EXPECT_TRUE(
      facts.rights.front().holders(facts::LogonRight::kBatch).has_value());
}

// A report of policies is proof that nothing else defines a right.
TEST(SnapshotDamageTest, APolicyReportWithAGapProvesNothing) {
  EXPECT_TRUE(read_with(R"({"policy_report": {"file": "a"}})").policy_report);
  EXPECT_FALSE(
      read_with(R"({"policy_report": {"file": "a"}, "rights": [{"x": 1}]})")
          .policy_report);
}

TEST(SnapshotDamageTest, ACutSnapshotBeatsNothing) {
  const std::string whole = std::string(kHeader) +
                            R"({"configs": [{"store": "metabase",
"whole": true, "nodes": [{"service": "W3SVC", "path": "/LM/W3SVC"},)";
  const FileFacts facts = read_as(kSnapshot, whole);
  EXPECT_EQ(told(facts), "4: the text ends too early\n");
  EXPECT_FALSE(facts.is_live);
  ASSERT_EQ(facts.configs.size(), 1U);
  EXPECT_EQ(facts.configs.front().nodes.size(), 1U);
  EXPECT_FALSE(facts.configs.front().whole);
}

TEST(SnapshotDamageTest, TextThatIsNoJson) {
  EXPECT_EQ(told("{}, }"), "3: this is no JSON from here on\n");
  EXPECT_EQ(told("{'a': 1}"), "3: this is no JSON from here on\n");
  EXPECT_EQ(told("{} } garbage {"), "3: this is no JSON from here on\n");
}

TEST(SnapshotDamageTest, DepthIsBounded) {
  const std::string deep(100'000, '[');
  EXPECT_EQ(told("{\"notes\": " + deep),
            "3: deeper than 32: the rest is not read\n3: not an object\n");
}

TEST(SnapshotDamageTest, LengthOfATextIsBounded) {
  EXPECT_EQ(told(R"({"notes": [{"text": ")" +
                 std::string(kMaxJsonText + 1, 'x') + "\"}]}"),
            "3: a text of more than 1048576 bytes: the rest is not read\n"
            "3: text is missing\n");
}

TEST(SnapshotDamageTest, NumberOfValuesIsBounded) {
  std::string many = "{\"x\": [0";
  for (std::size_t i = 0; i < kMaxJsonValues; ++i) {
    many += ",0";
  }
  EXPECT_EQ(told(many + "]}"),
            "3: more than 4000000 values: the rest is not read\n"
            "3: x: not a member that is known here\n");
}

TEST(SnapshotDamageTest, ElementsOfAListAreBounded) {
  std::string many = R"({"policies": [{"id": "a", "name": "b"})";
  for (std::size_t i = 0; i < kMaxSnapshotList; ++i) {
    many += R"(,{"id": "a", "name": "b"})";
  }
  const FileFacts facts = read_with(many + "]}");
  EXPECT_EQ(told(facts),
            "3: more than 100000 elements: the rest is not read\n");
  EXPECT_EQ(facts.policies.size(), kMaxSnapshotList);
}

TEST(SnapshotDamageTest, ProblemsAreCounted) {
  std::string many = R"({"notes": [0)";
  for (int i = 0; i < 499; ++i) {
    many += ",\n0";
  }
  const FileFacts facts = read_with(many + "]}");
  ASSERT_EQ(facts.problems.size(), kMaxProblemsPerFile + 1);
  EXPECT_EQ(facts.problems.back().text, "480 more problems in this file");
}

TEST(SnapshotDamageTest, OnlyItsOwnSchemaIsRecognised) {
  EXPECT_EQ(format_of(R"({"schema": "iisdiag-report/1"})"), "-");
  EXPECT_EQ(format_of(R"(["schema", "iisdiag-snapshot/1"])"), "-");
  EXPECT_EQ(format_of(R"({"schema" "iisdiag-snapshot/1"})"), "-");
  EXPECT_EQ(format_of(R"({ "a": 1, "schema" : "iisdiag-snapshot/1"})"),
            "snapshot");
  EXPECT_EQ(format_of(R"({"schema":"iisdiag-collection/9)"),
            "collection-manifest");
}

}  // namespace
}  // namespace iisdiag::evidence
