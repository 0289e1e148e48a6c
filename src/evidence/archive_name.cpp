#include "evidence/archive_name.hpp"

#include <algorithm>
#include <array>

#include "evidence/limits.hpp"
#include "text/code_page.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7F;
}

// CON, NUL.txt, com1: devices on Windows, whatever follows the dot.
bool is_device(std::string_view name) {
  const std::string_view stem = text::trim(name.substr(0, name.find('.')));
  constexpr std::array<std::string_view, 7> kDevices = {
      "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"};
  if (std::any_of(kDevices.begin(), kDevices.end(),
                  [&](std::string_view device) {
                    return text::iequals(stem, device);
                  })) {
    return true;
  }
  return stem.size() == 4 &&
         (text::istarts_with(stem, "COM") || text::istarts_with(stem, "LPT")) &&
         stem[3] >= '0' && stem[3] <= '9';
}

}  // namespace

std::string archive_name(std::string_view bytes) {
  std::string name =
      text::is_utf8(bytes)
          ? std::string(bytes)
          : text::from_code_page(bytes, text::CodePage::k437).text;
  std::replace(name.begin(), name.end(), '\\', '/');
  if (name.starts_with("./")) {
    name.erase(0, 2);
  }
  return name;
}

std::optional<std::string> why_not_a_name(std::string_view name) {
  if (name.empty()) {
    return "an entry without a name: not read";
  }
  if (name.size() > kMaxArchiveName) {
    return "a name that is too long: not read";
  }
  if (std::any_of(name.begin(), name.end(), is_control)) {
    return "a name with control characters: not read";
  }
  if (name.front() == '/') {
    return "an absolute path: not read";
  }
  if (name.find(':') != std::string_view::npos) {
    return "a name with a colon, which means a drive or a stream: not read";
  }
  for (const std::string_view part : text::split(name, '/')) {
    if (part == "..") {
      return "a path that leads out of the archive: not read";
    }
    if (part.empty() || part == ".") {
      return "a path with an empty part: not read";
    }
    if (is_device(part)) {
      return "the name of a device: not read";
    }
  }
  return std::nullopt;
}

bool is_found_before(std::string_view name, std::string_view other) {
  for (;;) {
    const auto slash = name.find('/');
    const auto other_slash = other.find('/');
    const bool is_file = slash == std::string_view::npos;
    const bool other_is_file = other_slash == std::string_view::npos;
    if (is_file != other_is_file) {
      return is_file;
    }
    const std::string_view part = name.substr(0, slash);
    const std::string_view other_part = other.substr(0, other_slash);
    if (is_file || part != other_part) {
      return part < other_part;
    }
    name.remove_prefix(slash + 1);
    other.remove_prefix(other_slash + 1);
  }
}

}  // namespace iisdiag::evidence
