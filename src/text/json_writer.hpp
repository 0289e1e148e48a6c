// JSON that grows: no document in memory, so that a report on thousands of
// servers is written a server at a time.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace iisdiag::text {

// Pure ASCII: everything else is \uXXXX, and a byte that is no UTF-8 is U+FFFD,
// so that no name from evidence makes the text invalid. Members stand in the
// order in which they are written; nobody looks whether one comes twice.
//
// Precondition of all: a call makes sense where it stands, that is, a key only
// and always before a member of an object, and an end for each begin.
class JsonWriter {
 public:
  // Two blanks for each level; or all in one line, without blanks.
  enum class Layout : std::uint8_t { kIndented, kOneLine };
  // `depth` is the level that the text will stand in.
  explicit JsonWriter(Layout layout = Layout::kIndented, std::size_t depth = 0)
      : is_indented_(layout == Layout::kIndented), depth_(depth) {}

  void begin_object() { begin('{'); }
  void end_object() { end('}'); }
  void begin_list() { begin('['); }
  void end_list() { end(']'); }

  void key(std::string_view name);
  void value(std::string_view text);
  void value(const std::string& text) { value(std::string_view(text)); }
  void value(const char* text) { value(std::string_view(text)); }
  void value(std::same_as<bool> auto flag) { put(flag ? "true" : "false"); }
  void value(std::unsigned_integral auto number)
  requires(!std::same_as<decltype(number), bool>) {
    put(std::to_string(number));
  }
  void value(std::signed_integral auto number) { put(std::to_string(number)); }
  void null() { put("null"); }
  // Text for null where it is empty.
  void text_or_null(std::string_view text);

  template <class T>
  void member(std::string_view name, const T& what) {
    key(name);
    value(what);
  }

  // What was written since the last time.
  std::string take() { return std::exchange(out_, {}); }

 private:
  void begin(char bracket);
  void end(char bracket);
  // What stands before a value: a comma, a new line.
  void separate();
  void put(std::string_view raw);
  void put_text(std::string_view text);

  std::string out_;
  bool is_indented_;
  std::size_t depth_;
  bool is_first_ = true;   // in its list or object
  bool after_key_ = true;  // or at the very beginning
};

}  // namespace iisdiag::text
