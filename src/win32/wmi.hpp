// WMI, for reading: the instances of classes of a namespace.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "win32/com.hpp"
// clang-format off: it needs what the others include.
#include <wbemcli.h>
// clang-format on

namespace iisdiag::win32 {

// Why WMI did not answer and what to do about it.
facts::Unknown wmi_refusal(HRESULT code);
// This Windows has no WMI, no such namespace or no such class.
bool is_unknown_to_wmi(HRESULT code);

// A namespace of this machine. A thread needs COM for it.
class Wmi {
 public:
  // One instance.
  class Instance {
   public:
    Instance(const Api& api, IWbemClassObject& object)
        : api_(api), object_(object) {}

    // Properties; a type mismatch for other types. An empty string and an
    // empty list where the property has no value.
    HRESULT get(const wchar_t* property, std::string& text) const;
    HRESULT get(const wchar_t* property, std::int64_t& number) const;
    // No more than `most`; `is_cut`: there are more, or some are not legible.
    // `is_null`: there is no value.
    struct Texts {
      std::vector<std::string> texts;
      bool is_cut = false;
      bool is_null = false;
    };
    HRESULT get(const wchar_t* property, std::size_t most, Texts& list) const;

   private:
    HRESULT get(const wchar_t* property, Variant& value) const;

    const Api& api_;
    IWbemClassObject& object_;
  };
  // False: no more are wanted.
  using Visit = std::function<bool(const Instance&)>;

  explicit Wmi(const Api& api) : api_(api) {}

  // Waits for two minutes at most.
  HRESULT open(std::wstring_view name);
  // All instances of the class itself. A failure where they were not all
  // visited: WBEM_E_TIMED_OUT after half a minute since open(), and
  // WBEM_E_QUOTA_VIOLATION where there are too many.
  HRESULT each(std::wstring_view class_name, const Visit& visit);

 private:
  bool is_late() const;
  // S_FALSE at the end.
  HRESULT next(IEnumWbemClassObject& list,
               ComPtr<IWbemClassObject>& object) const;

  const Api& api_;
  ComPtr<IWbemServices> services_;
  DWORD opened_ = 0;
};

}  // namespace iisdiag::win32
