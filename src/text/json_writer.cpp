#include "text/json_writer.hpp"

#include "text/unicode.hpp"

namespace iisdiag::text {
namespace {

void append_unit(std::string& out, char32_t unit) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  constexpr unsigned kDigit = 0xF;
  out += "\\u";
  for (const unsigned shift : {12U, 8U, 4U, 0U}) {
    out += kDigits[(unit >> shift) & kDigit];
  }
}

// The one letter that stands for a control character; 0 where none does.
char short_escape(char letter) {
  switch (letter) {
    case '\b':
      return 'b';
    case '\t':
      return 't';
    case '\n':
      return 'n';
    case '\f':
      return 'f';
    case '\r':
      return 'r';
    case '"':
    case '\\':
      return letter;
    default:
      return 0;
  }
}

void append_escaped(std::string& out, std::string_view text) {
  constexpr char kFirst = 0x20;
  constexpr char kLast = 0x7E;
  constexpr char32_t kBeyond = 0x10000;
  constexpr char32_t kHigh = 0xD800;
  constexpr char32_t kLow = 0xDC00;
  constexpr unsigned kHalf = 10;
  constexpr char32_t kHalfMask = 0x3FF;
  while (!text.empty()) {
    const char letter = text.front();
    if (const char escape = short_escape(letter); escape != 0) {
      out += '\\';
      out += escape;
      text.remove_prefix(1);
    } else if (letter >= kFirst && letter <= kLast) {
      out += letter;
      text.remove_prefix(1);
    } else if (const char32_t code = take_code_point(text); code < kBeyond) {
      append_unit(out, code);
    } else {
      append_unit(out, kHigh + ((code - kBeyond) >> kHalf));
      append_unit(out, kLow + ((code - kBeyond) & kHalfMask));
    }
  }
}

}  // namespace

void JsonWriter::separate() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (!is_first_) {
    out_ += ',';
  }
  if (is_indented_) {
    out_ += '\n';
    out_.append(2 * depth_, ' ');
  }
}

void JsonWriter::begin(char bracket) {
  separate();
  out_ += bracket;
  ++depth_;
  is_first_ = true;
}

void JsonWriter::end(char bracket) {
  --depth_;
  if (is_indented_ && !is_first_) {
    out_ += '\n';
    out_.append(2 * depth_, ' ');
  }
  out_ += bracket;
  is_first_ = false;
}

void JsonWriter::key(std::string_view name) {
  separate();
  put_text(name);
  out_ += is_indented_ ? ": " : ":";
  after_key_ = true;
}

void JsonWriter::value(std::string_view text) {
  separate();
  put_text(text);
  is_first_ = false;
}

void JsonWriter::text_or_null(std::string_view text) {
  if (text.empty()) {
    null();
  } else {
    value(text);
  }
}

void JsonWriter::put(std::string_view raw) {
  separate();
  out_ += raw;
  is_first_ = false;
}

void JsonWriter::put_text(std::string_view text) {
  out_ += '"';
  append_escaped(out_, text);
  out_ += '"';
}

}  // namespace iisdiag::text
