// The logons on record as bars, and as the table that says the same.
#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <utility>

#include "render/html_parts.hpp"

namespace iisdiag::render {
namespace {

using facts::ClockSeconds;
using report::RecordedHour;
using Rows = std::vector<RecordedHour>;
using Code = std::optional<std::uint32_t>;

constexpr std::size_t kMostBars = 168;
constexpr std::size_t kFewestBars = 24;  // or a single one would be a wall
constexpr std::size_t kMostOpenRows = 12;
// How bars are drawn: what was accepted, the most frequent refusals, the rest.
constexpr std::size_t kMostStyles = 6;
constexpr std::uint64_t kHeight = 200;
constexpr std::uint64_t kBarWidth = 10;

void write_result(HtmlWriter& page, const Code& code) {
  constexpr std::uint32_t kFirstStatus = 0x80000000;
  if (!code) {
    page.write("refused, no reason told");
  } else if (*code == 0) {
    page.write("accepted");
  } else if (*code < kFirstStatus) {
    page.write("refused, error ");
    page.number(*code);
  } else {
    page.write("refused, 0x");
    for (unsigned shift = 32; shift > 0; shift -= 4) {
      page.markup({&"0123456789ABCDEF"[*code >> (shift - 4) & 15U], 1});
    }
  }
}

// "2006-05-16 06:00"
void write_hour(HtmlWriter& page, ClockSeconds hour) {
  constexpr std::size_t kToMinutes = 16;
  std::string words = facts::iso_text({hour, {}});
  words[words.find('T')] = ' ';
  page.markup(std::string_view(words).substr(0, kToMinutes));
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

Axis axis_of(const Rows& rows) {
  Axis axis;
  for (;;) {
    axis.begin = round_down(rows.front().hour, axis.width);
    axis.bars = axis.bar(rows.back().hour) + 1;
    if (axis.bars <= kMostBars) {
      break;
    }
    // Where hours lie too far apart days, then weeks, then several weeks.
    axis.width = axis.width == facts::kHour  ? facts::kDay
                 : axis.width == facts::kDay ? 7 * facts::kDay
                                             : axis.width * 4;
  }
  if (axis.bars < kFewestBars) {
    axis.begin -=
        static_cast<ClockSeconds>((kFewestBars - axis.bars) / 2) * axis.width;
    axis.bars = kFewestBars;
  }
  return axis;
}

// What came out, and how often.
struct Kind {
  Code code;
  std::uint64_t count = 0;
  // 0 for what was accepted, 1 for the most frequent refusal ...
  std::size_t style = 0;
};

bool stands_before(const Kind& one, const Kind& other) {
  const bool accepted = one.code == Code(0);
  return accepted != (other.code == Code(0)) ? accepted
                                             : one.count > other.count;
}

Kind* find_kind(std::vector<Kind>& kinds, const Code& code) {
  for (Kind& kind : kinds) {
    if (kind.code == code) {
      return &kind;
    }
  }
  return nullptr;
}

// In the order of their styles.
std::vector<Kind> kinds_of(const Rows& rows) {
  std::vector<Kind> kinds;
  for (const RecordedHour& row : rows) {
    if (Kind* known = find_kind(kinds, row.code)) {
      known->count += row.count;
    } else {
      kinds.push_back({row.code, row.count, 0});
    }
  }
  // There are few; equal ones stay in the order of the rows.
  for (std::size_t i = 1; i < kinds.size(); ++i) {
    for (std::size_t j = i; j > 0 && stands_before(kinds[j], kinds[j - 1]);
         --j) {
      std::swap(kinds[j], kinds[j - 1]);
    }
  }
  std::size_t style = kinds.front().code == Code(0) ? 0 : 1;
  for (Kind& kind : kinds) {
    kind.style = std::min(style++, kMostStyles - 1);
  }
  return kinds;
}

void write_rect(HtmlWriter& page, std::size_t style, std::uint64_t x,
                std::uint64_t y, std::uint64_t width, std::uint64_t height) {
  static constexpr std::array kNames = {"<rect class=\"k", "\" x=\"", "\" y=\"",
                                        "\" width=\"", "\" height=\""};
  const std::uint64_t values[] = {style, x, y, width, height};
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    page.markup(kNames.at(i));
    page.number(values[i]);
  }
  page.markup("\"/>");
}

// Counts by style.
using Bar = std::array<std::uint64_t, kMostStyles>;

void write_bar(HtmlWriter& page, const Bar& bar, std::uint64_t x,
               std::uint64_t most) {
  // Whole numbers, for they come out the same everywhere; no overflow.
  const std::uint64_t unit =
      most / (std::numeric_limits<std::uint64_t>::max() / kHeight) + 1;
  // One record is seen beside a million.
  constexpr std::uint64_t kLeast = 3;
  std::uint64_t y = kHeight;
  for (std::size_t style = 0; style < bar.size(); ++style) {
    if (bar.at(style) > 0) {
      const std::uint64_t height = std::min(
          y, std::max(kLeast, bar.at(style) / unit * kHeight / (most / unit)));
      y -= height;
      write_rect(page, style, x, y, kBarWidth - 1, height);
    }
  }
}

void write_bars(HtmlWriter& page, const Rows& rows, const Axis& axis,
                std::vector<Kind>& kinds) {
  std::array<Bar, kMostBars> bars{};
  std::uint64_t most = 1;
  for (const RecordedHour& row : rows) {
    Bar& bar = bars.at(axis.bar(row.hour));
    bar.at(find_kind(kinds, row.code)->style) += row.count;
    std::uint64_t sum = 0;
    for (const std::uint64_t part : bar) {
      sum += part;
    }
    most = std::max(most, sum);
  }
  page.number(most);
  page.write(
      "</figcaption>\n<svg class=\"bars\" role=\"img\" aria-label=\"Bars; the "
      "numbers stand in the table below\" preserveAspectRatio=\"none\" "
      "viewBox=\"0 0 ");
  page.number(axis.bars * kBarWidth);
  page.write(" ");
  page.number(kHeight);
  page.write("\">");
  for (std::size_t i = 0; i < axis.bars; ++i) {
    write_bar(page, bars.at(i), i * kBarWidth, most);
  }
  page.write("</svg>\n<p class=\"axis\"><span>");
  write_hour(page, axis.begin);
  page.write("</span> <span>");
  write_hour(page,
             axis.begin + static_cast<ClockSeconds>(axis.bars) * axis.width);
  page.write("</span></p>\n");
}

void write_legend(HtmlWriter& page, const std::vector<Kind>& kinds) {
  page.write("<ul class=\"legend\">\n");
  for (const Kind& kind : kinds) {
    page.write("<li><svg aria-hidden=\"true\">");
    write_rect(page, kind.style, 0, 0, 16, 16);
    page.write("</svg> ");
    write_result(page, kind.code);
    page.write(": ");
    page.number(kind.count);
    page.write("</li>\n");
  }
  page.write("</ul>\n");
}

void write_table(HtmlWriter& page, const Rows& rows) {
  page.write(
      "<details@>\n<summary>The numbers</summary>\n<table>\n<thead><tr><th "
      "scope=\"col\">Hour</th><th scope=\"col\">Result</th><th scope=\"col\">"
      "Records</th></tr></thead>\n<tbody>\n",
      {rows.size() <= kMostOpenRows ? " open" : ""});
  for (const RecordedHour& row : rows) {
    page.write("<tr><th scope=\"row\">");
    write_hour(page, row.hour);
    page.write("</th><td>");
    write_result(page, row.code);
    page.write("</td><td>");
    page.number(row.count);
    page.write("</td></tr>\n");
  }
  page.write("</tbody>\n</table>\n</details>\n");
}

void write_clock(HtmlWriter& page, const Rows& rows) {
  const Axis axis = axis_of(rows);
  std::vector<Kind> kinds = kinds_of(rows);
  page.write("<figure class=\"logons\">\n<figcaption>Records by ");
  if (axis.width == facts::kHour) {
    page.write("the hour");
  } else if (axis.width == facts::kDay) {
    page.write("the day");
  } else {
    page.number(static_cast<std::uint64_t>(axis.width / facts::kDay));
    page.write(" days");
  }
  page.write(rows.front().is_local
                 ? ", on the server's own clock; highest bar: "
                 : ", UTC; highest bar: ");
  write_bars(page, rows, axis, kinds);
  write_legend(page, kinds);
  write_table(page, rows);
  page.write("</figure>\n");
}

}  // namespace

void write_logons(HtmlWriter& page, const report::Identity& identity,
                  std::size_t level) {
  if (identity.logons.empty()) {
    return;
  }
  write_heading(page, level, "Logons on record");
  for (const bool is_local : {false, true}) {
    Rows rows;
    for (const RecordedHour& row : identity.logons) {
      if (row.is_local == is_local) {
        rows.push_back(row);
      }
    }
    if (!rows.empty()) {
      write_clock(page, rows);
    }
  }
}

}  // namespace iisdiag::render
