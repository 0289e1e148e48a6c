#include "win32/is_wine.hpp"

#include <gtest/gtest.h>
#include <windows.h>

namespace iisdiag::win32 {
namespace {

// Wine has a key of its own in the registry, wherever these tests run.
TEST(IsWineTest, KnowsWine) {
  HKEY key = nullptr;
  const bool has_key = ::RegOpenKeyExW(HKEY_CURRENT_USER, LR"(Software\Wine)",
                                       0, KEY_READ, &key) == ERROR_SUCCESS;
  if (has_key) {
    ::RegCloseKey(key);
  }
  EXPECT_EQ(is_wine(), has_key);
}

}  // namespace
}  // namespace iisdiag::win32
