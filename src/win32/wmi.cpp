#include "win32/wmi.hpp"

#include <algorithm>
#include <array>

#include "win32/answer.hpp"
#include "win32/wide.hpp"

namespace iisdiag::win32 {
namespace {

// wbemcli.h's are those of an enumeration.
constexpr HRESULT to_result(std::uint32_t code) {
  return static_cast<HRESULT>(code);
}

constexpr HRESULT kAccessDenied = to_result(WBEM_E_ACCESS_DENIED);
constexpr HRESULT kTimedOut = to_result(WBEM_E_TIMED_OUT);
constexpr HRESULT kTooMany = to_result(WBEM_E_QUOTA_VIOLATION);
constexpr HRESULT kServiceDisabled = to_result(0x80070422);
constexpr HRESULT kServerUnavailable = to_result(0x800706BA);

constexpr DWORD kWait = 2'000;       // milliseconds, for one instance
constexpr DWORD kPatience = 30'000;  // for all of them
constexpr std::size_t kMostInstances = 10'000;

// What does not run or stops just now.
bool is_down(HRESULT code) {
  constexpr std::array kCodes = {kServiceDisabled, kServerUnavailable,
                                 static_cast<HRESULT>(CO_E_SERVER_EXEC_FAILURE),
                                 to_result(WBEM_E_TRANSPORT_FAILURE),
                                 to_result(WBEM_E_SHUTTING_DOWN)};
  return std::find(kCodes.begin(), kCodes.end(), code) != kCodes.end();
}

// Whom WMI takes the caller to be. Not for objects of this process; where it
// is refused, the next call is.
void let_impersonate(const Api& api, IUnknown& object) {
  if (api.CoSetProxyBlanket != nullptr) {
    api.CoSetProxyBlanket(&object, RPC_C_AUTHN_WINNT, RPC_C_AUTHZ_NONE, nullptr,
                          RPC_C_AUTHN_LEVEL_PKT_PRIVACY,
                          RPC_C_IMP_LEVEL_IMPERSONATE, nullptr, EOAC_NONE);
  }
}

std::string_view without_zeros(std::string_view text) {
  return text.substr(0, text.find('\0'));
}

}  // namespace

facts::Unknown wmi_refusal(HRESULT code) {
  if (code == kAccessDenied) {
    return refusal(ERROR_ACCESS_DENIED);
  }
  if (code == kTimedOut) {
    return {"WMI did not answer in time", "Run iisdiag again."};
  }
  if (code == kTooMany) {
    return {"WMI holds more than iisdiag reads", {}};
  }
  if (is_down(code)) {
    return {"the service of WMI does not run",
            "Start the service Windows Management Instrumentation (winmgmt) "
            "and run iisdiag again."};
  }
  return com_refusal(code);
}

bool is_unknown_to_wmi(HRESULT code) {
  // The last one: Windows 2000 does not know how to wait for two minutes.
  constexpr std::array kCodes = {
      to_result(WBEM_E_INVALID_NAMESPACE), to_result(WBEM_E_INVALID_CLASS),
      to_result(WBEM_E_NOT_FOUND), to_result(WBEM_E_INVALID_PARAMETER)};
  return is_not_installed(code) ||
         std::find(kCodes.begin(), kCodes.end(), code) != kCodes.end();
}

HRESULT Wmi::Instance::get(const wchar_t* property, Variant& value) const {
  const HRESULT code = object_.Get(property, 0, value.out(), nullptr, nullptr);
  // Not to be taken for a class that is not there.
  return code == to_result(WBEM_E_NOT_FOUND) ? DISP_E_UNKNOWNNAME : code;
}

HRESULT Wmi::Instance::get(const wchar_t* property, std::string& text) const {
  Variant value(api_);
  const HRESULT code = get(property, value);
  text.clear();
  if (FAILED(code) || value.type() == VT_NULL) {
    return code;
  }
  const auto told = value.text();
  if (!told) {
    return DISP_E_TYPEMISMATCH;
  }
  text = without_zeros(to_utf8(*told));
  return S_OK;
}

HRESULT Wmi::Instance::get(const wchar_t* property,
                           std::int64_t& number) const {
  Variant value(api_);
  const HRESULT code = get(property, value);
  if (FAILED(code)) {
    return code;
  }
  const auto told = value.number();
  if (!told) {
    return DISP_E_TYPEMISMATCH;
  }
  number = *told;
  return S_OK;
}

HRESULT Wmi::Instance::get(const wchar_t* property, std::size_t most,
                           Texts& list) const {
  list = {};
  Variant value(api_);
  const HRESULT code = get(property, value);
  if (FAILED(code)) {
    return code;
  }
  if (value.type() == VT_NULL) {
    list.is_null = true;
    return S_OK;
  }
  const auto told = value.list();
  if (!told) {
    return DISP_E_TYPEMISMATCH;
  }
  list.is_cut = told->size() > most;
  for (const wchar_t* text : told->first(std::min(told->size(), most))) {
    if (text == nullptr || text[0] == L'\0') {
      list.is_cut = true;
    } else {
      // With its terminator, as each BSTR has one.
      list.texts.push_back(to_utf8(text));
    }
  }
  return S_OK;
}

HRESULT Wmi::open(std::wstring_view name) {
  if (api_.GetTickCount == nullptr) {
    return E_NOTIMPL;
  }
  ComPtr<IWbemLocator> locator;
  HRESULT code = create_object(api_, __uuidof(WbemLocator),
                               __uuidof(IWbemLocator), locator);
  if (FAILED(code)) {
    return code;
  }
  const Bstr text(api_, name);
  if (text.get() == nullptr) {
    return E_OUTOFMEMORY;
  }
  code = locator->ConnectServer(text.get(), nullptr, nullptr, nullptr,
                                WBEM_FLAG_CONNECT_USE_MAX_WAIT, nullptr,
                                nullptr, services_.out());
  if (FAILED(code)) {
    return code;
  }
  if (!services_) {
    return E_UNEXPECTED;
  }
  let_impersonate(api_, *services_.get());
  opened_ = api_.GetTickCount();
  return S_OK;
}

// Right also where the count starts again at zero, every 49 days.
bool Wmi::is_late() const { return api_.GetTickCount() - opened_ >= kPatience; }

HRESULT Wmi::next(IEnumWbemClassObject& list,
                  ComPtr<IWbemClassObject>& object) const {
  while (!is_late()) {
    ULONG count = 0;
    const HRESULT code =
        list.Next(static_cast<LONG>(kWait), 1, object.out(), &count);
    if (FAILED(code)) {
      return code;
    }
    if (object) {
      return S_OK;
    }
    if (code != WBEM_S_TIMEDOUT) {
      return code == WBEM_S_FALSE ? S_FALSE : E_UNEXPECTED;
    }
  }
  return kTimedOut;
}

HRESULT Wmi::each(std::wstring_view class_name, const Visit& visit) {
  if (!services_) {
    return E_POINTER;
  }
  const Bstr text(api_, class_name);
  if (text.get() == nullptr) {
    return E_OUTOFMEMORY;
  }
  // Returns at once, so that the waiting is next()'s.
  const LONG flags = LONG{WBEM_FLAG_SHALLOW} |
                     LONG{WBEM_FLAG_RETURN_IMMEDIATELY} |
                     LONG{WBEM_FLAG_FORWARD_ONLY};
  ComPtr<IEnumWbemClassObject> list;
  HRESULT code =
      services_->CreateInstanceEnum(text.get(), flags, nullptr, list.out());
  if (FAILED(code)) {
    return code;
  }
  if (!list) {
    return E_UNEXPECTED;
  }
  let_impersonate(api_, *list.get());
  for (std::size_t i = 0; i <= kMostInstances; ++i) {
    ComPtr<IWbemClassObject> object;
    code = next(*list.get(), object);
    if (code != S_OK) {
      return code == S_FALSE ? S_OK : code;
    }
    if (!visit(Instance(api_, *object.get()))) {
      return S_OK;
    }
  }
  return kTooMany;
}

}  // namespace iisdiag::win32
