#include <fmt/format.h>

#include "pages/pages.hpp"

namespace iisdiag::pages {
namespace {

using cli::CommandInfo;
using cli::OptionInfo;
using cli::Value;

constexpr std::string_view kHead = R"(#compdef iisdiag
# zsh completion for iisdiag, made from the program's own table of options.

# FORMAT=FILE
_iisdiag_report() {
  if compset -P '*='; then
    _files
  else
    compadd -S = -- )";

constexpr std::string_view kMiddle = R"(
  fi
}

_iisdiag_commands() {
  local -a commands=(
)";

constexpr std::string_view kCases = R"(  )
  _describe -t commands command commands
}

_iisdiag() {
  local curcontext=$curcontext context state state_descr line
  typeset -A opt_args
  _arguments -C \
    '(- :)'{-h,--help}'[show help]' \
    '(- :)--version[show the version]' \
    '1:command:_iisdiag_commands' \
    '*::argument:->argument' && return 0
  [[ $state == argument ]] || return 1
  case $words[1] in
)";

constexpr std::string_view kEnd = R"(    *)
      return 1
      ;;
  esac
}

_iisdiag "$@"
)";

// In a specification of _arguments and _describe a colon ends a part.
std::string escaped(std::string_view text, std::string_view special) {
  std::string result;
  for (const char byte : text) {
    if (byte == '\\' || special.find(byte) != std::string_view::npos) {
      result += '\\';
    }
    result += byte;
  }
  return result;
}

std::string action(Value value) {
  switch (value) {
    case Value::kText:
      return " ";
    case Value::kFile:
      return "_files";
    case Value::kFormatFile:
      return "_iisdiag_report";
    default:
      return fmt::format("({})", blank_separated(cli::known_values(value)));
  }
}

std::string option_line(const OptionInfo& option) {
  const std::string about = fmt::format("[{}]", escaped(option.about, "[]:"));
  const std::string again = option.repeatable ? "*" : "";
  if (option.value == Value::kNone) {
    return option.letter.empty()
               ? single_quoted(fmt::format("--{}{}", option.name, about))
               : fmt::format("'(-{0} --{1})'{{-{0},--{1}}}{2}", option.letter,
                             option.name, single_quoted(about));
  }
  if (option.value_name.starts_with('[')) {
    return single_quoted(fmt::format("--{}=-{}::value:{}", option.name, about,
                                     action(option.value)));
  }
  const std::string rest = fmt::format(
      "{}:{}:{}", about, escaped(option.value_name, ":"), action(option.value));
  if (option.letter.empty()) {
    return single_quoted(fmt::format("{}--{}={}", again, option.name, rest));
  }
  const std::string either =
      option.repeatable
          ? std::string("'*'")
          : fmt::format("'(-{} --{})'", option.letter, option.name);
  return fmt::format("{}{{-{}+,--{}=}}{}", either, option.letter, option.name,
                     single_quoted(rest));
}

std::string command_case(const CommandInfo& command) {
  std::string text =
      fmt::format("    {})\n      _arguments \\\n", command.name);
  for (const OptionInfo& option : command.options) {
    text += fmt::format("        {} \\\n", option_line(option));
  }
  text += "        '(- :)'{-h,--help}'[show help]'";
  if (command.operand.value != Value::kNone) {
    text +=
        fmt::format(" \\\n        {}",
                    single_quoted(fmt::format(
                        "{}:{}:{}", command.operand.repeatable ? "*" : "1",
                        command.operand.name, action(command.operand.value))));
  }
  return text + "\n      ;;\n";
}

}  // namespace

std::string zsh_completion() {
  std::string text(kHead);
  text += blank_separated(cli::known_values(Value::kFormat));
  text += kMiddle;
  for (const CommandInfo& command : cli::all_commands()) {
    text += fmt::format(
        "    {}\n",
        single_quoted(fmt::format("{}:{}", command.name,
                                  escaped(command.forms.front().about, ":"))));
  }
  text += kCases;
  for (const CommandInfo& command : cli::all_commands()) {
    text += command_case(command);
  }
  return text + std::string(kEnd);
}

}  // namespace iisdiag::pages
