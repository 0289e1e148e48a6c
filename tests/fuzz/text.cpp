// Any text for what the rooms below the readers make of it: names, SIDs, times,
// Unicode, lines of a terminal.
#include <string>
#include <string_view>

#include "evidence/console_text.hpp"
#include "facts/account.hpp"
#include "facts/sid.hpp"
#include "facts/time.hpp"
#include "fuzz/target.hpp"
#include "render/layout.hpp"
#include "text/decode.hpp"
#include "text/unicode.hpp"
#include "text/wide.hpp"

namespace iisdiag::fuzz {
namespace {

void names(std::string_view bytes) {
  const auto name = facts::AccountName::parse(bytes);
  expect(name.domain.size() + name.name.size() <= bytes.size(),
         "the parts of a name are parts of it", bytes);
  if (const auto sid = facts::Sid::parse(bytes)) {
    expect(facts::Sid::parse(sid->text()) == sid,
           "a SID is read as it was written", bytes);
  }
  if (const auto time = facts::parse_iso(bytes)) {
    expect(facts::parse_iso(facts::iso_text(*time)) == time,
           "a time is read as it was written", facts::iso_text(*time));
  }
}

void unicode(std::string_view bytes) {
  const std::string shown = text::printable(bytes);
  expect(text::is_utf8(shown), "what is shown is UTF-8", bytes);
  expect(text::printable(shown) == shown, "what is shown can be shown", shown);
  const std::string folded = text::fold_case(bytes);
  expect(text::fold_case(folded) == folded, "folded twice is folded once",
         folded);
  expect(text::same_name(bytes, bytes), "a name is its own", bytes);
  text::without_accents(bytes);
  const std::string decoded = text::from_wide(text::to_wide(bytes));
  expect(text::is_utf8(decoded) && (!text::is_utf8(bytes) || decoded == bytes),
         "UTF-16 holds all of UTF-8", bytes);
  if (const auto text = text::decode(bytes)) {
    expect(text::is_utf8(text->text), "decoded is UTF-8", bytes);
  }
  if (const auto text = evidence::decode_evidence(bytes)) {
    expect(text::is_utf8(text->text), "decoded is UTF-8", bytes);
  }
}

void lines(std::string_view bytes) {
  const std::string shown = text::printable(bytes);
  // A wide character takes two cells wherever it stands.
  for (const std::size_t width : {2U, 40U, 80U}) {
    for (const std::string& line : render::wrap(shown, width)) {
      expect(text::display_width(line) <= width,
             "a line is no wider than its page", line);
    }
    expect(text::display_width(text::prefix_of_width(shown, width)) <= width,
           "a beginning is no wider than was asked for", shown);
  }
}

}  // namespace

void fuzz_text(std::string_view /*id*/, std::string_view bytes) {
  constexpr std::size_t kLongest = 4096;
  bytes = bytes.substr(0, kLongest);
  names(bytes);
  unicode(bytes);
  lines(bytes);
}

}  // namespace iisdiag::fuzz
