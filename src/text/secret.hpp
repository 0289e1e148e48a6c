// A password on its way to Windows.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace iisdiag::text {

// UTF-16 text that is wiped where it lay: at the end of its life, when it
// grows and when it is moved from. It cannot be copied, printed or compared
// but for equality.
class Secret {
 public:
  Secret() = default;
  // The caller wipes what it copied from.
  explicit Secret(std::u16string_view text) { assign(text); }
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  Secret(Secret&& other) noexcept : units_(std::move(other.units_)) {
    other.units_.clear();
  }
  Secret& operator=(Secret&& other) noexcept {
    if (this != &other) {
      wipe();
      units_ = std::move(other.units_);
      other.units_.clear();
    }
    return *this;
  }
  ~Secret() { wipe(); }

  void assign(std::u16string_view text);
  void wipe() noexcept;

  bool empty() const { return size() == 0; }
  std::size_t size() const { return units_.empty() ? 0 : units_.size() - 1; }
  // Ends with a zero unit; valid until the secret changes.
  const char16_t* c_str() const;

  // Takes the same time wherever the first difference is.
  bool operator==(const Secret& other) const;

 private:
  std::vector<char16_t> units_;  // with the terminator, or nothing at all
};

// Overwrites memory in a way that no compiler leaves out.
void wipe_memory(void* memory, std::size_t bytes) noexcept;

}  // namespace iisdiag::text
