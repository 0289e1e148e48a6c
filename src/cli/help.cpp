#include "cli/help.hpp"

#include <fmt/format.h>

#include "cli/exit_code.hpp"
#include "cli/option_table.hpp"
#include "render/layout.hpp"

namespace iisdiag::cli {
namespace {

constexpr std::size_t kWidth = 80;
constexpr std::size_t kAbout = 32;
constexpr std::size_t kCode = 5;

void write_exit_codes(render::Page& page) {
  page.line("Exit codes:");
  for (int code = 0; !exit_code_text(code).empty(); ++code) {
    page.hanging("  " + std::to_string(code), kCode, exit_code_text(code));
  }
}

void write_option(render::Page& page, std::string_view option,
                  std::string_view about) {
  const std::string lead = fmt::format("  {}", option);
  if (lead.size() < kAbout) {
    page.hanging(lead, kAbout, about);
  } else {
    page.line(lead);
    page.hanging({}, kAbout, about);
  }
}

std::string help_notations() {
  return list_words({help_words().begin(), help_words().end()});
}

void write_usage(render::Page& page, std::string_view command) {
  std::string_view lead = "Usage:";
  for (const Form& form : command_info(command).forms) {
    page.line(fmt::format("{:6} iisdiag {}", lead, form.usage));
    lead = {};
  }
  page.line();
}

void write_options(render::Page& page, std::string_view command) {
  const CommandInfo& info = command_info(command);
  page.line("Options:");
  if (!info.operand.about.empty()) {
    write_option(page, info.operand.name, info.operand.about);
  }
  for (const OptionInfo& option : info.options) {
    write_option(page, option_text(option), option_about(option));
  }
  write_option(page, help_notations(), "this text");
  page.line();
}

}  // namespace

std::string program_help() {
  render::Page page(kWidth);
  page.line("Finds out why IIS cannot log on its account for visitors without");
  page.line("a name: 401.1 Unauthorized: Logon failed, and W3SVC event 100.");
  page.line();
  page.line("Examples:");
  page.line("  iisdiag check                     this server (Windows)");
  page.line(
      "  iisdiag check --demo              a sample server, to see it work");
  page.line(
      "  iisdiag check C:\\cases\\web01      what was captured on a server");
  page.line("  iisdiag check MetaBase.xml rights.inf net-user.txt");
  page.line("  iisdiag check --each @servers.txt many servers, one report");
  page.line("  iisdiag list evidence             what to capture, and how");
  page.line("  iisdiag explain 0x8007052E        what a code means");
  page.line();
  page.line("Commands:");
  for (const CommandInfo& command : all_commands()) {
    for (const Form& form : command.forms) {
      page.line(fmt::format("  {:33} {}", form.usage, form.about));
    }
  }
  page.line();
  page.line("Options:");
  page.line(
      fmt::format("  {:33} this text; after a command,", help_notations()));
  page.line("                                    that of the command");
  page.line("  --version                         the version");
  page.line();
  write_exit_codes(page);
  return page.take();
}

std::string check_help() {
  render::Page page(kWidth);
  write_usage(page, "check");
  page.line("Examples:");
  page.line("  iisdiag check --demo");
  page.line("  iisdiag check C:\\cases\\web01");
  page.line("  iisdiag check --iis 5.0 --role dc adsutil.txt rights.inf");
  // Not "echo %ERRORLEVEL%": cmd puts the value in before it runs the line.
  page.line("  iisdiag check --quiet C:\\cases\\web01 || echo see above");
  page.line("  iisdiag check -f json C:\\cases\\web01 > report.json");
  page.line("  iisdiag check --each -r html=servers.html web01.zip web02.zip");
  page.line(
      "  iisdiag check -a IUSR_WEB01 --only user-rights C:\\cases\\web01");
  page.line();
  write_options(page, "check");
  write_exit_codes(page);
  return page.take();
}

std::string collect_help() {
  render::Page page(kWidth);
  write_usage(page, "collect");
  page.line("On Windows: writes what this server answers into a .zip, without");
  page.line("passwords; \"iisdiag check PATH\" reads it on any machine.");
  page.line();
  page.line(
      "With --script: prints a batch file. On the server, where iisdiag need");
  page.line("not be, it captures with what Windows has on board, and without");
  page.line("passwords, a folder that \"iisdiag check FOLDER\" reads.");
  page.line();
  page.line("Examples:");
  page.line("  iisdiag collect -o web01.zip");
  page.line("  iisdiag collect --script -o collect.cmd");
  page.line("  iisdiag collect --script --windows 2003 -o collect.cmd");
  page.line();
  write_options(page, "collect");
  write_exit_codes(page);
  return page.take();
}

std::string explain_help() {
  render::Page page(kWidth);
  page.line("Usage: iisdiag explain CODE ...");
  page.line("       iisdiag explain -");
  page.line();
  page.line("Says what a code means here, which check catches it, its usual");
  page.line("causes, what it does not prove, and what mends it. With - every");
  page.line("code in the text on standard input is explained below its line.");
  page.line();
  page.line("Examples:");
  page.line("  iisdiag explain 1326              an error of Windows");
  page.line("  iisdiag explain 0x8007052E        the same as HRESULT");
  page.line("  iisdiag explain C000006D          the same as NTSTATUS");
  page.line("  iisdiag explain 2E 05 00 00       the same as data of an event");
  page.line("  iisdiag explain 401.1             a status of HTTP or FTP");
  page.line(
      "  iisdiag explain 401 1 1326        the end of a row of a web log");
  page.line(
      "  iisdiag explain W3SVC 100         an event, with or without source");
  page.line(
      "  iisdiag explain right-denied      a finding (iisdiag list findings)");
  page.line("  iisdiag explain Q253204           an article");
  page.line("  iisdiag explain - < event.txt     all codes of a text");
  page.line();
  page.line("Exit codes:");
  page.hanging("  0", kCode, "every code is known");
  page.hanging("  3", kCode, exit_code_text(kExitUsage));
  page.hanging("  4", kCode,
               "a code is unknown (the others are explained), or there is "
               "none in the text");
  page.hanging("  5", kCode, "iisdiag itself went wrong");
  return page.take();
}

std::string merge_help() {
  render::Page page(kWidth);
  write_usage(page, "merge");
  page.line("Joins reports that were made elsewhere, on live servers or by");
  page.line("check --each, into one in any format. A report that cannot be");
  page.line("read counts as a server that could not be checked.");
  page.line();
  page.line("Examples:");
  page.line("  iisdiag merge web01.json web02.json");
  page.line("  iisdiag merge -r html=servers.html servers.jsonl");
  page.line();
  write_options(page, "merge");
  write_exit_codes(page);
  return page.take();
}

std::string diff_help() {
  render::Page page(kWidth);
  write_usage(page, "diff");
  page.line(
      "Compares two reports of --format json, server by server and check");
  page.line("by check: what became worse, what became better, what stayed.");
  page.line();
  page.line("Example:");
  page.line("  iisdiag diff monday.json tuesday.json");
  page.line();
  page.line("Exit codes:");
  page.hanging("  0", kCode, "nothing became worse");
  page.hanging("  1", kCode, "something became worse");
  page.hanging("  3", kCode, exit_code_text(kExitUsage));
  page.hanging("  4", kCode,
               "one of the reports could not be read, or is of a run that was "
               "stopped");
  page.hanging("  5", kCode, "iisdiag itself went wrong");
  return page.take();
}

std::string list_help() {
  render::Page page(kWidth);
  write_usage(page, "list");
  page.line("Examples:");
  page.line("  iisdiag list evidence             what to capture, and how");
  page.line("  iisdiag list findings             everything a check can find");
  page.line();
  page.hanging("Topics:", 9, list_words(known_values(Value::kTopic)));
  return page.take();
}

}  // namespace iisdiag::cli
