// Every real log of a site gives the facts that a person reads in it:
// golden_logs/NAME.txt. Written anew as those of golden_test.cpp are.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "corpus.hpp"
#include "evidence/describe_log.hpp"

namespace iisdiag::corpus {
namespace {

TEST(LogsTest, HaveTheFactsThatAPersonReads) {
  const auto corpus = folder();
  if (!corpus) {
    GTEST_SKIP() << kAbsent;
  }
  const char* const update = std::getenv("IISDIAG_UPDATE_GOLDEN");
  const std::string golden =
      std::filesystem::path(golden_folder()).parent_path() / "golden_logs";
  for (const std::string& name : files_below(*corpus)) {
    if (!name.starts_with("iislog/")) {
      continue;
    }
    const std::string bytes = read_file(*corpus + "/" + name);
    const evidence::LogFormat* const format = evidence::recognise_log(
        std::string_view(bytes).substr(0, evidence::kLogStart));
    ASSERT_NE(format, nullptr) << name;
    const std::string facts = evidence::describe_log(
        evidence::read_log(*format, bytes, "iislog", name));
    const std::string file = golden + "/" + name + ".txt";
    if (update != nullptr && std::string_view(update) == "1") {
      std::filesystem::create_directories(
          std::filesystem::path(file).parent_path());
      std::ofstream(file, std::ios::binary) << facts;
    }
    EXPECT_EQ(facts, read_file(file)) << name;
  }
}

}  // namespace
}  // namespace iisdiag::corpus
