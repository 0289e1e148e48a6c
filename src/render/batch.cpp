// Lines NAME=VALUE for `for /f` in a batch file.
//
// A batch file that names a variable has cmd.exe read its value as a piece of
// the command line, so an account called `a&calc` would run a program. Hence
// only characters that mean nothing to cmd.exe, with delayed expansion or
// without, in any code page; all others are `_`.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "iisdiag/version.hpp"
#include "render/renderer.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::render {
namespace {

using report::Status;

bool is_harmless(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= '0' && letter <= '9') ||
         std::string_view(" $+-./:@\\{}#,").find(letter) !=
             std::string_view::npos;
}

// One `_` for a character of any length.
std::string harmless(std::string_view value) {
  std::string safe;
  for (const char letter : text::printable(value)) {
    constexpr unsigned char kContinued = 0xC0;
    constexpr unsigned char kContinuation = 0x80;
    if (is_harmless(letter)) {
      safe += letter;
    } else if ((static_cast<unsigned char>(letter) & kContinued) !=
               kContinuation) {
      safe += '_';
    }
  }
  return safe;
}

// "account-lookup" is ACCOUNT_LOOKUP.
std::string variable(std::string_view id) {
  std::string name;
  for (const char letter : id) {
    name += letter == '-' ? '_'
            : letter >= 'a' && letter <= 'z'
                ? static_cast<char>(letter - 'a' + 'A')
                : letter;
  }
  return name;
}

class Lines {
 public:
  void add(std::string_view name, std::string_view value) {
    text_ += "IISDIAG_";
    text_ += name;
    text_ += '=';
    text_ += harmless(value);
    text_ += '\n';
  }
  void add(std::string_view name, std::size_t value) {
    add(name, std::to_string(value));
  }
  std::string take() { return std::exchange(text_, {}); }

 private:
  std::string text_;
};

void add_identity(Lines& lines, std::size_t number, const report::Host& host,
                  const report::Identity& identity) {
  const std::string lead = std::to_string(number) + "_";
  lines.add(lead + "HOST", host.name);
  lines.add(lead + "SERVICE", facts::service_name(identity.service));
  lines.add(lead + "ACCOUNT", identity.account);
  lines.add(lead + "NODE",
            identity.nodes.empty() ? "" : identity.nodes.front());
  lines.add(lead + "STATUS", report::status_name(identity.status));
  lines.add(lead + "ROOT_CAUSES", text::join(identity.root_causes, " "));
  for (const report::CheckResult& check : identity.checks) {
    lines.add(lead + variable(check.id), report::status_name(check.status));
  }
}

// Each once, in the order of the identities.
std::vector<std::string> root_causes(const report::Report& report) {
  std::vector<std::string> causes;
  for (const report::Host& host : report.hosts) {
    for (const report::Identity& identity : host.identities) {
      for (const std::string& cause : identity.root_causes) {
        if (std::find(causes.begin(), causes.end(), cause) == causes.end()) {
          causes.push_back(cause);
        }
      }
    }
  }
  return causes;
}

void render_batch(const report::Report& report, const Options& /*options*/,
                  const Sink& sink) {
  Lines lines;
  lines.add("VERSION", kVersion);
  lines.add("STATUS", report::status_name(report.status));
  lines.add("EXIT_CODE", static_cast<std::size_t>(report.exit_code));
  for (const Status status : report::kStatuses) {
    lines.add(variable(report::status_name(status)), report.counts[status]);
  }
  if (report.fleet) {
    lines.add("SERVERS", report.fleet->rows.size());
    for (const Status status : report::kStatuses) {
      lines.add("SERVERS_" + variable(report::status_name(status)),
                report.fleet->count(status));
    }
    lines.add("COMPLETE", report.fleet->is_complete() ? "1" : "0");
  }
  lines.add("ROOT_CAUSES", text::join(root_causes(report), " "));
  lines.add("HOST", report.hosts.empty() ? "" : report.hosts.front().name);
  std::size_t identities = 0;
  for (const report::Host& host : report.hosts) {
    identities += host.identities.size();
  }
  lines.add("IDENTITIES", identities);
  std::size_t number = 0;
  for (const report::Host& host : report.hosts) {
    for (const report::Identity& identity : host.identities) {
      add_identity(lines, ++number, host, identity);
    }
    sink(lines.take());
  }
  sink(lines.take());
}

}  // namespace

const Renderer kBatch{"batch", "IISDIAG_* variables for batch files",
                      render_batch};

}  // namespace iisdiag::render
