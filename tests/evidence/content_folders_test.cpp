// Which node a folder of the evidence belongs to.
#include "evidence/content_folders.hpp"

#include <gtest/gtest.h>

namespace iisdiag::evidence {
namespace {

using Segments = std::vector<std::string>;

TEST(PathSegmentsTest, DrivesAndVariablesAreNoNames) {
  EXPECT_EQ(path_segments(R"(C:\inetpub\wwwroot)"),
            (Segments{"inetpub", "wwwroot"}));
  EXPECT_EQ(path_segments("%SystemDrive%\\inetpub/wwwroot\\"),
            (Segments{"inetpub", "wwwroot"}));
  EXPECT_EQ(path_segments(R"(\\srv\share\\web)"),
            (Segments{"srv", "share", "web"}));
  EXPECT_EQ(path_segments(R"(D:\)"), Segments{});
  EXPECT_EQ(path_segments(""), Segments{});
  EXPECT_EQ(path_segments("a/../b"), Segments{});
  EXPECT_EQ(path_segments("./b"), Segments{});
}

TEST(PathSegmentsTest, MoreNamesThanTheBoundAreComparedWithNothing) {
  std::string path = "a";
  for (int i = 1; i < 128; ++i) {
    path += "/a";
  }
  EXPECT_EQ(path_segments(path).size(), 128U);
  EXPECT_EQ(path_segments(path + "/a"), Segments{});
}

std::string found(const ContentFolders& folders, std::string_view folder) {
  const auto match = folders.find(folder);
  std::string result;
  for (const std::string& node : match.nodes) {
    result += "[" + node + "]";
  }
  return result + (match.is_open ? " and others" : "");
}

TEST(ContentFoldersTest, TheLongestMatch) {
  ContentFolders folders;
  folders.add({"A", R"(C:\inetpub\wwwroot)", false});
  folders.add({"B", R"(D:\b\wwwroot)", false});
  folders.add({"C", R"(C:\inetpub\wwwroot\c)", false});
  EXPECT_EQ(found(folders, "inetpub/wwwroot"), "[A]");
  EXPECT_EQ(found(folders, "b/wwwroot/x/y"), "[B/x/y]");
  EXPECT_EQ(found(folders, "inetpub/wwwroot/c/x"), "[C/x]");
  EXPECT_EQ(found(folders, "wwwroot/c"), "[C]");
  EXPECT_EQ(found(folders, "wwwroot"), " and others");
  EXPECT_EQ(found(folders, "x/wwwroot"), "");
  EXPECT_EQ(found(folders, ""), "");
  EXPECT_EQ(found(ContentFolders(), "wwwroot"), "");
}

// Whichever of them lies further down.
TEST(ContentFoldersTest, AShorterMatchBelowALongerOne) {
  ContentFolders folders;
  folders.add({"A", R"(C:\a\shop)", false});
  folders.add({"B", R"(D:\b)", false});
  EXPECT_EQ(found(folders, "a/shop/b"), "[A/b]");
  EXPECT_EQ(found(folders, "b"), "[B]");
}

TEST(ContentFoldersTest, AFolderOfSeveralSites) {
  ContentFolders folders;
  folders.add({"A", R"(C:\web)", false});
  folders.add({"a", R"(C:\WEB)", false});
  EXPECT_EQ(found(folders, "web"), "[A]");
  folders.add({"B", R"(D:\web)", false});
  EXPECT_EQ(found(folders, "web/x"), "[A/x][B/x]");
  for (int i = 0; i < 20; ++i) {
    folders.add({"S" + std::to_string(i), R"(C:\web)", false});
  }
  EXPECT_EQ(found(folders, "web"), " and others");
}

// Below the site's folder, but served from another one.
TEST(ContentFoldersTest, AVirtualDirectoryHidesTheFolderOfItsName) {
  ContentFolders folders;
  folders.add({"A", R"(C:\web)", false});
  folders.add({"A/img", R"(D:\pictures)", false});
  EXPECT_EQ(found(folders, "web/img"), "");
  EXPECT_EQ(found(folders, "web/IMG/x"), "");
  EXPECT_EQ(found(folders, "web/imgs"), "[A/imgs]");
  EXPECT_EQ(found(folders, "pictures/x"), "[A/img/x]");
}

TEST(ContentFoldersTest, AFolderThatIsCalledLikeTheSite) {
  ContentFolders folders;
  folders.add({"A", R"(C:\web)", false});
  folders.add({"A/img", R"(D:\pictures)", false});
  folders.add_site("A");
  EXPECT_EQ(found(folders, "a"), "[A]");
  EXPECT_EQ(found(folders, "x/A/img/y"), "[A/img/y]");
  // By its folder it would be another node.
  EXPECT_EQ(found(folders, "A/web"), "[A/web][A]");
}

}  // namespace
}  // namespace iisdiag::evidence
