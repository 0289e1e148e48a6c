// The page as a whole, and that nothing of the evidence turns into markup. What
// a browser makes of it: tests/scripts/html.sh.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "golden.hpp"
#include "render/html_assets.hpp"
#include "render/html_writer.hpp"
#include "render/renderer.hpp"
#include "samples.hpp"
#include "text/unicode.hpp"

namespace iisdiag::render {
namespace {

void replace_once(std::string& page, std::string_view what,
                  std::string_view with) {
  const auto at = page.find(what);
  ASSERT_NE(at, std::string::npos) << with;
  page.replace(at, what.size(), with);
  EXPECT_EQ(page.find(what, at + with.size()), std::string::npos) << with;
}

std::string html(const report::Report& report, const Options& options = {}) {
  return rendered(kHtml, report, options);
}

// Without style and script, which change more often and are files of their own.
std::string bare(const report::Report& report, const Options& options = {}) {
  std::string page = html(report, options);
  const HtmlAssets assets;
  replace_once(page, assets.style, "STYLE");
  replace_once(page, assets.script, "SCRIPT");
  replace_once(page, assets.style_hash, "HASH OF STYLE");
  replace_once(page, assets.script_hash, "HASH OF SCRIPT");
  return page;
}

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string_view::npos;
       at = text.find(part, at + part.size())) {
    ++found;
  }
  return found;
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

TEST(HtmlTest, Failed) {
  EXPECT_EQ(bare(samples::failed()), golden("failed.html"));
}

TEST(HtmlTest, DamagedVerbose) {
  EXPECT_EQ(bare(samples::damaged(), {.verbose = true}),
            golden("damaged-verbose.html"));
}

TEST(HtmlTest, TwoIdentities) {
  EXPECT_EQ(bare(samples::two_identities()), golden("two-identities.html"));
}

TEST(HtmlTest, NoIdentity) {
  const std::string page = bare(samples::no_identity());
  EXPECT_TRUE(contains(page, "<h1>WEB01</h1>\n"));
  EXPECT_TRUE(
      contains(page, "Nothing to check: no anonymous logon is made here."));
  EXPECT_TRUE(contains(page, "<li>Anonymous access is off at every node."));
  EXPECT_FALSE(contains(page, "<figure"));
  EXPECT_FALSE(contains(page, "the worst first"));
}

// Reports of several servers are made elsewhere; the page is ready for them.
TEST(HtmlTest, SeveralHosts) {
  report::Report report = samples::failed();
  report.hosts.push_back(samples::passed().hosts.front());
  report.hosts.back().name = "WEB02";
  samples::settle(report);
  const std::string page = bare(report);
  EXPECT_EQ(count(page, "<h1>"), 1U);
  EXPECT_TRUE(contains(page, "<h1>2 servers</h1>"));
  EXPECT_TRUE(contains(page, "<span class=\"tag failed\">FAIL</span> WEB01"));
  EXPECT_TRUE(contains(page, "<span class=\"tag passed\">PASS</span> WEB02"));
  EXPECT_EQ(count(page, " id=\"i1\""), 1U);
  EXPECT_EQ(count(page, " id=\"i2\""), 1U);
}

TEST(HtmlTest, Empty) {
  const std::string page = bare({});
  EXPECT_TRUE(contains(page, "<h1>0 servers</h1>"));
  EXPECT_TRUE(page.ends_with("</html>\n"));
}

// Only what is not in order, and no notes.
TEST(HtmlTest, Quiet) {
  const Options quiet{.quiet = true};
  const std::string two = bare(samples::two_identities(), quiet);
  EXPECT_TRUE(contains(two, "id=\"i1\""));
  EXPECT_FALSE(contains(two, "id=\"i2\""));
  EXPECT_FALSE(contains(two, "Notes"));
  EXPECT_FALSE(contains(bare(samples::passed(), quiet), "<figure"));
  EXPECT_TRUE(
      contains(bare(samples::passed(), quiet), "Passed: all 4 checks."));
}

// Width and colour are those of a terminal.
TEST(HtmlTest, TheTerminalChangesNothing) {
  EXPECT_EQ(html(samples::failed(), {.color = true, .width = 40}),
            html(samples::failed()));
}

TEST(HtmlTest, WherePlacesAreMarked) {
  report::Report report = samples::failed();
  auto& checks = report.hosts[0].identities[0].checks;
  // A second root cause, behind the first.
  checks[3].findings[0].root = true;
  const std::string page = bare(report);
  EXPECT_EQ(count(page, "<em>breaks here</em>"), 1U);
  EXPECT_EQ(count(page, "<em>would break here, too</em>"), 1U);
  EXPECT_EQ(count(bare(samples::failed()), "<em>a consequence</em>"), 1U);
}

// Steps that stand there once are linked to.
TEST(HtmlTest, StepsAreToldOnce) {
  report::Report report = samples::failed();
  auto& host = report.hosts[0];
  host.identities.push_back(host.identities[0]);
  samples::settle(report);
  const std::string page = bare(report);
  EXPECT_EQ(count(page, "<code>gpupdate /force</code>"), 1U);
  EXPECT_TRUE(contains(page,
                       "<a href=\"#f1\">As above, where this was found "
                       "first.</a>"));
}

// Neither seconds nor a gigabyte for very many identities: what one adds is
// bounded, and most of them begin closed.
TEST(HtmlTest, ManyIdentities) {
  report::Report report = samples::failed();
  auto& identities = report.hosts[0].identities;
  identities.front().logons.clear();
  for (int i = 0; i < 4999; ++i) {
    identities.push_back(identities.front());
  }
  samples::settle(report);
  const std::string page = bare(report);
  EXPECT_LT(page.size(), 5000U * 4096);
  EXPECT_EQ(count(page, "<details open>"), 3U);
  EXPECT_EQ(count(page, "<tr><td>"), 5000U);
  EXPECT_TRUE(contains(page, "<summary>4980 more</summary>"));
  EXPECT_TRUE(contains(page, "id=\"i5000\""));
}

TEST(HtmlTest, ManyNodes) {
  report::Report report = samples::two_identities();
  auto& nodes = report.hosts[0].identities[0].nodes;
  nodes.clear();
  for (int i = 1; i <= 7; ++i) {
    nodes.push_back("/LM/W3SVC/" + std::to_string(i) + "/ROOT");
  }
  const std::string page = bare(report);
  EXPECT_TRUE(contains(page, "/LM/W3SVC/3/ROOT</a> and 4 more"));
  EXPECT_TRUE(contains(page,
                       "<div>/LM/W3SVC/5/ROOT</div><details><summary>2 "
                       "more</summary><div>/LM/W3SVC/6/ROOT</div>"));
}

// The other hostile names: those of samples.hpp.
TEST(HtmlTest, Hostile) {
  const std::string page = bare(samples::hostile());
  EXPECT_EQ(count(page, "<script"), 1U);
  EXPECT_EQ(count(page, "</script"), 1U);
  EXPECT_FALSE(contains(page, "<img"));
  EXPECT_TRUE(contains(page, "&lt;/title&gt;&lt;script&gt;alert(1)"));
  EXPECT_TRUE(contains(page, "<h1>W&amp;calc|&quot;%PATH%!X!^(1)</h1>"));
}

std::string escaped(std::string_view text) {
  HtmlWriter page;
  page.text(text);
  return page.take();
}

TEST(HtmlTest, Escapes) {
  EXPECT_EQ(escaped("a<b>&\"c\" 'd'"), "a&lt;b&gt;&amp;&quot;c&quot; 'd'");
  EXPECT_EQ(escaped("\x1b[1m\r\n\xE2\x80\xAE"),
            "\\u{1B}[1m\\u{D}\\u{A}\\u{202E}");
  EXPECT_EQ(escaped("]]></style>"), "]]&gt;&lt;/style&gt;");
  EXPECT_EQ(escaped("\xFF"), "\xEF\xBF\xBD");
}

TEST(HtmlTest, MarkupWithArguments) {
  HtmlWriter page;
  page.write("<a href=\"#@\">$</a>", {"<1>", "<$@>"});
  page.number(18446744073709551615U);
  EXPECT_EQ(page.take(), "<a href=\"#<1>\">&lt;$@&gt;</a>18446744073709551615");
}

constexpr std::string_view kHostile =
    "</style></script><script>x=1</script><img src=x onerror=\"x=1\">&amp;]]>"
    "-->\"'\x01\x1b[31m\r\n\xE2\x80\xAE\xFF";

// Every string of a report that evidence can have filled.
report::Report hostile() {
  report::Report report = samples::damaged();
  const auto fill = [](std::string& text) { text += kHostile; };
  auto denied = samples::failed().hosts[0].identities[0].checks[2];
  report::Host& host = report.hosts[0];
  host.identities[0].checks[0] = denied;
  host.identities.push_back(host.identities[0]);
  fill(host.name);
  fill(host.source.paths[0]);
  fill(host.windows_version);
  fill(host.windows_name);
  fill(host.iis_version);
  fill(host.ignored[0]);
  const auto origin = facts::Origin::in_file(kHostile, 3);
  host.notes = {{std::string(kHostile), origin}};
  for (facts::Problem& problem : host.problems) {
    fill(problem.text);
    fill(problem.line);
    fill(problem.todo);
    fill(problem.command);
    problem.column = problem.line.size() / 2;
  }
  host.problems.push_back(
      {std::string(kHostile), origin, std::string(kHostile), 500, "", ""});
  host.known.push_back({std::string(kHostile), std::string(kHostile), origin});
  for (report::Identity& identity : host.identities) {
    fill(identity.account);
    fill(identity.password_from);
    identity.nodes.emplace_back(kHostile);
    identity.known = host.known;
    for (report::CheckResult& check : identity.checks) {
      fill(check.summary);
      for (report::Finding& finding : check.findings) {
        fill(finding.summary);
        fill(finding.expected);
        fill(finding.why_caused);
        finding.found.push_back({std::string(kHostile), origin});
        finding.steps.push_back(
            {std::string(kHostile), {std::string(kHostile)}});
      }
    }
  }
  samples::settle(report);
  return report;
}

TEST(HtmlTest, NothingOfTheEvidenceIsMarkup) {
  const std::string page = bare(hostile(), {.verbose = true});
  EXPECT_EQ(count(page, "<script"), 1U);
  EXPECT_EQ(count(page, "</script"), 1U);
  EXPECT_EQ(count(page, "<style"), 1U);
  EXPECT_EQ(count(page, "</style"), 1U);
  EXPECT_FALSE(contains(page, "<img"));
  EXPECT_FALSE(contains(page, "-->"));
  EXPECT_FALSE(contains(page, "]]>"));
  EXPECT_FALSE(contains(page, "\xE2\x80\xAE"));
  EXPECT_TRUE(text::is_utf8(page));
  EXPECT_TRUE(std::none_of(page.begin(), page.end(), [](char byte) {
    return byte != '\n' && static_cast<unsigned char>(byte) < ' ';
  }));
  EXPECT_GT(count(page, "&lt;script&gt;x=1&lt;/script&gt;"), 30U);
}

// A style or a script that closed its own element would be cut there.
TEST(HtmlTest, StyleAndScriptStayInTheirElements) {
  const HtmlAssets assets;
  for (const std::string_view text : {assets.style, assets.script}) {
    EXPECT_GT(text.size(), 1000U);
    EXPECT_FALSE(contains(text, "</"));
    EXPECT_FALSE(contains(text, "<!--"));
    EXPECT_FALSE(contains(text, "/*"));
  }
  EXPECT_TRUE(assets.style.starts_with(":root{"));
  EXPECT_TRUE(assets.script.ends_with("})();"));
  EXPECT_TRUE(assets.signs.ends_with("</svg>\n"));
  EXPECT_TRUE(assets.footer.starts_with("<footer>"));
  for (const std::string_view hash : {assets.style_hash, assets.script_hash}) {
    EXPECT_TRUE(hash.starts_with("sha256-"));
    EXPECT_EQ(hash.size(), std::string_view("sha256-").size() + 44);
  }
}

}  // namespace
}  // namespace iisdiag::render
