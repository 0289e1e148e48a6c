// The words of `net` in its languages, for net_languages.cpp: those of
// FORMATS.md section 8 and, where that is silent, those of the product.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "support/net_languages.hpp"

namespace iisdiag::test {

inline constexpr std::size_t kLines = 19;  // with a label
// The lines by their number: blanks stand before 7, 12, 17 and 18, as below.
enum Row : std::size_t {
  kName,
  kFullName,
  kComment,
  kUsersComment,
  kCountry,
  kActive,
  kExpires,
  kLastSet,
  kPasswordExpires,
  kChangeable,
  kRequired,
  kMayChange,
  kWorkstations,
  kScript,
  kProfile,
  kHome,
  kLastLogon,
  kHours,
  kLocalGroups,
};

struct Words {
  std::string_view name;
  std::size_t column;  // of the values, in cells
  std::array<std::string_view, kLines> labels;
  std::string_view global_groups;
  std::string_view yes;
  std::string_view no;
  std::string_view never;
  std::string_view never_happened;
  std::string_view all;
  std::string_view none;
  std::string_view country;
  std::string_view end;
  std::string_view at_domain;  // followed by the domain and a full stop
  std::string_view not_found;
  std::string_view help;
  std::string_view guests;
  std::string_view users;
  std::string_view administrators;
  char date;  // separator of dates; '/' with the year first is '='
  bool month_first;
  std::array<std::string_view, 7> days;
};

const Words& words(Language language);

}  // namespace iisdiag::test
