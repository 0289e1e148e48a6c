#include "win32/fake_wmi.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "win32/wide.hpp"

namespace iisdiag::win32 {
namespace {

FakeWmi* the_wmi = nullptr;

// S_FALSE: go on.
HRESULT asked(const std::string& call) {
  the_wmi->calls.push_back(call);
  const HRESULT code = the_wmi->before ? the_wmi->before(call) : S_OK;
  if (FAILED(code)) {
    return the_wmi->untouched ? S_OK : code;
  }
  return S_FALSE;
}

template <class Interface>
class Object : public Interface, public FakeCounted {
 public:
  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID id, void** object) override {
    if (id != __uuidof(IUnknown) && id != __uuidof(Interface)) {
      *object = nullptr;
      return E_NOINTERFACE;
    }
    AddRef();
    *object = static_cast<Interface*>(this);
    return S_OK;
  }
  ULONG STDMETHODCALLTYPE AddRef() override { return add(); }
  ULONG STDMETHODCALLTYPE Release() override { return drop(); }
};

// NOLINTNEXTLINE(cppcoreguidelines-macro-usage): parameters vary
#define IISDIAG_UNUSED_METHOD(name, ...)                  \
  HRESULT STDMETHODCALLTYPE name(__VA_ARGS__) override {  \
    ADD_FAILURE() << #name << " changes or is not known"; \
    return E_NOTIMPL;                                     \
  }

class Instance final : public Object<IWbemClassObject> {
 public:
  explicit Instance(FakeInstance properties)
      : properties_(std::move(properties)) {}

  HRESULT STDMETHODCALLTYPE Get(LPCWSTR name, LONG, VARIANT* value, CIMTYPE*,
                                LONG*) override {
    if (const HRESULT code = asked("Get " + to_utf8(name)); code != S_FALSE) {
      return code;
    }
    const auto found = properties_.find(name);
    if (found == properties_.end()) {
      return static_cast<HRESULT>(WBEM_E_NOT_FOUND);
    }
    found->second(*value);
    return S_OK;
  }

  IISDIAG_UNUSED_METHOD(GetQualifierSet, IWbemQualifierSet**)
  IISDIAG_UNUSED_METHOD(Put, LPCWSTR, LONG, VARIANT*, CIMTYPE)
  IISDIAG_UNUSED_METHOD(Delete, LPCWSTR)
  IISDIAG_UNUSED_METHOD(GetNames, LPCWSTR, LONG, VARIANT*, SAFEARRAY**)
  IISDIAG_UNUSED_METHOD(BeginEnumeration, LONG)
  IISDIAG_UNUSED_METHOD(Next, LONG, BSTR*, VARIANT*, CIMTYPE*, LONG*)
  IISDIAG_UNUSED_METHOD(EndEnumeration, void)
  IISDIAG_UNUSED_METHOD(GetPropertyQualifierSet, LPCWSTR, IWbemQualifierSet**)
  IISDIAG_UNUSED_METHOD(Clone, IWbemClassObject**)
  IISDIAG_UNUSED_METHOD(GetObjectText, LONG, BSTR*)
  IISDIAG_UNUSED_METHOD(SpawnDerivedClass, LONG, IWbemClassObject**)
  IISDIAG_UNUSED_METHOD(SpawnInstance, LONG, IWbemClassObject**)
  IISDIAG_UNUSED_METHOD(CompareTo, LONG, IWbemClassObject*)
  IISDIAG_UNUSED_METHOD(GetPropertyOrigin, LPCWSTR, BSTR*)
  IISDIAG_UNUSED_METHOD(InheritsFrom, LPCWSTR)
  IISDIAG_UNUSED_METHOD(GetMethod, LPCWSTR, LONG, IWbemClassObject**,
                        IWbemClassObject**)
  IISDIAG_UNUSED_METHOD(PutMethod, LPCWSTR, LONG, IWbemClassObject*,
                        IWbemClassObject*)
  IISDIAG_UNUSED_METHOD(DeleteMethod, LPCWSTR)
  IISDIAG_UNUSED_METHOD(BeginMethodEnumeration, LONG)
  IISDIAG_UNUSED_METHOD(NextMethod, LONG, BSTR*, IWbemClassObject**,
                        IWbemClassObject**)
  IISDIAG_UNUSED_METHOD(EndMethodEnumeration, void)
  IISDIAG_UNUSED_METHOD(GetMethodQualifierSet, LPCWSTR, IWbemQualifierSet**)
  IISDIAG_UNUSED_METHOD(GetMethodOrigin, LPCWSTR, BSTR*)

 private:
  FakeInstance properties_;
};

class List final : public Object<IEnumWbemClassObject> {
 public:
  List(std::string name, std::vector<FakeInstance> instances)
      : name_(std::move(name)), instances_(std::move(instances)) {}

  HRESULT STDMETHODCALLTYPE Next(LONG timeout, ULONG count,
                                 IWbemClassObject** objects,
                                 ULONG* returned) override {
    EXPECT_GE(timeout, 0) << "may wait for ever";
    EXPECT_EQ(count, 1U);
    if (const HRESULT code = asked("Next " + name_); code != S_FALSE) {
      return code;
    }
    const auto wait = static_cast<DWORD>(timeout);
    the_wmi->clock += std::min(the_wmi->takes, wait);
    *returned = 0;
    if (the_wmi->takes > wait) {
      return WBEM_S_TIMEDOUT;
    }
    if (the_wmi->is_endless && at_ == instances_.size()) {
      at_ = 0;
    }
    if (at_ == instances_.size()) {
      return WBEM_S_FALSE;
    }
    *objects = new Instance(instances_[at_++]);
    *returned = 1;
    return S_OK;
  }

  IISDIAG_UNUSED_METHOD(Reset, void)
  IISDIAG_UNUSED_METHOD(NextAsync, ULONG, IWbemObjectSink*)
  IISDIAG_UNUSED_METHOD(Clone, IEnumWbemClassObject**)
  IISDIAG_UNUSED_METHOD(Skip, LONG, ULONG)

 private:
  std::string name_;
  std::vector<FakeInstance> instances_;
  std::size_t at_ = 0;
};

class Services final : public Object<IWbemServices> {
 public:
  HRESULT STDMETHODCALLTYPE
  CreateInstanceEnum(const BSTR name, LONG flags, IWbemContext*,
                     IEnumWbemClassObject** list) override {
    EXPECT_TRUE((flags & WBEM_FLAG_RETURN_IMMEDIATELY) != 0) << "may hang";
    const std::string shown = to_utf8(static_cast<const wchar_t*>(name));
    if (const HRESULT code = asked("CreateInstanceEnum " + shown);
        code != S_FALSE) {
      return code;
    }
    const auto found = the_wmi->classes.find(name);
    if (found == the_wmi->classes.end()) {
      return static_cast<HRESULT>(WBEM_E_INVALID_CLASS);
    }
    *list = new List(shown, found->second);
    return S_OK;
  }

  IISDIAG_UNUSED_METHOD(OpenNamespace, const BSTR, LONG, IWbemContext*,
                        IWbemServices**, IWbemCallResult**)
  IISDIAG_UNUSED_METHOD(CancelAsyncCall, IWbemObjectSink*)
  IISDIAG_UNUSED_METHOD(QueryObjectSink, LONG, IWbemObjectSink**)
  IISDIAG_UNUSED_METHOD(GetObject, const BSTR, LONG, IWbemContext*,
                        IWbemClassObject**, IWbemCallResult**)
  IISDIAG_UNUSED_METHOD(GetObjectAsync, const BSTR, LONG, IWbemContext*,
                        IWbemObjectSink*)
  IISDIAG_UNUSED_METHOD(PutClass, IWbemClassObject*, LONG, IWbemContext*,
                        IWbemCallResult**)
  IISDIAG_UNUSED_METHOD(PutClassAsync, IWbemClassObject*, LONG, IWbemContext*,
                        IWbemObjectSink*)
  IISDIAG_UNUSED_METHOD(DeleteClass, const BSTR, LONG, IWbemContext*,
                        IWbemCallResult**)
  IISDIAG_UNUSED_METHOD(DeleteClassAsync, const BSTR, LONG, IWbemContext*,
                        IWbemObjectSink*)
  IISDIAG_UNUSED_METHOD(CreateClassEnum, const BSTR, LONG, IWbemContext*,
                        IEnumWbemClassObject**)
  IISDIAG_UNUSED_METHOD(CreateClassEnumAsync, const BSTR, LONG, IWbemContext*,
                        IWbemObjectSink*)
  IISDIAG_UNUSED_METHOD(PutInstance, IWbemClassObject*, LONG, IWbemContext*,
                        IWbemCallResult**)
  IISDIAG_UNUSED_METHOD(PutInstanceAsync, IWbemClassObject*, LONG,
                        IWbemContext*, IWbemObjectSink*)
  IISDIAG_UNUSED_METHOD(DeleteInstance, const BSTR, LONG, IWbemContext*,
                        IWbemCallResult**)
  IISDIAG_UNUSED_METHOD(DeleteInstanceAsync, const BSTR, LONG, IWbemContext*,
                        IWbemObjectSink*)
  IISDIAG_UNUSED_METHOD(CreateInstanceEnumAsync, const BSTR, LONG,
                        IWbemContext*, IWbemObjectSink*)
  IISDIAG_UNUSED_METHOD(ExecQuery, const BSTR, const BSTR, LONG, IWbemContext*,
                        IEnumWbemClassObject**)
  IISDIAG_UNUSED_METHOD(ExecQueryAsync, const BSTR, const BSTR, LONG,
                        IWbemContext*, IWbemObjectSink*)
  IISDIAG_UNUSED_METHOD(ExecNotificationQuery, const BSTR, const BSTR, LONG,
                        IWbemContext*, IEnumWbemClassObject**)
  IISDIAG_UNUSED_METHOD(ExecNotificationQueryAsync, const BSTR, const BSTR,
                        LONG, IWbemContext*, IWbemObjectSink*)
  IISDIAG_UNUSED_METHOD(ExecMethod, const BSTR, const BSTR, LONG, IWbemContext*,
                        IWbemClassObject*, IWbemClassObject**,
                        IWbemCallResult**)
  IISDIAG_UNUSED_METHOD(ExecMethodAsync, const BSTR, const BSTR, LONG,
                        IWbemContext*, IWbemClassObject*, IWbemObjectSink*)
};

class Locator final : public Object<IWbemLocator> {
 public:
  HRESULT STDMETHODCALLTYPE ConnectServer(const BSTR name, const BSTR user,
                                          const BSTR password, const BSTR,
                                          LONG flags, const BSTR, IWbemContext*,
                                          IWbemServices** services) override {
    EXPECT_EQ(user, nullptr);
    EXPECT_EQ(password, nullptr);
    EXPECT_TRUE((flags & WBEM_FLAG_CONNECT_USE_MAX_WAIT) != 0) << "may hang";
    if (const HRESULT code = asked("ConnectServer " +
                                   to_utf8(static_cast<const wchar_t*>(name)));
        code != S_FALSE) {
      return code;
    }
    *services = new Services;
    return S_OK;
  }
};

#undef IISDIAG_UNUSED_METHOD

HRESULT WINAPI set_blanket(IUnknown*, DWORD, DWORD, OLECHAR*, DWORD,
                           DWORD impersonation, RPC_AUTH_IDENTITY_HANDLE,
                           DWORD) {
  EXPECT_EQ(impersonation, DWORD{RPC_C_IMP_LEVEL_IMPERSONATE});
  ++the_wmi->blankets;
  return E_NOINTERFACE;  // for an object of this process
}

DWORD WINAPI tick_count() { return the_wmi->clock; }

}  // namespace

FakeProperty text_of(const std::wstring& text) {
  return [text](VARIANT& value) { give(value, text); };
}

FakeProperty number_of(std::int32_t number) {
  return [number](VARIANT& value) { give(value, number); };
}

FakeProperty texts_of(const std::vector<std::wstring>& texts) {
  return [texts](VARIANT& value) {
    value.vt = VT_ARRAY | VT_BSTR;
    value.parray =
        SafeArrayCreateVector(VT_BSTR, 0, static_cast<ULONG>(texts.size()));
    for (std::size_t i = 0; i < texts.size(); ++i) {
      auto index = static_cast<LONG>(i);
      VARIANT text{};
      give(text, texts[i]);
      EXPECT_EQ(SafeArrayPutElement(value.parray, &index, text.bstrVal), S_OK);
      VariantClear(&text);
    }
  };
}

FakeProperty null_value() {
  return [](VARIANT& value) { value.vt = VT_NULL; };
}

FakeWmi::FakeWmi() { the_wmi = this; }
FakeWmi::~FakeWmi() { the_wmi = nullptr; }

void FakeWmi::add_to(FakeCom& com) {
  com.add_class(__uuidof(WbemLocator), [this]() -> IUnknown* {
    return before && FAILED(before("CoCreateInstance")) ? nullptr : new Locator;
  });
}

Api FakeWmi::api(const FakeCom& com) const {
  Api api = com.api();
  api.CoSetProxyBlanket = set_blanket;
  api.GetTickCount = tick_count;
  return api;
}

}  // namespace iisdiag::win32
