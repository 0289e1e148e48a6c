#include <windows.h>

#include <stdexcept>

#include "support/convert.hpp"

namespace iisdiag::test {
namespace {

constexpr UINT kUtf16 = 1200;  // its number; no function converts to it

UINT page_of(std::string_view name) {
  static constexpr struct {
    std::string_view name;
    UINT page;
  } kPages[] = {
      {"UTF-8", CP_UTF8}, {"UTF-16LE", kUtf16}, {"IBM437", 437},
      {"IBM850", 850},    {"CP866", 866},       {"CP932", 932},
      {"CP1251", 1251},   {"CP1252", 1252},     {"ISO-8859-1", 28591}};
  for (const auto& row : kPages) {
    if (row.name == name) {
      return row.page;
    }
  }
  throw std::invalid_argument(std::string(name));
}

std::wstring decoded(std::string_view bytes, UINT page) {
  std::wstring wide(bytes.size(), L'\0');
  const int size = ::MultiByteToWideChar(
      page, 0, bytes.data(), static_cast<int>(bytes.size()), wide.data(),
      static_cast<int>(wide.size()));
  wide.resize(static_cast<std::size_t>(size));
  return wide;
}

std::string encoded(std::wstring_view wide, UINT page) {
  if (page == kUtf16) {
    std::string bytes;
    for (const wchar_t unit : wide) {
      bytes += static_cast<char>(unit & 0xFF);
      bytes += static_cast<char>(unit >> 8);
    }
    return bytes;
  }
  // Not the nearest letter: iconv takes none either.
  const DWORD flags = page == CP_UTF8 ? 0 : WC_NO_BEST_FIT_CHARS;
  std::string bytes(wide.size() * 4, '\0');
  const int size = ::WideCharToMultiByte(
      page, flags, wide.data(), static_cast<int>(wide.size()), bytes.data(),
      static_cast<int>(bytes.size()), page == CP_UTF8 ? nullptr : "?", nullptr);
  bytes.resize(static_cast<std::size_t>(size));
  return bytes;
}

}  // namespace

std::string convert(std::string_view bytes, const char* from, const char* to) {
  return bytes.empty() ? std::string()
                       : encoded(decoded(bytes, page_of(from)), page_of(to));
}

}  // namespace iisdiag::test
