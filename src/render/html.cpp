// A page to look at, to print and to attach to a ticket: one file that loads
// nothing. What is the same in all of them lies in html/ (embed_page.cmake).
#include <algorithm>

#include "iisdiag/version.hpp"
#include "render/html_assets.hpp"
#include "render/html_parts.hpp"
#include "render/renderer.hpp"
#include "render/tags.hpp"
#include "render/wording.hpp"
#include "text/strings.hpp"

namespace iisdiag::render {
namespace {

using report::Status;
using Identities = std::vector<const report::Identity*>;

// Of a long list, so many stand open.
constexpr std::size_t kMostRows = 20;
constexpr std::size_t kMostNodes = 5;
constexpr std::size_t kMostOpen = 3;

bool is_in_order(const report::Identity& identity) {
  return identity.status == Status::kPassed ||
         identity.status == Status::kSkipped;
}

std::string_view or_not_known(std::string_view text) {
  return text.empty() ? "not known" : text;
}

// "2006-05-16 09:01:00 UTC", or with the offset where one is known.
std::string time_words(const facts::Moment& moment) {
  std::string words = facts::iso_text(moment);
  words[words.find('T')] = ' ';
  if (words.back() == 'Z') {
    words.pop_back();
    words += " UTC";
  }
  return words;
}

// "Windows Server 2003 (5.2), member server"
std::string windows_words(const report::Host& host) {
  std::string words = host.windows_name;
  if (words.empty()) {
    words = or_not_known(host.windows_version);
  } else if (!host.windows_version.empty()) {
    words += " (";
    words += host.windows_version;
    words += ')';
  }
  words += host.role == "dc"            ? ", domain controller"
           : host.role == "member"      ? ", member server"
           : host.role == "workstation" ? ", workstation"
                                        : "";
  return words;
}

void write_host_facts(HtmlWriter& page, const report::Host& host) {
  page.write("<dl class=\"facts\">\n");
  write_row(page, "Source", source_words(host));
  write_row(page, "Windows", windows_words(host));
  write_row(page, "IIS", or_not_known(host.iis_version));
  if (host.source.captured_at) {
    write_row(page, "As of", time_words(*host.source.captured_at));
  }
  page.write("</dl>\n");
}

void write_known_fact(HtmlWriter& page, std::string_view label,
                      std::string_view text, const facts::Origin& origin) {
  page.write("<tr><th scope=\"row\">$</th><td>", {label});
  write_with_origin(page, text, origin);
  page.write("</td></tr>\n");
}

// Facts as --verbose lists them, and files that hold none.
void write_known(HtmlWriter& page, std::string_view of_what,
                 const std::vector<report::KnownFact>& known,
                 const std::vector<std::string>& ignored) {
  page.write(
      "<details class=\"known\">\n<summary>What is known of this "
      "@</summary>\n<table>\n<thead><tr><th scope=\"col\">Fact</th><th "
      "scope=\"col\">Value, and where it was read</th></tr></thead>\n"
      "<tbody>\n",
      {of_what});
  for (const report::KnownFact& fact : known) {
    write_known_fact(page, fact.label, fact.text, fact.origin);
  }
  if (!ignored.empty()) {
    write_known_fact(page, "ignored, being no evidence",
                     text::join(ignored, ", "), {});
  }
  page.write("</tbody>\n</table>\n</details>\n");
}

void write_settings(HtmlWriter& page, const report::Identity& identity) {
  // All nodes, many of them behind a line that opens them.
  page.write("<dl class=\"facts\">\n<div><dt>Nodes</dt><dd>@",
             {identity.nodes.empty() ? "none" : ""});
  for (std::size_t i = 0; i < identity.nodes.size(); ++i) {
    if (i == kMostNodes) {
      page.write("<details><summary>");
      page.number(identity.nodes.size() - i);
      page.write(" more</summary>");
    }
    page.write("<div>$</div>", {identity.nodes[i]});
  }
  page.write("@</dd></div>\n",
             {identity.nodes.size() > kMostNodes ? "</details>" : ""});
  write_row(page, "Anonymous access",
            !identity.anonymous   ? "not known"
            : *identity.anonymous ? "on"
                                  : "off");
  write_row(page, "Password from",
            identity.password_from.empty()
                ? "none, or not known"
                : std::string_view(identity.password_from));
  write_row(page, "Password sync", identity.password_sync);
  write_row(page, "Logon method", identity.logon_method);
  page.write("</dl>\n");
}

// What a row of the list says of an identity.
void write_in_short(HtmlWriter& page, const report::Identity& identity) {
  if (identity.status == Status::kPassed) {
    page.write("in order");
    return;
  }
  for (const report::CheckResult& check : identity.checks) {
    if (check.status == identity.status) {
      page.write(
          "$@$",
          {check.status == Status::kSkipped ? std::string_view()
                                            : std::string_view(check.title),
           check.status == Status::kSkipped ? "" : ": ", check.summary});
      return;
    }
  }
}

// One page of a report: the identities of all its hosts have numbers.
class HtmlPage {
 public:
  HtmlPage(const report::Report& report, const Options& options)
      : report_(report), options_(options) {}

  void render(const Sink& sink);

 private:
  bool is_single() const { return report_.hosts.size() == 1 && !report_.fleet; }
  // The host, or how many there are.
  std::string title() const {
    return is_single() ? report_.hosts.front().name
                       : server_count(report_.hosts.size());
  }
  void write_header();
  // `row` is its place among the hosts.
  void write_host(const report::Host& host, std::size_t row);
  void write_list(const Identities& shown, std::size_t level);
  void write_rows(const Identities& shown, std::size_t begin, std::size_t end);
  void write_identity(const report::Host& host,
                      const report::Identity& identity, bool is_open,
                      HtmlFindings& findings, std::size_t level);
  void write_notes(const report::Host& host, std::size_t level);

  const report::Report& report_;
  const Options& options_;
  HtmlWriter page_;
  std::size_t identities_ = 0;  // written so far
  std::size_t findings_ = 0;
};

void HtmlPage::write_header() {
  const std::string_view status = report::status_name(report_.status);
  page_.write(
      "<header class=\"top @\">\n<p class=\"program\">Anonymous logon of IIS, "
      "checked by <b>iisdiag @</b> at <b>@</b></p>\n<h1>$</h1>\n"
      "<p class=\"verdict @\">",
      {status, kVersion, time_words({report_.checked_at, 0}), title(), status});
  write_tag(page_, report_.status);
  page_.write("<span>$</span></p>\n",
              {report_.fleet ? fleet_verdict(report_)
               : is_single() ? verdict(report_.hosts.front())
                             : "Checks of all servers:"});
  page_.write("<ul class=\"counts\" aria-label=\"@ by status\">\n",
              {report_.fleet ? "Servers" : "Checks"});
  for (const Status each : {Status::kFailed, Status::kUnknown, Status::kWarning,
                            Status::kPassed, Status::kSkipped}) {
    const std::size_t count =
        report_.fleet ? report_.fleet->count(each) : report_.counts[each];
    page_.write("<li@><b>", {count == 0 ? " class=\"zero\"" : ""});
    page_.number(count);
    page_.write("</b> ");
    write_tag(page_, each);
    page_.write("</li>\n");
  }
  page_.write("</ul>\n");
  if (is_single()) {
    write_host_facts(page_, report_.hosts.front());
  }
  page_.write("</header>\n");
}

void HtmlPage::write_rows(const Identities& shown, std::size_t begin,
                          std::size_t end) {
  constexpr std::size_t kNodes = 3;
  page_.write(
      "<table class=\"list\">\n<thead><tr><th scope=\"col\">Status</th><th "
      "scope=\"col\">Node and account</th><th scope=\"col\">Found</th></tr>"
      "</thead>\n<tbody>\n");
  for (std::size_t i = begin; i < end; ++i) {
    const report::Identity& identity = *shown[i];
    page_.write("<tr><td>");
    write_tag(page_, identity.status);
    page_.write(R"(</td><th scope="row"><a href="#i)");
    page_.number(identities_ + i + 1);
    page_.write("\">@", {identity.nodes.empty() ? "no node" : ""});
    for (std::size_t n = 0; n < std::min(kNodes, identity.nodes.size()); ++n) {
      page_.write("@$", {n == 0 ? "" : "<br>", identity.nodes[n]});
    }
    page_.write("</a>");
    if (identity.nodes.size() > kNodes) {
      page_.write(" and ");
      page_.number(identity.nodes.size() - kNodes);
      page_.write(" more");
    }
    page_.write(
        " <small>@ @$</small></th><td>",
        {facts::service_name(identity.service),
         identity.account.empty() ? "account: " : "", account_words(identity)});
    write_in_short(page_, identity);
    page_.write("</td></tr>\n");
  }
  page_.write("</tbody>\n</table>\n");
}

void HtmlPage::write_list(const Identities& shown, std::size_t level) {
  page_.write("<section class=\"list-of\">\n");
  write_heading(page_, level, "Identities, the worst first");
  const std::size_t open = std::min(kMostRows, shown.size());
  write_rows(shown, 0, open);
  if (shown.size() > open) {
    page_.write("<details>\n<summary>");
    page_.number(shown.size() - open);
    page_.write(" more</summary>\n");
    write_rows(shown, open, shown.size());
    page_.write("</details>\n");
  }
  page_.write("</section>\n");
}

void HtmlPage::write_identity(const report::Host& host,
                              const report::Identity& identity, bool is_open,
                              HtmlFindings& findings, std::size_t level) {
  const bool is_only = host.identities.size() == 1;
  const char digit = static_cast<char>('0' + level);
  const std::string_view heading(&digit, 1);
  page_.write("<section class=\"identity\">\n@<h@>",
              {is_only   ? ""
               : is_open ? "<details open>\n<summary>"
                         : "<details>\n<summary>",
               heading});
  if (!is_only) {
    write_tag(page_, identity.status);
  }
  page_.write("$</h@>@\n<div id=\"i", {identity_words(identity, host), heading,
                                       is_only ? "" : "</summary>"});
  page_.number(++identities_);
  page_.write("\">\n");
  write_way(page_, host, identity);
  findings.write(identity, level + 1);
  write_logons(page_, identity, level + 1);
  write_heading(page_, level + 1, "Settings in force");
  write_settings(page_, identity);
  if (options_.verbose) {
    write_known(page_, "identity", identity.known, {});
  }
  page_.write("</div>\n@</section>\n", {is_only ? "" : "</details>\n"});
}

void HtmlPage::write_notes(const report::Host& host, std::size_t level) {
  const auto notes = all_notes(host);
  if (notes.empty() || options_.quiet) {
    return;
  }
  page_.write("<section class=\"notes\">\n");
  write_heading(page_, level, "Notes");
  page_.write("<ul>\n");
  for (const facts::Note& note : notes) {
    page_.write("<li>");
    write_with_origin(page_, note.text, note.origin);
    page_.write("</li>\n");
  }
  page_.write("</ul>\n</section>\n");
}

void HtmlPage::write_host(const report::Host& host, std::size_t row) {
  std::size_t level = 2;
  if (!is_single()) {
    page_.write(R"(<section class="host" id="h)");
    page_.number(row + 1);
    page_.write("\">\n<h2>");
    write_tag(page_, host.status);
    page_.write("$</h2>\n", {host.name});
    write_host_facts(page_, host);
    ++level;
  }
  Identities shown;
  for (const report::Identity& identity : host.identities) {
    if (!options_.quiet || !is_in_order(identity)) {
      shown.push_back(&identity);
    }
  }
  if (host.identities.size() > 1 && !shown.empty()) {
    write_list(shown, level);
  }
  HtmlFindings findings(page_, host, findings_);
  for (std::size_t i = 0; i < shown.size(); ++i) {
    write_identity(host, *shown[i], i < kMostOpen && !is_in_order(*shown[i]),
                   findings, level);
  }
  if (host.status == Status::kFailed) {
    page_.write("<p class=\"after\">$</p>\n", {after_repair(host)});
  }
  findings.write_other_problems(level);
  write_notes(host, level);
  if (options_.verbose) {
    write_known(page_, "server", host.known, host.ignored);
  }
  if (!is_single()) {
    page_.write("</section>\n");
  }
}

void HtmlPage::render(const Sink& sink) {
  const HtmlAssets assets;
  page_.write(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
      "'none'; style-src '@'; script-src '@'; base-uri 'none'; form-action "
      "'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, "
      "initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n"
      "<meta name=\"referrer\" content=\"no-referrer\">\n"
      "<title>@ $, iisdiag report</title>\n"
      "<style>@</style>\n</head>\n<body>\n@",
      {assets.style_hash, assets.script_hash, tag(report_.status, false),
       title(), assets.style, assets.signs});
  write_header();
  page_.write("<main>\n");
  if (report_.fleet) {
    write_fleet(page_, report_, options_.verbose);
  }
  for (std::size_t i = 0; i < report_.hosts.size(); ++i) {
    if (!report_.fleet ||
        has_section(report_.fleet->rows[i], options_.verbose)) {
      write_host(report_.hosts[i], i);
      sink(page_.take());
    }
  }
  page_.write("</main>\n@<script>@</script>\n</body>\n</html>\n",
              {assets.footer, assets.script});
  sink(page_.take());
}

void render_html(const report::Report& report, const Options& options,
                 const Sink& sink) {
  HtmlPage(report, options).render(sink);
}

}  // namespace

const Renderer kHtml{"html", "one page to look at, print and attach",
                     render_html};

}  // namespace iisdiag::render
