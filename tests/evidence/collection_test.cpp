// A manifest and the files that it lists.
#include "evidence/collection.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "evidence/load.hpp"
#include "evidence/reading.hpp"
#include "evidence/snapshot.hpp"
#include "evidence/snapshot_facts.hpp"
#include "text/sha256.hpp"

namespace iisdiag::evidence {
namespace {

constexpr std::string_view kVer = "Microsoft Windows [Version 5.2.3790]\n";

CollectedFile listed(std::string name, std::string_view bytes) {
  return {std::move(name), bytes.size(), text::sha256_hex(bytes)};
}

// Problems of a collection below case/web01 whose manifest lists ver.txt.
std::string problems(const CollectionManifest& manifest, std::string_view ver,
                     const FileFacts& snapshot = {}) {
  MemoryFiles files;
  files.add("case/web01/manifest.json", write_manifest(manifest));
  files.add("case/web01/sub/VER.TXT", std::string(ver));
  files.add("case/web01/snapshot.json",
            write_snapshot(snapshot, full_header()));
  files.add("case/added.txt", "Hello.");
  std::string all;
  for (const facts::Problem& problem :
       load(files, {"case"}, {}, "").server.problems) {
    all += problem.origin.text() + ": " + problem.text +
           (problem.todo.empty() ? "" : " (" + problem.todo + ")") + "\n";
  }
  return all;
}

CollectionManifest manifest(std::string_view ver) {
  CollectionManifest manifest;
  manifest.header = full_header();
  manifest.files = {listed("sub/ver.txt", ver)};
  return manifest;
}

TEST(CollectionTest, FilesAsTheyWereCollected) {
  EXPECT_EQ(problems(manifest(kVer), kVer), "");
}

TEST(CollectionTest, AFileThatHasChanged) {
  std::string other(kVer);
  other.back() = ' ';
  const std::string expected =
      "web01/sub/VER.TXT: changed since it was collected: it has not the size "
      "and the SHA-256 that web01/manifest.json lists (Copy the collection "
      "again, or collect again.)\n";
  EXPECT_EQ(problems(manifest(kVer), other), expected);
  CollectionManifest longer = manifest(kVer);
  longer.files.front().size += 1;
  EXPECT_EQ(problems(longer, kVer), expected);
  CollectionManifest none = manifest(kVer);
  none.files.front().sha256.clear();
  EXPECT_EQ(problems(none, kVer), expected);
}

TEST(CollectionTest, AFileThatIsGone) {
  CollectionManifest two = manifest(kVer);
  two.files.push_back(listed("config/MetaBase.xml", ""));
  EXPECT_EQ(
      problems(two, kVer),
      "web01/manifest.json: config/MetaBase.xml is listed, and not in "
      "the evidence (Copy the whole collection again, or collect again.)\n");
}

TEST(CollectionTest, WhatCouldNotBeRead) {
  CollectionManifest partial = manifest(kVer);
  partial.not_read = {{"config/a.config", "access is denied", "Elevate."}};
  EXPECT_EQ(problems(partial, kVer),
            "web01/manifest.json: config/a.config was not read: access is "
            "denied (Elevate.)\n");
}

// Told once, in the words of a live run.
TEST(CollectionTest, WhatTheSnapshotTellsIsNotToldAgain) {
  FileFacts snapshot;
  facts::Problem problem;
  problem.text = "access is denied";
  problem.origin = facts::Origin::from_api("NetUserGetInfo", 5);
  snapshot.problems = {problem};
  CollectionManifest partial = manifest(kVer);
  partial.not_read = {{"NetUserGetInfo, error 5", "access is denied", ""}};
  EXPECT_EQ(problems(partial, kVer, snapshot),
            "NetUserGetInfo, error 5: access is denied\n");
}

TEST(CollectionTest, ProblemsAreCounted) {
  CollectionManifest many = manifest(kVer);
  for (int i = 0; i < 50; ++i) {
    many.not_read.push_back({"file" + std::to_string(i), "gone", ""});
  }
  const std::string all = problems(many, kVer);
  EXPECT_EQ(std::count(all.begin(), all.end(), '\n'), 21);
  EXPECT_NE(all.find("30 more problems in this collection"), std::string::npos);
}

// The same names in two folders: then the report shows paths for them.
TEST(CollectionTest, TwoCollections) {
  MemoryFiles files;
  files.add("a/manifest.json", write_manifest(manifest(kVer)));
  files.add("a/sub/ver.txt", std::string(kVer));
  files.add("b/manifest.json", write_manifest({full_header(), {}, {}}));
  EXPECT_EQ(describe(load(files, {"a", "b"}, {}, "").server.problems), "");
}

TEST(CollectionTest, AManifestAloneIsNothingToCheck) {
  MemoryFiles files;
  files.add("manifest.json", write_manifest(manifest(kVer)));
  EXPECT_EQ(load(files, {"manifest.json"}, {}, "").evidence_files, 0U);
}

TEST(CollectionTest, TheTimeIsThatOfTheManifestOfThisComputer) {
  CollectionManifest later = manifest(kVer);
  later.header.captured_at += 3600;
  CollectionManifest other = later;
  other.header.captured_at += 3600;
  other.header.computer = "WEB02";
  FileFacts named;
  named.machine.computer = {"WEB01", {}};
  MemoryFiles files;
  files.add("a/manifest.json", write_manifest(later));
  files.add("a/sub/ver.txt", std::string(kVer));
  files.add("a/snapshot.json", write_snapshot(named, full_header()));
  files.add("b/manifest.json", write_manifest(other));
  files.add("b/sub/ver.txt", std::string(kVer));
  const auto source = load(files, {"a", "b"}, {}, "").server.source;
  ASSERT_TRUE(source.captured_at);
  EXPECT_EQ(facts::iso_text(*source.captured_at), "2026-11-22T12:00:00+01:00");
  EXPECT_TRUE(source.is_server_clock);
}

}  // namespace
}  // namespace iisdiag::evidence
