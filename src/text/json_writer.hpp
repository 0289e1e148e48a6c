// JSON text that grows as it is written: nothing of it is kept as a tree.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace iisdiag::text {

// Pure ASCII: what is not becomes \u escapes, beyond U+FFFF in surrogate
// pairs. Of what is no UTF-8, each longest beginning of a character becomes
// U+FFFD, and so does each byte that none begins with.
//
//   JsonWriter json(2);
//   json.begin_object();
//   json.key("host").text("WEB1");
//   json.key("nodes").begin_array();
//   ...
//
// The caller keeps the order: a key before each value in an object and nowhere
// else, an end for each begin, one value in all. Nobody checks it. That no key
// stands twice in an object is the caller's care, too.
//
// The values have names of their own instead of overloads: a const char* would
// rather be a bool than a string_view.
class JsonWriter {
 public:
  static constexpr std::size_t kCompact = 0;

  // The blanks for each level; kCompact: no line breaks and no blanks at all.
  explicit JsonWriter(std::size_t indent) : indent_(indent) {}

  void begin_object() { begin('{'); }
  void end_object() { end('}'); }
  void begin_array() { begin('['); }
  void end_array() { end(']'); }

  // Returns the writer, for the value.
  JsonWriter& key(std::string_view name);

  void text(std::string_view text);
  void flag(bool value);
  template <std::integral T>
  requires(!std::same_as<T, bool>) void number(T value) {
    if constexpr (std::signed_integral<T>) {
      signed_number(value);
    } else {
      unsigned_number(value);
    }
  }
  void null();

  // What was written since the last time. May be called at any point: whoever
  // hands on the parts one after the other needs no room for the whole.
  std::string take();

 private:
  void begin(char bracket);
  void end(char bracket);
  void signed_number(std::int64_t value);
  void unsigned_number(std::uint64_t value);
  // What stands before a value or a key.
  void separate();
  void new_line();
  void quote(std::string_view text);

  std::string out_;
  std::size_t indent_;
  std::size_t depth_ = 0;
  bool is_first_ = true;  // in the innermost array or object
  bool has_key_ = false;  // it waits for its value
};

}  // namespace iisdiag::text
