// The registry, the clock, folders and handles.
#include "win32/fake_windows_parts.hpp"

#include <cstddef>
#include <cstring>
#include <iterator>
#include <map>

#include "win32/wide.hpp"

namespace iisdiag::win32 {
namespace {

struct OpenFakeKey {
  std::wstring path;
};
std::map<HKEY, OpenFakeKey> open_keys;

LSTATUS WINAPI open_key(HKEY root, LPCWSTR path, DWORD /*options*/,
                        REGSAM access, PHKEY key) {
  if (const auto code = windows().refused(
          "RegOpenKeyExW",
          narrow(path) + ((access & KEY_WOW64_64KEY) != 0 ? " 64" : ""))) {
    return static_cast<LSTATUS>(*code);
  }
  for (const auto& [known, values] : windows().registry) {
    if (root == HKEY_LOCAL_MACHINE && same(known, path)) {
      *key = static_cast<HKEY>(windows().give_handle());
      open_keys[*key] = {known};
      return ERROR_SUCCESS;
    }
  }
  return ERROR_FILE_NOT_FOUND;
}

LSTATUS WINAPI enum_value(HKEY key, DWORD index, LPWSTR name, LPDWORD name_size,
                          LPDWORD /*reserved*/, LPDWORD type, LPBYTE data,
                          LPDWORD data_size) {
  const auto& values = windows().registry[open_keys.at(key).path];
  if (index >= values.size()) {
    return ERROR_NO_MORE_ITEMS;
  }
  const auto& [value_name, value] =
      *std::next(values.begin(), static_cast<std::ptrdiff_t>(index));
  if (const auto code =
          windows().refused("RegEnumValueW", to_utf8(value_name))) {
    return static_cast<LSTATUS>(*code);
  }
  if (!put_name(value_name, name, name_size)) {
    return ERROR_MORE_DATA;
  }
  std::vector<BYTE> bytes;
  if (const auto* number = std::get_if<DWORD>(&value)) {
    *type = REG_DWORD;
    bytes.resize(sizeof *number);
    std::memcpy(bytes.data(), number, sizeof *number);
  } else if (const auto* text = std::get_if<std::wstring>(&value)) {
    *type = REG_SZ;
    bytes.resize((text->size() + 1) * sizeof(wchar_t));
    std::memcpy(bytes.data(), text->data(), text->size() * sizeof(wchar_t));
  } else {
    *type = REG_BINARY;
    bytes = std::get<std::vector<BYTE>>(value);
  }
  if (*data_size < bytes.size()) {
    *data_size = static_cast<DWORD>(bytes.size());
    return ERROR_MORE_DATA;
  }
  std::memcpy(data, bytes.data(), bytes.size());
  *data_size = static_cast<DWORD>(bytes.size());
  return ERROR_SUCCESS;
}

LSTATUS WINAPI close_key(HKEY key) {
  open_keys.erase(key);
  windows().take_handle(key);
  return ERROR_SUCCESS;
}

void WINAPI system_time(LPSYSTEMTIME time) { *time = windows().utc; }

DWORD WINAPI time_zone(LPTIME_ZONE_INFORMATION zone) {
  if (windows().refused("GetTimeZoneInformation")) {
    return TIME_ZONE_ID_INVALID;
  }
  *zone = {};
  zone->Bias = windows().bias;
  zone->DaylightBias = -60;
  return TIME_ZONE_ID_STANDARD;
}

UINT WINAPI system_folder(LPWSTR buffer, UINT size) {
  if (windows().refused("GetSystemDirectoryW")) {
    return 0;
  }
  DWORD length = size;
  put_name(L"C:\\WINDOWS\\system32", buffer, &length);
  return length;
}

BOOL WINAPI close_handle(HANDLE handle) {
  windows().take_handle(handle);
  return TRUE;
}

BOOL WINAPI is_wow64_process(HANDLE /*process*/, PBOOL answer) {
  if (const auto code = windows().refused("IsWow64Process")) {
    return fail(*code);
  }
  *answer = windows().is_wow64;
  return TRUE;
}

}  // namespace

void put_machine(Api& api, const std::set<std::string>& missing) {
  const ApiFiller put(missing);
  put("GetSystemDirectoryW", api.GetSystemDirectoryW, system_folder);
  put("RegOpenKeyExW", api.RegOpenKeyExW, open_key);
  put("RegEnumValueW", api.RegEnumValueW, enum_value);
  put("RegCloseKey", api.RegCloseKey, close_key);
  put("CloseHandle", api.CloseHandle, close_handle);
  put("GetSystemTime", api.GetSystemTime, system_time);
  put("GetTimeZoneInformation", api.GetTimeZoneInformation, time_zone);
  put("IsWow64Process", api.IsWow64Process, is_wow64_process);
}

}  // namespace iisdiag::win32
