// The command line, taken apart. Only options.cpp knows the parser.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "evidence/merge.hpp"
#include "facts/time.hpp"
#include "report/build.hpp"

namespace iisdiag::cli {

enum class Color { kAuto, kAlways, kNever };

// What becomes of a report.
struct OutputOptions {
  bool strict = false;
  bool allow_incomplete = false;
  std::string format = "text";
  std::vector<std::pair<std::string, std::string>> reports;  // format, file
  bool quiet = false;
  bool verbose = false;
  Color color = Color::kAuto;
};

struct CheckOptions : OutputOptions {
  std::vector<std::string> evidence;
  bool each = false;    // every one of them is a server of its own
  std::string demo;     // empty: none
  std::string account;  // empty: all
  std::string node;     // empty: all
  evidence::Said said;
  std::optional<facts::Moment> at;
  bool no_logon = false;
  bool password_stdin = false;
  report::Selection selection;
};

struct MergeOptions : OutputOptions {
  std::vector<std::string> files;
};

struct CollectOptions {
  std::string output;  // empty: standard output, or a folder that is made up
  bool script = false;
  std::string windows;  // an id of knowledge::all_windows(); empty: a new one
};

struct Command {
  enum class Kind {
    kCheck,
    kCollect,
    kExplain,
    kList,
    kMerge,
    kDiff,
    kPrint,
    kUsageError
  };
  Kind kind = Kind::kUsageError;
  CheckOptions check;
  CollectOptions collect;
  MergeOptions merge;
  std::vector<std::string> compared;  // the old report, the new one
  std::vector<std::string> codes;     // what to explain; "-" alone: the input
  std::string list;                   // what to list
  // kPrint: help or version. kUsageError: lines for standard error, without
  // the program's name.
  std::string text;
};

// `arguments` without the program's name, UTF-8. Never throws for anything
// that a user can type.
Command parse_command(const std::vector<std::string>& arguments);

}  // namespace iisdiag::cli
