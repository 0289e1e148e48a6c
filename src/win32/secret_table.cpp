#include "win32/secret_table.hpp"

#include <algorithm>
#include <utility>

namespace iisdiag::win32 {

std::uint32_t SecretTable::add(text::Secret secret) {
  const auto same = std::find(secrets_.begin(), secrets_.end(), secret);
  const auto number =
      static_cast<std::uint32_t>(std::distance(secrets_.begin(), same)) + 1;
  if (same == secrets_.end()) {
    secrets_.push_back(std::move(secret));
  }
  return number;
}

const text::Secret* SecretTable::find(std::uint32_t number) const {
  return number == 0 || number > secrets_.size() ? nullptr
                                                 : &secrets_[number - 1];
}

}  // namespace iisdiag::win32
