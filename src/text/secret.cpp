#include "text/secret.hpp"

#include <algorithm>
#include <span>

namespace iisdiag::text {

void wipe_memory(void* memory, std::size_t bytes) noexcept {
  using Byte = volatile unsigned char;
  for (Byte& byte : std::span<Byte>(static_cast<Byte*>(memory), bytes)) {
    byte = 0;
  }
}

void Secret::assign(std::u16string_view text) {
  // Allocated once at its full size: growing would leave a copy behind.
  std::vector<char16_t> units(text.size() + 1);
  std::copy(text.begin(), text.end(), units.begin());
  wipe();
  units_ = std::move(units);
}

void Secret::wipe() noexcept {
  wipe_memory(units_.data(), units_.size() * sizeof(char16_t));
  units_.clear();
}

const char16_t* Secret::c_str() const {
  static constexpr char16_t kNothing = 0;
  return units_.empty() ? &kNothing : units_.data();
}

bool Secret::operator==(const Secret& other) const {
  if (size() != other.size()) {
    return false;
  }
  unsigned difference = 0;
  for (std::size_t i = 0; i < size(); ++i) {
    difference |= static_cast<unsigned>(units_[i] ^ other.units_[i]);
  }
  return difference == 0;
}

}  // namespace iisdiag::text
