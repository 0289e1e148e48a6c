#include "evidence/evtx_definition.hpp"

#include <algorithm>

#include "evidence/binxml.hpp"
#include "evidence/little_endian.hpp"

namespace iisdiag::evidence {
namespace {

using Token = BinXml::Token;

// Which field a text or slot belongs to that stands in `element`, or in an
// attribute of it.
EvtxField* field_of(EvtxSystem& system, std::string_view element,
                    std::string_view attribute) {
  struct Row {
    std::string_view element;
    std::string_view attribute;
    EvtxField EvtxSystem::*field;
  };
  static constexpr Row kFields[] = {
      {"Provider", "Name", &EvtxSystem::provider},
      {"Provider", "EventSourceName", &EvtxSystem::event_source},
      {"EventID", "", &EvtxSystem::id},
      {"TimeCreated", "SystemTime", &EvtxSystem::time},
      {"EventRecordID", "", &EvtxSystem::record},
      {"Channel", "", &EvtxSystem::channel},
      {"Computer", "", &EvtxSystem::computer},
  };
  for (const Row& row : kFields) {
    if (utf16_equals(element, row.element) &&
        (row.attribute.empty() ? attribute.empty()
                               : utf16_equals(attribute, row.attribute))) {
      return &(system.*row.field);
    }
  }
  return nullptr;
}

// The slots that records have had in all logs that were seen (FORMATS.md 1.5),
// for a definition that does not say.
void assume_slots(EvtxSystem& system) {
  system.id.slot = 3;
  system.time.slot = 6;
  system.record.slot = 10;
}

bool is_told(const EvtxField& field) {
  return field.slot != kNoSlot || !field.text.empty();
}

}  // namespace

EvtxSystem read_evtx_system(std::string_view chunk, std::size_t begin,
                            std::size_t end, bool is_definition) {
  EvtxSystem system;
  BinXml xml(chunk, begin, end, is_definition);
  // Event 1, System 2, its elements 3.
  std::size_t depth = 0;
  bool in_system = false;
  std::string_view element;
  std::string_view attribute;
  for (;;) {
    switch (xml.next()) {
      case Token::kOpen:
        ++depth;
        element = xml.name();
        attribute = {};
        if (depth == 2) {
          in_system = utf16_equals(element, "System");
        }
        break;
      case Token::kAttribute:
        attribute = xml.name();
        break;
      case Token::kContent:
        attribute = {};
        break;
      case Token::kClose:
        if (depth == 2 && in_system) {
          return system;
        }
        depth -= depth > 0 ? 1 : 0;
        element = {};
        attribute = {};
        break;
      case Token::kText:
      case Token::kSlot:
        if (in_system && depth == 3) {
          EvtxField* field = field_of(system, element, attribute);
          if (field != nullptr && !is_told(*field)) {
            if (xml.is_slot()) {
              field->slot = static_cast<std::uint8_t>(
                  std::min<std::uint16_t>(xml.slot(), kNoSlot));
            } else if (utf16_length(xml.text()) > 0) {
              field->text = xml.text();
            }
          }
        }
        break;
      case Token::kEnd:
      case Token::kBroken:
      case Token::kTemplate:
        return system;
    }
  }
}

EventSource evtx_source(std::string_view provider,
                        std::string_view event_source) {
  std::string name;
  append_utf16(name, provider);
  const EventSource source = evidence::event_source(name);
  if (source != EventSource::kOther || event_source.empty()) {
    return source;
  }
  name.clear();
  append_utf16(name, event_source);
  return evidence::event_source(name);
}

LogMark evtx_mark(std::string_view channel) {
  if (utf16_length(channel) == 0) {
    return LogMark::kNone;
  }
  if (utf16_equals(channel, "Security")) {
    return LogMark::kSecurity;
  }
  return utf16_equals(channel, "System") ? LogMark::kSystem : LogMark::kOther;
}

void EvtxDefinitions::start(std::string_view chunk) {
  chunk_ = chunk;
  entries_.clear();
  heads_.fill(kNone);
}

EvtxDefinitions::Entry& EvtxDefinitions::find(std::size_t offset) {
  std::uint16_t& head = heads_[(offset ^ (offset >> 8U)) % kBuckets];
  for (std::uint16_t i = head; i != kNone; i = entries_[i].next) {
    if (entries_[i].definition.offset == offset) {
      return entries_[i];
    }
  }
  Entry& entry = entries_.emplace_back();
  entry.definition.offset = offset;
  entry.next = head;
  head = static_cast<std::uint16_t>(entries_.size() - 1);
  return entry;
}

std::string_view EvtxDefinitions::body_of(std::size_t offset,
                                          std::size_t& begin) const {
  begin = offset + kDefinitionHead;
  return chunk_.substr(0, begin + u32_at(chunk_, offset + 20));
}

EvtxDefinition& EvtxDefinitions::at(std::size_t offset) {
  Entry& entry = find(offset);
  EvtxDefinition& definition = entry.definition;
  if (entry.is_read) {
    return definition;
  }
  entry.is_read = true;
  std::size_t begin = 0;
  const std::string_view body = body_of(offset, begin);
  EvtxSystem& system = definition.system;
  system = read_evtx_system(body, begin, body.size(), true);
  if (!is_told(system.id)) {
    assume_slots(system);
  }
  if (system.provider.slot == kNoSlot && system.event_source.slot == kNoSlot) {
    definition.source =
        evtx_source(system.provider.text, system.event_source.text);
  }
  if (system.channel.slot == kNoSlot) {
    definition.mark = evtx_mark(system.channel.text);
  }
  return definition;
}

std::span<const std::uint8_t> EvtxDefinitions::order(
    std::size_t offset, const EventMeaning& meaning) {
  const auto names = field_names(meaning);
  EvtxDefinition& definition = find(offset).definition;
  const std::size_t count = std::min(names.size(), definition.order.size());
  const std::span<const std::uint8_t> result(definition.order.data(), count);
  if (definition.order_of == &meaning) {
    return result;
  }
  definition.order_of = &meaning;
  definition.order.fill(kNoSlot);
  std::size_t begin = 0;
  const std::string_view body = body_of(offset, begin);
  BinXml xml(body, begin, body.size(), true);
  bool is_named = false;
  bool is_attribute = false;
  std::size_t place = count;  // of the name that was read last
  for (Token token = xml.next();
       token != Token::kEnd && token != Token::kBroken &&
       token != Token::kTemplate;
       token = xml.next()) {
    switch (token) {
      case Token::kAttribute:
        is_attribute = utf16_equals(xml.name(), "Name");
        break;
      case Token::kText:
        for (std::size_t i = 0; is_attribute && i < count; ++i) {
          if (!names[i].empty() && utf16_equals(xml.text(), names[i])) {
            place = i;
          }
        }
        break;
      case Token::kContent:
        is_attribute = false;
        break;
      case Token::kSlot:
        if (place < count && xml.slot() < kNoSlot) {
          definition.order[place] = static_cast<std::uint8_t>(xml.slot());
          is_named = true;
        }
        place = count;
        break;
      default:
        is_attribute = false;
        place = count;
    }
  }
  for (std::size_t i = 0; !is_named && i < count; ++i) {
    definition.order[i] = static_cast<std::uint8_t>(i);
  }
  return result;
}

}  // namespace iisdiag::evidence
