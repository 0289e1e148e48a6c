// The table of options: each of its rows is what the parser takes.
#include "cli/option_table.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "cli/options.hpp"

namespace iisdiag::cli {
namespace {

using Words = std::vector<std::string>;

// What some options want beside them, or for a value that is in no list.
Words call_of(const CommandInfo& command, const OptionInfo& option,
              const std::string& value) {
  Words words = {std::string(command.name), "--" + std::string(option.name)};
  if (option.value != Value::kNone && !value.empty()) {
    words.back() += "=" + value;
  }
  if (option.name == "password-stdin") {
    words.emplace_back("--account=IUSR_WEB01");
  }
  if (option.value == Value::kScriptWindows) {
    words.emplace_back("--script");
  }
  // What stands for nothing by itself.
  if (command.name == "merge" || option.name == "each") {
    words.emplace_back("web01.json");
  } else if (value.starts_with("jsonl")) {
    words.insert(words.end(), {"--each", "web01"});
  }
  return words;
}

std::string value_of_none(const OptionInfo& option) {
  return option.name == "at" ? "2006-05-16T09:01" : "something";
}

TEST(OptionTable, EveryOptionAndEveryValueIsTaken) {
  std::size_t calls = 0;
  for (const CommandInfo& command : all_commands()) {
    for (const OptionInfo& option : command.options) {
      std::vector<std::string> values;
      for (const std::string_view known : known_values(option.value)) {
        values.emplace_back(known);
        values.back() += option.value == Value::kFormatFile ? "=file" : "";
      }
      if (values.empty()) {
        values = {value_of_none(option)};
      }
      for (const std::string& value : values) {
        const Command taken = parse_command(call_of(command, option, value));
        EXPECT_NE(taken.kind, Command::Kind::kUsageError)
            << option.name << " " << value << ": " << taken.text;
        ++calls;
      }
    }
  }
  EXPECT_GT(calls, 90U);
}

TEST(OptionTable, OnlyWhatItSaysTakesAValue) {
  for (const CommandInfo& command : all_commands()) {
    for (const OptionInfo& option : command.options) {
      const std::string name = "--" + std::string(option.name);
      const Command with = parse_command(
          {std::string(command.name), name + "=" + value_of_none(option)});
      const Command without = parse_command({std::string(command.name), name});
      const std::string takes_none = "option " + name + " takes no value";
      const std::string needs_one = "option " + name + " needs a value";
      EXPECT_EQ(with.text.starts_with(takes_none), option.value == Value::kNone)
          << with.text;
      EXPECT_EQ(without.text.starts_with(needs_one),
                option.value != Value::kNone && option.value_name[0] != '[')
          << without.text;
    }
  }
}

TEST(OptionTable, TwiceIsForWhatRepeatsOnly) {
  for (const OptionInfo& option : command_info("check").options) {
    if (option.value == Value::kNone) {
      continue;  // said twice it is still said
    }
    const auto known = known_values(option.value);
    std::string value =
        known.empty() ? value_of_none(option) : std::string(known.front());
    value += option.value == Value::kFormatFile ? "=file" : "";
    Words words = call_of(command_info("check"), option, value);
    words.push_back(words.back());
    EXPECT_EQ(parse_command(words).kind == Command::Kind::kUsageError,
              !option.repeatable)
        << option.name;
  }
}

TEST(OptionTable, LettersStandForTheirOptions) {
  for (const CommandInfo& command : all_commands()) {
    for (const OptionInfo& option : command.options) {
      if (option.letter.empty()) {
        continue;
      }
      const auto by = [&](const std::string& name) {
        const Command told = parse_command({std::string(command.name), name});
        return told.kind == Command::Kind::kUsageError ? told.text : "taken";
      };
      EXPECT_EQ(by("-" + std::string(option.letter)),
                by("--" + std::string(option.name)));
    }
  }
}

TEST(OptionTable, NoNameStandsTwice) {
  std::set<std::string_view> commands;
  for (const CommandInfo& command : all_commands()) {
    EXPECT_TRUE(commands.insert(command.name).second);
    EXPECT_FALSE(command.forms.empty());
    std::set<std::string_view> names = {"help", "h"};
    for (const OptionInfo& option : command.options) {
      EXPECT_TRUE(names.insert(option.name).second) << option.name;
      EXPECT_TRUE(option.letter.empty() || names.insert(option.letter).second);
      EXPECT_EQ(option.value == Value::kNone, option.value_name.empty());
    }
  }
}

TEST(OptionTable, ListsAreThoseOfTheProgram) {
  EXPECT_EQ(known_values(Value::kRole),
            (std::vector<std::string_view>{"workstation", "member", "dc"}));
  EXPECT_EQ(known_values(Value::kCheck),
            (std::vector<std::string_view>{"account-lookup", "password-sync",
                                           "user-rights", "credential-test"}));
  const auto scripts = known_values(Value::kScriptWindows);
  EXPECT_EQ(scripts.size() + 1, known_values(Value::kWindows).size());
  EXPECT_EQ(std::count(scripts.begin(), scripts.end(), "nt3.51"), 0);
  const auto codes = known_values(Value::kCode);
  EXPECT_EQ(codes.front(), "account-lookup");
  EXPECT_EQ(std::count(codes.begin(), codes.end(), "right-denied"), 1);
  EXPECT_EQ(known_values(Value::kText), std::vector<std::string_view>{});
}

}  // namespace
}  // namespace iisdiag::cli
