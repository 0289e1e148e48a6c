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

void write_stop(HtmlWriter& page, const report::CheckResult& check,
                std::string_view extra, std::string_view mark) {
  const std::string_view status = report::status_name(check.status);
  page.write(
      "<li class=\"stop @@\"><svg class=\"sign\" aria-hidden=\"true\"><use "
      "href=\"#s-@\"/></svg><small>@</small> <strong>$</strong> ",
      {extra, status, status, asked(check.id), check.title});
  write_tag(page, check.status);
  page.write("<span>@$</span>@</li>\n",
             {check.status == Status::kUnknown ? "not checked: " : "",
              check.summary, mark});
}

void write_caption(HtmlWriter& page, const report::Identity& identity) {
  switch (identity.status) {
    case Status::kFailed:
      page.write("The logon breaks");
      for (const report::CheckResult& check : identity.checks) {
        if (has_root(check)) {
          page.write(" at: $", {check.title});
          break;
        }
      }
      break;
    case Status::kUnknown:
      page.write(
          "Nothing was found that breaks the logon, but not all of its way "
          "could be checked");
      break;
    case Status::kWarning:
      page.write(
          "Nothing stands in the way of the logon, but something on it should "
          "be changed");
      break;
    case Status::kPassed:
      page.write("Nothing stands in the way of the logon");
      break;
    case Status::kSkipped:
      page.write("Nothing to check on this way");
  }
}

}  // namespace

void write_way(HtmlWriter& page, const report::Host& host,
               const report::Identity& identity) {
  page.write("<figure class=\"way\">\n<figcaption>");
  write_caption(page, identity);
  page.write(
      ".</figcaption>\n<ol>\n"
      "<li><svg class=\"sign\" aria-hidden=\"true\"><use href=\"#s-visitor\"/>"
      "</svg><strong>Visitor</strong> <span>gives no name</span></li>\n"
      "<li><svg class=\"sign\" aria-hidden=\"true\"><use href=\"#s-iis\"/>"
      "</svg><strong>IIS $</strong> <span>@$</span></li>\n",
      {host.iis_version, identity.account.empty() ? "account: " : "logs on ",
       account_words(identity)});
  bool is_broken = false;
  for (const report::CheckResult& check : identity.checks) {
    std::string_view extra = is_broken ? "beyond " : "";
    std::string_view mark;
    if (has_root(check)) {
      extra = is_broken ? "beyond " : "break ";
      mark = is_broken ? " <em>would break here, too</em>"
                       : " <em>breaks here</em>";
      is_broken = true;
    } else if (check.status == Status::kFailed) {
      mark = " <em>a consequence</em>";
    }
    write_stop(page, check, extra, mark);
  }
  page.write("</ol>\n</figure>\n");
}

}  // namespace iisdiag::render
