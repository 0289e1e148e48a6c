#include "cli/interrupt_win32.hpp"

#include <windows.h>

#include "cli/console.hpp"

namespace iisdiag::cli {
namespace {

// Interrupts that only make is_interrupted() true.
// NOLINTBEGIN(cppcoreguidelines-avoid-non-const-global-variables): Windows
// calls tidy_up() on a thread of its own
volatile LONG expected_interrupts = 0;
volatile LONG interrupted = 0;
// NOLINTEND(cppcoreguidelines-avoid-non-const-global-variables)

// The process then ends as Windows ends it, with STATUS_CONTROL_C_EXIT.
BOOL WINAPI tidy_up(DWORD event) {
  if (event == CTRL_C_EVENT &&
      ::InterlockedExchange(&expected_interrupts, 0) != 0) {
    ::InterlockedExchange(&interrupted, 1);
    return TRUE;
  }
  const Unfinished state = unfinished();
  if (state.console != nullptr) {
    ::SetConsoleMode(state.console, state.mode);
  }
  if (state.file != nullptr) {
    ::DeleteFileW(state.file);
  }
  return FALSE;
}

}  // namespace

Unfinished& unfinished() {
  static Unfinished state;
  return state;
}

void watch_for_ctrl_c() {
  static const BOOL kWatching = ::SetConsoleCtrlHandler(tidy_up, TRUE);
  static_cast<void>(kWatching);
}

void SystemConsole::expect_interrupt() {
  watch_for_ctrl_c();
  ::InterlockedExchange(&expected_interrupts, 1);
}

bool SystemConsole::is_interrupted() const { return interrupted != 0; }

}  // namespace iisdiag::cli
