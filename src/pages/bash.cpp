#include <fmt/format.h>

#include "pages/pages.hpp"

namespace iisdiag::pages {
namespace {

using cli::CommandInfo;
using cli::OptionInfo;
using cli::Value;

constexpr std::string_view kHead =
    R"(# bash completion for iisdiag -*- shell-script -*-
# Made from the program's own table of options; bash-completion is not needed.

# The command line up to the cursor, as the shell will read it: readline also
# cuts words at each "=". Sets `words`.
_iisdiag_words() {
  local line=$COMP_LINE word gap glued i
  words=()
  for ((i = 0; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    gap=${line%%"$word"*}
    line=${line#"$gap$word"}
    if ((${#words[@]})) && [[ -z $gap && -n $word ]] &&
      [[ $word == =* || $glued == *= ]]; then
      words[${#words[@]} - 1]+=$word
    else
      words+=("$word")
    fi
    glued=$word
  done
}

# _iisdiag_reply WORD...: offers those that go on from `cur`. readline puts in
# only what follows an "=".
_iisdiag_reply() {
  local word kept=
  [[ $COMP_WORDBREAKS == *=* && $cur == *=* ]] && kept=${cur%=*}=
  for word; do
    [[ $word == "$cur"* ]] && COMPREPLY+=("${word#"$kept"}")
  done
  return 0
}

# _iisdiag_files BEFORE: offers files, below what stands behind BEFORE in
# `cur`. Names in quotes are left to readline.
_iisdiag_files() {
  local file found=()
  compopt -o filenames -o default 2>/dev/null
  while IFS= read -r file; do
    found+=("$1$file")
  done < <(compgen -f -- "${cur#"$1"}")
  _iisdiag_reply "${found[@]}"
}

# _iisdiag_report BEFORE FORMAT...: FORMAT=FILE
_iisdiag_report() {
  local before=$1 format
  shift
  for format; do
    if [[ $cur == "$before$format="* ]]; then
      _iisdiag_files "$before$format="
      return
    fi
  done
  compopt -o nospace 2>/dev/null
  _iisdiag_reply "${@/#/"$before"}"
  COMPREPLY=("${COMPREPLY[@]/%/=}")
}

# _iisdiag_value OPTION BEFORE: what may stand for the value of an option,
# behind BEFORE. Fails where the command has no such option, or it takes none.
_iisdiag_value() {
  local before=$2
  case ${words[1]}:$1 in
)";

constexpr std::string_view kMiddle =
    R"(    *) return 1 ;;
  esac
}

_iisdiag() {
  local words cur previous options=() operands=() i
  COMPREPLY=()
  _iisdiag_words
  cur=${words[${#words[@]} - 1]}
  if ((${#words[@]} < 3)); then
    if [[ $cur == -* ]]; then
      _iisdiag_reply -h --help --version
    else
      _iisdiag_reply )";

constexpr std::string_view kCases = R"(
    fi
    return
  fi
  previous=${words[${#words[@]} - 2]}
  for ((i = 2; i < ${#words[@]} - 1; i++)); do
    if [[ ${words[i]} == -- ]]; then
      previous=--
    fi
  done
  if [[ $previous != -- ]]; then
    if [[ $cur == --*=* ]]; then
      _iisdiag_value "${cur%%=*}=" "${cur%%=*}="
      return 0
    fi
    _iisdiag_value "$previous" '' && return
  fi
  case ${words[1]} in
)";

constexpr std::string_view kEnd =
    R"(    *) return ;;
  esac
  if [[ $cur == -* && $previous != -- ]]; then
    _iisdiag_reply "${options[@]}"
  elif [[ ${operands[0]-} == -f ]]; then
    _iisdiag_files ''
  else
    _iisdiag_reply "${operands[@]}"
  fi
}

complete -F _iisdiag iisdiag
)";

// With an optional value only behind "=".
std::string patterns(const CommandInfo& command, const OptionInfo& option) {
  std::string text;
  for (const std::string& word : notations(option)) {
    if (!option.value_name.starts_with('[')) {
      text += fmt::format("{}:{} | ", command.name, word);
    }
  }
  return text + fmt::format("{}:--{}=", command.name, option.name);
}

std::string offer(Value value) {
  const std::string words = blank_separated(cli::known_values(value));
  switch (value) {
    case Value::kText:
      return ":";  // nobody knows them here, and files they are not
    case Value::kFile:
      return R"(_iisdiag_files "$before")";
    case Value::kFormatFile:
      return fmt::format(R"(_iisdiag_report "$before" {})", words);
    default:
      return fmt::format(
          "set -- {}\n      _iisdiag_reply \"${{@/#/\"$before\"}}\"", words);
  }
}

std::string command_case(const CommandInfo& command) {
  std::string options;
  for (const OptionInfo& option : command.options) {
    for (const std::string& word : notations(option)) {
      options += word + " ";
    }
  }
  options += "-h --help";
  const std::string operands =
      command.operand.value == Value::kFile
          ? "-f"
          : blank_separated(cli::known_values(command.operand.value));
  std::string text =
      fmt::format("    {})\n      options=({})\n", command.name, options);
  if (!operands.empty()) {
    const std::string assign = fmt::format("operands=({})", operands);
    text += command.operand.repeatable
                ? fmt::format("      {}\n", assign)
                : fmt::format("      ((${{#words[@]}} > 3)) || {}\n", assign);
  }
  return text + "      ;;\n";
}

}  // namespace

std::string bash_completion() {
  std::string text(kHead);
  for (const CommandInfo& command : cli::all_commands()) {
    for (const OptionInfo& option : command.options) {
      if (option.value != Value::kNone) {
        text += fmt::format("    {})\n      {}\n      ;;\n",
                            patterns(command, option), offer(option.value));
      }
    }
  }
  text += kMiddle;
  text += blank_separated(cli::names_of(
      cli::all_commands(), [](const auto& command) { return command.name; }));
  text += kCases;
  for (const CommandInfo& command : cli::all_commands()) {
    text += command_case(command);
  }
  return text + std::string(kEnd);
}

}  // namespace iisdiag::pages
