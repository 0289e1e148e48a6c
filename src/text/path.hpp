// Paths of Windows.
#pragma once

#include <string>
#include <string_view>

namespace iisdiag::text {

// An absolute path in the form that may be longer than 260 characters, where
// it has to be: `\\?\C:\...`. A short path, a device and a path that has this
// form stay as they are.
std::wstring unlimited_path(std::wstring absolute);

// An absolute path that leads to a device, a pipe or a mailslot and not to
// files: opening it can hang or change something.
bool is_device_path(std::wstring_view absolute);

#ifdef _WIN32
// Any path, relative to the current folder, as the functions of Windows want
// it: absolute, with `\` only, and unlimited. Empty, which is found nowhere,
// for what can be no path: nothing, or a text with a NUL.
std::wstring system_path(std::string_view path);
#endif

}  // namespace iisdiag::text
