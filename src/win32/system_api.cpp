#include "win32/api.hpp"
#include "win32/library.hpp"

namespace iisdiag::win32 {

Api system_api() {
  const Library advapi32(L"advapi32.dll");
  const Library authz(L"authz.dll");
  const Library kernel32(L"kernel32.dll");
  const Library netapi32(L"netapi32.dll");
  const Library ole32(L"ole32.dll");
  const Library oleaut32(L"oleaut32.dll");
  const Library wevtapi(L"wevtapi.dll");
  const Library wldap32(L"wldap32.dll");
  Api api;
#define IISDIAG_API(library, function) \
  api.function = library.find<decltype(api.function)>(#function);
#include "win32/api.def"
#undef IISDIAG_API
  return api;
}

}  // namespace iisdiag::win32
