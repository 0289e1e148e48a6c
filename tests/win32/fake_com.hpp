// Real COM objects of this process in place of those of IIS: CoCreateInstance
// finds them because they are registered.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "win32/com.hpp"

namespace iisdiag::win32 {

// COM for the length of a test. Objects of fakes that are alive and were not
// released are counted.
class FakeCom {
 public:
  FakeCom();
  FakeCom(const FakeCom&) = delete;
  FakeCom& operator=(const FakeCom&) = delete;
  FakeCom(FakeCom&&) = delete;
  FakeCom& operator=(FakeCom&&) = delete;
  ~FakeCom();

  // `make` gives an object with one reference.
  void add_class(const CLSID& id, std::function<IUnknown*()> make);

  // The table of this system.
  const Api& api() const { return api_; }

  static int objects();

 private:
  Api api_;
  std::vector<DWORD> cookies_;
};

// Counts its references, and itself.
class FakeCounted {
 public:
  FakeCounted();
  FakeCounted(const FakeCounted&) = delete;
  FakeCounted& operator=(const FakeCounted&) = delete;
  FakeCounted(FakeCounted&&) = delete;
  FakeCounted& operator=(FakeCounted&&) = delete;
  virtual ~FakeCounted();

  ULONG add() { return ++references_; }
  ULONG drop();

 private:
  std::atomic<ULONG> references_ = 1;
};

// An object that is bound late.
class FakeDispatch : public IDispatch, public FakeCounted {
 public:
  using Arguments = std::vector<const VARIANT*>;  // the first one first
  using Member = std::function<HRESULT(const Arguments&, VARIANT&)>;

  struct Calls {
    int lookups = 0;
    int invokes = 0;
    // Asked before each call of a member; a failure is its answer. E_FAIL with
    // `untouched` answers success and fills in nothing.
    std::function<HRESULT(const std::wstring& name)> before;
    // Failures as exceptions, as IIS has them.
    bool throws = true;
    bool untouched = false;
  };

  FakeDispatch(Calls& calls, std::map<std::wstring, Member> members)
      : calls_(calls), members_(std::move(members)) {}

  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID id, void** object) override;
  ULONG STDMETHODCALLTYPE AddRef() override { return add(); }
  ULONG STDMETHODCALLTYPE Release() override { return drop(); }
  HRESULT STDMETHODCALLTYPE GetTypeInfoCount(UINT* count) override;
  HRESULT STDMETHODCALLTYPE GetTypeInfo(UINT index, LCID language,
                                        ITypeInfo** info) override;
  HRESULT STDMETHODCALLTYPE GetIDsOfNames(REFIID id, LPOLESTR* names,
                                          UINT count, LCID language,
                                          DISPID* ids) override;
  HRESULT STDMETHODCALLTYPE Invoke(DISPID member, REFIID id, LCID language,
                                   WORD flags, DISPPARAMS* parameters,
                                   VARIANT* result, EXCEPINFO* exception,
                                   UINT* argument) override;

 private:
  HRESULT answer(const std::wstring& name, DISPPARAMS& parameters,
                 VARIANT& result);

  Calls& calls_;
  std::map<std::wstring, Member> members_;
};

// Answers of members.
HRESULT give(VARIANT& result, const std::wstring& text);
HRESULT give(VARIANT& result, std::int32_t number);
HRESULT give_flag(VARIANT& result, bool flag);
// Hands over the reference.
HRESULT give(VARIANT& result, IDispatch* object);

}  // namespace iisdiag::win32
