// COM: what is opened is closed again, and objects that are bound late.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "facts/observed.hpp"
#include "facts/server.hpp"
#include "win32/api.hpp"

namespace iisdiag::win32 {

// Why COM did not answer and what to do about it.
facts::Unknown com_refusal(HRESULT code);
// The same as a problem: `what` was not read, `where` was asked.
facts::Problem com_problem(std::string_view what, std::string_view where,
                           HRESULT code);
// The Win32 code in an HRESULT that holds one (5 of 0x80070005), else all of
// it: as origins show it.
std::uint64_t shown_code(HRESULT code);
// An HRESULT around a Win32 code.
bool is_win32(HRESULT code, std::uint32_t win32);
// Nobody registered the class, its ProgID or its library: it is not installed.
bool is_not_installed(HRESULT code);
// A step of a path, or what hangs on it, is not there.
bool is_not_found(HRESULT code);

template <class T>
facts::Observed<T> com_refused(std::string_view where, HRESULT code) {
  auto [why, todo] = com_refusal(code);
  return facts::Observed<T>::unknown(
      std::move(why), std::move(todo),
      facts::Origin::from_api(where, shown_code(code)));
}

// COM on this thread, for as long as this lives. Objects must be released
// before its end.
class ComThread {
 public:
  explicit ComThread(const Api& api);
  ComThread(const ComThread&) = delete;
  ComThread& operator=(const ComThread&) = delete;
  ComThread(ComThread&&) = delete;
  ComThread& operator=(ComThread&&) = delete;
  ~ComThread();

  // Success also where somebody else chose another kind of threading before.
  HRESULT code() const { return code_; }

 private:
  const Api& api_;
  HRESULT code_ = E_NOTIMPL;
  bool owes_ = false;
};

// One reference to an object.
template <class T>
class ComPtr {
 public:
  ComPtr() = default;
  // Takes over the caller's reference; may be null.
  explicit ComPtr(T* owned) : pointer_(owned) {}
  ComPtr(const ComPtr&) = delete;
  ComPtr& operator=(const ComPtr&) = delete;
  ComPtr(ComPtr&& other) noexcept
      : pointer_(std::exchange(other.pointer_, nullptr)) {}
  ComPtr& operator=(ComPtr&& other) noexcept {
    if (this != &other) {
      reset();
      pointer_ = std::exchange(other.pointer_, nullptr);
    }
    return *this;
  }
  ~ComPtr() { reset(); }

  T* get() const { return pointer_; }
  T* operator->() const { return pointer_; }
  explicit operator bool() const { return pointer_ != nullptr; }
  // For an out parameter; releases what was held.
  T** out() {
    reset();
    return &pointer_;
  }
  void reset() {
    if (T* old = std::exchange(pointer_, nullptr)) {
      old->Release();
    }
  }

 private:
  T* pointer_ = nullptr;
};

// Makes an object of the class, in this process or another one of this
// machine. E_NOTIMPL without COM, E_POINTER where it succeeded with nothing.
template <class T>
HRESULT create_object(const Api& api, const CLSID& id, const IID& interface_id,
                      ComPtr<T>& object) {
  if (api.CoCreateInstance == nullptr) {
    return E_NOTIMPL;
  }
  void* made = nullptr;
  const HRESULT code = api.CoCreateInstance(
      id, nullptr, CLSCTX_INPROC_SERVER | CLSCTX_LOCAL_SERVER, interface_id,
      &made);
  if (FAILED(code)) {
    return code;
  }
  object = ComPtr<T>(static_cast<T*>(made));
  return object ? S_OK : E_POINTER;
}

// A string for COM; wiped and freed. Null where there is no memory.
class Bstr {
 public:
  Bstr(const Api& api, std::wstring_view text);
  Bstr(const Bstr&) = delete;
  Bstr& operator=(const Bstr&) = delete;
  Bstr(Bstr&&) = delete;
  Bstr& operator=(Bstr&&) = delete;
  ~Bstr();

  BSTR get() const { return text_; }

 private:
  const Api& api_;
  BSTR text_;
};

// A value from COM. Text in it is wiped before it is freed, for some of it is
// a password, and oleaut32 keeps freed strings for the next one.
class Variant {
 public:
  explicit Variant(const Api& api) : api_(api) {}
  Variant(const Variant&) = delete;
  Variant& operator=(const Variant&) = delete;
  Variant(Variant&&) = delete;
  Variant& operator=(Variant&&) = delete;
  ~Variant() { clear(); }

  void clear();
  // For an out parameter; clears what was held.
  VARIANT* out() {
    clear();
    return &value_;
  }
  VARTYPE type() const { return value_.vt; }
  // Whole numbers and booleans of any width; nothing for other types.
  std::optional<std::int64_t> number() const;
  // A string; valid until the variant changes. Nothing for other types.
  std::optional<std::wstring_view> text() const;
  // A list of strings, which may be null; valid until the variant changes.
  // Nothing for other types, and for lists of other dimensions.
  std::optional<std::span<const BSTR>> list() const;
  // An object, with a reference of its own; empty for other types.
  ComPtr<IDispatch> object() const;

 private:
  const Api& api_;
  VARIANT value_{};
};

// Objects that are known by name only.
class Automation {
 public:
  // An object and its kind: those of one kind have one interface, so that each
  // name has to be looked up once for all of them.
  struct Object {
    ComPtr<IDispatch> pointer;
    std::uint8_t kind = 0;

    explicit operator bool() const { return static_cast<bool>(pointer); }
  };
  using Argument = std::variant<std::int32_t, std::wstring_view>;

  explicit Automation(const Api& api) : api_(api) {}

  // A property, or what a method returns. A failure that the object describes
  // itself gives the code in the description. `result` is empty after any
  // failure. `name` must be a literal.
  HRESULT get(const Object& object, const wchar_t* name,
              std::span<const Argument> arguments, Variant& result);
  // Likewise for an answer that is an object: E_NOINTERFACE where it is none.
  HRESULT get(const Object& object, const wchar_t* name,
              std::span<const Argument> arguments, std::uint8_t kind,
              Object& result);

  const Api& api() const { return api_; }

 private:
  HRESULT find(const Object& object, const wchar_t* name, DISPID& id);

  const Api& api_;
  std::map<std::pair<std::uint8_t, std::wstring_view>, DISPID> ids_;
};

}  // namespace iisdiag::win32
