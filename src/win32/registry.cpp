#include "win32/registry.hpp"

#include <fmt/format.h>

#include <array>
#include <cstring>
#include <vector>

#include "evidence/registry_facts.hpp"
#include "text/unicode.hpp"
#include "win32/answer.hpp"
#include "win32/wide.hpp"

namespace iisdiag::win32 {
namespace {

struct Place {
  std::string_view key;  // below HKEY_LOCAL_MACHINE
  // Where the interpreter looks for it, if that is another place.
  std::string_view listed_as;
};

constexpr std::array kPlaces = {
    // Behind ComputerName waits what it will be after the next start.
    Place{R"(SYSTEM\CurrentControlSet\Control\ComputerName\ActiveComputerName)",
          R"(SYSTEM\CurrentControlSet\Control\ComputerName\ComputerName)"},
    Place{R"(SYSTEM\CurrentControlSet\Services\Tcpip\Parameters)", {}},
    Place{R"(SYSTEM\CurrentControlSet\Control\ProductOptions)", {}},
    Place{R"(SYSTEM\CurrentControlSet\Control\Lsa)", {}},
    Place{R"(SYSTEM\CurrentControlSet\Control\Lsa\MSV1_0)", {}},
    Place{R"(SYSTEM\CurrentControlSet\Services\W3SVC\Parameters)", {}},
    Place{R"(SYSTEM\CurrentControlSet\Services\MSFTPSVC\Parameters)", {}},
    Place{R"(SYSTEM\CurrentControlSet\Services\GOPHERSVC\Parameters)", {}},
    Place{R"(SOFTWARE\Microsoft\Windows NT\CurrentVersion)", {}},
    Place{R"(SOFTWARE\Microsoft\InetStp)", {}}};

// The longest name of a value (winreg documentation), and more data than any
// value has that is read here.
constexpr std::size_t kNameSize = 16384;
constexpr std::size_t kDataSize = 65536;
// A key of more values than this is somebody's attempt to keep us busy.
constexpr DWORD kMaxValues = 4096;

class OpenKey {
 public:
  OpenKey(const Api& api, std::string_view path, REGSAM access) : api_(api) {
    code_ = static_cast<std::uint32_t>(api_.RegOpenKeyExW(
        HKEY_LOCAL_MACHINE, to_wide(path).c_str(), 0, access, &key_));
  }
  OpenKey(const OpenKey&) = delete;
  OpenKey& operator=(const OpenKey&) = delete;
  OpenKey(OpenKey&&) = delete;
  OpenKey& operator=(OpenKey&&) = delete;
  ~OpenKey() {
    if (code_ == ERROR_SUCCESS) {
      api_.RegCloseKey(key_);
    }
  }

  std::uint32_t code() const { return code_; }
  HKEY get() const { return key_; }

 private:
  const Api& api_;
  HKEY key_ = nullptr;
  std::uint32_t code_ = 0;
};

class RegistryReader {
 public:
  RegistryReader(const Api& api, evidence::FileFacts& facts)
      : api_(api),
        facts_(facts),
        access_(KEY_QUERY_VALUE | (is_wow64(api) ? KEY_WOW64_64KEY : 0)),
        name_(kNameSize),
        data_(kDataSize) {}

  void run() {
    for (const Place& place : kPlaces) {
      read(place);
    }
    evidence::interpret_registry(keys_, facts_);
  }

 private:
  void read(const Place& place) {
    const std::string shown = fmt::format(R"(HKLM\{})", place.key);
    const OpenKey key(api_, place.key, access_);
    if (key.code() == ERROR_FILE_NOT_FOUND) {
      return;
    }
    if (key.code() != ERROR_SUCCESS) {
      auto [why, todo] = refusal(key.code());
      facts_.problems.push_back({fmt::format("the key was not read: {}", why),
                                 facts::Origin::in_registry(shown),
                                 {},
                                 0,
                                 std::move(todo)});
      return;
    }
    evidence::RegistryKey& listed = keys_[text::fold_case(
        place.listed_as.empty() ? place.key : place.listed_as)];
    listed.origin = facts::Origin::in_registry(shown);
    for (DWORD index = 0; index < kMaxValues; ++index) {
      if (!read_value(key.get(), index, shown, listed)) {
        return;
      }
    }
    listed.is_damaged = true;
  }

  // False behind the last value.
  bool read_value(HKEY key, DWORD index, const std::string& shown,
                  evidence::RegistryKey& listed) {
    auto name_size = static_cast<DWORD>(name_.size());
    auto data_size = static_cast<DWORD>(data_.size());
    DWORD type = REG_NONE;
    const auto code = static_cast<std::uint32_t>(
        api_.RegEnumValueW(key, index, name_.data(), &name_size, nullptr, &type,
                           data_.data(), &data_size));
    if (code == ERROR_NO_MORE_ITEMS) {
      return false;
    }
    if (code != ERROR_SUCCESS || name_size > name_.size() ||
        data_size > data_.size()) {
      listed.is_damaged = true;
      return code == ERROR_MORE_DATA || code == ERROR_SUCCESS;
    }
    const std::string name = to_utf8({name_.data(), name_size});
    evidence::RegistryValue value;
    value.origin =
        facts::Origin::in_registry(fmt::format(R"({}\{})", shown, name));
    if (type == REG_DWORD && data_size == sizeof(DWORD)) {
      DWORD number = 0;
      std::memcpy(&number, data_.data(), sizeof number);
      value.number = number;
    } else if (type == REG_SZ || type == REG_EXPAND_SZ) {
      value.string = text_of(data_size);
    }
    listed.values[text::fold_case(name)] = std::move(value);
    return true;
  }

  // Up to the terminator, which may be missing.
  std::string text_of(DWORD size) const {
    std::wstring text(size / sizeof(wchar_t), L'\0');
    std::memcpy(text.data(), data_.data(), text.size() * sizeof(wchar_t));
    text.resize(std::min(text.size(), text.find(L'\0')));
    return to_utf8(std::wstring_view(text));
  }

  const Api& api_;
  evidence::FileFacts& facts_;
  REGSAM access_;
  std::vector<wchar_t> name_;
  std::vector<BYTE> data_;
  evidence::RegistryKeys keys_;
};

}  // namespace

bool is_wow64(const Api& api) {
  BOOL result = FALSE;
  return api.IsWow64Process != nullptr &&
         api.IsWow64Process(GetCurrentProcess(), &result) != FALSE &&
         result != FALSE;
}

void read_registry(const Api& api, evidence::FileFacts& facts) {
  RegistryReader(api, facts).run();
}

}  // namespace iisdiag::win32
