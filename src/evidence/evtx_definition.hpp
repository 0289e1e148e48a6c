// What the template of a record says about where its values stand.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "evidence/event_log.hpp"
#include "evidence/logon_events.hpp"

namespace iisdiag::evidence {

inline constexpr std::uint8_t kNoSlot = 0xFF;

// A part of an event that a template gives as text of its own, or that each
// record gives as a value.
struct EvtxField {
  std::uint8_t slot = kNoSlot;
  std::string_view text;  // UTF-16LE in the chunk
};

// The element `System` of a template, or of a record without one.
struct EvtxSystem {
  EvtxField provider;
  EvtxField event_source;
  EvtxField id;
  EvtxField time;
  EvtxField record;
  EvtxField channel;
  EvtxField computer;
};

struct EvtxDefinition {
  std::size_t offset = 0;  // in its chunk
  EvtxSystem system;
  // By its texts, where no value has a say in it.
  std::optional<EventSource> source;
  std::optional<LogMark> mark;
  // The id of the last record, and what it means.
  std::uint32_t last_id = UINT32_MAX;
  const EventMeaning* last_meaning = nullptr;

  // Of the template of a body: for each name that the event last asked for
  // has, the slot.
  const EventMeaning* order_of = nullptr;
  std::array<std::uint8_t, 24> order{};
};

EventSource evtx_source(std::string_view provider,
                        std::string_view event_source);
LogMark evtx_mark(std::string_view channel);

// The definitions of one chunk. One never moves within it.
class EvtxDefinitions {
 public:
  // Forgets all that it knows of the chunk before.
  void start(std::string_view chunk);

  // Of a record or of a body. Precondition: the definition and its size lie in
  // the chunk, as BinValues::read says. Valid until the next call of start().
  EvtxDefinition& at(std::size_t offset);

  // The slots of a body, for each of the names that `meaning` has; kNoSlot for
  // those that the definition does not name. Where it names none of them they
  // stand in their order.
  std::span<const std::uint8_t> order(std::size_t offset,
                                      const EventMeaning& meaning);

 private:
  static constexpr std::size_t kBuckets = 256;
  static constexpr std::uint16_t kNone = 0xFFFF;
  struct Entry {
    EvtxDefinition definition;
    std::uint16_t next = kNone;
    bool is_read = false;
  };

  Entry& find(std::size_t offset);
  std::string_view body_of(std::size_t offset, std::size_t& begin) const;

  std::string_view chunk_;
  std::vector<Entry> entries_;
  std::array<std::uint16_t, kBuckets> heads_{};
};

// Reads a System element: of a definition, whose values are slots, or of a
// record that stands by itself.
EvtxSystem read_evtx_system(std::string_view chunk, std::size_t begin,
                            std::size_t end, bool is_definition);

}  // namespace iisdiag::evidence
