// The texts of one event, which come as UTF-16, in memory that is used again
// for the next.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/little_endian.hpp"

namespace iisdiag::evidence {

class EventTexts {
 public:
  // No event that is wanted has as many; further ones are left out.
  static constexpr std::size_t kMost = 64;

  void clear() {
    text_.clear();
    ends_.clear();
  }
  // Up to a NUL.
  void add_utf16(std::string_view units) {
    append_utf16(text_, units);
    end_text();
  }
  void add(std::string_view utf8) {
    text_ += utf8;
    end_text();
  }
  // For what writes its text itself: append to it, then end it.
  std::string& open_text() { return text_; }
  void end_text() {
    if (ends_.size() < kMost) {
      ends_.push_back(text_.size());
    } else {
      text_.resize(ends_.back());
    }
  }

  // Valid until the next change.
  std::span<const std::string_view> views() {
    views_.clear();
    std::size_t begin = 0;
    for (const std::size_t end : ends_) {
      views_.push_back(std::string_view(text_).substr(begin, end - begin));
      begin = end;
    }
    return views_;
  }

 private:
  std::string text_;
  std::vector<std::size_t> ends_;
  std::vector<std::string_view> views_;
};

}  // namespace iisdiag::evidence
