#include "evidence/event_reference.hpp"

#include <zlib.h>

#include "evidence/event_reference_log.hpp"
#include "evidence/evtx_reference_xml.hpp"

namespace iisdiag::evidence {
namespace {

using namespace reference;

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

}  // namespace iisdiag::evidence
