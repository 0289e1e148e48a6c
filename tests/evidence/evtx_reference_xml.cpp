#include "evidence/evtx_reference_xml.hpp"

#include <map>

namespace iisdiag::evidence::reference {

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

static std::string sid_text(Bytes bytes) {
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

}  // namespace iisdiag::evidence::reference
