#include "win32/controllers.hpp"

#include "text/unicode.hpp"
#include "win32/answer.hpp"
#include "win32/wide.hpp"

namespace iisdiag::win32 {

const Controller& Controllers::primary_of(const std::string& domain) {
  const auto [entry, is_new] = found_.try_emplace(text::fold_case(domain));
  if (is_new) {
    entry->second = find(domain);
  }
  return entry->second;
}

Controller Controllers::find(const std::string& domain) const {
  Controller result;
  if (domain.empty()) {
    result.function = "DsGetDcNameW";
    result.code = ERROR_NO_SUCH_DOMAIN;
    return result;
  }
  const std::wstring name = to_wide(domain);
  if (api_.DsGetDcNameW == nullptr) {  // Windows NT 4
    NetBuffer<wchar_t> answer(api_);
    result.function = "NetGetDCName";
    result.code = api_.NetGetDCName(nullptr, name.c_str(), answer.out());
    if (result.code == 0 && answer.get() != nullptr) {
      result.name = answer.get();
    }
  } else {
    PDOMAIN_CONTROLLER_INFOW info = nullptr;
    result.function = "DsGetDcNameW";
    result.code = api_.DsGetDcNameW(nullptr, name.c_str(), nullptr, nullptr,
                                    DS_PDC_REQUIRED, &info);
    if (result.code == 0 && info != nullptr) {
      result.name = info->DomainControllerName;
    }
    if (info != nullptr) {
      api_.NetApiBufferFree(info);
    }
  }
  if (result.code == 0 && result.name.empty()) {
    result.code = ERROR_NO_SUCH_DOMAIN;
  }
  return result;
}

}  // namespace iisdiag::win32
