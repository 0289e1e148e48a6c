#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include "cli/console.hpp"

namespace iisdiag::cli {
namespace {

bool write_all(int descriptor, std::string_view bytes) {
  // A reader that went away is an error to report, and no reason to die before
  // the other reports are written.
  static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count <= 0) {
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

std::string error_text() { return std::strerror(errno); }

// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): signals
volatile std::sig_atomic_t interrupted = 0;

void note_interrupt(int /*signal*/) { interrupted = 1; }

}  // namespace

bool SystemConsole::out(std::string_view text) {
  return write_all(STDOUT_FILENO, text);
}

void SystemConsole::err(std::string_view text) {
  // Nobody is left to be told where this fails.
  static_cast<void>(write_all(STDERR_FILENO, text));
}

bool SystemConsole::out_is_terminal() const {
  return ::isatty(STDOUT_FILENO) == 1;
}

bool SystemConsole::err_is_terminal() const {
  return ::isatty(STDERR_FILENO) == 1;
}

std::size_t SystemConsole::width() const {
  constexpr std::size_t kUsual = 80;
  winsize size{};
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): that is how it is called
  return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0
             ? size.ws_col
             : kUsual;
}

bool SystemConsole::refuses_color() const {
  const char* no_color = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  return (no_color != nullptr && *no_color != '\0') ||
         (terminal != nullptr && std::string_view(terminal) == "dumb");
}

std::int64_t SystemConsole::now() const { return std::time(nullptr); }

std::int64_t SystemConsole::milliseconds() const {
  timespec time{};
  ::clock_gettime(CLOCK_MONOTONIC, &time);
  constexpr std::int64_t kThousand = 1'000;
  constexpr std::int64_t kMillion = 1'000'000;
  return time.tv_sec * kThousand + time.tv_nsec / kMillion;
}

std::string SystemConsole::replace_file(const std::string& path,
                                        const Produce& produce) {
  // Devices and pipes have no contents to keep whole.
  struct stat status {};
  const bool exists = ::stat(path.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode)) {
    return "it is a folder";
  }
  const bool in_place = exists && !S_ISREG(status.st_mode);
  const std::string target =
      in_place ? path : path + "." + std::to_string(::getpid()) + ".new";
  const int flags = in_place ? O_WRONLY : O_WRONLY | O_CREAT | O_EXCL;
  constexpr mode_t kMode = 0666;  // less the umask
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): that is how it is called
  const int file = ::open(target.c_str(), flags | O_CLOEXEC, kMode);
  if (file < 0) {
    return error_text();
  }
  bool good = true;
  std::string error;
  produce([&](std::string_view piece) {
    if (good && !write_all(file, piece)) {
      good = false;
      error = error_text();
    }
  });
  if (::close(file) != 0 && good) {
    good = false;
    error = error_text();
  }
  if (good && !in_place && ::rename(target.c_str(), path.c_str()) != 0) {
    good = false;
    error = error_text();
  }
  if (!good && !in_place) {
    ::unlink(target.c_str());
  }
  return error;
}

void SystemConsole::expect_interrupt() {
  struct sigaction action {};
  action.sa_handler = note_interrupt;
  // The second one finds what was there before: the end. SA_RESTART: a report
  // is written on.
  action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
  ::sigemptyset(&action.sa_mask);
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
}

bool SystemConsole::is_interrupted() const { return interrupted != 0; }

// A password is for the live check, which this system has not.
std::optional<text::Secret> SystemConsole::read_password() {
  return std::nullopt;
}

std::optional<std::string> SystemConsole::read_input() {
  constexpr std::size_t kBlock = 1U << 16U;
  std::string bytes(kBlock, '\0');
  ssize_t count = 0;
  do {
    count = ::read(STDIN_FILENO, bytes.data(), bytes.size());
  } while (count < 0 && errno == EINTR);
  if (count < 0) {
    return std::nullopt;
  }
  bytes.resize(static_cast<std::size_t>(count));
  return bytes;
}

}  // namespace iisdiag::cli
