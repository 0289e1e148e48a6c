#include "support/evtx_writer.hpp"

#include "support/evtx_events.hpp"

namespace iisdiag::test {
namespace {

constexpr std::size_t kChunk = 65'536;
constexpr std::size_t kHead = 512;
constexpr std::uint64_t kFrom1601To1970 = 11'644'473'600;

std::uint64_t filetime(std::int64_t time) {
  return (static_cast<std::uint64_t>(time) + kFrom1601To1970) * 10'000'000;
}

void put(std::string& bytes, std::size_t at, std::uint64_t value,
         std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) {
    bytes[at + i] = static_cast<char>(value >> (8 * i) & 0xFFU);
  }
}
std::string number(std::uint64_t value, std::size_t size) {
  std::string bytes(size, '\0');
  put(bytes, 0, value, size);
  return bytes;
}

std::string wide(std::string_view ascii) {
  std::string bytes;
  for (const char c : ascii) {
    bytes.append({c, '\0'});
  }
  return bytes;
}

std::string hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 0xFU];
  }
  return text;
}

EvtxValue null_value() { return {}; }

}  // namespace

EvtxChunkWriter::EvtxChunkWriter() : bytes_(kHead, '\0') {}

void EvtxChunkWriter::u8(unsigned value) { bytes_ += number(value, 1); }
void EvtxChunkWriter::u16(unsigned value) { bytes_ += number(value, 2); }
void EvtxChunkWriter::u32(std::uint64_t value) { bytes_ += number(value, 4); }
void EvtxChunkWriter::u64(std::uint64_t value) { bytes_ += number(value, 8); }

void EvtxChunkWriter::patch(std::size_t at) {
  put(bytes_, at, bytes_.size() - at - 4, 4);
}

void EvtxChunkWriter::name(std::string_view ascii) {
  const auto known = names_.find(ascii);
  if (known != names_.end()) {
    u32(known->second);
    return;
  }
  u32(bytes_.size() + 4);
  names_.emplace(ascii, bytes_.size());
  std::uint32_t hash = 0;
  for (const char c : ascii) {
    hash = hash * 65'599 + static_cast<unsigned char>(c);
  }
  u32(0);
  u16(hash & 0xFFFFU);
  u16(static_cast<unsigned>(ascii.size()));
  bytes_ += wide(ascii);
  u16(0);
}

void EvtxChunkWriter::text(std::string_view ascii) {
  u8(0x05);
  u8(0x01);
  u16(static_cast<unsigned>(ascii.size()));
  bytes_ += wide(ascii);
}

void EvtxChunkWriter::slot(unsigned index, unsigned type) {
  u8(0x0E);
  u16(index);
  u8(type);
}

std::size_t EvtxChunkWriter::open(std::string_view ascii, bool has_attributes,
                                  bool is_definition) {
  u8(has_attributes ? 0x41 : 0x01);
  if (is_definition) {
    u16(0xFFFF);
  }
  const std::size_t size = bytes_.size();
  u32(0);
  name(ascii);
  return size;
}

void EvtxChunkWriter::attribute(std::string_view ascii) {
  u8(0x06);
  name(ascii);
}

void EvtxChunkWriter::record_head(std::uint64_t record, std::int64_t time) {
  first_id_ = last_record_ == 0 ? record : first_id_;
  last_id_ = record;
  last_record_ = bytes_.size();
  bytes_ += std::string("**\0\0\0\0\0\0", 8);
  u64(record);
  u64(filetime(time));
}

std::size_t EvtxChunkWriter::record_tail(std::size_t at) {
  bytes_.resize((bytes_.size() + 4 + 7) / 8 * 8 - 4);
  const std::size_t size = bytes_.size() + 4 - at;
  u32(size);
  put(bytes_, at + 4, size, 4);
  return at;
}

void EvtxChunkWriter::values(const std::vector<EvtxValue>& all) {
  u32(all.size());
  for (const EvtxValue& value : all) {
    u16(static_cast<unsigned>(value.bytes.size()));
    u8(value.type);
    u8(0);
  }
  for (const EvtxValue& value : all) {
    bytes_ += value.bytes;
  }
}

// True: the definition has to follow.
bool EvtxChunkWriter::instance(const std::string& key) {
  const auto known = templates_.find(key);
  const auto id = static_cast<unsigned>(templates_.size() + 1);
  u8(0x0C);
  u8(0x01);
  u32(id);
  if (known != templates_.end()) {
    u32(known->second);
    return false;
  }
  u32(bytes_.size() + 4);
  templates_.emplace(key, bytes_.size());
  u32(0);
  u32(id);
  bytes_ += std::string(12, '\x5A');  // the rest of a GUID
  definition_size_ = bytes_.size();
  u32(0);
  bytes_ += std::string("\x0F\x01\x01\0", 4);
  return true;
}

void EvtxChunkWriter::end_definition(std::size_t at) {
  u8(0x00);
  patch(at);
}

// Event is open. Names of a definition are values or text of its own; a record
// without a template has text only.
void EvtxChunkWriter::system(const EvtxEvent& event, bool is_definition) {
  const bool has_slots = event.shape == EvtxEvent::Shape::kSlots;
  const auto element = [&](std::string_view ascii, unsigned index,
                           unsigned type, const std::string& content) {
    const std::size_t size = open(ascii, false, is_definition);
    u8(0x02);
    if (is_definition) {
      slot(index, type);
    } else {
      text(content);
    }
    u8(0x04);
    patch(size);
  };
  const std::size_t all = open("System", false, is_definition);
  u8(0x02);
  const std::size_t provider = open("Provider", true, is_definition);
  const std::size_t attributes = bytes_.size();
  u32(0);
  attribute("Name");
  if (has_slots) {
    slot(14, 0x01);
  } else {
    text(event.provider);
  }
  if (!event.event_source.empty()) {
    attribute("EventSourceName");
    text(event.event_source);
  }
  patch(attributes);
  u8(0x03);
  patch(provider);
  element("EventID", 3, 0x06, std::to_string(event.id));
  element("Level", 0, 0x04, "3");
  const std::size_t time = open("TimeCreated", true, is_definition);
  const std::size_t time_attributes = bytes_.size();
  u32(0);
  attribute("SystemTime");
  if (is_definition) {
    slot(6, 0x11);
  } else {
    text("2006-05-16T09:01:00.123456Z");
  }
  patch(time_attributes);
  u8(0x03);
  patch(time);
  element("EventRecordID", 10, 0x0A, std::to_string(event.record));
  for (const bool is_computer : {false, true}) {
    const std::size_t size =
        open(is_computer ? "Computer" : "Channel", false, is_definition);
    u8(0x02);
    if (!is_computer && has_slots) {
      slot(16, 0x01);
    } else {
      text(is_computer ? event.computer : event.channel);
    }
    u8(0x04);
    patch(size);
  }
  u8(0x04);
  patch(all);
}

void EvtxChunkWriter::templated(const EvtxEvent& event) {
  const bool has_slots = event.shape == EvtxEvent::Shape::kSlots;
  const unsigned count = has_slots ? 18 : 20;
  bytes_ += std::string("\x0F\x01\x01\0", 4);
  const std::string key = has_slots
                              ? "slots " + event.computer
                              : event.provider + "|" + event.event_source +
                                    "|" + event.channel + "|" + event.computer;
  if (instance(key)) {
    const std::size_t definition = definition_size_;
    const std::size_t size = open("Event", false, true);
    u8(0x02);
    system(event, true);
    slot(count - 1, 0x21);
    u8(0x04);
    patch(size);
    end_definition(definition);
  }
  std::vector<EvtxValue> all(count);
  all[0] = number_value(3, 1);
  all[3] = number_value(event.id, 2);
  all[4] = event.is_old ? number_value(0x8000, 2) : null_value();
  all[6] = {0x11, number(filetime(event.time), 8)};
  all[10] = number_value(event.record, 8);
  if (has_slots) {
    all[14] = text_value(event.provider);
    all[16] = text_value(event.channel);
  }
  // The body lies behind the other values, which have to stand before its
  // own names and templates know their places; its size comes last.
  all[count - 1] = {0x21, {}};
  const std::size_t descriptor = bytes_.size() + 4 + 4 * (count - 1);
  values(all);
  const std::size_t begin = bytes_.size();
  body(event);
  put(bytes_, descriptor, bytes_.size() - begin, 2);
  u8(0x00);
}

void EvtxChunkWriter::body(const EvtxEvent& event) {
  if (!event.is_old && event.data.empty()) {
    return;
  }
  if (event.body_has_head) {
    bytes_ += std::string("\x0F\x01\x01\0", 4);
  }
  if (event.is_old) {
    if (instance("old")) {
      const std::size_t definition = definition_size_;
      const std::size_t all = open("EventData", false, true);
      u8(0x02);
      std::size_t size = open("Data", false, true);
      u8(0x02);
      slot(0, 0x81);
      u8(0x04);
      patch(size);
      size = open("Binary", false, true);
      u8(0x02);
      slot(2, 0x0E);
      u8(0x04);
      patch(size);
      u8(0x04);
      patch(all);
      end_definition(definition);
    }
    EvtxValue strings = null_value();
    for (const std::string& string : event.strings) {
      strings.type = 0x81;
      strings.bytes += wide(string) + std::string(2, '\0');
    }
    values({strings,
            number_value(event.binary.size(), 4),
            {static_cast<std::uint8_t>(event.binary.empty() ? 0 : 0x0E),
             event.binary}});
    return;
  }
  std::string key = "data";
  std::vector<EvtxValue> all;
  for (const auto& [field, value] : event.data) {
    key += "|" + field;
    all.push_back(value);
  }
  if (instance(key)) {
    const std::size_t definition = definition_size_;
    const std::size_t data = open("EventData", false, true);
    u8(0x02);
    unsigned index = 0;
    for (const auto& [field, value] : event.data) {
      const std::size_t size = open("Data", true, true);
      const std::size_t attributes = bytes_.size();
      u32(0);
      attribute("Name");
      text(field);
      patch(attributes);
      u8(0x02);
      slot(index++, value.type);
      u8(0x04);
      patch(size);
    }
    u8(0x04);
    patch(data);
    end_definition(definition);
  }
  values(all);
}

// Strings only: data of the old kind, or named texts.
void EvtxChunkWriter::plain(const EvtxEvent& event) {
  bytes_ += std::string("\x0F\x01\x01\0", 4);
  const std::size_t size = open("Event", false, false);
  u8(0x02);
  system(event, false);
  const std::size_t data = open("EventData", false, false);
  u8(0x02);
  for (const std::string& string : event.strings) {
    const std::size_t one = open("Data", false, false);
    u8(0x02);
    text(string);
    u8(0x04);
    patch(one);
  }
  for (const auto& [field, value] : event.data) {
    const std::size_t one = open("Data", true, false);
    const std::size_t attributes = bytes_.size();
    u32(0);
    attribute("Name");
    text(field);
    patch(attributes);
    u8(0x02);
    u8(0x05);
    u8(0x01);
    u16(static_cast<unsigned>(value.bytes.size() / 2));
    bytes_ += value.bytes;
    u8(0x04);
    patch(one);
  }
  if (!event.binary.empty()) {
    const std::size_t one = open("Binary", false, false);
    u8(0x02);
    text(hex(event.binary));
    u8(0x04);
    patch(one);
  }
  u8(0x04);
  patch(data);
  u8(0x04);
  patch(size);
  u8(0x00);
}

std::size_t EvtxChunkWriter::add(const EvtxEvent& event) {
  const std::size_t at = bytes_.size();
  record_head(event.head_record != 0 ? event.head_record : event.record,
              event.head_time != 0 ? event.head_time : event.time);
  if (event.shape == EvtxEvent::Shape::kPlain) {
    plain(event);
  } else {
    templated(event);
  }
  return record_tail(at);
}

std::size_t EvtxChunkWriter::add_raw(std::string_view content,
                                     std::uint64_t record, std::int64_t time) {
  const std::size_t at = bytes_.size();
  record_head(record, time);
  bytes_ += content;
  return record_tail(at);
}

std::string EvtxChunkWriter::finish() const {
  std::string chunk = bytes_;
  chunk.replace(0, 8, std::string("ElfChnk\0", 8));
  put(chunk, 8, first_id_, 8);
  put(chunk, 16, last_id_, 8);
  put(chunk, 24, first_id_, 8);
  put(chunk, 32, last_id_, 8);
  put(chunk, 40, 128, 4);
  put(chunk, 44, last_record_, 4);
  put(chunk, 48, bytes_.size(), 4);
  put(chunk, 120, 1, 4);
  chunk.resize(kChunk);
  sign_chunk(chunk);
  return chunk;
}

}  // namespace iisdiag::test
