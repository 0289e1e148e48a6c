#include "evidence/archive_name.hpp"

#include <algorithm>
#include <array>

#include "evidence/limits.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

// 0x80 to 0xFF of code page 437.
constexpr std::u16string_view kCodePage437 =
    u"\u00C7\u00FC\u00E9\u00E2\u00E4\u00E0\u00E5\u00E7"
    u"\u00EA\u00EB\u00E8\u00EF\u00EE\u00EC\u00C4\u00C5"
    u"\u00C9\u00E6\u00C6\u00F4\u00F6\u00F2\u00FB\u00F9"
    u"\u00FF\u00D6\u00DC\u00A2\u00A3\u00A5\u20A7\u0192"
    u"\u00E1\u00ED\u00F3\u00FA\u00F1\u00D1\u00AA\u00BA"
    u"\u00BF\u2310\u00AC\u00BD\u00BC\u00A1\u00AB\u00BB"
    u"\u2591\u2592\u2593\u2502\u2524\u2561\u2562\u2556"
    u"\u2555\u2563\u2551\u2557\u255D\u255C\u255B\u2510"
    u"\u2514\u2534\u252C\u251C\u2500\u253C\u255E\u255F"
    u"\u255A\u2554\u2569\u2566\u2560\u2550\u256C\u2567"
    u"\u2568\u2564\u2565\u2559\u2558\u2552\u2553\u256B"
    u"\u256A\u2518\u250C\u2588\u2584\u258C\u2590\u2580"
    u"\u03B1\u00DF\u0393\u03C0\u03A3\u03C3\u00B5\u03C4"
    u"\u03A6\u0398\u03A9\u03B4\u221E\u03C6\u03B5\u2229"
    u"\u2261\u00B1\u2265\u2264\u2320\u2321\u00F7\u2248"
    u"\u00B0\u2219\u00B7\u221A\u207F\u00B2\u25A0\u00A0";
static_assert(kCodePage437.size() == 128);

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
  std::string name;
  if (text::is_utf8(bytes)) {
    name = std::string(bytes);
  } else {
    for (const char c : bytes) {
      const auto byte = static_cast<unsigned char>(c);
      text::append_utf8(name, byte < 0x80 ? static_cast<char32_t>(byte)
                                          : kCodePage437.at(byte - 0x80U));
    }
  }
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
