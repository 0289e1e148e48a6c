#include "evidence/evtx_chunk.hpp"

#include <algorithm>

#include "evidence/checksum.hpp"
#include "evidence/little_endian.hpp"
#include "text/strings.hpp"

namespace iisdiag::evidence {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kChunkMagic = "ElfChnk\0"sv;
constexpr std::string_view kRecordMagic = "**\0\0"sv;
constexpr std::string_view kFragment = "\x0F\x01\x01\0"sv;
constexpr std::size_t kChunkHead = 512;
constexpr std::size_t kFreeSpace = 48;  // where it says its end
// Magic, size, id, time; behind the XML the size again.
constexpr std::size_t kRecordHead = 24;
constexpr std::size_t kLeastRecord = kRecordHead + 4;

facts::ClockSeconds seconds_of(std::uint64_t filetime) {
  constexpr std::uint64_t kPerSecond = 10'000'000;
  constexpr facts::ClockSeconds kFrom1601To1970 = 11'644'473'600;
  return static_cast<facts::ClockSeconds>(filetime / kPerSecond) -
         kFrom1601To1970;
}

std::string utf8(std::string_view units) {
  std::string text;
  append_utf16(text, units);
  return text;
}

std::optional<std::uint64_t> number_of(std::string_view units) {
  const auto value = text::to_integer(text::trim(utf8(units)));
  return value && *value >= 0
             ? std::optional(static_cast<std::uint64_t>(*value))
             : std::nullopt;
}

// `2012-10-16T07:11:45.123456Z`; the fraction is of no use here.
std::optional<facts::ClockSeconds> time_of(std::string_view units) {
  constexpr std::size_t kToSeconds = 19;
  const std::string text = utf8(units);
  const auto moment =
      facts::parse_iso(text.substr(0, std::min(kToSeconds, text.size())));
  return moment ? std::optional(moment->clock) : std::nullopt;
}

std::string_view shown(const EvtxField& field, const BinValues& values) {
  return field.slot == kNoSlot ? field.text : values.bytes(field.slot);
}

std::string bytes_of_hex(std::string_view digits) {
  std::string bytes;
  for (std::size_t i = 0; i + 2 <= digits.size(); i += 2) {
    const auto value = text::to_integer(digits.substr(i, 2), 16);
    if (!value || *value < 0) {
      break;
    }
    bytes += static_cast<char>(*value);
  }
  return bytes;
}

}  // namespace

void EvtxChunks::read(std::string_view chunk) {
  const std::size_t used = chunk.find_first_not_of('\0');
  if (used == std::string_view::npos) {
    return;  // room that no event has needed yet
  }
  ++damage_.chunks;
  if (!chunk.starts_with(kChunkMagic) || chunk.size() < kChunkHead) {
    ++damage_.damaged;
    return;
  }
  chunk_ = chunk;
  definitions_.start(chunk);
  newest_computer_ = {};
  std::size_t end = u32_at(chunk, kFreeSpace);
  const bool has_end = end >= kChunkHead && end <= kEvtxChunk;
  bool is_good = has_end && chunk.size() == kEvtxChunk;
  end = has_end ? std::min(end, chunk.size()) : chunk.size();
  is_good = is_good && has_good_checksums(end);
  // Where its end is not known, older records can lie behind it.
  is_good = read_records(end, has_end) && is_good;
  damage_.damaged += is_good ? 0 : 1;
  if (!newest_computer_.empty()) {
    log_.set_computer(utf8(newest_computer_));
  }
}

bool EvtxChunks::has_good_checksums(std::size_t end) const {
  constexpr std::uint32_t kNoChecksums = 4;
  constexpr std::size_t kFlags = 120;
  constexpr std::size_t kTables = 128;
  const std::uint32_t of_records = u32_at(chunk_, 52);
  const std::uint32_t of_head = u32_at(chunk_, 124);
  if ((u32_at(chunk_, kFlags) & kNoChecksums) != 0 ||
      (!has_checksums_ && of_records == 0 && of_head == 0)) {
    return true;
  }
  const std::uint32_t head =
      checksum(chunk_.substr(kTables, kChunkHead - kTables),
               checksum(chunk_.substr(0, kFlags)));
  return head == of_head &&
         checksum(chunk_.substr(kChunkHead, end - kChunkHead)) == of_records;
}

std::size_t EvtxChunks::record_size(std::size_t at, std::size_t end) const {
  if (at >= end || end - at < kLeastRecord ||
      chunk_.substr(at, kRecordMagic.size()) != kRecordMagic) {
    return 0;
  }
  const std::size_t size = u32_at(chunk_, at + 4);
  return size >= kLeastRecord && size <= end - at &&
                 u32_at(chunk_, at + size - 4) == size
             ? size
             : 0;
}

std::size_t EvtxChunks::find_record(std::size_t from, std::size_t end) const {
  constexpr std::size_t kStep = 8;
  for (std::size_t at = (from + kStep - 1) / kStep * kStep; at < end;
       at += kStep) {
    if (chunk_[at] == kRecordMagic.front() &&
        record_size(at, end) >= kLeastRecord + kFragment.size() &&
        chunk_.substr(at + kRecordHead, kFragment.size()) == kFragment) {
      return at;
    }
  }
  return end;
}

bool EvtxChunks::read_records(std::size_t end, bool may_search) {
  bool is_whole = true;
  for (std::size_t at = kChunkHead; at < end;) {
    const std::size_t size = record_size(at, end);
    if (size > 0) {
      is_whole = read_record(at, at + size - 4) && is_whole;
      at += size;
      continue;
    }
    is_whole = false;
    if (!may_search) {
      break;
    }
    at = find_record(at + 1, end);
  }
  return is_whole;
}

bool EvtxChunks::read_record(std::size_t at, std::size_t end) {
  // What the head says is not always what the event says: logs that were
  // exported or forwarded number their records anew.
  Event event;
  event.record = u64_at(chunk_, at + 8);
  event.time = seconds_of(u64_at(chunk_, at + 16));
  const std::size_t xml = at + kRecordHead;
  if (end - xml <= kFragment.size()) {
    count(event);
    return true;  // an event without content: there are such
  }
  constexpr unsigned char kTemplate = 0x0C;
  const std::size_t first = xml + kFragment.size();
  if (chunk_.substr(xml, kFragment.size()) == kFragment &&
      static_cast<unsigned char>(chunk_[first]) == kTemplate) {
    if (read_templated(first, end, event)) {
      return true;
    }
  } else if (read_plain(xml, end, event)) {
    return true;
  }
  count(event);
  return false;
}

void EvtxChunks::count(const Event& event) {
  if (log_.count(event.time, event.mark)) {
    newest_computer_ = event.computer;
  }
}

bool EvtxChunks::read_templated(std::size_t at, std::size_t end, Event& event) {
  const auto values = BinValues::read(chunk_, at, end);
  if (!values) {
    return false;
  }
  EvtxDefinition& definition = definitions_.at(values->definition());
  const EvtxSystem& system = definition.system;
  if (const auto time = values->number(system.time.slot, 8);
      time && EventLogPart::is_sane(seconds_of(*time))) {
    event.time = seconds_of(*time);
  }
  event.record = values->number(system.record.slot, 8).value_or(event.record);
  event.mark = definition.mark ? *definition.mark
                               : evtx_mark(values->bytes(system.channel.slot));
  event.computer = shown(system.computer, *values);
  const auto id = system.id.slot != kNoSlot ? values->number(system.id.slot, 2)
                                            : number_of(system.id.text);
  if (!id) {
    return false;
  }
  count(event);
  const EventMeaning* meaning = definition.last_meaning;
  const auto shown_id = static_cast<std::uint32_t>(*id & 0xFFFFU);
  if (!definition.source) {
    meaning = find_event(evtx_source(shown(system.provider, *values),
                                     shown(system.event_source, *values)),
                         shown_id);
  } else if (definition.last_id != shown_id) {
    meaning = find_event(*definition.source, shown_id);
    definition.last_id = shown_id;
    definition.last_meaning = meaning;
  }
  if (meaning == nullptr) {
    return true;
  }
  Body body;
  if (values->count() > 0 &&
      values->type(values->count() - 1) == BinType::kBinXml) {
    body.begin = values->start(values->count() - 1);
    body.end = body.begin + values->bytes(values->count() - 1).size();
  }
  use(*meaning, shown_id, shown(system.provider, *values),
      shown(system.event_source, *values), event, body);
  return true;
}

bool EvtxChunks::read_plain(std::size_t at, std::size_t end, Event& event) {
  const EvtxSystem system = read_evtx_system(chunk_, at, end, false);
  const auto id = number_of(system.id.text);
  if (!id) {
    return false;
  }
  event.time = time_of(system.time.text).value_or(event.time);
  event.record = number_of(system.record.text).value_or(event.record);
  event.mark = evtx_mark(system.channel.text);
  event.computer = system.computer.text;
  count(event);
  const auto shown_id = static_cast<std::uint32_t>(*id & 0xFFFFU);
  const EventMeaning* meaning = find_event(
      evtx_source(system.provider.text, system.event_source.text), shown_id);
  if (meaning != nullptr) {
    use(*meaning, shown_id, system.provider.text, system.event_source.text,
        event, {at, end});
  }
  return true;
}

void EvtxChunks::use(const EventMeaning& meaning, std::uint32_t id,
                     std::string_view writer, std::string_view other_writer,
                     const Event& event, const Body& body) {
  texts_.clear();
  binary_.clear();
  read_body(meaning, body);
  EventView view;
  view.meaning = &meaning;
  view.id = id;
  std::string name;
  if (names_its_writer(meaning)) {
    name = utf8(writer);
    if (event_source(name) == EventSource::kOther) {
      name = utf8(other_writer);
    }
  }
  view.writer = name;
  view.has_time = EventLogPart::is_sane(event.time);
  view.time = view.has_time ? event.time : 0;
  view.strings = texts_.views();
  view.binary = binary_;
  log_.add(view, event.record);
}

void EvtxChunks::read_body(const EventMeaning& meaning, const Body& body) {
  std::size_t at = body.begin;
  if (body.end - at >= kFragment.size() &&
      chunk_.substr(at, kFragment.size()) == kFragment) {
    at += kFragment.size();
  }
  constexpr unsigned char kTemplate = 0x0C;
  if (at >= body.end) {
    return;
  }
  if (static_cast<unsigned char>(chunk_[at]) != kTemplate) {
    read_plain_body(meaning, at, body.end);
  } else if (const auto values = BinValues::read(chunk_, at, body.end)) {
    read_values(meaning, *values);
  }
}

void EvtxChunks::read_values(const EventMeaning& meaning,
                             const BinValues& values) {
  if (!field_names(meaning).empty()) {
    for (const std::uint8_t slot :
         definitions_.order(values.definition(), meaning)) {
      values.append_text(slot, texts_.open_text());
      texts_.end_text();
    }
    return;
  }
  // Of the old kind: an array of strings, the size of the data, the data.
  for (std::size_t slot = 0; slot < values.count(); ++slot) {
    std::string_view rest = values.bytes(slot);
    switch (values.type(slot)) {
      case BinType::kStrings:
        while (rest.size() >= 2) {
          const std::size_t size = utf16_length(rest);
          texts_.add_utf16(rest.substr(0, size));
          rest.remove_prefix(std::min(size + 2, rest.size()));
        }
        break;
      case BinType::kString:
        texts_.add_utf16(rest);
        break;
      case BinType::kBinary:
        binary_ = rest;
        break;
      default:
        break;
    }
  }
}

void EvtxChunks::read_plain_body(const EventMeaning& meaning, std::size_t at,
                                 std::size_t end) {
  using Token = BinXml::Token;
  const auto names = field_names(meaning);
  std::vector<std::string> values(names.size());
  BinXml xml(chunk_, at, end, false);
  std::string_view element;
  bool is_attribute = false;
  bool is_name = false;
  std::size_t place = names.size();
  std::string text;
  const auto close = [&] {
    if (utf16_equals(element, "Data") && names.empty()) {
      texts_.add(text);
    } else if (utf16_equals(element, "Data") && place < names.size()) {
      values[place] = text;
    } else if (utf16_equals(element, "Binary")) {
      binary_ = bytes_of_hex(text);
    }
    element = {};
  };
  for (Token token = xml.next();
       token != Token::kEnd && token != Token::kBroken &&
       token != Token::kTemplate;
       token = xml.next()) {
    switch (token) {
      case Token::kOpen:
        element = xml.name();
        is_attribute = false;
        place = names.size();
        text.clear();
        break;
      case Token::kAttribute:
        is_attribute = true;
        is_name = utf16_equals(xml.name(), "Name");
        break;
      case Token::kContent:
        is_attribute = false;
        break;
      case Token::kText:
        if (!is_attribute) {
          append_utf16(text, xml.text());
        } else if (is_name) {
          for (std::size_t i = 0; i < names.size(); ++i) {
            if (!names[i].empty() && utf16_equals(xml.text(), names[i])) {
              place = i;
            }
          }
        }
        break;
      case Token::kClose:
        close();
        is_attribute = false;
        break;
      default:
        break;
    }
  }
  for (const std::string& value : values) {
    texts_.add(value);
  }
}

}  // namespace iisdiag::evidence
