// The console of Windows NT 4.0 and later. On a console, text is written as
// UTF-16, so that no code page matters and none is changed. Anywhere else, in
// a file or a pipe, it is UTF-8 with LF, byte by byte what it is on Unix.
#include <windows.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "cli/console.hpp"
#include "cli/interrupt_win32.hpp"
#include "text/path.hpp"
#include "text/strings.hpp"
#include "text/system_error.hpp"
#include "text/unicode.hpp"
#include "text/wide.hpp"

namespace iisdiag::cli {
namespace {

// Colours by escape sequences: Windows 10 and later.
constexpr DWORD kEscapeSequences = 0x4;

std::string last_error() { return text::system_error(::GetLastError()); }

bool is_console(HANDLE handle) {
  DWORD mode = 0;
  return ::GetConsoleMode(handle, &mode) != 0;
}

// While it lives, the console understands escape sequences, where it can. The
// mode belongs to all programs of the console, so it is given back.
class EscapeSequences {
 public:
  explicit EscapeSequences(HANDLE console) : console_(console) {
    if (::GetConsoleMode(console, &mode_) == 0) {
      return;
    }
    if ((mode_ & kEscapeSequences) != 0) {
      understood_ = true;
      return;
    }
    watch_for_ctrl_c();
    unfinished().mode = mode_;
    unfinished().console = console;
    changed_ = ::SetConsoleMode(console, mode_ | kEscapeSequences) != 0;
    understood_ = changed_;
  }
  EscapeSequences(const EscapeSequences&) = delete;
  EscapeSequences& operator=(const EscapeSequences&) = delete;
  EscapeSequences(EscapeSequences&&) = delete;
  EscapeSequences& operator=(EscapeSequences&&) = delete;
  ~EscapeSequences() {
    if (changed_) {
      ::SetConsoleMode(console_, mode_);
    }
    unfinished().console = nullptr;
  }

  bool understood() const { return understood_; }

 private:
  HANDLE console_;
  DWORD mode_ = 0;
  bool changed_ = false;
  bool understood_ = false;
};

bool write_bytes(HANDLE handle, std::string_view bytes) {
  // More than a pipe to a program of 16 bits takes at once, or an old server.
  constexpr std::size_t kBlock = 1U << 15U;
  while (!bytes.empty()) {
    DWORD count = 0;
    const auto size = static_cast<DWORD>(std::min(bytes.size(), kBlock));
    if (::WriteFile(handle, bytes.data(), size, &count, nullptr) == 0 ||
        count == 0) {
      return false;
    }
    bytes.remove_prefix(count);
  }
  return true;
}

// As much as a console takes at once, which before Windows 8 is less than
// 64 KB, and no half of a character.
std::size_t next_block(std::wstring_view text) {
  constexpr std::size_t kBlock = 8192;
  std::size_t size = std::min(text.size(), kBlock);
  const auto last = static_cast<char32_t>(text[size - 1]);
  if (size < text.size() && last >= 0xD800 && last < 0xDC00) {
    --size;
  }
  return size;
}

bool write_text(HANDLE console, std::string_view utf8) {
  const std::wstring wide = text::to_wide(utf8);
  const EscapeSequences escapes(console);
  for (std::wstring_view rest = wide; !rest.empty();) {
    DWORD count = 0;
    const auto size = static_cast<DWORD>(next_block(rest));
    if (::WriteConsoleW(console, rest.data(), size, &count, nullptr) == 0 ||
        count == 0) {
      return false;
    }
    rest.remove_prefix(count);
  }
  return true;
}

bool write_to(DWORD stream, std::string_view text) {
  HANDLE handle = ::GetStdHandle(stream);
  // Started without any console or file for it: nobody waits for the text.
  if (handle == nullptr) {
    return true;
  }
  if (handle == INVALID_HANDLE_VALUE) {
    return false;
  }
  return is_console(handle) ? write_text(handle, text)
                            : write_bytes(handle, text);
}

std::wstring environment(const wchar_t* name) {
  std::array<wchar_t, 32> value{};
  const DWORD size = ::GetEnvironmentVariableW(
      name, value.data(), static_cast<DWORD>(value.size()));
  // A longer one is something, at any rate.
  return size < value.size() ? std::wstring(value.data(), size) : L"...";
}

// A file under a name of its own, which takes the place of another one when it
// is whole, and is gone otherwise.
class NewFile {
 public:
  explicit NewFile(const std::wstring& target)
      : target_(target),
        path_(target + L"." + std::to_wstring(::GetCurrentProcessId()) +
              L".new"),
        handle_(::CreateFileW(path_.c_str(), GENERIC_WRITE, 0, nullptr,
                              CREATE_NEW, FILE_ATTRIBUTE_NORMAL, nullptr)) {
    if (is_open()) {
      unfinished().file = path_.c_str();
      watch_for_ctrl_c();
    }
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  NewFile(NewFile&&) = delete;
  NewFile& operator=(NewFile&&) = delete;
  ~NewFile() {
    close();
    if (unfinished().file != nullptr) {
      ::DeleteFileW(path_.c_str());
      unfinished().file = nullptr;
    }
  }

  bool is_open() const { return handle_ != INVALID_HANDLE_VALUE; }
  HANDLE handle() const { return handle_; }

  bool take_the_place() {
    if (!close() || ::MoveFileExW(path_.c_str(), target_.c_str(),
                                  MOVEFILE_REPLACE_EXISTING) == 0) {
      return false;
    }
    unfinished().file = nullptr;
    return true;
  }

 private:
  bool close() {
    const bool good = !is_open() || ::CloseHandle(handle_) != 0;
    handle_ = INVALID_HANDLE_VALUE;
    return good;
  }

  std::wstring target_;
  std::wstring path_;
  HANDLE handle_;
};

// Devices and pipes have no contents to keep whole.
std::string write_in_place(const std::wstring& path, std::string_view bytes) {
  HANDLE handle = ::CreateFileW(
      path.c_str(), GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr,
      OPEN_EXISTING, SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION, nullptr);
  if (handle == INVALID_HANDLE_VALUE) {
    return last_error();
  }
  std::string error;
  if (!write_bytes(handle, bytes)) {
    error = last_error();
  }
  ::CloseHandle(handle);
  return error;
}

// While it lives, what is typed is not shown.
class HiddenInput {
 public:
  explicit HiddenInput(HANDLE console) : console_(console) {
    if (::GetConsoleMode(console, &mode_) == 0) {
      return;
    }
    watch_for_ctrl_c();
    unfinished().mode = mode_;
    unfinished().console = console;
    constexpr DWORD kShown = ENABLE_ECHO_INPUT;
    ::SetConsoleMode(console, (mode_ & ~kShown) | ENABLE_LINE_INPUT |
                                  ENABLE_PROCESSED_INPUT);
  }
  HiddenInput(const HiddenInput&) = delete;
  HiddenInput& operator=(const HiddenInput&) = delete;
  HiddenInput(HiddenInput&&) = delete;
  HiddenInput& operator=(HiddenInput&&) = delete;
  ~HiddenInput() {
    ::SetConsoleMode(console_, mode_);
    unfinished().console = nullptr;
  }

 private:
  HANDLE console_;
  DWORD mode_ = 0;
};

// A buffer that is wiped at its end.
template <class Unit, std::size_t kSize>
struct Wiped {
  std::array<Unit, kSize> units{};

  Wiped() = default;
  Wiped(const Wiped&) = delete;
  Wiped& operator=(const Wiped&) = delete;
  Wiped(Wiped&&) = delete;
  Wiped& operator=(Wiped&&) = delete;
  ~Wiped() { text::wipe_memory(units.data(), sizeof units); }
};

// No password that Windows takes is longer (UNLEN and PWLEN are 256).
constexpr std::size_t kMaxPassword = 512;

// Up to the end of the line; nothing for one that does not fit.
std::optional<text::Secret> one_line(std::u16string_view text, bool ended) {
  const auto end = text.find_first_of(u"\r\n");
  if (end == std::u16string_view::npos && !ended) {
    return std::nullopt;
  }
  return text::Secret(text.substr(0, end));
}

std::optional<text::Secret> ask_for_password(HANDLE console) {
  Wiped<wchar_t, kMaxPassword> line;
  DWORD count = 0;
  static_cast<void>(write_to(STD_ERROR_HANDLE, "Password: "));
  BOOL read = FALSE;
  {
    const HiddenInput hidden(console);
    read =
        ::ReadConsoleW(console, line.units.data(),
                       static_cast<DWORD>(line.units.size()), &count, nullptr);
  }
  static_cast<void>(write_to(STD_ERROR_HANDLE, "\n"));
  if (read == 0 || count == 0) {
    return std::nullopt;
  }
  static_assert(sizeof(wchar_t) == sizeof(char16_t));
  return one_line({reinterpret_cast<const char16_t*>(line.units.data()), count},
                  false);
}

// UTF-8, or where it is not, what programs of the console write.
std::optional<text::Secret> decode_password(std::string_view bytes) {
  text::consume(bytes, "\xEF\xBB\xBF");
  Wiped<wchar_t, kMaxPassword> wide;
  const int size = ::MultiByteToWideChar(
      text::is_utf8(bytes) ? CP_UTF8 : CP_OEMCP, 0, bytes.data(),
      static_cast<int>(bytes.size()), wide.units.data(),
      static_cast<int>(wide.units.size()));
  if (size <= 0 && !bytes.empty()) {
    return std::nullopt;
  }
  return one_line({reinterpret_cast<const char16_t*>(wide.units.data()),
                   static_cast<std::size_t>(size)},
                  true);
}

std::optional<text::Secret> read_password_from(HANDLE input) {
  Wiped<char, 4 * kMaxPassword> line;
  std::size_t filled = 0;
  while (filled < line.units.size()) {
    DWORD count = 0;
    // Byte by byte: what stands behind the line is not ours.
    if (::ReadFile(input, line.units.data() + filled, 1, &count, nullptr) ==
            0 ||
        count == 0) {
      break;
    }
    if (line.units.at(filled) == '\n') {
      return decode_password({line.units.data(), filled});
    }
    ++filled;
  }
  const bool is_whole = filled > 0 && filled < line.units.size();
  return is_whole ? decode_password({line.units.data(), filled}) : std::nullopt;
}

}  // namespace

std::optional<text::Secret> SystemConsole::read_password() {
  HANDLE input = ::GetStdHandle(STD_INPUT_HANDLE);
  if (input == nullptr || input == INVALID_HANDLE_VALUE) {
    return std::nullopt;
  }
  return is_console(input) ? ask_for_password(input)
                           : read_password_from(input);
}

bool SystemConsole::out(std::string_view text) {
  return write_to(STD_OUTPUT_HANDLE, text);
}

void SystemConsole::err(std::string_view text) {
  // Nobody is left to be told where this fails.
  static_cast<void>(write_to(STD_ERROR_HANDLE, text));
}

bool SystemConsole::out_is_terminal() const {
  return is_console(::GetStdHandle(STD_OUTPUT_HANDLE));
}

bool SystemConsole::err_is_terminal() const {
  return is_console(::GetStdHandle(STD_ERROR_HANDLE));
}

std::int64_t SystemConsole::milliseconds() const {
  LARGE_INTEGER frequency{};
  LARGE_INTEGER count{};
  constexpr std::int64_t kThousand = 1'000;
  if (::QueryPerformanceFrequency(&frequency) == 0 ||
      frequency.QuadPart < kThousand ||
      ::QueryPerformanceCounter(&count) == 0) {
    return 0;
  }
  return count.QuadPart / (frequency.QuadPart / kThousand);
}

std::size_t SystemConsole::width() const {
  constexpr std::size_t kUsual = 80;
  CONSOLE_SCREEN_BUFFER_INFO info{};
  if (::GetConsoleScreenBufferInfo(::GetStdHandle(STD_OUTPUT_HANDLE), &info) ==
      0) {
    return kUsual;
  }
  // The window and not the buffer: what is beyond it has to be scrolled to.
  const int cells = info.srWindow.Right - info.srWindow.Left + 1;
  return cells > 0 ? static_cast<std::size_t>(cells) : kUsual;
}

bool SystemConsole::refuses_color() const {
  if (!environment(L"NO_COLOR").empty() || environment(L"TERM") == L"dumb") {
    return true;
  }
  HANDLE handle = ::GetStdHandle(STD_OUTPUT_HANDLE);
  return is_console(handle) && !EscapeSequences(handle).understood();
}

std::int64_t SystemConsole::now() const {
  FILETIME time{};
  ::GetSystemTimeAsFileTime(&time);
  const auto ticks = static_cast<std::int64_t>(time.dwHighDateTime) << 32U |
                     static_cast<std::int64_t>(time.dwLowDateTime);
  constexpr std::int64_t kTicksInSecond = 10'000'000;
  constexpr std::int64_t kFrom1601To1970 = 11'644'473'600;
  return ticks / kTicksInSecond - kFrom1601To1970;
}

std::string SystemConsole::replace_file(const std::string& path,
                                        const Produce& produce) {
  const std::wstring full = text::system_path(path);
  if (text::is_device_path(full)) {
    // A pipe is opened once.
    std::string bytes;
    produce([&](std::string_view piece) { bytes += piece; });
    return write_in_place(full, bytes);
  }
  const DWORD attributes = ::GetFileAttributesW(full.c_str());
  if (attributes != INVALID_FILE_ATTRIBUTES &&
      (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0) {
    return "it is a folder";
  }
  NewFile file(full);
  if (!file.is_open()) {
    return last_error();
  }
  std::string error;
  produce([&](std::string_view piece) {
    if (error.empty() && !write_bytes(file.handle(), piece)) {
      error = last_error();
    }
  });
  return !error.empty()           ? error
         : !file.take_the_place() ? last_error()
                                  : std::string();
}

}  // namespace iisdiag::cli
