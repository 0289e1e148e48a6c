#include "knowledge/code_reading.hpp"

#include <algorithm>
#include <array>

#include "text/strings.hpp"

namespace iisdiag::knowledge {
namespace {

constexpr std::uint32_t kWin32Mask = 0xFFFF;
constexpr std::uint32_t kWin32Facility = 0x8007;
constexpr std::uint32_t kFirstNoWin32 = 0x8000'0000U;

bool is_digits(std::string_view text, std::string_view digits) {
  return !text.empty() &&
         text.find_first_not_of(digits) == std::string_view::npos;
}
bool is_decimal(std::string_view text) { return is_digits(text, "0123456789"); }
bool is_hex(std::string_view text) {
  return is_digits(text, "0123456789abcdefABCDEF");
}

// The texts of 4625 for its reason, which stand for these errors.
struct FailureReason {
  std::uint16_t reason;
  std::uint16_t code;
};
constexpr std::array kFailureReasons = {
    FailureReason{2305, 1793},
    FailureReason{2306, 1792},
    FailureReason{2307, kLockedOut},
    FailureReason{2308, kLogonTypeNotGranted},
    FailureReason{2309, 1330},
    FailureReason{2310, 1331},
    FailureReason{2311, 1328},
    FailureReason{2312, 1329},
    FailureReason{2313, kLogonFailure}};

std::optional<Reading> of_win32(std::uint32_t code) {
  const LogonCode* known = find_logon_code(code);
  return known == nullptr ? std::nullopt : std::optional<Reading>(known);
}

// `name` without its first part: "LOGON_FAILURE", "BadUsername".
std::string_view bare_name(std::string_view name) {
  return name.substr(name.find('_') + 1);
}

// ERROR_LOGON_FAILURE, STATUS_LOGON_FAILURE and LOGON_FAILURE.
bool is_name_of(std::string_view word, const LogonCode& code) {
  const std::string_view bare = bare_name(code.name);
  if (text::iends_with(word, bare)) {
    const auto front = word.substr(0, word.size() - bare.size());
    const bool is_long = bare.find('_') != std::string_view::npos;
    if (text::iequals(word, code.name) || (front.empty() && is_long) ||
        (text::iequals(front, "STATUS_") && code.status != 0 &&
         code.other_status_name.empty())) {
      return true;
    }
  }
  return !code.other_status_name.empty() &&
         (text::iequals(word, code.other_status_name) ||
          text::iequals(word, bare_name(code.other_status_name)));
}

std::optional<Reading> of_failure_reason(std::string_view word) {
  if (!text::consume(word, "%%") || !is_decimal(word)) {
    return std::nullopt;
  }
  const auto reason = text::to_integer(word);
  for (const FailureReason& row : kFailureReasons) {
    if (reason == row.reason) {
      return of_win32(row.code);
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Number> read_number(std::string_view word) {
  constexpr std::size_t kLongestHex = 16;
  constexpr std::size_t kHexOf32Bits = 8;
  constexpr std::int64_t kMost = 0xFFFF'FFFF;
  constexpr std::int64_t kLeast = -0x8000'0000LL;
  const bool is_marked = word.starts_with("0x") || word.starts_with("0X");
  if (is_marked || (word.size() == kHexOf32Bits && is_hex(word))) {
    word.remove_prefix(is_marked ? 2 : 0);
    if (!is_hex(word) || word.size() > kLongestHex) {
      return std::nullopt;
    }
    if (word.size() > kHexOf32Bits) {
      // An HRESULT of a program of 64 bits has its sign in front.
      const auto front = word.substr(0, word.size() - kHexOf32Bits);
      if (!is_digits(front, "0") && !is_digits(front, "fF")) {
        return std::nullopt;
      }
      word.remove_prefix(front.size());
    }
    constexpr int kHexBase = 16;
    const auto value = text::to_integer(word, kHexBase);
    return Number{static_cast<std::uint32_t>(*value), true};
  }
  const bool is_negative = word.starts_with('-');
  constexpr std::size_t kLongestDecimal = 11;
  if (word.size() > kLongestDecimal ||
      !is_decimal(word.substr(is_negative ? 1 : 0))) {
    return std::nullopt;
  }
  const auto value = text::to_integer(word);
  if (!value || *value > kMost || *value < kLeast) {
    return std::nullopt;
  }
  return Number{static_cast<std::uint32_t>(*value), false};
}

std::optional<Reading> read_code(const Number& number) {
  const std::uint32_t value = number.value;
  if (auto known = of_win32(value)) {
    return known;
  }
  if (value >> 16U == kWin32Facility) {
    return of_win32(value & kWin32Mask);
  }
  if (const SspiCode* known = find_sspi_code(value)) {
    return known;
  }
  const std::uint32_t code = win32_of_status(value);
  return code != value && (number.is_hex || value >= kFirstNoWin32)
             ? of_win32(code)
             : std::nullopt;
}

std::optional<Reading> read_name(std::string_view word) {
  constexpr std::size_t kLongest = 64;
  if (word.size() <= kLongest && word.find('_') != std::string_view::npos) {
    for (const auto& part : {account_codes(), domain_codes(), system_codes()}) {
      for (const LogonCode& code : part) {
        if (is_name_of(word, code)) {
          return &code;
        }
      }
    }
    for (const SspiCode& code : sspi_codes()) {
      if (text::iequals(word, code.name)) {
        return &code;
      }
    }
  }
  return of_failure_reason(word);
}

const HttpStatus* read_dotted_status(std::string_view word) {
  constexpr std::size_t kDigits = 3;
  const auto point = word.find('.');
  if (point != kDigits || word.size() - point - 1 > kDigits) {
    return nullptr;
  }
  const auto status = word.substr(0, point);
  const auto sub = word.substr(point + 1);
  if (!is_decimal(status) || !is_decimal(sub)) {
    return nullptr;
  }
  return find_http_status(static_cast<std::uint32_t>(*text::to_integer(status)),
                          static_cast<std::uint32_t>(*text::to_integer(sub)));
}

std::optional<Reading> read_triple(std::uint32_t status,
                                   std::optional<std::uint32_t> sub,
                                   std::uint32_t win32) {
  const HttpStatus* known = find_http_status(status, sub);
  if (known == nullptr && sub.has_value()) {
    // FTP counts its own, and 0 is none.
    known = find_http_status(status, std::nullopt);
    if (known != nullptr && !known->is_ftp && *sub != 0) {
      return std::nullopt;
    }
  }
  if (known == nullptr) {
    return std::nullopt;
  }
  const auto code = read_code({win32, true});
  if (code && std::holds_alternative<const LogonCode*>(*code)) {
    win32 = std::get<const LogonCode*>(*code)->code;
  }
  return StatusTriple{known, win32};
}

std::optional<std::uint32_t> read_data_bytes(
    const std::vector<std::string_view>& bytes) {
  constexpr std::size_t kCount = 4;
  constexpr int kHexBase = 16;
  if (bytes.size() < kCount) {
    return std::nullopt;
  }
  std::uint32_t value = 0;
  for (std::size_t i = kCount; i-- > 0;) {
    if (bytes[i].size() != 2 || !is_hex(bytes[i])) {
      return std::nullopt;
    }
    value = value << 8U |
            static_cast<std::uint32_t>(*text::to_integer(bytes[i], kHexBase));
  }
  return value;
}

const Article* read_article(std::string_view word) {
  if (const Article* known = find_article(word)) {
    return known;
  }
  constexpr std::size_t kDigits = 6;
  std::string_view digits = word;
  for (const std::string_view prefix : {"KB", "Q"}) {
    if (text::istarts_with(digits, prefix)) {
      digits.remove_prefix(prefix.size());
      break;
    }
  }
  if (digits.size() == kDigits && is_decimal(digits)) {
    for (const char* prefix : {"Q", "KB"}) {
      if (const auto* known = find_article(prefix + std::string(digits))) {
        return known;
      }
    }
  }
  for (const Article* article : all_articles()) {
    if (text::iequals(article->id, word)) {
      return article;
    }
  }
  return nullptr;
}

}  // namespace iisdiag::knowledge
