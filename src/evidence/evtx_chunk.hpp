// One chunk of an .evtx file: 64 KiB that can be read without the others.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "evidence/binxml.hpp"
#include "evidence/event_log.hpp"
#include "evidence/event_texts.hpp"
#include "evidence/evtx_definition.hpp"

namespace iisdiag::evidence {

inline constexpr std::size_t kEvtxChunk = 65'536;

// What is said of the chunks of a log in the end.
struct EvtxDamage {
  std::uint64_t chunks = 0;   // all of them, but for empty ones
  std::uint64_t damaged = 0;  // of these

  void add(const EvtxDamage& more) {
    chunks += more.chunks;
    damaged += more.damaged;
  }
};

// Reads chunks one after the other into a part of a log. Not to be used from
// two threads.
class EvtxChunks {
 public:
  // `has_checksums`: as the head of the file says.
  explicit EvtxChunks(bool has_checksums) : has_checksums_(has_checksums) {}

  // Any bytes, kEvtxChunk of them or fewer at the end of a file.
  void read(std::string_view chunk);

  EventLogPart& log() { return log_; }
  const EvtxDamage& damage() const { return damage_; }

 private:
  // An event as far as every one is looked at.
  struct Event {
    std::uint64_t record = 0;
    facts::ClockSeconds time = 0;
    LogMark mark = LogMark::kNone;
    std::string_view computer;  // UTF-16LE
  };
  struct Body {
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  bool has_good_checksums(std::size_t end) const;
  // False where the chain broke or a record could not be understood.
  bool read_records(std::size_t end, bool may_search);
  // The next place where a record begins, or `end`.
  std::size_t find_record(std::size_t from, std::size_t end) const;
  // Its size, or 0 where it is none.
  std::size_t record_size(std::size_t at, std::size_t end) const;
  bool read_record(std::size_t at, std::size_t end);
  // Count the event, but for one that they do not understand.
  bool read_templated(std::size_t at, std::size_t end, Event& event);
  bool read_plain(std::size_t at, std::size_t end, Event& event);
  void count(const Event& event);
  void use(const EventMeaning& meaning, std::uint32_t id,
           std::string_view writer, std::string_view other_writer,
           const Event& event, const Body& body);
  // Strings and data of the body go to texts_ and binary_.
  void read_body(const EventMeaning& meaning, const Body& body);
  void read_values(const EventMeaning& meaning, const BinValues& values);
  void read_plain_body(const EventMeaning& meaning, std::size_t at,
                       std::size_t end);

  bool has_checksums_;
  std::string_view chunk_;
  EvtxDefinitions definitions_;
  EventLogPart log_;
  EvtxDamage damage_;
  std::string_view newest_computer_;
  EventTexts texts_;
  std::string binary_;
};

}  // namespace iisdiag::evidence
