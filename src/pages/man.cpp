#include <fmt/format.h>

#include <algorithm>

#include "cli/exit_code.hpp"
#include "pages/pages.hpp"
#include "text/strings.hpp"

namespace iisdiag::pages {
namespace {

using cli::CommandInfo;
using cli::OptionInfo;
using cli::Value;

constexpr std::string_view kDescription = R"(.Sh DESCRIPTION
Visitors of an IIS site get
.Dq 401.1 Unauthorized: Logon failed ,
and the System log holds W3SVC or MSFTPSVC event 100: Windows has refused the
logon of the account that IIS uses for visitors who give no name.
.Nm
finds out why.
It reads files that were captured on the server, or on Windows looks at the
server itself, and prints what is wrong, where that was read, and what mends it
on this version of IIS and Windows.
It changes nothing on the server.
.Pp
The report goes to standard output, everything else to standard error.
No password is taken from the command line or the environment, and none is
shown.
)";

constexpr std::string_view kCheck =
    R"(All files and folders together are one server; folders are searched
recursively.
A file is recognised by its content, whatever its name.
Without
.Ar EVIDENCE
and without
.Fl -demo
it is the server that the program runs on, which has to be Windows.
.Pp
With
.Fl -each
every file, folder or archive is a server of its own, and so is every line of
the file LIST where
.Sq @LIST
is given; blank lines, and those that begin with
.Sq # ,
are none.
One that cannot be read counts as a server that could not be checked.
Ctrl+C ends such a run with a report on what is done.
)";

constexpr std::string_view kCollect =
    R"(On Windows this writes what the server answers into a zip archive, without
passwords.
With
.Fl -script
it prints a batch file for a server where
.Nm
may not run.
.Nm Cm check
reads what either of them leaves.
)";

constexpr std::string_view kExplain =
    R"(A code is an error of Windows, also as HRESULT or NTSTATUS, a status of HTTP
or FTP, an event, the end of a row of a web log, the id of a finding or of a
check, or an article.
With
.Sq -
each code in the text on standard input is explained below its line.
)";

constexpr std::string_view kMerge =
    R"(The reports are those of the formats
.Cm json
and
.Cm jsonl ,
from live servers or from
.Nm Cm check Fl -each .
Nothing is checked again.
One that cannot be read counts as a server that could not be checked.
)";

constexpr std::string_view kDiff =
    R"(Compares two reports on the same servers, check by check.
Worse is a heavier status: failed, then unknown, warning and passed.
A server that is no longer in the newer report is worse.
)";

constexpr std::string_view kEnvironment = R"(.Sh ENVIRONMENT
.Bl -tag -width NO_COLOR
.It Ev NO_COLOR
If it is set and not empty, nothing is coloured, unless
.Fl -color
says so.
.It Ev TERM
If it is
.Dq dumb ,
likewise.
.El
)";

constexpr std::string_view kExamples = R"(.Sh EXAMPLES
A sample server that is built in:
.Pp
.Dl iisdiag check --demo
.Pp
What was captured on a server, for people and, in a file, for a program:
.Pp
.Dl iisdiag check --report json=web01.json cases/web01
.Pp
One account, and only its rights:
.Pp
.Dl iisdiag check -a IUSR_WEB01 --only user-rights cases/web01
.Pp
A script that captures an old server:
.Pp
.Dl iisdiag collect --script --windows 2003 -o collect.cmd
.Pp
Many servers, each a line of a file, as one page:
.Pp
.Dl iisdiag check --each --report html=servers.html @servers.txt
.Pp
What became worse since yesterday:
.Pp
.Dl iisdiag diff monday.json tuesday.json
.Pp
What a code of a web log means:
.Pp
.Dl iisdiag explain 401 1 1326
)";

// Text between macros. A line that begins with a dot would be a macro, and a
// new sentence begins a new line.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char byte : text) {
    result += byte == '\\' ? std::string("\\e") : std::string(1, byte);
  }
  return result.starts_with('.') || result.starts_with('\'') ? "\\&" + result
                                                             : result;
}

// A name after .Fl, .Ar and the like, where | is punctuation.
std::string argument(std::string_view name) {
  return fmt::format("\"{}\"", escaped(name));
}

std::string option_item(const OptionInfo& option) {
  std::string line = ".It";
  for (const std::string& word : notations(option)) {
    line += line == ".It" ? " Fl " : " , Fl ";
    line += escaped(word.substr(1));
  }
  if (option.value_name.starts_with('[')) {
    const std::string name(option.value_name.substr(
        2, option.value_name.size() - 3));  // without "[=" and "]"
    return line + fmt::format(" Ns Op = Ns Ar {}\n", name);
  }
  return option.value_name.empty()
             ? line + "\n"
             : line + fmt::format(" Ar {}\n", argument(option.value_name));
}

// A sentence in lines of at most 78 columns, as the language wants them.
std::string sentence(std::string_view words) {
  constexpr std::size_t kWidth = 78;
  std::string text;
  std::string line;
  for (const std::string_view word : text::split(words, ' ')) {
    if (!line.empty() && line.size() + 1 + word.size() > kWidth) {
      text += escaped(line) + "\n";
      line.clear();
    }
    line += line.empty() ? "" : " ";
    line += word;
  }
  text += escaped(line) + ".\n";
  const std::string name = "iisdiag ";
  if (text.starts_with(name)) {
    return ".Nm\n" + text.substr(name.size());
  }
  text.front() = text::to_upper(text.substr(0, 1)).front();
  return text;
}

// ".Cm a ,", ".Cm b ." in a line each.
std::string enumeration(const std::vector<std::string_view>& words) {
  std::string text;
  for (const std::string_view word : words) {
    text += fmt::format(".Cm {} {}\n", word, word == words.back() ? "." : ",");
  }
  return text;
}

// Its description, and the words that there are for a value where it does not
// name them all.
std::string option_body(const OptionInfo& option) {
  std::string text = sentence(option.about);
  const auto values = cli::known_values(option.value);
  if (std::all_of(values.begin(), values.end(), [&](std::string_view value) {
        return option.about.find(value) != std::string_view::npos ||
               option.value_name.find(value) != std::string_view::npos;
      })) {
    return text;
  }
  text += option.value == Value::kFormatFile ? "NAME is one of\n" : "One of\n";
  return text + enumeration(values);
}

// Files as the usage names them: "[EVIDENCE ...]", "REPORT.json ...", and
// where they have names of their own, "OLD.json NEW.json".
std::string file_operands(const CommandInfo& command) {
  const std::string_view usage = command.forms.front().usage;
  const std::string_view name = command.operand.name;
  const std::size_t at = usage.find(name);
  if (at == std::string_view::npos) {
    return fmt::format(".Ar {}\n", usage.substr(usage.find(' ') + 1));
  }
  const bool is_optional = at > 0 && usage[at - 1] == '[';
  return fmt::format("{} {} ...\n", is_optional ? ".Op Ar" : ".Ar", name);
}

std::string synopsis() {
  std::string text = ".Sh SYNOPSIS\n";
  for (const CommandInfo& command : cli::all_commands()) {
    text += fmt::format(".Nm\n.Cm {}\n", command.name);
    for (const OptionInfo& option : command.options) {
      text += ".Op" + option_item(option).substr(std::string(".It").size());
    }
    if (command.operand.value == Value::kFile) {
      text += file_operands(command);
    } else if (command.operand.value == Value::kCode) {
      text += fmt::format(".Ar {} ... | Cm -\n", command.operand.name);
    } else if (command.operand.value != Value::kNone) {
      text += fmt::format(".Ar {}\n", command.operand.name);
    }
  }
  return text + ".Nm\n.Fl -help | -version\n";
}

std::string words_of(const CommandInfo& command) {
  return std::string(command.name == "check"     ? kCheck
                     : command.name == "collect" ? kCollect
                     : command.name == "explain" ? kExplain
                     : command.name == "merge"   ? kMerge
                     : command.name == "diff"    ? kDiff
                                                 : "");
}

std::string command_section(const CommandInfo& command) {
  std::string text =
      fmt::format(".Ss {}\n{}{}", command.name,
                  sentence(command.forms.front().about), words_of(command));
  if (command.operand.value == Value::kTopic) {
    text += "The topics are\n" + enumeration(cli::known_values(Value::kTopic));
  }
  if (command.options.empty()) {
    return text;
  }
  text += ".Pp\nThe options are as follows:\n.Bl -tag -width Ds\n";
  for (const OptionInfo& option : command.options) {
    text += option_item(option) + option_body(option);
  }
  return text + ".El\n";
}

std::string help_section() {
  std::string item = ".It";
  for (const std::string_view word : cli::help_words()) {
    item += item == ".It" ? " " : " , ";
    // A question mark by itself would be punctuation.
    item += word.starts_with('-') ? fmt::format("Fl \\&{}", word.substr(1))
                                  : fmt::format("No {}", word);
  }
  return ".Ss Help\n.Bl -tag -width Ds\n" + item +
         "\nPrint help; after a command, that of the command.\n"
         ".It Fl -version\nPrint the version.\n.El\n";
}

std::string exit_status() {
  std::string text = ".Sh EXIT STATUS\n.Bl -tag -width Ds\n";
  for (int code = 0; !cli::exit_code_text(code).empty(); ++code) {
    text +=
        fmt::format(".It {}\n{}", code, sentence(cli::exit_code_text(code)));
  }
  text += ".El\n.Pp\n";
  const auto formats = cli::known_values(Value::kFormat);
  if (std::find(formats.begin(), formats.end(), "nagios") != formats.end()) {
    text +=
        "With the format\n.Cm nagios\nthe codes are those of its protocol.\n";
  }
  return text +
         ".Nm Cm check Fl -each\nand\n.Nm Cm merge\nend with 5 also where they "
         "were interrupted.\n"
         ".Nm Cm diff\nends with 1 where something became worse, else with 0, "
         "and with 4 where a\nreport could not be read or its run was "
         "stopped.\n"
         ".Nm Cm explain\nends with 4 where a code is unknown.\n";
}

}  // namespace

std::string man_page(std::string_view date) {
  std::string text = fmt::format(
      ".\\\" Made from the program's own tables.\n"
      ".Dd {}\n.Dt IISDIAG 1\n.Os\n.Sh NAME\n.Nm iisdiag\n"
      ".Nd find out why IIS cannot log on its anonymous account\n",
      date);
  text += synopsis();
  text += kDescription;
  for (const CommandInfo& command : cli::all_commands()) {
    text += command_section(command);
  }
  text += help_section();
  text += kEnvironment;
  text += exit_status();
  text += kExamples;
  return text +
         ".Sh SEE ALSO\n"
         "The pages that are installed with the program, in the folder\n"
         ".Pa share/doc/iisdiag/docs ,\n"
         "explain each finding, its repair and the formats.\n";
}

}  // namespace iisdiag::pages
