#include "cli/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "cli/annotate.hpp"
#include "cli/exit_code.hpp"
#include "cli/explain_page.hpp"
#include "cli/input_lines.hpp"
#include "evidence/logon_events.hpp"
#include "knowledge/code_reading.hpp"
#include "render/layout.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::cli {
namespace {

using knowledge::Asked;
using knowledge::EventCode;
using knowledge::Reading;
using knowledge::StatusTriple;

std::size_t width_of(const Console& console) {
  constexpr std::size_t kOfAPipe = 80;
  return console.out_is_terminal() ? console.width() : kOfAPipe;
}

int cannot_write(Console& console) {
  console.err("iisdiag: standard output could not be written\n");
  return kExitInternal;
}

// The id of a finding that was meant, or the name of a code.
std::optional<std::string> closest(const std::string& word) {
  constexpr std::size_t kLongest = 64;
  if (word.size() > kLongest || word.find_first_of("-_") == std::string::npos) {
    return std::nullopt;
  }
  std::vector<std::string_view> known;
  for (const auto* page : knowledge::all_finding_pages()) {
    known.push_back(page->id);
  }
  for (const auto* code : knowledge::all_logon_codes()) {
    known.push_back(code->name);
  }
  const auto meant = text::closest_word(word, known);
  return meant ? std::optional<std::string>(*meant) : std::nullopt;
}

void say_unknown(const std::string& word, bool suggests, Console& console) {
  constexpr std::size_t kMost = 60;
  std::string shown = text::printable(text::prefix(word, kMost));
  if (text::length(word) > kMost) {
    shown += "...";
  }
  const auto meant = suggests ? closest(word) : std::nullopt;
  console.err(
      fmt::format("iisdiag: unknown code {}{}\n", shown,
                  meant ? fmt::format(", did you mean {}?", *meant) : ""));
}

class Explainer {
 public:
  explicit Explainer(std::size_t width) : page_(width) {}

  void add(const Reading& reading) {
    add_one(reading);
    // The code behind it has more to it.
    std::uint32_t code = 0;
    if (const auto* triple = std::get_if<StatusTriple>(&reading);
        triple != nullptr && knowledge::code_decides(*triple)) {
      code = triple->win32;
    } else if (const auto* event = std::get_if<const EventCode*>(&reading)) {
      code = (*event)->code;
    }
    if (const auto* known = knowledge::find_logon_code(code)) {
      add_one(known);
    }
  }
  void add(const checks::Check& check) {
    if (std::find(checks_.begin(), checks_.end(), &check) == checks_.end()) {
      if (!told_.empty() || !checks_.empty()) {
        page_.line();
      }
      checks_.push_back(&check);
      write_check(page_, check);
    }
  }
  std::string take() { return page_.take(); }

 private:
  void add_one(const Reading& reading) {
    if (std::find(told_.begin(), told_.end(), reading) != told_.end()) {
      return;
    }
    if (!told_.empty() || !checks_.empty()) {
      page_.line();
    }
    told_.push_back(reading);
    write_explanation(page_, reading);
  }

  render::Page page_;
  std::vector<Reading> told_;
  std::vector<const checks::Check*> checks_;
};

int explain_codes(const std::vector<std::string>& codes, Console& console) {
  Explainer explainer(width_of(console));
  std::vector<std::string> unknown;
  for (const Asked& asked : knowledge::read_codes(codes)) {
    for (const Reading& reading : asked.readings) {
      explainer.add(reading);
    }
    if (!asked.readings.empty()) {
      continue;
    }
    // The words of Windows for an error.
    const auto code = asked.text.find(' ') == std::string::npos
                          ? std::nullopt
                          : evidence::code_of_text(asked.text);
    const auto reading =
        code ? knowledge::read_code({*code, true}) : std::nullopt;
    if (const auto* check = checks::find_check(asked.text)) {
      explainer.add(*check);
    } else if (reading) {
      explainer.add(*reading);
    } else {
      unknown.push_back(asked.text);
    }
  }
  if (!console.out(explainer.take())) {
    return cannot_write(console);
  }
  // Whoever mistypes does it once or twice; hundreds of words that are no codes
  // would take a second to compare.
  constexpr std::size_t kMostSuggestions = 20;
  for (std::size_t i = 0; i < unknown.size(); ++i) {
    say_unknown(unknown[i], i < kMostSuggestions, console);
  }
  return unknown.empty() ? kExitOk : kExitNothing;
}

// TAB is part of what was pasted, and does no harm.
std::string shown(std::string_view line) {
  std::string text;
  for (const std::string_view part : text::split(line, '\t')) {
    text += text.empty() && part.data() == line.data() ? "" : "\t";
    text += text::printable(part);
  }
  return text;
}

int annotate(Console& console) {
  constexpr std::size_t kIndent = 4;
  InputLines input;
  Annotator annotator;
  bool any_text = false;
  bool any_code = false;
  for (bool is_end = false; !is_end;) {
    const auto piece = console.read_input();
    if (!piece) {
      console.err("iisdiag: standard input could not be read\n");
      return kExitNothing;
    }
    is_end = piece->empty();
    any_text = any_text || !is_end;
    render::Page page(width_of(console));
    for (const std::string& line : input.add(*piece)) {
      page.line(shown(line));
      for (const Note& note : annotator.notes(line)) {
        any_code = true;
        page.hanging(
            "  ^ ", kIndent,
            fmt::format("{}: {}", note.code, short_explanation(note.reading)));
      }
    }
    if (!console.out(page.take())) {
      return cannot_write(console);
    }
  }
  if (!any_code) {
    console.err(any_text ? "iisdiag: there is no known code in the text\n"
                         : "iisdiag: standard input is empty\n");
  }
  return any_code ? kExitOk : kExitNothing;
}

}  // namespace

int explain(const std::vector<std::string>& codes, Console& console) {
  return codes.size() == 1 && codes.front() == "-"
             ? annotate(console)
             : explain_codes(codes, console);
}

}  // namespace iisdiag::cli
