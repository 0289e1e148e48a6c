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

}  // namespace

ProgressLine::ProgressLine(Console& console)
    : console_(console), is_wanted_(console.err_is_terminal()) {
  if (is_wanted_) {
    start_ = console_.milliseconds();
    drawn_ = start_ + kSecond - kBetween;
  }
}

ProgressLine::~ProgressLine() {
  if (cells_ > 0) {
    console_.err("\r" + std::string(cells_, ' ') + "\r");
  }
}

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
  const std::size_t cells = line.size();
  if (cells < cells_) {
    line.append(cells_ - cells, ' ');
  }
  cells_ = cells;
  console_.err("\r" + line);
}

}  // namespace iisdiag::cli
