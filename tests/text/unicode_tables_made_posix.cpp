#include "text/unicode_tables_made.hpp"

#include <fmt/format.h>
#include <utf8proc.h>

#include <array>
#include <functional>
#include <vector>

namespace iisdiag::text {
namespace {

using CodePoint = utf8proc_int32_t;
constexpr CodePoint kFirst = 0x80;
constexpr CodePoint kEnd = 0x110000;

// One table of rows that are ready to be printed.
std::string table(std::string_view comment, std::string_view type,
                  std::string_view name, const std::vector<std::string>& rows) {
  std::string text =
      fmt::format("\n// {}\ninline constexpr std::array<{}, {}> {} = {{{{",
                  comment, type, rows.size(), name);
  constexpr std::size_t kWidth = 80;
  std::size_t column = kWidth;
  for (const std::string& row : rows) {
    if (column + row.size() + 2 > kWidth) {
      text += "\n   ";
      column = 3;
    }
    text += " " + row + ",";
    column += row.size() + 2;
  }
  return text + "\n}};\n";
}

std::string ranges(std::string_view comment, std::string_view name,
                   const std::function<bool(CodePoint)>& holds) {
  std::vector<std::string> rows;
  for (CodePoint i = kFirst; i < kEnd; ++i) {
    if (!holds(i)) {
      continue;
    }
    const CodePoint first = i;
    while (i + 1 < kEnd && holds(i + 1)) {
      ++i;
    }
    rows.push_back(fmt::format("{{0x{:X}, 0x{:X}}}", first, i));
  }
  return table(comment, "Range", name, rows);
}

bool is_hidden(CodePoint code_point) {
  const auto category = utf8proc_category(code_point);
  return category == UTF8PROC_CATEGORY_CN || category >= UTF8PROC_CATEGORY_ZL;
}

bool is_letter_of_library(CodePoint code_point) {
  const auto category = utf8proc_category(code_point);
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

// The simple mapping, and Windows, give sharp s no capital.
CodePoint distance_to_capital(CodePoint code_point) {
  constexpr CodePoint kSharpS = 0xDF;
  return code_point == kSharpS ? 0 : utf8proc_toupper(code_point) - code_point;
}

std::string capitals() {
  struct Run {
    CodePoint first, last, distance, step;
  };
  std::vector<Run> runs;
  for (CodePoint i = kFirst; i < kEnd; ++i) {
    const CodePoint distance = distance_to_capital(i);
    if (distance == 0) {
      continue;
    }
    if (!runs.empty() && runs.back().distance == distance) {
      Run& run = runs.back();
      const CodePoint step = i - run.last;
      if (run.first == run.last ? step <= 2 : step == run.step) {
        run.step = step;
        run.last = i;
        continue;
      }
    }
    runs.push_back({i, i, distance, 1});
  }
  std::vector<std::string> rows;
  for (const Run& run : runs) {
    rows.push_back(fmt::format("{{0x{:X}, 0x{:X}, {}, {}}}", run.first,
                               run.last, run.distance, run.step));
  }
  return table(
      "Every `step`th from `first` to `last` has a capital, so far away.",
      "Capital", "kCapitals", rows);
}

std::string plain() {
  struct Run {
    CodePoint first, last, letter;
  };
  std::vector<Run> runs;
  for (CodePoint i = kFirst; i < kEnd; ++i) {
    const std::vector<CodePoint> letters = without_marks(i);
    if (letters.size() != 1 || letters.front() == i) {
      continue;  // nothing of it stays, it is none, or a syllable of Hangul
    }
    if (!runs.empty() && runs.back().last + 1 == i &&
        runs.back().letter == letters.front()) {
      runs.back().last = i;
    } else {
      runs.push_back({i, i, letters.front()});
    }
  }
  std::vector<std::string> rows;
  for (const Run& run : runs) {
    rows.push_back(fmt::format("{{0x{:X}, {}, 0x{:X}}}", run.first,
                               run.last - run.first, run.letter));
  }
  return table("What stays of these without their marks.", "Plain", "kPlain",
               rows);
}

}  // namespace

std::vector<std::int32_t> without_marks(std::int32_t code_point) {
  std::array<CodePoint, 32> parts{};
  int last = 0;
  const auto count = utf8proc_decompose_char(
      code_point, parts.data(), parts.size(),
      static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK),
      &last);
  return {parts.begin(), parts.begin() + count};
}

std::string unicode_tables_header() {
  return fmt::format(
             "// What this program asks of the Unicode tables. Made by\n"
             "// tests/text/unicode_tables_made_posix.cpp from Unicode {}, "
             "utf8proc {}:\n"
             "// with all that is in its own tables that library would be a "
             "tenth of the\n"
             "// Windows programs. Only code points from 0x80 on.\n"
             "#pragma once\n\n"
             "#include <array>\n#include <cstdint>\n\n"
             "namespace iisdiag::text::tables {{\n\n"
             "struct Range {{\n  char32_t first;\n  char32_t last;\n}};\n\n"
             "struct Capital {{\n  char32_t first;\n  char32_t last;\n"
             "  std::int32_t distance;\n  std::uint32_t step;\n}};\n\n"
             "// In eight bytes, for there are many.\n"
             "struct Plain {{\n  char32_t first;\n  char32_t more : 8;\n"
             "  char32_t letter : 24;\n}};\n\n"
             "// clang-format off\n",
             utf8proc_unicode_version(), utf8proc_version()) +
         ranges("Controls, formats, surrogates, private and unassigned ones.",
                "kHidden", is_hidden) +
         ranges("Lu, Ll, Lt, Lm, Lo.", "kLetters", is_letter_of_library) +
         ranges("No cell of a terminal wide.", "kNoCell",
                [](CodePoint i) { return utf8proc_charwidth(i) == 0; }) +
         ranges("Two cells wide.", "kTwoCells",
                [](CodePoint i) { return utf8proc_charwidth(i) == 2; }) +
         ranges("Marks, of which nothing stays.", "kMarks",
                [](CodePoint i) { return without_marks(i).empty(); }) +
         capitals() + plain() +
         "\n// clang-format on\n\n}  // namespace iisdiag::text::tables\n";
}

}  // namespace iisdiag::text
