// Passwords that leave nothing behind.
#include "text/secret.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>

namespace iisdiag::text {
namespace {

TEST(SecretTest, TextWithItsTerminator) {
  const Secret secret(u"pass");
  EXPECT_EQ(secret.size(), 4U);
  EXPECT_EQ(std::u16string(secret.c_str()), u"pass");
  const Secret empty;
  EXPECT_TRUE(empty.empty());
  EXPECT_EQ(std::u16string(empty.c_str()), u"");
  EXPECT_TRUE(Secret(u"").empty());
}

TEST(SecretTest, Equality) {
  EXPECT_TRUE(Secret(u"pass") == Secret(u"pass"));
  EXPECT_FALSE(Secret(u"pass") == Secret(u"pasS"));
  EXPECT_FALSE(Secret(u"pass") == Secret(u"passw"));
  EXPECT_TRUE(Secret() == Secret(u""));
}

TEST(SecretTest, WhatIsMovedFromIsEmpty) {
  Secret from(u"pass");
  Secret to(std::move(from));
  // What a move leaves is promised here.
  // NOLINTNEXTLINE(bugprone-use-after-move)
  EXPECT_TRUE(from.empty());
  EXPECT_EQ(to.size(), 4U);
  Secret other(u"other");
  other = std::move(to);
  EXPECT_EQ(std::u16string(other.c_str()), u"pass");
}

TEST(SecretTest, WipingOverwritesTheMemory) {
  Secret secret(u"pass");
  const char16_t* memory = secret.c_str();
  secret.wipe();
  // The vector keeps its memory: what lies there now can be looked at.
  EXPECT_EQ(memory[0], u'\0');
  EXPECT_EQ(memory[3], u'\0');
  EXPECT_TRUE(secret.empty());
}

TEST(SecretTest, WipedMemory) {
  std::array<char, 4> bytes{'p', 'a', 's', 's'};
  wipe_memory(bytes.data(), bytes.size());
  EXPECT_EQ(bytes, (std::array<char, 4>{}));
}

}  // namespace
}  // namespace iisdiag::text
