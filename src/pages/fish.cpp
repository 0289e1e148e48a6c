#include <fmt/format.h>

#include <algorithm>

#include "pages/pages.hpp"

namespace iisdiag::pages {
namespace {

using cli::CommandInfo;
using cli::OptionInfo;
using cli::Value;

constexpr std::string_view kHead =
    R"(# fish completion for iisdiag, made from the program's own table of options.

# FORMAT= for each of the formats, or FORMAT=FILE where one was typed.
function __iisdiag_reports
    set -l token (string replace -r -- '^(--report=|-r)' '' (commandline -ct))
    if string match -q -- '*=*' $token
        set -l parts (string split -m 1 -- = $token)
        for file in (__fish_complete_path $parts[2])
            printf '%s=%s\n' $parts[1] $file
        end
    else
        printf '%s=\n' $argv
    end
end

# Files are offered for a word that is no option: not as the value of one that
# takes a value only behind "=".
function __iisdiag_file_command
    __iisdiag_command $argv[1]; and not string match -q -- '-*' (commandline -ct)
end

# Has a command been typed, and is it this one? Words before it are options of
# the program itself.
function __iisdiag_command
    set -l words (commandline -opc)
    test (count $words) -gt 1; and test $words[2] = $argv[1]
end

function __iisdiag_no_command
    test (count (commandline -opc)) -eq 1
end

complete -c iisdiag -f
)";

std::string quoted(std::string_view text) {
  std::string result = "'";
  for (const char byte : text) {
    if (byte == '\'' || byte == '\\') {
      result += '\\';
    }
    result += byte;
  }
  return result + "'";
}

std::string values_of(const OptionInfo& option) {
  const std::string words = blank_separated(cli::known_values(option.value));
  switch (option.value) {
    case Value::kNone:
      return "";
    case Value::kText:
      return " -x";
    case Value::kFile:
      return " -r -F";
    case Value::kFormatFile:
      return fmt::format(" -x -a {}",
                         quoted(fmt::format("(__iisdiag_reports {})", words)));
    default:
      return fmt::format("{} -a {}",
                         option.value_name.starts_with('[') ? "" : " -x",
                         quoted(words));
  }
}

std::string option_line(const CommandInfo& command, const OptionInfo& option) {
  return fmt::format(
      "complete -c iisdiag -n '__iisdiag_command {}'{} -l {}{} -d {}\n",
      command.name,
      option.letter.empty() ? "" : fmt::format(" -s {}", option.letter),
      option.name, values_of(option), quoted(option.about));
}

std::string operand_line(const CommandInfo& command) {
  const std::string words =
      blank_separated(cli::known_values(command.operand.value));
  if (command.operand.value == Value::kFile) {
    return fmt::format(
        "complete -c iisdiag -n '__iisdiag_file_command {}' -F\n",
        command.name);
  }
  if (words.empty()) {
    return "";
  }
  const std::string once = command.operand.repeatable
                               ? ""
                               : "; and test (count (commandline -opc)) -eq 2";
  return fmt::format(
      "complete -c iisdiag -n '__iisdiag_command {}{}' -a {} -d {}\n",
      command.name, once, quoted(words), quoted(command.operand.name));
}

}  // namespace

std::string fish_completion() {
  std::string text(kHead);
  text +=
      "complete -c iisdiag -s h -l help -d 'show help'\n"
      "complete -c iisdiag -n __iisdiag_no_command -l version "
      "-d 'show the version'\n";
  for (const CommandInfo& command : cli::all_commands()) {
    text +=
        fmt::format("complete -c iisdiag -n __iisdiag_no_command -a {} -d {}\n",
                    command.name, quoted(command.forms.front().about));
  }
  for (const CommandInfo& command : cli::all_commands()) {
    text += "\n";
    for (const OptionInfo& option : command.options) {
      text += option_line(command, option);
    }
    text += operand_line(command);
  }
  return text;
}

}  // namespace iisdiag::pages
