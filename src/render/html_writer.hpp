// Markup that grows. Whatever comes from a report becomes printable and is
// escaped; the markup around it is ours.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace iisdiag::render {

class HtmlWriter {
 public:
  void write(const char* markup) { out_ += markup; }
  // The same with an argument in the place of each `$`: as text, good between
  // tags and in double quotes. The place of each `@` takes it as it is.
  // Pointers, for they take half of the room of views where it is called.
  void write(const char* markup,
             std::initializer_list<std::string_view> arguments);
  void text(std::string_view text);
  void markup(std::string_view markup) { out_ += markup; }
  void number(std::uint64_t number);

  std::string take() { return std::exchange(out_, {}); }

 private:
  std::string out_;
};

}  // namespace iisdiag::render
