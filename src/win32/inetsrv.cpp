#include "win32/inetsrv.hpp"

#include <array>

#include "win32/registry.hpp"
#include "win32/wide.hpp"

namespace iisdiag::win32 {

std::string inetsrv_folder(const Api& api) {
  std::array<wchar_t, MAX_PATH> folder{};
  const UINT length =
      api.GetWindowsDirectoryW(folder.data(), static_cast<UINT>(folder.size()));
  if (length == 0 || length >= folder.size()) {
    return {};
  }
  return to_utf8({folder.data(), length}) +
         (is_wow64(api) ? "\\sysnative\\inetsrv" : "\\system32\\inetsrv");
}

}  // namespace iisdiag::win32
