// A page to look at, to print and to attach to a ticket: one file that loads
// nothing. Its style and its script lie in html/ (embed_page.cmake).
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

// The signs at the stops of the way.
constexpr std::string_view kSymbols =
    R"(<svg class="off" aria-hidden="true"><defs>
<symbol id="s-visitor" viewBox="0 0 24 24"><circle cx="12" cy="8.5" r="3.5"/><path d="M5 19.5c.6-4 3.4-6 7-6s6.4 2 7 6"/></symbol>
<symbol id="s-iis" viewBox="0 0 24 24"><rect x="5" y="4.5" width="14" height="6" rx="1"/><rect x="5" y="13.5" width="14" height="6" rx="1"/><path d="M8 7.5h.01M8 16.5h.01M12 7.5h4M12 16.5h4"/></symbol>
<symbol id="s-passed" viewBox="0 0 24 24"><path d="M6.5 12.5l4 4 7-9"/></symbol>
<symbol id="s-failed" viewBox="0 0 24 24"><path d="M7 7l10 10M17 7L7 17"/></symbol>
<symbol id="s-warning" viewBox="0 0 24 24"><path d="M12 5.5v8M12 18h.01"/></symbol>
<symbol id="s-unknown" viewBox="0 0 24 24"><path d="M9 9c.2-2 1.4-3 3-3s3 1.1 3 2.7c0 2.3-3 2.6-3 5.3M12 18h.01"/></symbol>
<symbol id="s-skipped" viewBox="0 0 24 24"><path d="M7.5 12h9"/></symbol>
<pattern id="p-2" width="8" height="8" patternUnits="userSpaceOnUse"><path d="M0 0h8v4H0z"/></pattern>
<pattern id="p-3" width="3" height="8" patternUnits="userSpaceOnUse"><path d="M0 0h1.5v8H0z"/></pattern>
<pattern id="p-4" width="3" height="24" patternUnits="userSpaceOnUse"><path d="M0 0h1.5v12H0zM1.5 12h1.5v12H1.5z"/></pattern>
</defs></svg>
)";

bool is_in_order(const report::Identity& identity) {
  return identity.status == Status::kPassed ||
         identity.status == Status::kSkipped;
}

std::string or_not_known(std::string_view text) {
  return std::string(text.empty() ? "not known" : text);
}

// "2006-05-16 09:01:00", with the offset where it is known.
std::string time_words(const facts::Moment& moment) {
  std::string words = facts::iso_text(moment);
  words.replace(words.find('T'), 1, " ");
  if (words.back() == 'Z') {
    words.replace(words.size() - 1, 1, " UTC");
  }
  return words;
}

std::string windows_words(const report::Host& host) {
  std::string words = host.windows_name;
  if (words.empty()) {
    words = or_not_known(host.windows_version);
  } else if (!host.windows_version.empty()) {
    words += " (" + host.windows_version + ")";
  }
  if (host.role == "dc") {
    words += ", domain controller";
  } else if (host.role == "member") {
    words += ", member server";
  } else if (!host.role.empty() && host.role != "unknown") {
    words += ", " + host.role;
  }
  return words;
}

void write_counts(HtmlWriter& page, const report::Counts& counts) {
  page.open("ul", "class=\"counts\" aria-label=\"Checks by status\"");
  for (const Status status :
       {Status::kFailed, Status::kUnknown, Status::kWarning, Status::kPassed,
        Status::kSkipped}) {
    page.begin("li", counts[status] == 0 ? "class=\"zero\"" : "");
    page.element("b", {}, std::to_string(counts[status]));
    page.markup(" ");
    write_tag(page, status);
    page.close();
  }
  page.close();
}

void write_host_facts(HtmlWriter& page, const report::Host& host) {
  page.open("dl", "class=\"facts\"");
  write_row(page, "Source", source_words(host));
  write_row(page, "Windows", windows_words(host));
  write_row(page, "IIS", or_not_known(host.iis_version));
  if (host.source.captured_at) {
    write_row(page, "As of", time_words(*host.source.captured_at));
  }
  page.close();
}

// Facts as --verbose lists them.
void write_known(HtmlWriter& page, std::string_view title,
                 const std::vector<report::KnownFact>& known) {
  page.open("details", "class=\"known\"");
  page.line("summary", {}, title);
  page.open("table");
  page.markup(
      "<thead><tr><th scope=\"col\">Fact</th><th scope=\"col\">Value, and "
      "where it was read</th></tr></thead>\n");
  page.open("tbody");
  for (const report::KnownFact& fact : known) {
    page.begin("tr");
    page.element("th", "scope=\"row\"", fact.label);
    page.begin("td");
    write_with_origin(page, fact.text, fact.origin);
    page.end();
    page.close();
  }
  page.close();
  page.close();
  page.close();
}

// All nodes, many of them behind a line that opens them.
void write_nodes(HtmlWriter& page, const report::Identity& identity) {
  begin_row(page, "Nodes");
  if (identity.nodes.empty()) {
    page.markup("none");
  }
  for (std::size_t i = 0; i < identity.nodes.size(); ++i) {
    if (i == kMostNodes) {
      page.begin("details");
      page.element("summary", {},
                   std::to_string(identity.nodes.size() - i) + " more");
    }
    page.begin("div");
    page.text(identity.nodes[i]);
    page.end();
  }
  if (identity.nodes.size() > kMostNodes) {
    page.end();
  }
  end_row(page);
}

void write_settings(HtmlWriter& page, const report::Identity& identity) {
  page.open("dl", "class=\"facts\"");
  write_nodes(page, identity);
  write_row(page, "Anonymous access",
            !identity.anonymous   ? "not known"
            : *identity.anonymous ? "on"
                                  : "off");
  write_row(page, "Password from",
            identity.password_from.empty() ? "none, or not known"
                                           : identity.password_from);
  write_row(page, "Password sync", identity.password_sync);
  write_row(page, "Logon method", identity.logon_method);
  page.close();
}

// What a row of the list says of an identity.
std::string in_short(const report::Identity& identity) {
  if (identity.status == Status::kPassed) {
    return "in order";
  }
  for (const report::CheckResult& check : identity.checks) {
    if (check.status == identity.status) {
      return check.status == Status::kSkipped
                 ? check.summary
                 : check.title + ": " + check.summary;
    }
  }
  return {};
}

// What the tags mean, for those who see such a page for the first time.
void write_footer(HtmlWriter& page) {
  constexpr std::pair<Status, std::string_view> kMeanings[] = {
      {Status::kFailed, "a reason for the logon to be refused"},
      {Status::kUnknown, "could not be checked"},
      {Status::kWarning, "works, and should be changed"},
      {Status::kPassed, "in order"},
      {Status::kSkipped, "does not apply, or left out"}};
  page.open("footer");
  page.open("dl");
  for (const auto& [status, meaning] : kMeanings) {
    page.begin("div");
    page.begin("dt");
    write_tag(page, status);
    page.end();
    page.element("dd", {}, meaning);
    page.close();
  }
  page.close();
  page.close();
}

// One page of a report: the identities of all its hosts have numbers.
class HtmlPage {
 public:
  HtmlPage(const report::Report& report, const Options& options)
      : report_(report), options_(options) {}

  std::string render();

 private:
  bool is_single() const { return report_.hosts.size() == 1; }
  void write_head();
  void write_header();
  void write_host(const report::Host& host);
  void write_identity_list(const Identities& shown, std::size_t level);
  void write_rows(const Identities& shown, std::size_t begin, std::size_t end);
  void write_identity(const report::Host& host,
                      const report::Identity& identity, std::size_t position,
                      bool is_only, HtmlFindings& findings, std::size_t level);
  void write_notes(const report::Host& host, std::size_t level);

  const report::Report& report_;
  const Options& options_;
  HtmlWriter page_;
  std::size_t identities_ = 0;  // written so far
  std::size_t findings_ = 0;
};

void HtmlPage::write_head() {
  const std::string title =
      is_single() ? report_.hosts.front().name
                  : std::to_string(report_.hosts.size()) + " servers";
  page_.markup("<!DOCTYPE html>\n");
  page_.open("html", "lang=\"en\"");
  page_.open("head");
  page_.markup("<meta charset=\"utf-8\">\n");
  page_.markup(
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
      "'none'; style-src '");
  page_.markup(html_style().hash);
  page_.markup("'; script-src '");
  page_.markup(html_script().hash);
  page_.markup(
      "'; base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, "
      "initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n"
      "<meta name=\"referrer\" content=\"no-referrer\">\n");
  page_.line("title", {},
             tag(report_.status, false) + " " + title + ", iisdiag report");
  page_.begin("style");
  page_.markup(html_style().text);
  page_.close();
  page_.close();
}

void HtmlPage::write_header() {
  page_.open("header", html_class("top", report_.status));
  page_.begin("p", "class=\"program\"");
  page_.markup("Anonymous logon of IIS, checked by ");
  page_.element("b", {}, "iisdiag " + std::string(kVersion));
  page_.markup(" at ");
  page_.element("b", {}, time_words({report_.checked_at, 0}));
  page_.close();
  if (is_single()) {
    page_.line("h1", {}, report_.hosts.front().name);
  } else {
    page_.line("h1", {}, std::to_string(report_.hosts.size()) + " servers");
  }
  page_.begin("p", html_class("verdict", report_.status));
  write_tag(page_, report_.status);
  page_.markup(" ");
  page_.element("span", {},
                is_single() ? verdict(report_, report_.hosts.front())
                            : std::to_string(report_.counts.total()) +
                                  " checks of all servers");
  page_.close();
  write_counts(page_, report_.counts);
  if (is_single()) {
    write_host_facts(page_, report_.hosts.front());
  }
  page_.close();
}

void HtmlPage::write_rows(const Identities& shown, std::size_t begin,
                          std::size_t end) {
  constexpr std::size_t kNodes = 3;
  page_.open("table", "class=\"list\"");
  page_.markup(
      "<thead><tr><th scope=\"col\">Status</th><th scope=\"col\">Node and "
      "account</th><th scope=\"col\">Found</th></tr></thead>\n");
  page_.open("tbody");
  for (std::size_t i = begin; i < end; ++i) {
    const report::Identity& identity = *shown[i];
    page_.begin("tr");
    page_.begin("td");
    write_tag(page_, identity.status);
    page_.end();
    page_.begin("th", "scope=\"row\"");
    page_.begin("a", "href=\"#i" + std::to_string(identities_ + i + 1) + "\"");
    if (identity.nodes.empty()) {
      page_.markup("no node");
    }
    for (std::size_t n = 0; n < std::min(kNodes, identity.nodes.size()); ++n) {
      page_.markup(n == 0 ? "" : "<br>");
      page_.text(identity.nodes[n]);
    }
    page_.end();
    if (identity.nodes.size() > kNodes) {
      page_.text(" and " + std::to_string(identity.nodes.size() - kNodes) +
                 " more");
    }
    page_.markup(" ");
    page_.element("small", {},
                  std::string(facts::service_name(identity.service)) + " " +
                      (identity.account.empty() ? "account: " : "") +
                      account_words(identity));
    page_.end();
    page_.element("td", {}, in_short(identity));
    page_.close();
  }
  page_.close();
  page_.close();
}

void HtmlPage::write_identity_list(const Identities& shown, std::size_t level) {
  page_.open("section", "class=\"list-of\"");
  page_.line(html_heading(level), {},
             "Where: " + std::to_string(shown.size()) + " identities");
  const std::size_t open = std::min(kMostRows, shown.size());
  write_rows(shown, 0, open);
  if (shown.size() > open) {
    page_.open("details");
    page_.line("summary", {}, std::to_string(shown.size() - open) + " more");
    write_rows(shown, open, shown.size());
    page_.close();
  }
  page_.close();
}

void HtmlPage::write_identity(const report::Host& host,
                              const report::Identity& identity,
                              std::size_t position, bool is_only,
                              HtmlFindings& findings, std::size_t level) {
  const bool is_open =
      is_only || (position < kMostOpen && !is_in_order(identity));
  const std::string id = "id=\"i" + std::to_string(++identities_) + "\"";
  page_.open("section", "class=\"identity\"");
  if (!is_only) {
    page_.open("details", is_open ? "open" : "");
    page_.begin("summary");
  }
  page_.begin(html_heading(level));
  if (!is_only) {
    write_tag(page_, identity.status);
    page_.markup(" ");
  }
  page_.text(identity_words(identity, host));
  page_.close();
  if (!is_only) {
    page_.close();
  }
  page_.open("div", id);
  write_way(page_, host, identity);
  findings.write(identity, level + 1);
  write_logons(page_, identity, level + 1);
  page_.line(html_heading(level + 1), {}, "Settings in force");
  write_settings(page_, identity);
  if (options_.verbose) {
    write_known(page_, "What is known of this identity", identity.known);
  }
  page_.close();
  if (!is_only) {
    page_.close();
  }
  page_.close();
}

void HtmlPage::write_notes(const report::Host& host, std::size_t level) {
  const auto notes = all_notes(host);
  if (notes.empty() || options_.quiet) {
    return;
  }
  page_.open("section", "class=\"notes\"");
  page_.line(html_heading(level), {}, "Notes");
  page_.open("ul");
  for (const facts::Note& note : notes) {
    page_.begin("li");
    write_with_origin(page_, note.text, note.origin);
    page_.close();
  }
  page_.close();
  page_.close();
}

void HtmlPage::write_host(const report::Host& host) {
  std::size_t level = 2;
  if (!is_single()) {
    page_.open("section", "class=\"host\"");
    page_.begin("h2");
    write_tag(page_, host.status);
    page_.markup(" ");
    page_.text(host.name);
    page_.close();
    write_host_facts(page_, host);
    ++level;
  }
  Identities shown;
  for (const report::Identity& identity : host.identities) {
    if (!options_.quiet || !is_in_order(identity)) {
      shown.push_back(&identity);
    }
  }
  const bool is_only = host.identities.size() == 1;
  if (!is_only && !shown.empty()) {
    write_identity_list(shown, level);
  }
  HtmlFindings findings(page_, host, findings_);
  for (std::size_t i = 0; i < shown.size(); ++i) {
    write_identity(host, *shown[i], i, is_only, findings, level);
  }
  if (host.status == Status::kFailed) {
    page_.line("p", "class=\"after\"", after_repair(host));
  }
  findings.write_other_problems(level);
  write_notes(host, level);
  if (options_.verbose) {
    std::vector<report::KnownFact> known = host.known;
    if (!host.ignored.empty()) {
      known.push_back(
          {"ignored, being no evidence", text::join(host.ignored, ", "), {}});
    }
    write_known(page_, "What is known of this server", known);
  }
  if (!is_single()) {
    page_.close();
  }
}

std::string HtmlPage::render() {
  write_head();
  page_.open("body");
  page_.markup(kSymbols);
  write_header();
  page_.open("main");
  for (const report::Host& host : report_.hosts) {
    write_host(host);
  }
  page_.close();
  write_footer(page_);
  page_.line("p", "id=\"said\" class=\"off\" role=\"status\"", {});
  page_.begin("script");
  page_.markup(html_script().text);
  page_.close();
  page_.close();
  page_.close();
  return page_.take();
}

std::string render(const report::Report& report, const Options& options) {
  return HtmlPage(report, options).render();
}

}  // namespace

const Renderer kHtml{"html", "one page to look at, print and attach", render};

}  // namespace iisdiag::render
