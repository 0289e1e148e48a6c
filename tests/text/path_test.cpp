#include "text/path.hpp"

#include <gtest/gtest.h>

#include "text/wide.hpp"

namespace iisdiag::text {
namespace {

TEST(PathTest, AShortPathStaysAsItIs) {
  for (const std::wstring path :
       {LR"(C:\web01)", LR"(\\server\share\web01)", LR"(\\?\C:\web01)",
        LR"(\\.\NUL)", LR"(C:\)"}) {
    EXPECT_EQ(unlimited_path(path), path);
  }
}

// 260 less the name of a file of eight letters and three is where the oldest
// functions end.
TEST(PathTest, ALongPathGetsTheFormWithoutALimit) {
  const std::wstring name(244, L'n');
  EXPECT_EQ(unlimited_path(LR"(C:\)" + name), LR"(C:\)" + name);
  EXPECT_EQ(unlimited_path(LR"(C:\n)" + name), LR"(\\?\C:\n)" + name);
  EXPECT_EQ(unlimited_path(LR"(\\server\share\)" + name),
            LR"(\\?\UNC\server\share\)" + name);
  EXPECT_EQ(unlimited_path(LR"(\\?\C:\n)" + name), LR"(\\?\C:\n)" + name);
  EXPECT_EQ(unlimited_path(LR"(\\.\C:\n)" + name), LR"(\\.\C:\n)" + name);
}

TEST(PathTest, DevicesAndPipes) {
  for (const std::wstring_view path :
       {LR"(\\.\NUL)", LR"(\\.\COM1)", LR"(\\.\pipe\x)",
        LR"(\\.\PhysicalDrive0)", LR"(\\?\pipe\x)", LR"(\\?\GLOBALROOT\x)",
        LR"(\\server\pipe\x)", LR"(\\server\PIPE\x)", LR"(\\server\mailslot\x)",
        LR"(\\?\UNC\server\pipe\x)"}) {
    EXPECT_TRUE(is_device_path(path)) << from_wide(path);
  }
  for (const std::wstring_view path :
       {LR"(C:\x)", LR"(\\server\share\pipe\x)", LR"(\\?\C:\x)",
        LR"(\\?\UNC\server\share\x)", LR"(\\server\pipes\x)", LR"(\\server)",
        LR"(\\?\Volume{b75e2c83-0000-0000-0000-602f00000000}\x)", L""}) {
    EXPECT_FALSE(is_device_path(path)) << from_wide(path);
  }
}

}  // namespace
}  // namespace iisdiag::text
