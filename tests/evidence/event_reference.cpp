#include "evidence/event_reference.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "evidence/event_log_reading.hpp"
#include "evidence/logon_events.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

using namespace std::string_literals;
using Bytes = std::string_view;

// Nothing where it is not there.
std::optional<std::uint64_t> number(Bytes bytes, std::size_t at,
                                    std::size_t size) {
  if (at > bytes.size() || bytes.size() - at < size) {
    return std::nullopt;
  }
  std::uint64_t value = 0;
  for (std::size_t i = size; i-- > 0;) {
    value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
  }
  return value;
}

std::string utf8(Bytes units) {
  std::string text;
  for (std::size_t i = 0; i + 2 <= units.size(); i += 2) {
    char32_t unit = static_cast<char32_t>(*number(units, i, 2));
    if (unit == 0) {
      break;
    }
    const auto next = number(units, i + 2, 2);
    if (unit >= 0xD800 && unit < 0xDC00 && next && *next >= 0xDC00 &&
        *next < 0xE000) {
      unit = 0x10000 + ((unit - 0xD800) * 0x400) +
             static_cast<char32_t>(*next - 0xDC00);
      i += 2;
    }
    text::append_utf8(text, unit);
  }
  return text;
}

std::vector<std::string> strings_of(Bytes units) {
  std::vector<std::string> strings;
  while (units.size() >= 2) {
    std::size_t end = 0;
    while (end + 2 <= units.size() && *number(units, end, 2) != 0) {
      end += 2;
    }
    strings.push_back(utf8(units.substr(0, end)));
    units.remove_prefix(std::min(end + 2, units.size()));
  }
  return strings;
}

bool is_sane(std::int64_t time) {
  return time >= 567'993'600 && time < 7'258'118'400;
}

// --- What a log comes to --------------------------------------------------

struct Log {
  facts::LogonRecords records;
  std::vector<std::pair<std::int64_t, std::uint64_t>> cleared;
  std::set<std::string> marks;
  std::uint64_t count = 0;
  std::optional<std::int64_t> first;
  std::optional<std::int64_t> last;
  std::string computer;
  bool is_whole = true;

  void seen(std::int64_t time, const std::string& mark,
            const std::string& of_computer) {
    ++count;
    if (!mark.empty()) {
      marks.insert(mark);
    }
    if (!is_sane(time)) {
      return;
    }
    first = std::min(first.value_or(time), time);
    if (!last || time >= *last) {
      last = time;
      computer = std::string(clean_event_text(of_computer));
    }
  }

  void add(const std::string& writer, std::uint32_t id, std::int64_t time,
           std::uint64_t record, const std::vector<std::string>& strings,
           const std::string& binary) {
    EventView event;
    event.meaning = find_event(event_source(writer), id);
    event.id = id;
    event.writer = writer;
    event.has_time = is_sane(time);
    event.time = event.has_time ? time : 0;
    event.binary = binary;
    std::vector<std::string_view> views(
        strings.begin(),
        strings.begin() + static_cast<std::ptrdiff_t>(
                              std::min<std::size_t>(strings.size(), 64)));
    event.strings = views;
    if (is_log_cleared(*event.meaning)) {
      if (id != 104 || views.size() < 3 || text::iequals(views[2], "System")) {
        cleared.emplace_back(event.time, record);
      }
      return;
    }
    facts::LogonAttempt attempt = *logon_attempt(event);
    attempt.first_origin = facts::Origin::in_record("file", record);
    attempt.last_origin = attempt.first_origin;
    for (facts::LogonAttempt& known : records.attempts) {
      facts::LogonAttempt same = known;
      same.first = attempt.first;
      same.last = attempt.last;
      same.count = 1;
      same.first_origin = attempt.first_origin;
      same.last_origin = attempt.last_origin;
      if (same == attempt) {
        ++known.count;
        if (attempt.first < known.first) {
          known.first = attempt.first;
          known.first_origin = attempt.first_origin;
        }
        if (attempt.last >= known.last) {
          known.last = attempt.last;
          known.last_origin = attempt.last_origin;
        }
        return;
      }
    }
    records.attempts.push_back(attempt);
  }

  std::string text() {
    facts::LogSpan span;
    span.kind = marks == std::set{"Security"s} ? facts::LogKind::kSecurityEvents
                : marks == std::set{"System"s} ? facts::LogKind::kSystemEvents
                                               : facts::LogKind::kOtherEvents;
    span.records = count;
    span.has_time = first.has_value();
    span.first = first.value_or(0);
    span.last = last.value_or(0);
    span.computer = computer;
    span.is_whole = is_whole;
    records.logs.push_back(span);
    std::string result = describe(records);
    if (!cleared.empty()) {
      auto newest = cleared.front();
      for (const auto& one : cleared) {
        newest = one.first >= newest.first ? one : newest;
      }
      result += "the log was emptied on " + facts::iso_text({newest.first, 0}) +
                (cleared.size() > 1
                     ? fmt::format(", the last of {} times", cleared.size())
                     : "") +
                fmt::format(" @{}\n", newest.second);
    }
    return result;
  }
};

// --- .evtx ------------------------------------------------------------------

struct Value {
  unsigned type = 0;
  Bytes bytes;
};

// A text or a value of binary XML and where it stands.
struct Piece {
  std::vector<std::string> path;  // elements
  std::string attribute;
  std::string data_name;  // the text of the attribute Name of its element
  std::optional<std::size_t> slot;
  std::string text;
  std::size_t element = 0;  // counted; 0 behind an element within it
  bool is_first_system = true;
};

struct Xml {
  std::vector<Piece> pieces;
  // Elements without another in them, and their number.
  std::vector<std::pair<std::string, std::size_t>> closed;
};

Xml read_xml(Bytes chunk, std::size_t at, std::size_t end, bool is_definition) {
  const Bytes bytes = chunk.substr(0, end);
  Xml xml;
  Piece now;
  std::vector<std::size_t> numbers;
  std::size_t elements = 0;
  const auto name = [&]() -> std::optional<std::string> {
    const auto offset = number(bytes, at, 4);
    at += 4;
    if (!offset) {
      return std::nullopt;
    }
    const auto size = number(bytes, static_cast<std::size_t>(*offset) + 6, 2);
    const bool fits = size && *offset + 8 + 2 * *size <= bytes.size();
    if (*offset != at) {
      return fits ? utf8(bytes.substr(static_cast<std::size_t>(*offset) + 8,
                                      static_cast<std::size_t>(2 * *size)))
                  : "";
    }
    if (!fits || *offset + 8 + 2 * *size + 2 > bytes.size()) {
      return std::nullopt;
    }
    at += static_cast<std::size_t>(8 + 2 * *size + 2);
    return utf8(bytes.substr(static_cast<std::size_t>(*offset) + 8,
                             static_cast<std::size_t>(2 * *size)));
  };
  const auto units = [&]() -> std::optional<std::string> {
    const auto size = number(bytes, at, 2);
    if (!size || at + 2 + 2 * *size > bytes.size()) {
      return std::nullopt;
    }
    const Bytes text =
        bytes.substr(at + 2, static_cast<std::size_t>(2 * *size));
    at += static_cast<std::size_t>(2 + 2 * *size);
    return utf8(text);
  };
  const auto put = [&](const std::string& text) {
    Piece piece = now;
    piece.text = text;
    xml.pieces.push_back(piece);
    if (now.attribute == "Name") {
      now.data_name = text;
    }
  };
  while (at < bytes.size()) {
    const unsigned token = static_cast<unsigned char>(bytes[at++]);
    switch (token & 0xBFU) {
      case 0x01: {
        at += is_definition ? 6 : 4;
        const auto element = name();
        at += (token & 0x40U) != 0 ? 4 : 0;
        if (!element || at > bytes.size()) {
          return xml;
        }
        now.path.push_back(*element);
        now.attribute.clear();
        now.data_name.clear();
        now.element = ++elements;
        numbers.push_back(elements);
        break;
      }
      case 0x02:
        now.attribute.clear();
        break;
      case 0x03:
      case 0x04:
        if (!now.path.empty()) {
          if (now.element == numbers.back()) {
            xml.closed.emplace_back(now.path.back(), now.element);
          }
          if (now.path.size() == 2 && text::iequals(now.path[1], "System")) {
            now.is_first_system = false;
          }
          now.path.pop_back();
          numbers.pop_back();
        }
        now.attribute.clear();
        now.data_name.clear();
        now.element = 0;
        break;
      case 0x05:
        ++at;
        [[fallthrough]];
      case 0x07: {
        const auto text = units();
        if (!text) {
          return xml;
        }
        put(*text);
        break;
      }
      case 0x06: {
        const auto attribute = name();
        if (!attribute) {
          return xml;
        }
        now.attribute = *attribute;
        break;
      }
      case 0x08: {
        if (at + 2 > bytes.size()) {
          return xml;
        }
        put(utf8(bytes.substr(at, 2)));
        at += 2;
        break;
      }
      case 0x09: {
        static const std::map<std::string, std::string> kEntities = {
            {"amp", "&"},
            {"lt", "<"},
            {"gt", ">"},
            {"quot", "\""},
            {"apos", "'"}};
        const auto entity = name();
        if (!entity) {
          return xml;
        }
        const auto known = kEntities.find(text::to_lower(*entity));
        put(known == kEntities.end() ? "" : known->second);
        break;
      }
      case 0x0A:
        if (!name()) {
          return xml;
        }
        break;
      case 0x0B:
        if (!units()) {
          return xml;
        }
        break;
      case 0x0D:
      case 0x0E: {
        const auto slot = number(bytes, at, 2);
        if (!slot || at + 3 > bytes.size()) {
          return xml;
        }
        Piece piece = now;
        piece.slot = static_cast<std::size_t>(*slot);
        xml.pieces.push_back(piece);
        now.data_name.clear();
        at += 3;
        break;
      }
      case 0x0F:
        if (at + 3 > bytes.size()) {
          return xml;
        }
        at += 3;
        break;
      default:
        return xml;
    }
  }
  return xml;
}

struct Instance {
  std::vector<Value> values;
  std::vector<std::size_t> starts;
  std::size_t definition = 0;
  std::size_t definition_end = 0;
};

std::optional<Instance> read_instance(Bytes chunk, std::size_t at,
                                      std::size_t end) {
  const Bytes record = chunk.substr(0, end);
  Instance result;
  const auto definition = number(record, at + 6, 4);
  if (!definition) {
    return std::nullopt;
  }
  result.definition = static_cast<std::size_t>(*definition);
  const auto size = number(chunk, result.definition + 20, 4);
  if (!size || result.definition + 24 + *size > chunk.size()) {
    return std::nullopt;
  }
  result.definition_end =
      result.definition + 24 + static_cast<std::size_t>(*size);
  std::size_t place = at + 10;
  if (result.definition == place) {
    place = result.definition_end;
  }
  const auto count = number(record, place, 4);
  if (!count || *count > 1024 || place + 4 + 4 * *count > record.size()) {
    return std::nullopt;
  }
  std::size_t start = place + 4 + 4 * static_cast<std::size_t>(*count);
  for (std::size_t i = 0; i < *count; ++i) {
    const std::size_t descriptor = place + 4 + 4 * i;
    const auto bytes = static_cast<std::size_t>(*number(record, descriptor, 2));
    if (start + bytes > end) {
      return std::nullopt;
    }
    result.values.push_back(
        {static_cast<unsigned>(*number(record, descriptor + 2, 1)),
         record.substr(start, bytes)});
    result.starts.push_back(start);
    start += bytes;
  }
  if (result.values.size() > 64) {  // what the reader keeps of them
    result.values.resize(64);
  }
  return result;
}

std::string sid_text(Bytes bytes) {
  const auto count = number(bytes, 1, 1);
  if (!count || bytes[0] != 1 || *count > 15 || bytes.size() < 8 + 4 * *count) {
    return "";
  }
  std::uint64_t authority = 0;
  for (std::size_t i = 2; i < 8; ++i) {
    authority = authority * 256 + static_cast<unsigned char>(bytes[i]);
  }
  std::string text = "S-1-" + std::to_string(authority);
  for (std::size_t i = 0; i < *count; ++i) {
    text += "-" + std::to_string(*number(bytes, 8 + 4 * i, 4));
  }
  return text;
}

std::string value_text(const Value& value) {
  const std::size_t size = std::min<std::size_t>(value.bytes.size(), 8);
  const std::uint64_t plain = number(value.bytes, 0, size).value_or(0);
  switch (value.type) {
    case 0x01:
      return utf8(value.bytes);
    case 0x02: {
      std::string text;
      for (const char c : value.bytes) {
        text +=
            static_cast<unsigned char>(c) - 1U < 0x7F ? std::string(1, c) : "";
      }
      return text;
    }
    case 0x03:
    case 0x05:
    case 0x07:
    case 0x09: {
      const bool is_negative =
          size > 0 &&
          (static_cast<unsigned char>(value.bytes[size - 1]) & 0x80U) != 0;
      std::uint64_t wide = plain;
      for (std::size_t i = size; is_negative && i < 8; ++i) {
        wide |= 0xFFULL << (8 * i);
      }
      return std::to_string(static_cast<std::int64_t>(wide));
    }
    case 0x04:
    case 0x06:
    case 0x08:
    case 0x0A:
      return std::to_string(plain);
    case 0x10:
    case 0x14:
    case 0x15:
      return fmt::format("0x{:x}", plain);
    case 0x13:
      return sid_text(value.bytes);
    default:
      return "";
  }
}

bool is_path(const Piece& piece, const char* element, const char* attribute) {
  return piece.path.size() == 3 && piece.element != 0 &&
         piece.is_first_system && text::iequals(piece.path[1], "System") &&
         text::iequals(piece.path[2], element) &&
         text::iequals(piece.attribute, attribute);
}

struct Field {
  std::optional<std::size_t> slot;
  std::string text;
};

Field field_of(const Xml& xml, const char* element, const char* attribute) {
  for (const Piece& piece : xml.pieces) {
    if (is_path(piece, element, attribute) &&
        (piece.slot ? *piece.slot < 255 : !piece.text.empty())) {
      return {piece.slot, piece.text};
    }
  }
  return {};
}

std::string shown(const Field& field, const Instance* instance) {
  if (!field.slot) {
    return field.text;
  }
  return instance != nullptr && *field.slot < instance->values.size()
             ? utf8(instance->values[*field.slot].bytes)
             : "";
}

std::optional<std::uint64_t> value_number(const Instance& instance,
                                          std::size_t slot, std::size_t size) {
  return slot < instance.values.size() && instance.values[slot].type != 0 &&
                 instance.values[slot].bytes.size() == size
             ? number(instance.values[slot].bytes, 0, size)
             : std::nullopt;
}

std::optional<std::uint64_t> text_number(const std::string& text) {
  const auto value = text::to_integer(text::trim(text));
  return value && *value >= 0 ? std::optional<std::uint64_t>(*value)
                              : std::nullopt;
}

std::string mark_of(const std::string& channel) {
  if (channel.empty()) {
    return "";
  }
  return text::iequals(channel, "Security") ? "Security"
         : text::iequals(channel, "System") ? "System"
                                            : "other";
}

// Strings and data of a body that is binary XML from `at` to `end`.
void read_body(Bytes chunk, std::size_t at, std::size_t end,
               const EventMeaning& meaning, std::vector<std::string>& strings,
               std::string& binary) {
  if (chunk.substr(0, end).substr(at).starts_with("\x0F\x01\x01\0"s)) {
    at += 4;
  }
  if (at >= end) {
    return;
  }
  const auto names = field_names(meaning);
  const auto place_of = [&](const std::string& name) {
    for (std::size_t i = names.size(); i-- > 0;) {
      if (!names[i].empty() && text::iequals(names[i], name)) {
        return i;
      }
    }
    return names.size();
  };
  if (chunk[at] == '\x0C') {
    const auto instance = read_instance(chunk, at, end);
    if (!instance) {
      return;
    }
    if (names.empty()) {
      for (const Value& value : instance->values) {
        if (value.type == 0x81) {
          for (std::string& string : strings_of(value.bytes)) {
            strings.push_back(std::move(string));
          }
        } else if (value.type == 0x01) {
          strings.push_back(utf8(value.bytes));
        } else if (value.type == 0x0E) {
          binary = value.bytes;
        }
      }
      return;
    }
    std::vector<std::optional<std::size_t>> slots(names.size());
    bool is_named = false;
    for (const Piece& piece : read_xml(chunk, instance->definition + 24,
                                       instance->definition_end, true)
                                  .pieces) {
      const std::size_t place = place_of(piece.data_name);
      if (piece.slot && *piece.slot < 255 && place < names.size()) {
        slots[place] = *piece.slot;
        is_named = true;
      }
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto slot = is_named ? slots[i] : i;
      strings.push_back(slot && *slot < instance->values.size()
                            ? value_text(instance->values[*slot])
                            : "");
    }
    return;
  }
  const Xml xml = read_xml(chunk, at, end, false);
  strings.resize(names.size());
  for (const auto& [element, id] : xml.closed) {
    std::string text;
    std::string name;
    for (const Piece& piece : xml.pieces) {
      if (piece.element == id) {
        text += piece.attribute.empty() ? piece.text : "";
        name = piece.data_name.empty() ? name : piece.data_name;
      }
    }
    if (text::iequals(element, "Data") && names.empty()) {
      strings.push_back(text);
    } else if (text::iequals(element, "Data") &&
               place_of(name) < names.size()) {
      strings[place_of(name)] = text;
    } else if (text::iequals(element, "Binary")) {
      binary.clear();
      for (std::size_t i = 0; i + 2 <= text.size(); i += 2) {
        const auto byte = text::to_integer(text.substr(i, 2), 16);
        if (!byte || *byte < 0) {
          break;
        }
        binary += static_cast<char>(*byte);
      }
    }
  }
}

std::int64_t seconds(std::uint64_t filetime) {
  return static_cast<std::int64_t>(filetime / 10'000'000) - 11'644'473'600;
}

// False where the record means nothing.
bool read_record(Bytes chunk, std::size_t at, std::size_t end, Log& log) {
  std::uint64_t record = *number(chunk, at + 8, 8);
  std::int64_t time = seconds(*number(chunk, at + 16, 8));
  if (end - at - 24 <= 4) {
    log.seen(time, "", "");
    return true;
  }
  const bool is_templated = chunk.substr(at + 24, 5) == "\x0F\x01\x01\0\x0C"s;
  std::optional<Instance> instance;
  Xml xml;
  if (is_templated) {
    instance = read_instance(chunk, at + 28, end);
    if (!instance) {
      log.seen(time, "", "");
      return false;
    }
    xml = read_xml(chunk, instance->definition + 24, instance->definition_end,
                   true);
  } else {
    xml = read_xml(chunk, at + 24, end, false);
  }
  const Instance* with = instance ? &*instance : nullptr;
  Field id_field = field_of(xml, "EventID", "");
  Field time_field = field_of(xml, "TimeCreated", "SystemTime");
  Field record_field = field_of(xml, "EventRecordID", "");
  if (is_templated && !id_field.slot && id_field.text.empty()) {
    id_field.slot = 3;
    time_field.slot = 6;
    record_field.slot = 10;
  }
  std::optional<std::uint64_t> id;
  if (is_templated) {
    id = id_field.slot ? value_number(*instance, *id_field.slot, 2)
                       : text_number(id_field.text);
    const auto told = time_field.slot
                          ? value_number(*instance, *time_field.slot, 8)
                          : std::nullopt;
    time = told && is_sane(seconds(*told)) ? seconds(*told) : time;
    const auto told_record =
        record_field.slot ? value_number(*instance, *record_field.slot, 8)
                          : std::nullopt;
    record = told_record.value_or(record);
  } else {
    id = text_number(id_field.text);
    if (id) {
      const auto moment = facts::parse_iso(
          std::string_view(time_field.text)
              .substr(0, std::min<std::size_t>(19, time_field.text.size())));
      time = moment ? moment->clock : time;
      record = text_number(record_field.text).value_or(record);
    }
  }
  if (!id && !is_templated) {
    log.seen(time, "", "");
    return false;
  }
  log.seen(time, mark_of(shown(field_of(xml, "Channel", ""), with)),
           shown(field_of(xml, "Computer", ""), with));
  if (!id) {
    return false;
  }
  std::string writer = shown(field_of(xml, "Provider", "Name"), with);
  if (event_source(writer) == EventSource::kOther) {
    writer = shown(field_of(xml, "Provider", "EventSourceName"), with);
  }
  const auto shown_id = static_cast<std::uint32_t>(*id & 0xFFFFU);
  const EventMeaning* meaning = find_event(event_source(writer), shown_id);
  if (meaning == nullptr) {
    return true;
  }
  std::vector<std::string> strings;
  std::string binary;
  if (!is_templated) {
    read_body(chunk, at + 24, end, *meaning, strings, binary);
  } else if (!instance->values.empty() &&
             instance->starts.size() == instance->values.size() &&
             instance->values.back().type == 0x21) {
    const std::size_t begin = instance->starts.back();
    read_body(chunk, begin, begin + instance->values.back().bytes.size(),
              *meaning, strings, binary);
  }
  log.add(writer, shown_id, time, record, strings, binary);
  return true;
}

std::uint32_t crc(Bytes bytes) {
  return static_cast<std::uint32_t>(
      ::crc32(0, reinterpret_cast<const Bytef*>(bytes.data()),
              static_cast<uInt>(bytes.size())));
}

bool is_record(Bytes chunk, std::size_t at, std::size_t end) {
  const auto size = number(chunk.substr(0, end), at + 4, 4);
  return chunk.substr(0, end)
             .substr(std::min(at, end))
             .starts_with("**\0\0"s) &&
         size && *size >= 28 && at + *size <= end &&
         number(chunk, at + static_cast<std::size_t>(*size) - 4, 4) == size;
}

void read_chunk(Bytes chunk, bool has_checksums, Log& log) {
  if (chunk.find_first_not_of('\0') == Bytes::npos) {
    return;
  }
  if (!chunk.starts_with("ElfChnk\0"s) || chunk.size() < 512) {
    log.is_whole = false;
    return;
  }
  std::size_t end = static_cast<std::size_t>(*number(chunk, 48, 4));
  const bool has_end = end >= 512 && end <= 65'536;
  log.is_whole = log.is_whole && has_end && chunk.size() == 65'536;
  end = has_end ? std::min(end, chunk.size()) : chunk.size();
  const auto of_records = *number(chunk, 52, 4);
  const auto of_head = *number(chunk, 124, 4);
  if ((*number(chunk, 120, 4) & 4U) == 0 &&
      (has_checksums || of_records != 0 || of_head != 0)) {
    const std::string head =
        std::string(chunk.substr(0, 120)) + std::string(chunk.substr(128, 384));
    log.is_whole = log.is_whole && crc(head) == of_head &&
                   crc(chunk.substr(512, end - 512)) == of_records;
  }
  std::size_t at = 512;
  while (at < end) {
    if (is_record(chunk, at, end)) {
      const auto size = static_cast<std::size_t>(*number(chunk, at + 4, 4));
      log.is_whole = read_record(chunk, at, at + size - 4, log) && log.is_whole;
      at += size;
      continue;
    }
    log.is_whole = false;
    if (!has_end) {
      return;
    }
    do {
      at = at / 8 * 8 + 8;
    } while (at < end &&
             !(is_record(chunk, at, end) && *number(chunk, at + 4, 4) >= 32 &&
               chunk.substr(at + 24, 4) == "\x0F\x01\x01\0"s));
  }
}

// --- .evt -------------------------------------------------------------------

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

std::string evtx_reference(std::string_view bytes) {
  Log log;
  const bool has_head = bytes.starts_with("ElfFile\0"s) && bytes.size() >= 4096;
  const bool has_checksums = !has_head || (*number(bytes, 120, 4) & 4U) == 0;
  log.is_whole = has_head;
  if (!bytes.starts_with("ElfChnk\0"s)) {
    bytes.remove_prefix(std::min<std::size_t>(4096, bytes.size()));
  }
  for (std::size_t at = 0; at < bytes.size(); at += 65'536) {
    read_chunk(bytes.substr(at, 65'536), has_checksums, log);
  }
  return log.text();
}

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
