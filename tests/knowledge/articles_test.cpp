// The articles behind the findings, and the severities of findings.
#include <gtest/gtest.h>

#include "knowledge/finding.hpp"

namespace iisdiag::knowledge {
namespace {

TEST(Articles, FoundById) {
  // The article that the whole program is about, and one of each later kind.
  for (const std::string_view id :
       {"Q253204", "KB909887", "WS03:cc783654",
        "iis-docs:anonymousAuthentication", "itpro:user-rights",
        "win32:account-rights-constants"}) {
    const Article* article = find_article(id);
    ASSERT_NE(article, nullptr) << id;
    EXPECT_EQ(article->id, id);
    EXPECT_NE(article->title, "") << id;
  }
  EXPECT_EQ(find_article("Q253204")->title,
            "Event 100: the server was unable to log on");
}

TEST(Articles, OtherIds) {
  for (const std::string_view id :
       {"", "Q", "253204", "q253204", "Q253204 ", " Q253204", "Q2532040",
        "KB253204", "iis-docs:", "anonymousAuthentication"}) {
    EXPECT_EQ(find_article(id), nullptr) << id;
  }
}

TEST(Severity, Names) {
  EXPECT_EQ(severity_name(Severity::kInfo), "info");
  EXPECT_EQ(severity_name(Severity::kWarning), "warning");
  EXPECT_EQ(severity_name(Severity::kUnknown), "unknown");
  EXPECT_EQ(severity_name(Severity::kFail), "fail");
}

TEST(Severity, OneBitEach) {
  EXPECT_EQ(only(Severity::kInfo), 1);
  EXPECT_EQ(only(Severity::kWarning), 2);
  EXPECT_EQ(only(Severity::kUnknown), 4);
  EXPECT_EQ(only(Severity::kFail), 8);
  EXPECT_EQ(either(Severity::kWarning, Severity::kFail), 10);
  EXPECT_EQ(either(Severity::kFail, Severity::kFail), 8);
}

}  // namespace
}  // namespace iisdiag::knowledge
