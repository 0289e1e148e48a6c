#include "knowledge/logon_codes.hpp"

#include <fmt/format.h>

#include <array>

namespace iisdiag::knowledge {
namespace {

template <class Wanted>
const LogonCode* find(Wanted wanted) {
  for (const auto& part : {account_codes(), domain_codes(), system_codes()}) {
    for (const LogonCode& row : part) {
      if (wanted(row)) {
        return &row;
      }
    }
  }
  return nullptr;
}

}  // namespace

std::vector<const LogonCode*> all_logon_codes() {
  std::vector<const LogonCode*> all;
  find([&](const LogonCode& row) {
    all.push_back(&row);
    return false;
  });
  return all;
}

std::uint32_t win32_of_status(std::uint32_t status) {
  const LogonCode* known = find([&](const LogonCode& row) {
    return row.status != 0 && row.status == status;
  });
  return known == nullptr ? status : known->code;
}

const LogonCode* find_logon_code(std::uint32_t code) {
  return find([&](const LogonCode& row) { return row.code == code; });
}

std::string status_name(const LogonCode& code) {
  if (code.status == 0 || !code.other_status_name.empty()) {
    return std::string(code.other_status_name);
  }
  return fmt::format("STATUS_{}",
                     code.name.substr(std::string_view("ERROR_").size()));
}

std::string logon_code_text(std::uint32_t code) {
  const LogonCode* known = find_logon_code(code);
  if (known != nullptr) {
    return fmt::format("error {}, {}", code, known->text);
  }
  constexpr std::uint32_t kNoWin32 = 0x8000'0000U;
  return code < kNoWin32 ? fmt::format("error {}", code)
                         : fmt::format("status 0x{:08X}", code);
}

}  // namespace iisdiag::knowledge
