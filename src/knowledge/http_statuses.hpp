// Statuses of HTTP and replies of FTP that stand beside a failed logon
// (FACTS.md D, F), and what the three numbers of a row of a web log mean
// together.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "knowledge/explanation.hpp"

namespace iisdiag::knowledge {

struct HttpStatus {
  std::uint16_t status = 0;
  std::optional<std::uint16_t> sub;
  std::string_view text;  // in our own words
  Explanation more;
  bool is_ftp = false;
};

std::span<const HttpStatus> http_statuses();
const HttpStatus* find_http_status(std::uint32_t status,
                                   std::optional<std::uint32_t> sub);
// "HTTP 401.1", "FTP 530".
std::string status_name(const HttpStatus& status);

// A status with the code of Windows that a log writes beside it (sc-status,
// sc-substatus, sc-win32-status).
struct StatusTriple {
  const HttpStatus* status = nullptr;
  std::uint32_t win32 = 0;

  bool operator==(const StatusTriple&) const = default;
};
// What it means together. Without causes and remedy where those of the code
// are meant, see code_decides().
Explanation explain_triple(const StatusTriple& triple);
// A logon was refused, and the code says why: what is known of the code counts.
bool code_decides(const StatusTriple& triple);

}  // namespace iisdiag::knowledge
