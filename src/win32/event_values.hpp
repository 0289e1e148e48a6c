// The values of one event, as EvtRender gives them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/event_texts.hpp"
#include "win32/api.hpp"

namespace iisdiag::win32 {

// Keeps its memory for the next event. Not to be used from two threads.
class EventValues {
 public:
  explicit EventValues(const Api& api) : api_(api), buffer_(kFirst) {}

  // In place of those before. 0, or the error; then there are none.
  std::uint32_t render(EVT_HANDLE context, EVT_HANDLE event);

  std::size_t size() const { return count_; }
  // UTF-8; numbers are decimal or begin with `0x`, SIDs are `S-1-...`. Empty
  // for what is missing or of another kind.
  std::string text(std::size_t place) const;
  std::optional<std::uint64_t> number(std::size_t place) const;
  // Seconds since 1970, UTC.
  std::optional<std::int64_t> time(std::size_t place) const;
  // A list of texts is added text by text.
  void add_texts(std::size_t place, evidence::EventTexts& texts) const;
  // What is no bytes is empty.
  std::string_view bytes(std::size_t place) const;

 private:
  // An event has a few hundred bytes; none is as large as the second.
  static constexpr std::size_t kFirst = 4U << 10U;
  static constexpr std::size_t kMost = 1U << 20U;

  const EVT_VARIANT* at(std::size_t place) const;
  // Both look at nothing outside of what was rendered.
  std::wstring_view wide(const wchar_t* text) const;
  bool holds(const void* begin, std::size_t size) const;

  const Api& api_;
  std::vector<std::uint64_t> buffer_;  // aligned for EVT_VARIANT
  std::size_t used_ = 0;               // bytes
  std::size_t count_ = 0;
};

}  // namespace iisdiag::win32
