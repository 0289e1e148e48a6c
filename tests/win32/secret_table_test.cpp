// Passwords as numbers.
#include "win32/secret_table.hpp"

#include <gtest/gtest.h>

namespace iisdiag::win32 {
namespace {

TEST(SecretTableTest, EqualPasswordsHaveOneNumber) {
  SecretTable table;
  EXPECT_EQ(table.add(text::Secret(u"one")), 1U);
  EXPECT_EQ(table.add(text::Secret(u"two")), 2U);
  EXPECT_EQ(table.add(text::Secret(u"one")), 1U);
  EXPECT_EQ(table.add(text::Secret(u"")), 3U);
  ASSERT_NE(table.find(2), nullptr);
  EXPECT_TRUE(*table.find(2) == text::Secret(u"two"));
}

TEST(SecretTableTest, NumbersThatAreNobodys) {
  SecretTable table;
  table.add(text::Secret(u"one"));
  EXPECT_EQ(table.find(0), nullptr);
  EXPECT_EQ(table.find(2), nullptr);
  table.forget();
  EXPECT_EQ(table.find(1), nullptr);
}

}  // namespace
}  // namespace iisdiag::win32
