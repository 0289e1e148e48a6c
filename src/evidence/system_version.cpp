#include "evidence/system_version.hpp"

#include <fmt/format.h>

#include "text/strings.hpp"

namespace iisdiag::evidence {
namespace {

constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kNumber = "0123456789.";

// `MAJOR.MINOR[.BUILD[...]]` and nothing else. `5.00` is 5.0.
std::optional<SystemVersion> parse(std::string_view text) {
  const auto parts = text::split(text, '.');
  if (parts.size() < 2) {
    return std::nullopt;
  }
  std::int64_t numbers[3] = {};
  for (std::size_t i = 0; i < parts.size() && i < 3; ++i) {
    const auto number = text::to_integer(parts[i]);
    constexpr std::int64_t kMost = 999'999;
    if (!number || *number < 0 || *number > kMost) {
      return std::nullopt;
    }
    numbers[i] = *number;
  }
  SystemVersion version;
  version.number = fmt::format("{}.{}", numbers[0], numbers[1]);
  version.build = static_cast<int>(numbers[2]);
  return version;
}

}  // namespace

std::optional<SystemVersion> systeminfo_version(std::string_view value) {
  value = text::trim(value);
  const std::string_view first =
      value.substr(0, value.find_first_not_of(kNumber));
  auto version = parse(first);
  const auto before_build = value.find_last_not_of(kDigits);
  if (!version || version->build == 0 ||
      before_build == std::string_view::npos || before_build < first.size()) {
    return std::nullopt;
  }
  if (text::to_integer(value.substr(before_build + 1)) != version->build) {
    return std::nullopt;
  }
  std::string_view middle =
      value.substr(first.size(), before_build + 1 - first.size());
  constexpr std::string_view kPack = "Service Pack ";
  const auto digit = middle.find_first_of(kDigits);
  if (digit == std::string_view::npos) {
    version->service_pack = 0;
  } else if (text::trim(middle).starts_with(kPack)) {
    middle.remove_prefix(digit);
    const auto pack =
        text::to_integer(middle.substr(0, middle.find_first_not_of(kDigits)));
    if (pack && *pack < 100) {
      version->service_pack = static_cast<int>(*pack);
    }
  }
  return version;
}

std::optional<SystemVersion> ver_version(std::string_view line) {
  line = text::trim(line);
  std::string_view number;
  if (line.starts_with("Microsoft Windows") && line.ends_with(']')) {
    number = line.substr(0, line.size() - 1);
    if (number.find('[') == std::string_view::npos) {
      return std::nullopt;
    }
  } else if (line.starts_with("Windows NT ")) {
    number = line;
  } else {
    return std::nullopt;
  }
  const auto before = number.find_last_not_of(kNumber);
  number.remove_prefix(before == std::string_view::npos ? 0 : before + 1);
  return parse(number);
}

void set_windows_version(const SystemVersion& version,
                         const facts::Origin& origin, facts::Machine& machine) {
  machine.windows_version = {version.number, origin};
  if (version.build > 0) {
    machine.windows_build = {version.build, origin};
  }
}

}  // namespace iisdiag::evidence
