// Threads of Windows: the compiler's library has none in its thread model that
// needs no DLL of its own.
#include <windows.h>

#include <array>

#include "evidence/parallel.hpp"
#include "evidence/parallel_threads.hpp"

namespace iisdiag::evidence {

#ifdef _WIN64

namespace {

struct Call {
  void (*run)(void*) = nullptr;
  void* with = nullptr;
};

DWORD WINAPI run_call(void* with) {
  const Call& call = *static_cast<const Call*>(with);
  call.run(call.with);
  return 0;
}

}  // namespace

std::size_t hardware_threads() {
  SYSTEM_INFO system{};
  ::GetSystemInfo(&system);
  return system.dwNumberOfProcessors;
}

void run_on_threads(std::size_t more, void (*run)(void*), void* with) {
  Call call{run, with};
  std::array<HANDLE, kMaxWorkers> others{};
  std::size_t count = 0;
  while (count < more && count < others.size()) {
    HANDLE other = ::CreateThread(nullptr, 0, run_call, &call, 0, nullptr);
    if (other == nullptr) {
      break;  // no more threads: those that there are do the work
    }
    others[count++] = other;
  }
  run(with);
  for (std::size_t i = 0; i < count; ++i) {
    ::WaitForSingleObject(others[i], INFINITE);
    ::CloseHandle(others[i]);
  }
}

#else

// For Windows of the time of one processor, and with half the stack each.
std::size_t hardware_threads() { return 1; }

void run_on_threads(std::size_t /*more*/, void (*run)(void*), void* with) {
  run(with);
}

#endif

}  // namespace iisdiag::evidence
