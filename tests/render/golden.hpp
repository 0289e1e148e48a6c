// Whole outputs, kept as files.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

namespace iisdiag::render {

inline std::string golden(const std::string& name) {
  std::ifstream file(IISDIAG_SOURCE_DIR "/tests/render/golden/" + name,
                     std::ios::binary);
  EXPECT_TRUE(file.is_open()) << name;
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace iisdiag::render
