// Archives that the program writes are archives that it reads.
#include "evidence/archive_writer.hpp"

#include <gtest/gtest.h>

#include "evidence/archive.hpp"

namespace iisdiag::evidence {
namespace {

TEST(ArchiveWriterTest, TheSameBytesForTheSameEntries) {
  const std::vector<ArchiveFile> entries{{"a.txt", "one"},
                                         {"b/\xC3\xBC.txt", ""}};
  EXPECT_EQ(write_archive(entries), write_archive(entries));
}

TEST(ArchiveWriterTest, WhatIsReadAgain) {
  const std::vector<ArchiveFile> files{{"a.txt", std::string(100000, 'a')},
                                       {"b/\xC3\xBC.txt", ""}};
  const auto bytes = write_archive(files);
  ASSERT_TRUE(bytes);
  EXPECT_LT(bytes->size(), 1000U);
  const ArchiveListing listing = list_archive(*bytes);
  EXPECT_EQ(listing.refusal, "");
  EXPECT_TRUE(listing.refused.empty());
  ASSERT_EQ(listing.entries.size(), 2U);
  Unpacker unpacker;
  for (std::size_t i = 0; i < files.size(); ++i) {
    EXPECT_EQ(listing.entries[i].name, files[i].name);
    EXPECT_EQ(unpacker.unpack(*bytes, listing.entries[i]).value,
              files[i].bytes);
  }
}

TEST(ArchiveWriterTest, NoEntries) {
  const auto empty = write_archive({});
  ASSERT_TRUE(empty);
  EXPECT_EQ(empty->substr(0, 4), std::string("PK\x05\x06"));
}

}  // namespace
}  // namespace iisdiag::evidence
