#include "win32/com.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "text/secret.hpp"
#include "win32/answer.hpp"

namespace iisdiag::win32 {
namespace {

// winerror.h's are signed in one header and unsigned in another.
constexpr HRESULT to_result(std::uint32_t code) {
  return static_cast<HRESULT>(code);
}

constexpr HRESULT kPathNotFound = to_result(0x80070003);
constexpr HRESULT kFileNotFound = to_result(0x80070002);
constexpr HRESULT kModuleNotFound = to_result(0x8007007E);
constexpr HRESULT kServerUnavailable = to_result(0x800706BA);
constexpr HRESULT kAccessDenied = to_result(0x80070005);

// "Reserved for future use, must be IID_NULL".
constexpr GUID kNoInterface{};

struct Row {
  HRESULT code;
  std::string_view text;
  std::string_view todo;
};

// winerror.h and mdmsg.h. What an HRESULT around a Win32 code says otherwise
// is told by refusal().
constexpr std::array kRows = {
    Row{E_NOTIMPL, "this Windows has no such function", {}},
    Row{E_OUTOFMEMORY, "there is not enough memory", {}},
    Row{REGDB_E_CLASSNOTREG, "its class is not registered", {}},
    Row{CO_E_CLASSSTRING, "its class is not registered", {}},
    Row{CO_E_SERVER_EXEC_FAILURE, "its service does not start",
        "Start the IIS Admin Service and run iisdiag again."},
    Row{kServerUnavailable, "the RPC server is unavailable",
        "Start the IIS Admin Service and run iisdiag again."},
    Row{to_result(0x80070032),
        "the interface does not tell which level sets it",
        {}},
    Row{to_result(0x80070021),
        "a web.config sets what is locked, and IIS answers 500.19",
        {}},
    Row{to_result(0x8007000D),
        "a file of the configuration is damaged, and IIS answers 500.19",
        {}},
    Row{DISP_E_TYPEMISMATCH, "it answered something else than that", {}},
    Row{E_NOINTERFACE, "it answered something else than that", {}},
    Row{E_UNEXPECTED, "it answered nothing", {}},
    Row{E_POINTER, "it answered nothing", {}},
    Row{kPathNotFound, "the path was not found", {}},
    Row{DISP_E_UNKNOWNNAME, "it does not know what it was asked for", {}},
    Row{DISP_E_MEMBERNOTFOUND, "it does not know what it was asked for", {}},
    Row{NTE_BAD_KEYSET, "the key that it is encrypted with is not there", {}},
    Row{NTE_BAD_DATA, "it could not be decrypted", {}},
};

const Row* find_row(HRESULT code) {
  const auto* found =
      std::find_if(kRows.begin(), kRows.end(),
                   [code](const Row& row) { return row.code == code; });
  return found == kRows.end() ? nullptr : found;
}

void wipe(const Api& api, BSTR text) {
  if (text != nullptr && api.SysStringByteLen != nullptr) {
    text::wipe_memory(text, api.SysStringByteLen(text));
  }
}

// What the object itself says about its failure. Its strings are not used:
// they are in the language of the server.
class Exception {
 public:
  explicit Exception(const Api& api) : api_(api) {}
  Exception(const Exception&) = delete;
  Exception& operator=(const Exception&) = delete;
  Exception(Exception&&) = delete;
  Exception& operator=(Exception&&) = delete;
  ~Exception() {
    for (BSTR text :
         {info_.bstrSource, info_.bstrDescription, info_.bstrHelpFile}) {
      if (text != nullptr) {
        api_.SysFreeString(text);
      }
    }
  }

  EXCEPINFO* out() { return &info_; }
  HRESULT code() {
    if (info_.pfnDeferredFillIn != nullptr) {
      info_.pfnDeferredFillIn(&info_);
      info_.pfnDeferredFillIn = nullptr;
    }
    return FAILED(info_.scode) ? info_.scode : DISP_E_EXCEPTION;
  }

 private:
  const Api& api_;
  EXCEPINFO info_{};
};

// Arguments as IDispatch wants them: the last one first.
class Arguments {
 public:
  Arguments(const Api& api, std::span<const Automation::Argument> arguments)
      : api_(api), values_(arguments.size()) {
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      fill(arguments[i], values_[arguments.size() - 1 - i]);
    }
  }
  Arguments(const Arguments&) = delete;
  Arguments& operator=(const Arguments&) = delete;
  Arguments(Arguments&&) = delete;
  Arguments& operator=(Arguments&&) = delete;
  ~Arguments() {
    for (VARIANT& value : values_) {
      if (value.vt == VT_BSTR) {
        api_.SysFreeString(value.bstrVal);
      }
    }
  }

  bool complete() const { return complete_; }
  DISPPARAMS parameters() {
    return {values_.empty() ? nullptr : values_.data(), nullptr,
            static_cast<UINT>(values_.size()), 0};
  }

 private:
  void fill(const Automation::Argument& argument, VARIANT& value) {
    if (const auto* number = std::get_if<std::int32_t>(&argument)) {
      value.vt = VT_I4;
      value.lVal = *number;
      return;
    }
    const auto text = std::get<std::wstring_view>(argument);
    value.bstrVal =
        api_.SysAllocStringLen(text.data(), static_cast<UINT>(text.size()));
    if (value.bstrVal == nullptr) {
      complete_ = false;
      return;
    }
    value.vt = VT_BSTR;
  }

  const Api& api_;
  std::vector<VARIANT> values_;
  bool complete_ = true;
};

bool has_automation(const Api& api) {
  return api.SysAllocStringLen != nullptr && api.SysFreeString != nullptr &&
         api.VariantClear != nullptr;
}

}  // namespace

std::uint64_t shown_code(HRESULT code) {
  const auto bits = static_cast<std::uint32_t>(code);
  return HRESULT_FACILITY(bits) == FACILITY_WIN32 ? bits & 0xFFFFU : bits;
}

bool is_win32(HRESULT code, std::uint32_t win32) {
  return FAILED(code) && HRESULT_FACILITY(code) == FACILITY_WIN32 &&
         shown_code(code) == win32;
}

bool is_not_installed(HRESULT code) {
  return code == REGDB_E_CLASSNOTREG || code == CO_E_CLASSSTRING ||
         code == E_NOTIMPL || code == kModuleNotFound ||
         code == CO_E_DLLNOTFOUND;
}

bool is_not_found(HRESULT code) {
  return code == kPathNotFound || code == kFileNotFound;
}

facts::Unknown com_refusal(HRESULT code) {
  if (code == kAccessDenied) {
    return refusal(ERROR_ACCESS_DENIED);
  }
  if (const Row* row = find_row(code)) {
    return {std::string(row->text), std::string(row->todo)};
  }
  if (FAILED(code) && HRESULT_FACILITY(code) == FACILITY_WIN32) {
    return refusal(static_cast<std::uint32_t>(shown_code(code)));
  }
  return {fmt::format("it answered 0x{:08X}", static_cast<std::uint32_t>(code)),
          {}};
}

facts::Problem com_problem(std::string_view what, std::string_view where,
                           HRESULT code) {
  auto [why, todo] = com_refusal(code);
  return {fmt::format("{}: {}", what, why),
          facts::Origin::from_api(where, shown_code(code)),
          {},
          0,
          std::move(todo)};
}

ComThread::ComThread(const Api& api) : api_(api) {
  if (api.CoUninitialize == nullptr) {
    return;
  }
  if (api.CoInitializeEx != nullptr) {
    code_ = api.CoInitializeEx(nullptr, COINIT_MULTITHREADED);
  } else if (api.CoInitialize != nullptr) {
    code_ = api.CoInitialize(nullptr);
  }
  owes_ = SUCCEEDED(code_);
  if (code_ == RPC_E_CHANGED_MODE) {
    code_ = S_OK;
  }
}

ComThread::~ComThread() {
  if (owes_) {
    api_.CoUninitialize();
  }
}

Bstr::Bstr(const Api& api, std::wstring_view text)
    : api_(api),
      text_(has_automation(api)
                ? api.SysAllocStringLen(text.data(),
                                        static_cast<UINT>(text.size()))
                : nullptr) {}

Bstr::~Bstr() {
  if (text_ != nullptr) {
    wipe(api_, text_);
    api_.SysFreeString(text_);
  }
}

void Variant::clear() {
  if (value_.vt == VT_EMPTY) {
    return;
  }
  if (value_.vt == VT_BSTR) {
    wipe(api_, value_.bstrVal);
  }
  if (api_.VariantClear != nullptr) {
    api_.VariantClear(&value_);
  }
  value_ = VARIANT{};
}

std::optional<std::int64_t> Variant::number() const {
  switch (value_.vt) {
    case VT_BOOL:
      return value_.boolVal != VARIANT_FALSE ? 1 : 0;
    case VT_I1:
      return value_.cVal;
    case VT_UI1:
      return value_.bVal;
    case VT_I2:
      return value_.iVal;
    case VT_UI2:
      return value_.uiVal;
    case VT_I4:
    case VT_INT:
      return value_.lVal;
    case VT_UI4:
    case VT_UINT:
      return value_.ulVal;
    case VT_I8:
      return value_.llVal;
    default:
      return std::nullopt;
  }
}

std::optional<std::wstring_view> Variant::text() const {
  if (value_.vt != VT_BSTR) {
    return std::nullopt;
  }
  if (value_.bstrVal == nullptr || api_.SysStringByteLen == nullptr) {
    return std::wstring_view();
  }
  return std::wstring_view(
      value_.bstrVal, api_.SysStringByteLen(value_.bstrVal) / sizeof(wchar_t));
}

std::optional<std::span<const BSTR>> Variant::list() const {
  if (value_.vt != (VT_ARRAY | VT_BSTR) || value_.parray == nullptr) {
    return std::nullopt;
  }
  const SAFEARRAY& array = *value_.parray;
  if (array.cDims != 1 || array.cbElements != sizeof(BSTR)) {
    return std::nullopt;
  }
  const std::size_t size = array.rgsabound[0].cElements;
  if (array.pvData == nullptr && size != 0) {
    return std::nullopt;
  }
  return std::span(static_cast<const BSTR*>(array.pvData), size);
}

ComPtr<IDispatch> Variant::object() const {
  ComPtr<IDispatch> result;
  if (value_.vt == VT_DISPATCH && value_.pdispVal != nullptr) {
    value_.pdispVal->AddRef();
    return ComPtr<IDispatch>(value_.pdispVal);
  }
  if (value_.vt == VT_UNKNOWN && value_.punkVal != nullptr) {
    void* found = nullptr;
    if (SUCCEEDED(
            value_.punkVal->QueryInterface(__uuidof(IDispatch), &found))) {
      result = ComPtr<IDispatch>(static_cast<IDispatch*>(found));
    }
  }
  return result;
}

HRESULT Automation::find(const Object& object, const wchar_t* name,
                         DISPID& id) {
  const auto known = ids_.find({object.kind, name});
  if (known != ids_.end()) {
    id = known->second;
    return S_OK;
  }
  // The interface takes it as changeable, and changes nothing.
  std::wstring copy(name);
  LPOLESTR names = copy.data();
  id = DISPID_UNKNOWN;
  const HRESULT code = object.pointer->GetIDsOfNames(kNoInterface, &names, 1,
                                                     LOCALE_USER_DEFAULT, &id);
  if (SUCCEEDED(code) && id == DISPID_UNKNOWN) {
    return DISP_E_UNKNOWNNAME;
  }
  if (SUCCEEDED(code)) {
    ids_.emplace(std::pair(object.kind, std::wstring_view(name)), id);
  }
  return code;
}

HRESULT Automation::get(const Object& object, const wchar_t* name,
                        std::span<const Argument> arguments, Variant& result) {
  result.clear();
  if (!object) {
    return E_POINTER;
  }
  if (!has_automation(api_)) {
    return E_NOTIMPL;
  }
  DISPID id = DISPID_UNKNOWN;
  const HRESULT found = find(object, name, id);
  if (FAILED(found)) {
    return found;
  }
  Arguments passed(api_, arguments);
  if (!passed.complete()) {
    return E_OUTOFMEMORY;
  }
  DISPPARAMS parameters = passed.parameters();
  Exception exception(api_);
  HRESULT code = object.pointer->Invoke(id, kNoInterface, LOCALE_USER_DEFAULT,
                                        DISPATCH_METHOD | DISPATCH_PROPERTYGET,
                                        &parameters, result.out(),
                                        exception.out(), nullptr);
  if (code == DISP_E_EXCEPTION) {
    code = exception.code();
  }
  if (FAILED(code)) {
    result.clear();
    return code;
  }
  return S_OK;
}

HRESULT Automation::get(const Object& object, const wchar_t* name,
                        std::span<const Argument> arguments, std::uint8_t kind,
                        Object& result) {
  Variant answer(api_);
  const HRESULT code = get(object, name, arguments, answer);
  if (FAILED(code)) {
    return code;
  }
  Object found{answer.object(), kind};
  if (!found) {
    return E_NOINTERFACE;
  }
  result = std::move(found);
  return S_OK;
}

}  // namespace iisdiag::win32
