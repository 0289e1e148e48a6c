// The logons on record as bars, and as the table that says the same.
#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <utility>

#include "render/html_parts.hpp"
#include "text/strings.hpp"

namespace iisdiag::render {
namespace {

using facts::ClockSeconds;
using report::RecordedHour;
using Rows = std::span<const RecordedHour>;
using Code = std::optional<std::uint32_t>;

constexpr std::size_t kMostBars = 168;
constexpr std::size_t kFewestBars = 12;  // or a single one would be a wall
constexpr std::size_t kMostOpenRows = 12;
// How bars are drawn: what was accepted, the most frequent refusals, the rest.
constexpr std::size_t kMostKinds = 5;
constexpr std::uint64_t kHeight = 200;
constexpr std::uint64_t kBarWidth = 10;

std::string result_words(const Code& code) {
  if (!code) {
    return "refused, no reason told";
  }
  if (*code == 0) {
    return "accepted";
  }
  constexpr std::uint32_t kFirstStatus = 0x80000000;
  if (*code < kFirstStatus) {
    return "refused, error " + std::to_string(*code);
  }
  std::string digits(8, '0');
  std::uint32_t rest = *code;
  for (std::size_t i = digits.size(); i > 0; --i, rest /= 16) {
    digits[i - 1] = "0123456789ABCDEF"[rest % 16];
  }
  return "refused, 0x" + digits;
}

// "2006-05-16 06:00"
std::string hour_words(ClockSeconds hour) {
  constexpr std::size_t kToMinutes = 16;
  std::string words = facts::iso_text({hour, {}}).substr(0, kToMinutes);
  words.replace(words.find('T'), 1, " ");
  return words;
}

// Hours of one clock: bars of equal width that begin at `begin`.
struct Axis {
  ClockSeconds begin = 0;
  ClockSeconds width = facts::kHour;  // what a bar stands for
  std::size_t bars = 0;

  std::size_t bar(ClockSeconds hour) const {
    return static_cast<std::size_t>((hour - begin) / width);
  }
};

ClockSeconds round_down(ClockSeconds time, ClockSeconds step) {
  const ClockSeconds rest = time % step;
  return time - (rest < 0 ? rest + step : rest);
}

Axis axis_of(Rows rows) {
  Axis axis;
  const ClockSeconds first = rows.front().hour;
  const ClockSeconds last = rows.back().hour;
  // Hours; where they lie too far apart days, then weeks, then several weeks.
  while ((round_down(last, axis.width) - round_down(first, axis.width)) /
             axis.width >=
         static_cast<ClockSeconds>(kMostBars)) {
    axis.width = axis.width == facts::kHour  ? facts::kDay
                 : axis.width == facts::kDay ? 7 * facts::kDay
                                             : axis.width * 4;
  }
  axis.begin = round_down(first, axis.width);
  axis.bars = axis.bar(last) + 1;
  if (axis.bars < kFewestBars) {
    axis.begin -=
        static_cast<ClockSeconds>((kFewestBars - axis.bars) / 2) * axis.width;
    axis.bars = kFewestBars;
  }
  return axis;
}

std::string width_words(ClockSeconds width) {
  return width == facts::kHour  ? "by the hour"
         : width == facts::kDay ? "by the day"
         : width == 7 * facts::kDay
             ? "by the week"
             : "by " + std::to_string(width / (7 * facts::kDay)) + " weeks";
}

struct Kind {
  Code code;
  std::uint64_t count = 0;
};

// What was accepted first, then by their number, the greatest first.
std::vector<Kind> kinds_of(Rows rows) {
  std::map<Code, std::uint64_t> counts;
  for (const RecordedHour& row : rows) {
    counts[row.code] += row.count;
  }
  std::vector<Kind> kinds;
  for (const auto& [code, count] : counts) {
    kinds.push_back({code, count});
  }
  std::stable_sort(
      kinds.begin(), kinds.end(), [](const Kind& one, const Kind& other) {
        const bool accepted = one.code == Code(0);
        return accepted != (other.code == Code(0)) ? accepted
                                                   : one.count > other.count;
      });
  return kinds;
}

// class="k0" for what was accepted, "k1" for the most frequent refusal ...
std::vector<std::size_t> styles_of(const std::vector<Kind>& kinds) {
  const bool has_accepted = !kinds.empty() && kinds.front().code == Code(0);
  std::vector<std::size_t> styles;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    styles.push_back(std::min(has_accepted ? i : i + 1, kMostKinds));
  }
  return styles;
}

void write_rect(HtmlWriter& page, std::size_t style, std::uint64_t x,
                std::uint64_t y, std::uint64_t height) {
  page.markup("<rect class=\"k");
  page.markup(std::to_string(style));
  page.markup("\" x=\"");
  page.markup(std::to_string(x));
  page.markup("\" y=\"");
  page.markup(std::to_string(y));
  page.markup("\" width=\"");
  page.markup(std::to_string(kBarWidth - 1));
  page.markup("\" height=\"");
  page.markup(std::to_string(height));
  page.markup("\"/>");
}

using Bar = std::array<std::uint64_t, kMostKinds + 1>;

// Returns the greatest sum of a bar.
std::uint64_t write_bars(HtmlWriter& page, Rows rows, const Axis& axis,
                         const std::vector<Kind>& kinds) {
  const auto styles = styles_of(kinds);
  std::map<Code, std::size_t> style_of;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    style_of[kinds[i].code] = styles[i];
  }
  std::vector<Bar> bars(axis.bars);
  std::uint64_t most = 1;
  for (const RecordedHour& row : rows) {
    Bar& bar = bars[axis.bar(row.hour)];
    bar.at(style_of[row.code]) += row.count;
    std::uint64_t sum = 0;
    for (const std::uint64_t part : bar) {
      sum += part;
    }
    most = std::max(most, sum);
  }
  // Whole numbers, for they come out the same everywhere; no overflow.
  const std::uint64_t unit =
      most / (std::numeric_limits<std::uint64_t>::max() / kHeight) + 1;
  page.begin(
      "svg",
      "class=\"bars\" role=\"img\" aria-label=\"Bars; the numbers stand "
      "in the table below\" preserveAspectRatio=\"none\" viewBox=\"0 0 " +
          std::to_string(axis.bars * kBarWidth) + " " +
          std::to_string(kHeight) + "\"");
  for (std::size_t i = 0; i < bars.size(); ++i) {
    std::uint64_t y = kHeight;
    for (std::size_t style = 0; style < bars[i].size(); ++style) {
      const std::uint64_t part = bars[i].at(style);
      if (part > 0) {
        // One record is seen beside a million.
        constexpr std::uint64_t kLeast = 3;
        const std::uint64_t height = std::min(
            y, std::max(kLeast, part / unit * kHeight / (most / unit)));
        y -= height;
        write_rect(page, style, i * kBarWidth, y, height);
      }
    }
  }
  page.close();
  return most;
}

void write_legend(HtmlWriter& page, const std::vector<Kind>& kinds) {
  const auto styles = styles_of(kinds);
  page.open("ul", "class=\"legend\"");
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    page.begin("li");
    page.begin("svg", "aria-hidden=\"true\"");
    page.markup("<rect class=\"k" + std::to_string(styles[i]) +
                "\" width=\"16\" height=\"16\"/>");
    page.end();
    page.markup(" ");
    page.text(result_words(kinds[i].code) + ": " +
              std::to_string(kinds[i].count));
    page.close();
  }
  page.close();
}

void write_table(HtmlWriter& page, Rows rows) {
  page.open("details", rows.size() <= kMostOpenRows ? "open" : "");
  page.line("summary", {}, "The numbers");
  page.open("table");
  page.markup(
      "<thead><tr><th scope=\"col\">Hour</th><th scope=\"col\">Result</th>"
      "<th scope=\"col\">Records</th></tr></thead>\n");
  page.open("tbody");
  for (const RecordedHour& row : rows) {
    page.begin("tr");
    page.element("th", "scope=\"row\"", hour_words(row.hour));
    page.element("td", {}, result_words(row.code));
    page.element("td", {}, std::to_string(row.count));
    page.close();
  }
  page.close();
  page.close();
  page.close();
}

void write_clock(HtmlWriter& page, Rows rows) {
  const Axis axis = axis_of(rows);
  const auto kinds = kinds_of(rows);
  page.open("figure", "class=\"logons\"");
  HtmlWriter bars;
  const std::uint64_t most = write_bars(bars, rows, axis, kinds);
  page.line("figcaption", {},
            "Records " + width_words(axis.width) + ", " +
                (rows.front().is_local ? "on the server's own clock" : "UTC") +
                "; at most " + std::to_string(most));
  page.markup(bars.take());
  page.open("p", "class=\"axis\"");
  page.line("span", {}, hour_words(axis.begin));
  page.line("span", {},
            hour_words(axis.begin +
                       static_cast<ClockSeconds>(axis.bars) * axis.width));
  page.close();
  write_legend(page, kinds);
  write_table(page, rows);
  page.close();
}

}  // namespace

void write_logons(HtmlWriter& page, const report::Identity& identity,
                  std::size_t level) {
  if (identity.logons.empty()) {
    return;
  }
  page.line(html_heading(level), {}, "Logons on record");
  std::vector<RecordedHour> rows = identity.logons;
  const auto local = std::stable_partition(
      rows.begin(), rows.end(), [](const auto& row) { return !row.is_local; });
  for (const Rows part : {Rows(rows.begin(), local), Rows(local, rows.end())}) {
    if (!part.empty()) {
      write_clock(page, part);
    }
  }
}

}  // namespace iisdiag::render
