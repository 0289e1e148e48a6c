// WMI in memory behind its locator, as its documentation has it: one namespace,
// whose classes hold instances.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "win32/fake_com.hpp"
#include "win32/wmi.hpp"

namespace iisdiag::win32 {

// Fills in a property.
using FakeProperty = std::function<void(VARIANT&)>;
using FakeInstance = std::map<std::wstring, FakeProperty>;

// Values of properties.
FakeProperty text_of(const std::wstring& text);
FakeProperty number_of(std::int32_t number);
FakeProperty texts_of(const std::vector<std::wstring>& texts);
FakeProperty null_value();

struct FakeWmi {
  FakeWmi();
  FakeWmi(const FakeWmi&) = delete;
  FakeWmi& operator=(const FakeWmi&) = delete;
  FakeWmi(FakeWmi&&) = delete;
  FakeWmi& operator=(FakeWmi&&) = delete;
  ~FakeWmi();

  void add_to(FakeCom& com);
  // The table with a clock that goes by what calls wait.
  Api api(const FakeCom& com) const;

  std::map<std::wstring, std::vector<FakeInstance>> classes;
  // What `Method argument` answers before it does anything; S_OK goes on.
  std::function<HRESULT(const std::string& call)> before;
  // Where `before` fails: success, and the answer untouched.
  bool untouched = false;
  // Each enumerator begins again at its end.
  bool is_endless = false;
  // Milliseconds that each Next takes. Longer than it may wait: it never has
  // anything.
  DWORD takes = 0;
  std::vector<std::string> calls;
  int blankets = 0;
  DWORD clock = 0xFFFFFFF0;  // starts again at zero soon
};

}  // namespace iisdiag::win32
