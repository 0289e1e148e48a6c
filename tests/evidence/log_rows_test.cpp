#include "evidence/log_rows.hpp"

#include <gtest/gtest.h>

#include <string>

#include "evidence/row_groups.hpp"

namespace iisdiag::evidence {
namespace {

TEST(LogRowsTest, UrlPrefix) {
  EXPECT_EQ(url_prefix("/"), "/");
  EXPECT_EQ(url_prefix("/default.asp"), "/");
  EXPECT_EQ(url_prefix("/Shop"), "/Shop");
  EXPECT_EQ(url_prefix("/Shop/"), "/Shop");
  EXPECT_EQ(url_prefix("/a/b/x.asp"), "/a/b");
  EXPECT_EQ(url_prefix("/a/b/c"), "/a/b/c");
  EXPECT_EQ(url_prefix("/a/b/c.d"), "/a/b");
  EXPECT_EQ(url_prefix("/a/b/c.d/e"), "/a/b/c.d");
  EXPECT_EQ(url_prefix("/a/b/c/d/e"), "/a/b/c");
  EXPECT_EQ(url_prefix("/a%20b/x?y=/z/"), "/a%20b/x");
  EXPECT_EQ(url_prefix("/?x.y"), "/");
  EXPECT_EQ(url_prefix(""), "");
  EXPECT_EQ(url_prefix("-"), "");
  EXPECT_EQ(url_prefix("*"), "");
  EXPECT_EQ(url_prefix("/" + std::string(1000, 'a')),
            "/" + std::string(255, 'a'));
  // Not inside a character of two bytes.
  EXPECT_EQ(url_prefix("/" + std::string(254, 'a') + "\xD8\xB9"),
            "/" + std::string(254, 'a'));
}

TEST(LogRowsTest, SiteOfFolder) {
  EXPECT_EQ(site_of_folder("C:\\LogFiles\\w3svc12\\"), "W3SVC12");
  EXPECT_EQ(site_of_folder("logs/MSFTPSVC1"), "MSFTPSVC1");
  EXPECT_EQ(site_of_folder("FtpSvc3"), "FTPSVC3");
  EXPECT_EQ(site_of_folder("W3SVC"), "");
  EXPECT_EQ(site_of_folder("W3SVC1/old"), "");
  EXPECT_EQ(site_of_folder("W3SVC1x"), "");
  EXPECT_EQ(site_of_folder(""), "");
}

TEST(LogRowsTest, ErrorOf) {
  EXPECT_EQ(error_of("1326"), 1326U);
  EXPECT_EQ(error_of("2147943726"), 1326U);
  EXPECT_EQ(error_of("2148074252"), 2148074252U);
  for (const char* none :
       {"0", "", "-", "-5", "4294967296", "13x", " 5", "2147942400"}) {
    EXPECT_EQ(error_of(none), std::nullopt) << none;
  }
}

GroupedRow row(std::string_view url) {
  GroupedRow result;
  result.kind = facts::RecordKind::kWebLog;
  result.url = url;
  result.status = 401;
  return result;
}

TEST(RowGroupsTest, JoiningPartsIsAddingAllRows) {
  RowGroups all(3);
  RowGroups first(10);
  RowGroups second(10);
  for (int i = 0; i < 8; ++i) {
    const std::string url = "/" + std::to_string(i % 4);
    const auto line = static_cast<std::uint64_t>(i + 1);
    all.add(row(url), 100 - i % 3, line);
    (i < 5 ? first : second)
        .add(row(url), 100 - i % 3, i < 5 ? line : line - 5);
  }
  RowGroups joined(3);
  joined.join(first, 0);
  joined.join(second, 5);
  const auto name = std::make_shared<const std::string>("log");
  EXPECT_EQ(joined.attempts(name, false), all.attempts(name, false));
  EXPECT_EQ(all.size(), 3U);
  EXPECT_EQ(all.left_out(), 2U);
  EXPECT_EQ(joined.left_out(), 2U);
}

}  // namespace
}  // namespace iisdiag::evidence
