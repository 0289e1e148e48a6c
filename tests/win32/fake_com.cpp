#include "win32/fake_com.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace iisdiag::win32 {
namespace {

std::atomic<int> counted = 0;

// Members have one number for all objects, as those of one interface have.
std::vector<std::wstring>& member_names() {
  static std::vector<std::wstring> names;
  return names;
}

class Factory final : public IClassFactory, public FakeCounted {
 public:
  explicit Factory(std::function<IUnknown*()> make) : make_(std::move(make)) {}

  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID id, void** object) override {
    if (id != __uuidof(IUnknown) && id != __uuidof(IClassFactory)) {
      *object = nullptr;
      return E_NOINTERFACE;
    }
    AddRef();
    *object = static_cast<IClassFactory*>(this);
    return S_OK;
  }
  ULONG STDMETHODCALLTYPE AddRef() override { return add(); }
  ULONG STDMETHODCALLTYPE Release() override { return drop(); }
  HRESULT STDMETHODCALLTYPE CreateInstance(IUnknown* outer, REFIID id,
                                           void** object) override {
    *object = nullptr;
    if (outer != nullptr) {
      return CLASS_E_NOAGGREGATION;
    }
    IUnknown* made = make_();
    if (made == nullptr) {
      return E_ACCESSDENIED;
    }
    const HRESULT code = made->QueryInterface(id, object);
    made->Release();
    return code;
  }
  HRESULT STDMETHODCALLTYPE LockServer(BOOL) override { return S_OK; }

 private:
  std::function<IUnknown*()> make_;
};

}  // namespace

FakeCom::FakeCom() : api_(system_api()) {
  EXPECT_TRUE(SUCCEEDED(CoInitializeEx(nullptr, COINIT_MULTITHREADED)));
}

FakeCom::~FakeCom() {
  for (const DWORD cookie : cookies_) {
    CoRevokeClassObject(cookie);
  }
  CoUninitialize();
}

void FakeCom::add_class(const CLSID& id, std::function<IUnknown*()> make) {
  auto* factory = new Factory(std::move(make));
  DWORD cookie = 0;
  EXPECT_EQ(CoRegisterClassObject(id, factory, CLSCTX_INPROC_SERVER,
                                  REGCLS_MULTIPLEUSE, &cookie),
            S_OK);
  factory->Release();
  cookies_.push_back(cookie);
}

int FakeCom::objects() { return counted; }

FakeCounted::FakeCounted() { ++counted; }
FakeCounted::~FakeCounted() { --counted; }

ULONG FakeCounted::drop() {
  const ULONG left = --references_;
  if (left == 0) {
    delete this;
  }
  return left;
}

HRESULT FakeDispatch::QueryInterface(REFIID id, void** object) {
  if (id != __uuidof(IUnknown) && id != __uuidof(IDispatch)) {
    *object = nullptr;
    return E_NOINTERFACE;
  }
  AddRef();
  *object = static_cast<IDispatch*>(this);
  return S_OK;
}

HRESULT FakeDispatch::GetTypeInfoCount(UINT* count) {
  *count = 0;
  return S_OK;
}

HRESULT FakeDispatch::GetTypeInfo(UINT, LCID, ITypeInfo** info) {
  *info = nullptr;
  return E_NOTIMPL;
}

HRESULT FakeDispatch::GetIDsOfNames(REFIID, LPOLESTR* names, UINT count, LCID,
                                    DISPID* ids) {
  ++calls_.lookups;
  if (count != 1 || !members_.contains(names[0])) {
    ids[0] = DISPID_UNKNOWN;
    return DISP_E_UNKNOWNNAME;
  }
  auto& known = member_names();
  const auto found = std::find(known.begin(), known.end(), names[0]);
  ids[0] = static_cast<DISPID>(found - known.begin()) + 1;
  if (found == known.end()) {
    known.emplace_back(names[0]);
  }
  return S_OK;
}

HRESULT FakeDispatch::answer(const std::wstring& name, DISPPARAMS& parameters,
                             VARIANT& result) {
  if (calls_.before) {
    const HRESULT code = calls_.before(name);
    if (FAILED(code)) {
      return calls_.untouched ? S_OK : code;
    }
  }
  const auto member = members_.find(name);
  if (member == members_.end()) {
    return DISP_E_MEMBERNOTFOUND;
  }
  Arguments arguments;
  for (UINT i = parameters.cArgs; i > 0; --i) {
    arguments.push_back(&parameters.rgvarg[i - 1]);
  }
  return member->second(arguments, result);
}

HRESULT FakeDispatch::Invoke(DISPID member, REFIID, LCID, WORD flags,
                             DISPPARAMS* parameters, VARIANT* result,
                             EXCEPINFO* exception, UINT*) {
  ++calls_.invokes;
  if ((flags & (DISPATCH_METHOD | DISPATCH_PROPERTYGET)) == 0 || member < 1 ||
      static_cast<std::size_t>(member) > member_names().size()) {
    return DISP_E_MEMBERNOTFOUND;
  }
  const HRESULT code =
      answer(member_names()[static_cast<std::size_t>(member) - 1], *parameters,
             *result);
  if (SUCCEEDED(code) || !calls_.throws) {
    return code;
  }
  *exception = EXCEPINFO{};
  exception->scode = code;
  exception->bstrSource = SysAllocString(L"AdminManager");
  exception->bstrDescription = SysAllocString(L"Zugriff verweigert");
  return DISP_E_EXCEPTION;
}

HRESULT give(VARIANT& result, const std::wstring& text) {
  result.vt = VT_BSTR;
  result.bstrVal =
      SysAllocStringLen(text.data(), static_cast<UINT>(text.size()));
  return S_OK;
}

HRESULT give(VARIANT& result, std::int32_t number) {
  result.vt = VT_I4;
  result.lVal = number;
  return S_OK;
}

HRESULT give_flag(VARIANT& result, bool flag) {
  result.vt = VT_BOOL;
  result.boolVal = flag ? VARIANT_TRUE : VARIANT_FALSE;
  return S_OK;
}

HRESULT give(VARIANT& result, IDispatch* object) {
  result.vt = VT_DISPATCH;
  result.pdispVal = object;
  return S_OK;
}

}  // namespace iisdiag::win32
