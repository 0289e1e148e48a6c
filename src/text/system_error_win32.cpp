#include <windows.h>

#include <fmt/format.h>

#include <array>

#include "text/system_error.hpp"
#include "text/wide.hpp"

namespace iisdiag::text {

std::string system_error(unsigned long code) {
  std::array<wchar_t, 512> words{};
  // No language: that of the thread, of the user, of the system, or English.
  const DWORD length = ::FormatMessageW(
      FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS |
          FORMAT_MESSAGE_MAX_WIDTH_MASK,
      nullptr, code, 0, words.data(), static_cast<DWORD>(words.size()),
      nullptr);
  std::string text = from_wide({words.data(), length});
  while (text.ends_with(' ') || text.ends_with('.')) {
    text.pop_back();
  }
  return text.empty() ? fmt::format("error {}", code)
                      : fmt::format("{} (error {})", text, code);
}

}  // namespace iisdiag::text
