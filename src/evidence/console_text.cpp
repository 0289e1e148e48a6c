#include "evidence/console_text.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "evidence/document.hpp"
#include "evidence/net_words.hpp"
#include "text/code_page.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

using text::CodePage;

// The part that is judged.
constexpr std::size_t kProbe = 262144;

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x80;
  });
}

// UTF-8 that was cut inside its last character: without that character, or
// nothing.
std::optional<std::string_view> without_cut_character(std::string_view bytes) {
  constexpr std::size_t kLongest = 3;  // of what can be left of one
  for (std::size_t cut = 1; cut <= kLongest && cut < bytes.size(); ++cut) {
    const auto byte = static_cast<unsigned char>(bytes[bytes.size() - cut]);
    if (byte < 0x80) {
      break;
    }
    if (byte >= 0xC0) {
      const std::string_view rest = bytes.substr(0, bytes.size() - cut);
      // Other characters have to show that it is UTF-8 at all.
      return !is_ascii(rest) && text::is_utf8(rest) ? std::optional(rest)
                                                    : std::nullopt;
    }
  }
  return std::nullopt;
}

// Files of other kinds begin so.
bool may_be_console(std::string_view bytes) {
  const auto start = bytes.find_first_not_of(" \t\r\n");
  const std::string_view rest =
      start == std::string_view::npos ? "" : bytes.substr(start);
  return !rest.empty() &&
         std::string_view("<[{#;").find(rest.front()) ==
             std::string_view::npos &&
         !text::istarts_with(rest, "REGEDIT") &&
         !text::istarts_with(rest, "Windows Registry");
}

bool has_net_line(std::string_view utf8) {
  const auto lines = split_lines(utf8);
  return std::any_of(lines.begin(), lines.end(), [](const Line& line) {
    return net_label(line.text) || is_completion(line.text);
  });
}

// Letters beside letters speak for a page, symbols beside letters against it.
int likeliness(std::string_view bytes, CodePage page) {
  int score = 0;
  const std::string all = text::from_code_page(bytes, page).text;
  std::string_view rest = all;
  bool after_letter = false;
  while (!rest.empty()) {
    const char32_t character = text::take_code_point(rest);
    const bool is_letter = text::is_letter(character);
    if (character >= 0x80 && after_letter) {
      score += is_letter ? 1 : -1;
    }
    after_letter = is_letter;
  }
  return score;
}

text::Encoding encoding_of(CodePage page) {
  switch (page) {
    case CodePage::k1252:
      return text::Encoding::kWindows1252;
    case CodePage::k1251:
      return text::Encoding::kWindows1251;
    default:
      return text::Encoding::kOem;
  }
}

// English has no telling words: its names do, and only in output of `net`,
// which a console writes in its OEM page.
CodePage page_of_names(std::string_view bytes) {
  if (!has_net_line(text::from_code_page(bytes, CodePage::k1252).text)) {
    return CodePage::k1252;
  }
  const int ansi = likeliness(bytes, CodePage::k1252);
  const int west = likeliness(bytes, CodePage::k850);
  const int usa = likeliness(bytes, CodePage::k437);
  if (ansi >= std::max(west, usa)) {
    return CodePage::k1252;
  }
  return west >= usa ? CodePage::k850 : CodePage::k437;
}

CodePage page_of(std::string_view bytes) {
  bytes = bytes.substr(0, kProbe);
  // The first of equals wins.
  constexpr std::array kPages = {CodePage::k1252, CodePage::k850,
                                 CodePage::k1251, CodePage::k866,
                                 CodePage::k932,  CodePage::k437};
  CodePage best = CodePage::k1252;
  std::size_t most = 0;
  for (const CodePage page : kPages) {
    const std::size_t words =
        telling_words(text::from_code_page(bytes, page).text);
    if (words > most) {
      most = words;
      best = page;
    }
  }
  return most > 0 ? best : page_of_names(bytes);
}

}  // namespace

std::optional<text::Decoded> decode_evidence(std::string_view bytes) {
  auto decoded = text::decode(bytes);
  if (!decoded || !may_be_console(decoded->text)) {
    return decoded;
  }
  if (is_ascii(std::string_view(decoded->text).substr(0, kProbe))) {
    return decoded;
  }
  if (decoded->encoding == text::Encoding::kWindows1252) {
    if (const auto whole = without_cut_character(bytes)) {
      decoded = text::decode(*whole);
      decoded->text += "\uFFFD";
      decoded->replacement = true;
    }
  }
  if (decoded->encoding == text::Encoding::kWindows1252) {
    const CodePage page = page_of(bytes);
    if (page != CodePage::k1252) {
      auto converted = text::from_code_page(bytes, page);
      decoded->text = std::move(converted.text);
      decoded->replacement = converted.replacement;
      decoded->encoding = encoding_of(page);
    }
    return decoded;
  }
  const std::string_view probe =
      std::string_view(decoded->text).substr(0, kProbe);
  if (telling_words(text::oem_taken_for_ansi(probe)) > telling_words(probe)) {
    decoded->text = text::oem_taken_for_ansi(decoded->text);
  }
  return decoded;
}

}  // namespace iisdiag::evidence
