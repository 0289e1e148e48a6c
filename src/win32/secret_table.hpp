// The different passwords of a configuration, from where they are read to
// their one logon.
#pragma once

#include <cstdint>
#include <vector>

#include "text/secret.hpp"

namespace iisdiag::win32 {

// Numbers passwords so that equal ones have one number (IisNode's
// password_group) and nobody else has to see them.
class SecretTable {
 public:
  // From 1 on. Precondition: forget was not called.
  std::uint32_t add(text::Secret secret);
  // Null for a number that was not given, and after forget. Valid until the
  // next add.
  const text::Secret* find(std::uint32_t number) const;
  void forget() { secrets_.clear(); }

 private:
  std::vector<text::Secret> secrets_;
};

}  // namespace iisdiag::win32
