// What a user may mean by a code, in whatever notation it was typed or pasted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "knowledge/event_codes.hpp"
#include "knowledge/finding.hpp"
#include "knowledge/finding_pages.hpp"
#include "knowledge/http_statuses.hpp"
#include "knowledge/logon_codes.hpp"
#include "knowledge/sspi_codes.hpp"

namespace iisdiag::knowledge {

// No pointer is null.
using Reading = std::variant<const LogonCode*, const SspiCode*, StatusTriple,
                             const HttpStatus*, const EventCode*,
                             const FindingPage*, const Article*>;

// A piece of what was asked.
struct Asked {
  std::string text;               // as it was typed
  std::vector<Reading> readings;  // the likeliest first; none: not known
};

// Words as they stand on a command line. What belongs together may stand in
// one word or in several: "401 1 1326", "W3SVC 100", "2E 05 00 00".
std::vector<Asked> read_codes(const std::vector<std::string>& words);

// Parts of it, for text in which codes stand among other things.

// Hexadecimal with 0x, eight hexadecimal digits, or decimal, also negative;
// nothing for what does not fit into 32 bits.
struct Number {
  std::uint32_t value = 0;
  bool is_hex = false;

  bool operator==(const Number&) const = default;
};
std::optional<Number> read_number(std::string_view word);

// A Win32 error by itself, in an HRESULT or as the NTSTATUS behind it, or a
// code of a security package.
std::optional<Reading> read_code(const Number& number);
// ERROR_LOGON_FAILURE, STATUS_LOGON_FAILURE, SEC_E_LOGON_DENIED, %%2313.
std::optional<Reading> read_name(std::string_view word);
// "401.1".
const HttpStatus* read_dotted_status(std::string_view word);
// The numbers of a row of a web log; `sub` is nothing where the log has no
// such column. Nothing for a status that is not known here.
std::optional<Reading> read_triple(std::uint32_t status,
                                   std::optional<std::uint32_t> sub,
                                   std::uint32_t win32);
// Four bytes, two digits each: the lowest first.
std::optional<std::uint32_t> read_data_bytes(
    const std::vector<std::string_view>& bytes);
// "Q253204", "KB253204", "253204", "ws03:cc737387".
const Article* read_article(std::string_view word);

}  // namespace iisdiag::knowledge
