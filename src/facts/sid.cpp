#include "facts/sid.hpp"

#include <fmt/format.h>

#include <charconv>

namespace iisdiag::facts {
namespace {

constexpr std::uint64_t kAuthorityLimit = std::uint64_t{1} << 48U;
constexpr std::size_t kMaxSubAuthorities = 15;
constexpr std::uint64_t kNtAuthority = 5;
constexpr std::uint32_t kNonUnique = 21;

// Takes a number and the `-` behind it; false where there is none.
template <class Number>
bool take_number(std::string_view& rest, Number& value, int base = 10) {
  const char* const end = rest.data() + rest.size();
  const auto [stop, error] = std::from_chars(rest.data(), end, value, base);
  if (error != std::errc{} || (stop != end && *stop != '-')) {
    return false;
  }
  rest.remove_prefix(static_cast<std::size_t>(stop - rest.data()));
  if (!rest.empty()) {
    rest.remove_prefix(1);
    return !rest.empty();  // no `-` at the very end
  }
  return true;
}

}  // namespace

std::optional<Sid> Sid::parse(std::string_view text) {
  if (!text.starts_with("S-1-") && !text.starts_with("s-1-")) {
    return std::nullopt;
  }
  text.remove_prefix(4);
  int base = 10;
  if (text.starts_with("0x") || text.starts_with("0X")) {
    text.remove_prefix(2);
    base = 16;
  }
  Sid sid;
  if (text.empty() || !take_number(text, sid.authority, base) ||
      sid.authority >= kAuthorityLimit) {
    return std::nullopt;
  }
  while (!text.empty()) {
    std::uint32_t part = 0;
    if (sid.sub_authorities.size() == kMaxSubAuthorities ||
        !take_number(text, part)) {
      return std::nullopt;
    }
    sid.sub_authorities.push_back(part);
  }
  if (sid.sub_authorities.empty()) {
    return std::nullopt;
  }
  return sid;
}

std::string Sid::text() const {
  constexpr std::uint64_t kDecimalLimit = std::uint64_t{1} << 32U;
  std::string result = authority < kDecimalLimit
                           ? fmt::format("S-1-{}", authority)
                           : fmt::format("S-1-0x{:012X}", authority);
  for (const std::uint32_t part : sub_authorities) {
    result += fmt::format("-{}", part);
  }
  return result;
}

bool Sid::is_account() const {
  return authority == kNtAuthority && sub_authorities.size() > 1 &&
         sub_authorities.front() == kNonUnique;
}

std::uint32_t Sid::rid() const {
  return sub_authorities.empty() ? 0 : sub_authorities.back();
}

}  // namespace iisdiag::facts
