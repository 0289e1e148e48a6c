// The picture of the way that a logon takes. Each stop is an item of a list
// that reads well without any style.
#include <algorithm>

#include "render/html_parts.hpp"
#include "render/wording.hpp"

namespace iisdiag::render {
namespace {

using report::Status;

// Who is asked there. A check without an entry stands under its title alone.
std::string_view asked(std::string_view check) {
  return check == "account-lookup"    ? "Account database"
         : check == "password-sync"   ? "Password in IIS"
         : check == "user-rights"     ? "Logon right"
         : check == "credential-test" ? "Windows' logon"
                                      : "";
}

bool has_root(const report::CheckResult& check) {
  return std::any_of(check.findings.begin(), check.findings.end(),
                     [](const auto& finding) { return finding.root; });
}

void write_sign(HtmlWriter& page, std::string_view symbol) {
  page.begin("svg", "class=\"sign\" aria-hidden=\"true\"");
  page.markup("<use href=\"#s-");
  page.markup(symbol);
  page.markup("\"/>");
  page.end();
}

void write_start(HtmlWriter& page, std::string_view symbol,
                 std::string_view name, std::string_view note) {
  page.begin("li");
  write_sign(page, symbol);
  page.element("strong", {}, name);
  page.markup(" ");
  page.element("span", {}, note);
  page.close();
}

void write_stop(HtmlWriter& page, const report::CheckResult& check,
                std::string_view extra, std::string_view mark) {
  page.begin("li", html_class(extra, check.status));
  write_sign(page, report::status_name(check.status));
  page.element("small", {}, asked(check.id));
  page.markup(" ");
  page.element("strong", {}, check.title);
  page.markup(" ");
  write_tag(page, check.status);
  page.markup(" ");
  page.begin("span");
  if (check.status == Status::kUnknown) {
    page.markup("not checked: ");
  }
  page.text(check.summary);
  page.end();
  if (!mark.empty()) {
    page.markup(" ");
    page.element("em", {}, mark);
  }
  page.close();
}

std::string caption(const report::Identity& identity) {
  switch (identity.status) {
    case Status::kFailed: {
      const auto place = std::find_if(identity.checks.begin(),
                                      identity.checks.end(), has_root);
      return place == identity.checks.end()
                 ? "The logon breaks."
                 : "The logon breaks at: " + place->title + ".";
    }
    case Status::kUnknown:
      return "Nothing was found that breaks the logon, but not all of its way "
             "could be checked.";
    case Status::kWarning:
      return "The logon gets through; something on its way should be changed.";
    case Status::kPassed:
      return "The logon gets through.";
    case Status::kSkipped:
      break;
  }
  return "Nothing to check on this way.";
}

}  // namespace

void write_way(HtmlWriter& page, const report::Host& host,
               const report::Identity& identity) {
  page.open("figure", "class=\"way\"");
  page.line("figcaption", {}, caption(identity));
  page.open("ol");
  write_start(page, "visitor", "Visitor", "gives no name");
  const std::string account = account_words(identity);
  write_start(
      page, "iis", host.iis_version.empty() ? "IIS" : "IIS " + host.iis_version,
      identity.account.empty() ? "account: " + account : "logs on " + account);
  bool is_broken = false;
  for (const report::CheckResult& check : identity.checks) {
    std::string_view extra = is_broken ? "stop beyond" : "stop";
    std::string_view mark;
    if (has_root(check)) {
      extra = is_broken ? "stop beyond" : "stop break";
      mark = is_broken ? "would break here, too" : "breaks here";
      is_broken = true;
    } else if (check.status == Status::kFailed) {
      mark = "a consequence";
    }
    write_stop(page, check, extra, mark);
  }
  page.close();
  page.close();
}

}  // namespace iisdiag::render
