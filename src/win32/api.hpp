// The functions of Windows that the live source calls, as a table: tests put
// their own behind it, and what an old Windows has not is null instead of
// keeping the program from starting.
#pragma once

// The others need it before them.
// clang-format off
#include <windows.h>
#include <authz.h>
#include <dsgetdc.h>
#include <lm.h>
#include <ntsecapi.h>
#include <ole2.h>
#include <oleauto.h>
#include <winevt.h>
#include <winldap.h>
// clang-format on

namespace iisdiag::win32 {

struct Api {
#define IISDIAG_API(library, function) decltype(&::function) function = nullptr;
#include "win32/api.def"
#undef IISDIAG_API
};

// The table of this Windows. Libraries are loaded by their full path in the
// system folder, never from the current one, and stay loaded.
Api system_api();

}  // namespace iisdiag::win32
