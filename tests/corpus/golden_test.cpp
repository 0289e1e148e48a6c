// Every real file gives the facts that a person reads in it: golden/NAME.txt.
//
// IISDIAG_UPDATE_GOLDEN=1 writes the golden files anew. Whoever does that has
// to read them beside the real files: they are to say what stands there, and
// not what the program prints.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "corpus.hpp"

namespace iisdiag::corpus {
namespace {

bool updates_golden() {
  const char* update = std::getenv("IISDIAG_UPDATE_GOLDEN");
  return update != nullptr && std::string_view(update) == "1";
}

TEST(GoldenTest, EveryFileOfTheCorpusHasOneAndNoOneElse) {
  const auto corpus = folder();
  if (!corpus) {
    GTEST_SKIP() << kAbsent;
  }
  if (updates_golden()) {
    for (const std::string& name : files_below(*corpus)) {
      const std::filesystem::path file = golden_folder() + "/" + name + ".txt";
      std::filesystem::create_directories(file.parent_path());
      std::ofstream(file, std::ios::binary)
          << facts_of(name, read_file(*corpus + "/" + name));
    }
  }
  EXPECT_EQ(files_below(*corpus), golden_names());
}

class GoldenFile : public testing::TestWithParam<std::string> {};

TEST_P(GoldenFile, HasTheFactsThatAPersonReads) {
  const auto corpus = folder();
  if (!corpus) {
    GTEST_SKIP() << kAbsent;
  }
  EXPECT_EQ(facts_of(GetParam(), read_file(*corpus + "/" + GetParam())),
            read_file(golden_folder() + "/" + GetParam() + ".txt"));
}

INSTANTIATE_TEST_SUITE_P(Corpus, GoldenFile, testing::ValuesIn(golden_names()),
                         [](const auto& one) { return test_name(one.param); });

}  // namespace
}  // namespace iisdiag::corpus
