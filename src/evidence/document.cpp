#include "evidence/document.hpp"

#include <algorithm>
#include <array>

#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

bool is_letter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// What was typed at a prompt, where the line is one: `C:\path>command`.
bool is_prompt(std::string_view line, std::string_view& command) {
  text::consume(line, "PS ");
  if (line.size() < 4 || !is_letter(line[0]) || line[1] != ':' ||
      line[2] != '\\') {
    return false;
  }
  const auto end = line.find('>');
  if (end == std::string_view::npos ||
      line.substr(0, end).find_first_of("<|\"*?") != std::string_view::npos) {
    return false;
  }
  command = text::trim(line.substr(end + 1));
  return true;
}

void consume_line_end(std::string_view& text) {
  text::consume(text, "\r\r\n") || text::consume(text, "\r\n") ||
      text::consume(text, "\n") || text::consume(text, "\r");
}

// A line as far as it may be shown: what stands behind one of these words can
// be a password, which is never told, not even by its length.
std::string without_secrets(std::string_view line) {
  constexpr std::array<std::string_view, 8> kWords = {
      "pass",     "pwd",   "net user", "kennwort",
      "contrase", "senha", "арол",     "パスワード"};
  const std::string lower = text::to_lower(line);
  std::size_t end = std::string::npos;
  for (const std::string_view word : kWords) {
    const std::size_t at = lower.find(word);
    end = std::min(end, at == std::string::npos ? at : at + word.size());
  }
  if (end == std::string::npos) {
    return std::string(line);
  }
  while (end < line.size() && is_letter(line[end])) {
    ++end;
  }
  return std::string(line.substr(0, end)) + " ...";
}

}  // namespace

std::vector<Line> split_lines(std::string_view text,
                              std::uint64_t first_number) {
  std::vector<Line> lines;
  while (!text.empty()) {
    const auto end = text.find_first_of("\r\n");
    Line line{first_number++, text.substr(0, end), true};
    if (end == std::string_view::npos) {
      line.ended = false;
      lines.push_back(line);
      break;
    }
    lines.push_back(line);
    text.remove_prefix(end);
    consume_line_end(text);
  }
  return lines;
}

std::optional<std::size_t> end_of_lines(std::string_view text,
                                        std::size_t count) {
  const std::size_t size = text.size();
  for (; count > 0; --count) {
    const auto end = text.find_first_of("\r\n");
    if (end == std::string_view::npos) {
      return std::nullopt;
    }
    text.remove_prefix(end);
    consume_line_end(text);
  }
  return text.empty() ? std::nullopt : std::optional(size - text.size());
}

Document::Document(std::string_view name, text::Decoded decoded)
    : name_(std::make_shared<const std::string>(name)),
      text_(std::move(decoded.text)),
      encoding_(decoded.encoding),
      is_cut_(decoded.odd_byte) {}

facts::Origin Document::at(std::uint64_t line) const {
  return facts::Origin::in_file(name_, line);
}

facts::Problem Document::problem(std::string text, const Line& line,
                                 std::size_t column) const {
  // A line of megabytes is shown as far as it helps.
  constexpr std::size_t kShown = 200;
  facts::Problem result;
  result.text = std::move(text);
  result.origin = at(line.number);
  result.line = without_secrets(text::prefix(line.text, kShown));
  result.column = std::min(column, text::length(result.line));
  return result;
}

std::vector<Document> Document::split_transcript() && {
  std::vector<Document> parts;
  // Only console text starts with, or holds, a prompt; XML, JSON and INF are
  // not searched line by line.
  if (text_.find(":\\") == std::string::npos || text_.starts_with("<") ||
      text_.starts_with("{")) {
    parts.push_back(std::move(*this));
    return parts;
  }
  const std::string_view whole = text_;
  std::size_t start = 0;
  std::uint64_t first_line = first_line_;
  std::string_view typed;
  const auto end_part = [&](std::size_t end) {
    const std::string_view printed = whole.substr(start, end - start);
    if (printed.find_first_not_of(" \t\r\n") == std::string_view::npos) {
      return;
    }
    Document part;
    part.name_ = name_;
    part.encoding_ = encoding_;
    part.is_cut_ = is_cut_;
    part.command_ = typed;
    part.first_line_ = first_line;
    part.text_ = printed;
    parts.push_back(std::move(part));
  };
  for (const Line& line : lines()) {
    std::string_view command;
    if (is_prompt(line.text, command)) {
      const auto at = static_cast<std::size_t>(line.text.data() - whole.data());
      end_part(at);
      // The rest of the prompt's own line is only its line end.
      start = at + line.text.size();
      first_line = line.number;
      typed = command;
    }
  }
  end_part(whole.size());
  return parts;
}

}  // namespace iisdiag::evidence
