#include "evidence/event_reference.hpp"

#include "evidence/event_reference_log.hpp"

namespace iisdiag::evidence {
namespace {

using namespace reference;

struct Ring {
  std::string line;          // from the oldest record to the end record
  std::size_t to_close = 0;  // how much of it lies before the end of the file
  bool has_end = false;
};

Ring read_ring(Bytes file) {
  Ring ring;
  if (file.size() <= 48) {
    return ring;
  }
  const std::string body(file.substr(48));
  const std::string twice = body + body;
  ring.line = body;
  ring.to_close = body.size();
  std::uint64_t best = 0;
  for (std::size_t at = 0; at < body.size(); ++at) {
    if (body[at] != '\x28') {
      continue;
    }
    const Bytes end = Bytes(twice).substr(at, 40);
    const bool fits = at + 40 <= body.size() || body.size() >= 80;
    if (!fits || *number(end, 0, 4) != 40 ||
        end.substr(4, 16) !=
            "\x11\x11\x11\x11\x22\x22\x22\x22"
            "\x33\x33\x33\x33\x44\x44\x44\x44" ||
        *number(end, 24, 4) != at + 48 ||
        (ring.has_end && *number(end, 28, 4) <= best)) {
      continue;
    }
    const std::uint64_t oldest = *number(end, 20, 4);
    if (oldest < 48 || oldest >= file.size() ||
        (oldest == at + 48 && *number(end, 28, 4) != *number(end, 32, 4))) {
      continue;
    }
    best = *number(end, 28, 4);
    ring.has_end = true;
    const std::size_t from = static_cast<std::size_t>(oldest) - 48;
    ring.line = twice.substr(from, (at + body.size() - from) % body.size());
    ring.to_close = body.size() - from;
  }
  return ring;
}

std::size_t evt_size(Bytes line, std::size_t at) {
  const auto size = number(line, at, 4);
  return size && *size >= 60 && *size <= 1U << 20U &&
                 *size <= line.size() - at &&
                 line.substr(at + 4, 4) == "LfLe" &&
                 number(line, at + static_cast<std::size_t>(*size) - 4, 4) ==
                     size
             ? static_cast<std::size_t>(*size)
             : 0;
}

std::string evt_mark(const std::string& source) {
  if (text::iequals(source, "Security")) {
    return "Security";
  }
  for (const char* name :
       {"EventLog", "Service Control Manager", "W3SVC", "MSFTPSVC", "W3SVC-WP",
        "DCOM", "Tcpip", "NETLOGON"}) {
    if (text::iequals(source, name)) {
      return "System";
    }
  }
  return "";
}

void read_evt_record(Bytes record, Log& log) {
  const Bytes content = record.substr(0, record.size() - 4);
  std::vector<std::string> names = strings_of(content.substr(56));
  names.resize(2);
  const auto time = static_cast<std::int64_t>(*number(record, 12, 4));
  log.seen(time, evt_mark(names[0]), names[1]);
  const auto id = static_cast<std::uint32_t>(*number(record, 20, 2));
  if (find_event(event_source(names[0]), id) == nullptr) {
    return;
  }
  std::vector<std::string> strings;
  const auto offset = static_cast<std::size_t>(*number(record, 36, 4));
  if (offset >= 56 && offset < content.size()) {
    strings = strings_of(content.substr(offset));
    strings.resize(std::min(strings.size(),
                            static_cast<std::size_t>(*number(record, 26, 2))));
  }
  const std::uint64_t size = *number(record, 48, 4);
  const std::uint64_t data = *number(record, 52, 4);
  const std::string binary =
      data + size <= content.size()
          ? std::string(content.substr(static_cast<std::size_t>(data),
                                       static_cast<std::size_t>(size)))
          : "";
  log.add(names[0], id, time, *number(record, 8, 4), strings, binary);
}

}  // namespace

std::string evt_reference(std::string_view bytes) {
  Log log;
  const Ring ring = read_ring(bytes);
  log.is_whole = ring.has_end;
  for (std::size_t at = 0; at < ring.line.size();) {
    if (const std::size_t size = evt_size(ring.line, at); size > 0) {
      read_evt_record(Bytes(ring.line).substr(at, size), log);
      at += size;
      continue;
    }
    const std::size_t to_close = at < ring.to_close
                                     ? ring.to_close - at
                                     : ring.to_close + bytes.size() - 48 - at;
    if (to_close < 56 &&
        (to_close < 4 || number(ring.line, at, 4).value_or(0) == 0x27)) {
      at += to_close;
      continue;
    }
    log.is_whole = false;
    do {
      ++at;
    } while (at < ring.line.size() && evt_size(ring.line, at) == 0);
  }
  return log.text();
}

}  // namespace iisdiag::evidence
