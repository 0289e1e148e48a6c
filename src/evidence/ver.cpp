// `ver` (FORMATS.md 8.9): localised, and read by its brackets.
#include <optional>

#include "evidence/format.hpp"
#include "evidence/system_version.hpp"
#include "text/strings.hpp"

namespace iisdiag::evidence {
namespace {

std::optional<Line> ver_line(const Document& document) {
  constexpr int kProbe = 3;
  int seen = 0;
  for (const Line& line : document.first_lines()) {
    if (ver_version(line.text) && line.ended) {
      return line;
    }
    if (!text::trim(line.text).empty() && ++seen == kProbe) {
      break;
    }
  }
  return std::nullopt;
}

bool is_ver(const Document& document) { return ver_line(document).has_value(); }

void read_ver(const Document& document, FileFacts& facts) {
  if (const auto line = ver_line(document)) {
    set_windows_version(*ver_version(line->text), document.at(line->number),
                        facts.machine);
  }
}

}  // namespace

const Format kVer{"ver", "the version of Windows (ver)", "ver > ver.txt",
                  is_ver, read_ver};

}  // namespace iisdiag::evidence
