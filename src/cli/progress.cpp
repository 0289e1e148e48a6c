#include "cli/progress.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::cli {
namespace {

constexpr std::int64_t kSecond = 1'000;
constexpr std::int64_t kBetween = 200;
constexpr std::uint64_t kMegabyte = 1'000'000;

// The end of a path tells more than its start.
std::string short_name(std::string_view file, std::size_t room) {
  std::string name = text::printable(file);
  if (name.size() <= room) {
    return name;
  }
  constexpr std::string_view kCut = "...";
  if (room <= kCut.size()) {
    return {};
  }
  std::string_view end =
      std::string_view(name).substr(name.size() - room + kCut.size());
  constexpr unsigned kContinuation = 0x80;
  while (!end.empty() &&
         (static_cast<unsigned char>(end.front()) & 0xC0U) == kContinuation) {
    end.remove_prefix(1);
  }
  return std::string(kCut) + std::string(end);
}

// Over the line before, of which `cells` are shown.
void draw(Console& console, std::string line, std::size_t& cells) {
  const std::size_t now = line.size();
  if (now < cells) {
    line.append(cells - now, ' ');
  }
  cells = now;
  console.err("\r" + line);
}

void wipe(Console& console, std::size_t cells) {
  if (cells > 0) {
    console.err("\r" + std::string(cells, ' ') + "\r");
  }
}

}  // namespace

ProgressLine::ProgressLine(Console& console)
    : console_(console), is_wanted_(console.err_is_terminal()) {
  if (is_wanted_) {
    start_ = console_.milliseconds();
    drawn_ = start_ + kSecond - kBetween;
  }
}

ProgressLine::~ProgressLine() { wipe(console_, cells_); }

void ProgressLine::at(std::string_view file, std::uint64_t done,
                      std::uint64_t size) {
  if (!is_wanted_) {
    return;
  }
  if (file != file_) {
    before_ += done_;
    file_ = file;
  }
  done_ = done;
  const std::int64_t now = console_.milliseconds();
  if (now - drawn_ < kBetween) {
    return;
  }
  drawn_ = now;
  const auto passed =
      static_cast<std::uint64_t>(std::max<std::int64_t>(now - start_, 1));
  const std::uint64_t speed = (before_ + done) / passed * kSecond / kMegabyte;
  const std::string amount = size > 0 ? fmt::format("{} %", done * 100 / size)
                                      : fmt::format("{} MB", done / kMegabyte);
  const std::string tail = fmt::format("  {}, {} MB/s", amount, speed);
  constexpr std::size_t kLine = 79;
  constexpr std::string_view kLead = "iisdiag: reading ";
  const std::size_t width = std::min(console_.width(), kLine + 1) - 1;
  const std::size_t taken = kLead.size() + tail.size();
  const std::size_t room = width > taken ? width - taken : 0;
  std::string line = std::string(kLead) + short_name(file, room) + tail;
  draw(console_, std::move(line), cells_);
}

ServerProgress::ServerProgress(Console& console, std::size_t count,
                               bool is_wanted)
    : console_(console),
      count_(count),
      is_wanted_(is_wanted && console.err_is_terminal()) {
  if (is_wanted_) {
    start_ = console_.milliseconds();
    drawn_ = start_ + kSecond - kBetween;
  }
}

ServerProgress::~ServerProgress() { wipe(console_, cells_); }

void ServerProgress::at(std::size_t done) {
  if (!is_wanted_) {
    return;
  }
  const std::int64_t now = console_.milliseconds();
  if (now - drawn_ < kBetween) {
    return;
  }
  drawn_ = now;
  const auto passed =
      static_cast<std::uint64_t>(std::max<std::int64_t>(now - start_, 1));
  draw(console_,
       fmt::format("iisdiag: {} of {} servers, {} each second", done, count_,
                   done * static_cast<std::uint64_t>(kSecond) / passed),
       cells_);
}

}  // namespace iisdiag::cli
