// The logons on record as bars and as a table.
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "render/renderer.hpp"
#include "samples.hpp"

namespace iisdiag::render {
namespace {

using facts::kDay;
using facts::kHour;
using report::RecordedHour;

constexpr facts::ClockSeconds kStart = 1147759200;  // 2006-05-16 06:00

// The part of the page with the heading's text and what follows.
std::string logons(std::vector<RecordedHour> rows) {
  report::Report report = samples::failed();
  report.hosts[0].identities[0].logons = std::move(rows);
  const std::string page = rendered(kHtml, report, {});
  const auto begin = page.find("<h3>Logons on record");
  return begin == std::string::npos
             ? std::string()
             : page.substr(begin, page.find("<h3>Settings") - begin);
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

TEST(HtmlLogonsTest, NoneOnRecord) { EXPECT_EQ(logons({}), ""); }

TEST(HtmlLogonsTest, AFewHours) {
  EXPECT_EQ(logons({{kStart, false, 0, 3},
                    {kStart, false, 1385, 1},
                    {kStart + 2 * kHour, false, 1385, 2}}),
            R"(<h3>Logons on record</h3>
<figure class="logons">
<figcaption>Records by the hour, UTC; highest bar: 4</figcaption>
<svg class="bars" role="img" aria-label="Bars; the numbers stand in the table below" preserveAspectRatio="none" viewBox="0 0 240 200"><rect class="k0" x="100" y="50" width="9" height="150"/><rect class="k1" x="100" y="0" width="9" height="50"/><rect class="k1" x="120" y="100" width="9" height="100"/></svg>
<p class="axis"><span>2006-05-15 20:00</span> <span>2006-05-16 20:00</span></p>
<ul class="legend">
<li><svg aria-hidden="true"><rect class="k0" x="0" y="0" width="16" height="16"/></svg> accepted: 3</li>
<li><svg aria-hidden="true"><rect class="k1" x="0" y="0" width="16" height="16"/></svg> refused, error 1385: 3</li>
</ul>
<details open>
<summary>The numbers</summary>
<table>
<thead><tr><th scope="col">Hour</th><th scope="col">Result</th><th scope="col">Records</th></tr></thead>
<tbody>
<tr><th scope="row">2006-05-16 06:00</th><td>accepted</td><td>3</td></tr>
<tr><th scope="row">2006-05-16 06:00</th><td>refused, error 1385</td><td>1</td></tr>
<tr><th scope="row">2006-05-16 08:00</th><td>refused, error 1385</td><td>2</td></tr>
</tbody>
</table>
</details>
</figure>
)");
}

TEST(HtmlLogonsTest, WordsOfResults) {
  const std::string part = logons({{kStart, true, {}, 1},
                                   {kStart, true, 0xC000006D, 1},
                                   {kStart, true, 0x80090308, 1}});
  EXPECT_TRUE(contains(part, "<td>refused, no reason told</td>"));
  EXPECT_TRUE(contains(part, "<td>refused, 0xC000006D</td>"));
  EXPECT_TRUE(contains(part, "<td>refused, 0x80090308</td>"));
  EXPECT_TRUE(contains(part, "by the hour, on the server's own clock"));
}

// Which of them is how far apart nobody knows.
TEST(HtmlLogonsTest, TwoClocksAreTwoPictures) {
  const std::string part = logons({{kStart, false, 1326, 1},
                                   {kStart, true, 1326, 1},
                                   {kStart + kHour, false, 1326, 1}});
  EXPECT_EQ(count(part, "<figure"), 2U);
  EXPECT_EQ(count(part, "<figcaption>Records by the hour, UTC;"), 1U);
  EXPECT_EQ(count(part, "own clock;"), 1U);
  EXPECT_EQ(count(part, "<th scope=\"row\">"), 3U);
}

TEST(HtmlLogonsTest, BarsStandForMoreWhereHoursLieFarApart) {
  const auto spanning = [](facts::ClockSeconds span) {
    return logons({{kStart, false, 1326, 1}, {kStart + span, false, 1326, 1}});
  };
  EXPECT_TRUE(contains(spanning(167 * kHour), "by the hour"));
  EXPECT_TRUE(contains(spanning(167 * kHour), "viewBox=\"0 0 1680 200\""));
  EXPECT_TRUE(contains(spanning(168 * kHour), "by the day"));
  EXPECT_TRUE(contains(spanning(168 * kHour), "x=\"150\""));
  EXPECT_TRUE(contains(spanning(167 * kDay), "by the day"));
  EXPECT_TRUE(contains(spanning(168 * kDay), "by 7 days"));
  EXPECT_TRUE(contains(spanning(20 * 365 * kDay), "by 112 days"));
  // From the first to the last year that there are times of.
  EXPECT_EQ(count(logons({{-11644473600, false, 1326, 1},
                          {253402297200, false, 1326, 1}}),
                  "width=\"9\""),
            2U);
}

TEST(HtmlLogonsTest, NumbersOfAnySize) {
  constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();
  const std::string part =
      logons({{kStart, false, 1326, kMost}, {kStart + kHour, false, 1326, 1}});
  EXPECT_TRUE(contains(part, "y=\"0\" width=\"9\" height=\"200\""));
  // One record is seen beside any number.
  EXPECT_TRUE(contains(part, "y=\"197\" width=\"9\" height=\"3\""));
  EXPECT_TRUE(contains(part, "<td>18446744073709551615</td>"));
}

// Frequent refusals first; what is beyond four looks alike.
TEST(HtmlLogonsTest, KindsOfBars) {
  std::vector<RecordedHour> rows;
  for (std::uint32_t code = 1326; code < 1333; ++code) {
    rows.push_back({kStart, false, code, code});
  }
  const std::string part = logons(rows);
  EXPECT_TRUE(contains(part,
                       "class=\"k1\" x=\"0\" y=\"0\" width=\"16\" "
                       "height=\"16\"/></svg> refused, error 1332"));
  EXPECT_EQ(count(part, "class=\"k5\" x=\"0\" y=\"0\" width=\"16\""), 3U);
  EXPECT_EQ(count(part, "width=\"9\""), 5U);
}

TEST(HtmlLogonsTest, ALongTableIsClosed) {
  std::vector<RecordedHour> rows;
  for (int hour = 0; hour < 12; ++hour) {
    rows.push_back({kStart + hour * kHour, false, 1326, 1});
  }
  EXPECT_TRUE(contains(logons(rows), "<details open>"));
  rows.push_back({kStart + 12 * kHour, false, 1326, 1});
  EXPECT_TRUE(contains(logons(rows), "<details>"));
}

}  // namespace
}  // namespace iisdiag::render
