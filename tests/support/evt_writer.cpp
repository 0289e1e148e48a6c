#include "support/evt_writer.hpp"

#include <algorithm>

namespace iisdiag::test {
namespace {

constexpr std::size_t kHead = 48;
constexpr std::size_t kRecordHead = 56;

std::string number(std::uint64_t value, std::size_t size) {
  std::string bytes;
  for (std::size_t i = 0; i < size; ++i) {
    bytes += static_cast<char>(value >> (8 * i) & 0xFFU);
  }
  return bytes;
}

std::string wide(std::string_view ascii) {
  std::string bytes;
  for (const char c : ascii) {
    bytes.append({c, '\0'});
  }
  return bytes + std::string(2, '\0');
}

}  // namespace

std::string evt_record(const EvtEvent& event) {
  std::string rest = wide(event.source) + wide(event.computer);
  const std::size_t strings = kRecordHead + rest.size();
  for (const std::string& string : event.strings) {
    rest += wide(string);
  }
  const std::size_t data = kRecordHead + rest.size();
  rest += event.binary;
  rest.resize((rest.size() + 3) / 4 * 4);
  const std::size_t size = kRecordHead + rest.size() + 4;
  const auto time = static_cast<std::uint64_t>(event.time);
  return number(size, 4) + "LfLe" + number(event.record, 4) + number(time, 4) +
         number(time, 4) + number(event.id, 4) + number(2, 2) +
         number(event.strings.size(), 2) + number(0, 4) + number(0, 4) +
         number(strings, 4) + number(0, 4) + number(0, 4) +
         number(event.binary.size(), 4) + number(data, 4) + rest +
         number(size, 4);
}

std::string evt_file(const std::vector<std::string>& records,
                     const EvtOptions& options) {
  std::size_t size = 40;
  for (const std::string& record : records) {
    size += record.size();
  }
  const std::size_t ring = options.ring == 0 ? size : options.ring;
  std::string body(ring, options.stale);
  std::size_t at = options.oldest;
  const auto put = [&](std::string_view bytes) {
    for (const char c : bytes) {
      body[at] = c;
      at = (at + 1) % ring;
    }
  };
  std::size_t before_last = at;
  for (const std::string& record : records) {
    before_last = at;
    // No record begins where its head would be cut.
    if (ring - at < kRecordHead) {
      while (at != 0) {
        put(number(0x27, 4));
      }
    }
    put(record);
  }
  const std::size_t oldest = kHead + options.oldest;
  const std::size_t end = kHead + at;
  const std::size_t next = records.size() + 1;
  if (options.has_end) {
    put(number(0x28, 4) + std::string(4, '\x11') + std::string(4, '\x22') +
        std::string(4, '\x33') + std::string(4, '\x44') + number(oldest, 4) +
        number(end, 4) + number(next, 4) +
        number(records.empty() ? next : 1, 4) + number(0x28, 4));
  }
  return number(0x30, 4) + "LfLe" + number(1, 4) + number(1, 4) +
         number(oldest, 4) +
         number(options.is_head_stale ? kHead + before_last : end, 4) +
         number(options.is_head_stale ? next - 1 : next, 4) + number(1, 4) +
         number(kHead + ring, 4) + number(options.flags, 4) + number(0, 4) +
         number(0x30, 4) + body;
}

std::string evt_file(const std::vector<EvtEvent>& events,
                     const EvtOptions& options) {
  std::vector<std::string> records;
  records.reserve(events.size());
  for (const EvtEvent& event : events) {
    records.push_back(evt_record(event));
  }
  return evt_file(records, options);
}

}  // namespace iisdiag::test
