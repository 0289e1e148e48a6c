// Text on standard input, on Windows NT 4.0 and later.
#include <windows.h>

#include <array>

#include "cli/console.hpp"
#include "text/wide.hpp"

namespace iisdiag::cli {
namespace {

std::optional<std::string> read_console(HANDLE console) {
  // A console of Windows NT 4.0 gives no more than 64 KB at once.
  constexpr std::size_t kUnits = 8192;
  constexpr wchar_t kEnd = 0x1A;  // Ctrl+Z at the beginning of a line
  std::array<wchar_t, kUnits> units{};
  DWORD count = 0;
  if (::ReadConsoleW(console, units.data(), static_cast<DWORD>(units.size()),
                     &count, nullptr) == 0) {
    return std::nullopt;
  }
  return count == 0 || units.front() == kEnd
             ? std::string()
             : text::from_wide({units.data(), count});
}

std::optional<std::string> read_bytes(HANDLE input) {
  constexpr std::size_t kBlock = 1U << 15U;
  std::string bytes(kBlock, '\0');
  DWORD count = 0;
  if (::ReadFile(input, bytes.data(), static_cast<DWORD>(bytes.size()), &count,
                 nullptr) == 0 &&
      // The other program has ended.
      ::GetLastError() != ERROR_BROKEN_PIPE) {
    return std::nullopt;
  }
  bytes.resize(count);
  return bytes;
}

}  // namespace

std::optional<std::string> SystemConsole::read_input() {
  HANDLE input = ::GetStdHandle(STD_INPUT_HANDLE);
  if (input == nullptr || input == INVALID_HANDLE_VALUE) {
    return std::nullopt;
  }
  DWORD mode = 0;
  return ::GetConsoleMode(input, &mode) != 0 ? read_console(input)
                                             : read_bytes(input);
}

}  // namespace iisdiag::cli
