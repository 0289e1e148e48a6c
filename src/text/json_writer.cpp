#include "text/json_writer.hpp"

#include <algorithm>
#include <utility>

#include "text/unicode.hpp"

namespace iisdiag::text {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

bool is_plain(char c) {
  return c >= ' ' && c < '\x7F' && c != '"' && c != '\\';
}

// May this byte stand second in a character that begins with the other one?
// Not where it would be too long for what it says, a surrogate, or past
// U+10FFFF.
bool may_be_second(unsigned char first, unsigned char second) {
  const unsigned char least = first == 0xE0   ? 0xA0
                              : first == 0xF0 ? 0x90
                                              : 0x80;
  const unsigned char most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
  return second >= least && second <= most;
}

// How many bytes behind the first one belong to a character that breaks off.
std::size_t rest_of_broken(unsigned char first, std::string_view behind) {
  if (first < 0xE0 || first > 0xF4 || behind.empty() ||
      !may_be_second(first, static_cast<unsigned char>(behind[0]))) {
    return 0;
  }
  const bool has_third =
      first >= 0xF0 && behind.size() > 1 &&
      (static_cast<unsigned char>(behind[1]) & 0xC0U) == 0x80U;
  return has_third ? 2 : 1;
}

// As take_code_point(), with one U+FFFD for all of a character that breaks off.
char32_t take_character(std::string_view& rest) {
  const auto first = static_cast<unsigned char>(rest.front());
  const std::size_t before = rest.size();
  const char32_t code_point = take_code_point(rest);
  if (code_point == kReplacement && before - rest.size() == 1) {
    rest.remove_prefix(rest_of_broken(first, rest));
  }
  return code_point;
}

// One unit of UTF-16.
void append_unit(std::string& out, char32_t unit) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  out += "\\u";
  for (const unsigned shift : {12U, 8U, 4U, 0U}) {
    out += kDigits[unit >> shift & 0xFU];
  }
}

void append_units(std::string& out, char32_t code_point) {
  constexpr char32_t kBeyond = 0x10000;
  if (code_point < kBeyond) {
    append_unit(out, code_point);
    return;
  }
  append_unit(out, 0xD800U + ((code_point - kBeyond) >> 10U));
  append_unit(out, 0xDC00U + (code_point & 0x3FFU));
}

// A character that does not stand for itself.
void append_escape(std::string& out, char32_t code_point) {
  constexpr std::u32string_view kNamed = U"\"\\\b\f\n\r\t";
  constexpr std::string_view kNames = "\"\\bfnrt";
  const auto found = kNamed.find(code_point);
  if (found != std::u32string_view::npos) {
    out += '\\';
    out += kNames[found];
  } else {
    append_units(out, code_point);
  }
}

}  // namespace

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  quote(name);
  out_ += indent_ == kCompact ? ":" : ": ";
  has_key_ = true;
  return *this;
}

void JsonWriter::text(std::string_view text) {
  separate();
  quote(text);
}

void JsonWriter::flag(bool value) {
  separate();
  out_ += value ? "true" : "false";
}

void JsonWriter::null() {
  separate();
  out_ += "null";
}

std::string JsonWriter::take() { return std::exchange(out_, {}); }

void JsonWriter::begin(char bracket) {
  separate();
  out_ += bracket;
  ++depth_;
  is_first_ = true;
}

void JsonWriter::end(char bracket) {
  --depth_;
  if (!is_first_) {
    new_line();
  }
  out_ += bracket;
  is_first_ = false;
}

void JsonWriter::signed_number(std::int64_t value) {
  separate();
  out_ += std::to_string(value);
}

void JsonWriter::unsigned_number(std::uint64_t value) {
  separate();
  out_ += std::to_string(value);
}

void JsonWriter::separate() {
  if (std::exchange(has_key_, false) || depth_ == 0) {
    return;
  }
  if (!std::exchange(is_first_, false)) {
    out_ += ',';
  }
  new_line();
}

void JsonWriter::new_line() {
  if (indent_ != kCompact) {
    out_ += '\n';
    out_.append(depth_ * indent_, ' ');
  }
}

void JsonWriter::quote(std::string_view text) {
  out_ += '"';
  while (!text.empty()) {
    const auto plain = static_cast<std::size_t>(
        std::find_if_not(text.begin(), text.end(), is_plain) - text.begin());
    out_ += text.substr(0, plain);
    text.remove_prefix(plain);
    if (!text.empty()) {
      append_escape(out_, take_character(text));
    }
  }
  out_ += '"';
}

}  // namespace iisdiag::text
