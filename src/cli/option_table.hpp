// The commands and their options as plain data, the one list of them: parser
// (options.cpp), help, man page and completions (src/pages) come from it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace iisdiag::cli {

// What may stand for a value.
enum class Value : std::uint8_t {
  kNone,  // nothing: a switch, or no operand
  kText,  // anything: a name, a path of the metabase, a time
  kFile,
  kFormat,
  kFormatFile,  // FORMAT=FILE
  kCheck,
  kDemo,
  kColor,
  kRole,
  kIis,
  kWindows,
  kScriptWindows,  // those that a script can be made for
  kTopic,
  kCode,  // of `explain`: any code, the id of a finding or a check, or -
};

struct OptionInfo {
  std::string_view name;        // without its hyphens
  std::string_view letter;      // likewise; empty where there is none
  std::string_view value_name;  // as help shows it; "[=NAME]": may be left out
  std::string_view about;
  Value value = Value::kNone;
  bool repeatable = false;
};

// A way to call a command.
struct Form {
  std::string_view usage;  // behind the name of the program
  std::string_view about;
};

// What a command takes besides options.
struct Operand {
  std::string_view name;
  Value value = Value::kNone;
  bool repeatable = false;
  std::string_view about{};
};

struct CommandInfo {
  std::string_view name;
  std::span<const Form> forms;
  std::span<const OptionInfo> options;
  Operand operand{};
};

std::span<const CommandInfo> all_commands();
// Precondition: there is a command of this name.
const CommandInfo& command_info(std::string_view name);

// The notations of "show help", which every command takes.
std::span<const std::string_view> help_words();

// All words that are a value of this kind; none where it is no question of a
// list. For kFormatFile it is the formats.
std::vector<std::string_view> known_values(Value value);

// "-a, --account NAME".
std::string option_text(const OptionInfo& option);
// Its description, with the formats where it takes one.
std::string option_about(const OptionInfo& option);

// What `name` says of each entry.
template <class List, class Name>
std::vector<std::string_view> names_of(const List& list, Name name) {
  std::vector<std::string_view> names;
  for (const auto& entry : list) {
    names.push_back(name(entry));
  }
  return names;
}

// "a, b, c".
std::string list_words(const std::vector<std::string_view>& words);

}  // namespace iisdiag::cli
