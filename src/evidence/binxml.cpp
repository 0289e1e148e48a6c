#include "evidence/binxml.hpp"

#include <algorithm>
#include <charconv>

#include "evidence/little_endian.hpp"

namespace iisdiag::evidence {
namespace {

using namespace std::string_view_literals;

constexpr unsigned kTypeOfToken = 0xBF;  // without "there is more"
constexpr unsigned kMore = 0x40;

// Of a name: next in its bucket, a hash, the number of units.
constexpr std::size_t kNameHead = 8;
constexpr std::size_t kMaxValues = 1'024;

// The references that XML has without a declaration, as UTF-16LE.
std::string_view entity(std::string_view name) {
  struct Row {
    std::string_view name;
    std::string_view text;
  };
  static constexpr Row kEntities[] = {{"amp", "&\0"sv},
                                      {"lt", "<\0"sv},
                                      {"gt", ">\0"sv},
                                      {"quot", "\"\0"sv},
                                      {"apos", "'\0"sv}};
  for (const Row& row : kEntities) {
    if (utf16_equals(name, row.name)) {
      return row.text;
    }
  }
  return {};
}

// Without fmt, which makes 40 KB of code for a string that grows.
template <class Number>
void append_number(std::string& out, Number number, int base = 10) {
  std::array<char, 24> digits{};
  const auto written =
      std::to_chars(digits.data(), digits.data() + digits.size(), number, base);
  out.append(digits.data(), written.ptr);
}

void append_sid(std::string_view bytes, std::string& out) {
  constexpr std::size_t kHead = 8;
  if (bytes.size() < kHead || bytes[0] != 1) {
    return;
  }
  const std::size_t count = static_cast<unsigned char>(bytes[1]);
  if (count > 15 || bytes.size() < kHead + 4 * count) {
    return;
  }
  std::uint64_t authority = 0;
  for (std::size_t i = 2; i < kHead; ++i) {
    authority = authority << 8U | static_cast<unsigned char>(bytes[i]);
  }
  out += "S-1-";
  append_number(out, authority);
  for (std::size_t i = 0; i < count; ++i) {
    out += '-';
    append_number(out, u32_at(bytes, kHead + 4 * i));
  }
}

}  // namespace

bool BinXml::take(std::size_t size) {
  if (!holds(chunk_, at_, size)) {
    return false;
  }
  at_ += size;
  return true;
}

// A name stands where it is used first; later uses point back to it.
bool BinXml::take_name() {
  if (!take(4)) {
    return false;
  }
  const std::size_t offset = u32_at(chunk_, at_ - 4);
  name_ = {};
  const bool is_here = offset == at_;
  if (!holds(chunk_, offset, kNameHead)) {
    return !is_here;
  }
  const std::size_t size = 2 * std::size_t{u16_at(chunk_, offset + 6)};
  if (!holds(chunk_, offset + kNameHead, size)) {
    return !is_here;
  }
  name_ = chunk_.substr(offset + kNameHead, size);
  return !is_here || take(kNameHead + size + 2);
}

bool BinXml::take_text() {
  if (!take(2)) {
    return false;
  }
  const std::size_t size = 2 * std::size_t{u16_at(chunk_, at_ - 2)};
  if (!take(size)) {
    return false;
  }
  text_ = chunk_.substr(at_ - size, size);
  return true;
}

BinXml::Token BinXml::next() {
  while (holds(chunk_, at_, 1)) {
    const unsigned token = static_cast<unsigned char>(chunk_[at_]);
    const bool has_more = (token & kMore) != 0;
    const std::size_t start = at_++;
    is_slot_ = false;
    switch (token & kTypeOfToken) {
      case 0x00:
        return Token::kEnd;
      case 0x01:
        if (take((is_definition_ ? 2U : 0U) + 4U) && take_name() &&
            (!has_more || take(4))) {
          return Token::kOpen;
        }
        return Token::kBroken;
      case 0x02:
        return Token::kContent;
      case 0x03:
      case 0x04:
        return Token::kClose;
      case 0x05:
        return take(1) && take_text() ? Token::kText : Token::kBroken;
      case 0x06:
        return take_name() ? Token::kAttribute : Token::kBroken;
      case 0x07:
        return take_text() ? Token::kText : Token::kBroken;
      case 0x08:
        text_ = {};
        if (!take(2)) {
          return Token::kBroken;
        }
        text_ = chunk_.substr(at_ - 2, 2);
        return Token::kText;
      case 0x09:
        if (!take_name()) {
          return Token::kBroken;
        }
        text_ = entity(name_);
        return Token::kText;
      case 0x0A:
        if (!take_name()) {
          return Token::kBroken;
        }
        break;
      case 0x0B:
        if (!take_text()) {
          return Token::kBroken;
        }
        break;
      case 0x0C:
        at_ = start;
        return Token::kTemplate;
      case 0x0D:
      case 0x0E:
        if (!take(3)) {
          return Token::kBroken;
        }
        slot_ = u16_at(chunk_, at_ - 3);
        is_slot_ = true;
        return Token::kSlot;
      case 0x0F:
        if (!take(3)) {
          return Token::kBroken;
        }
        break;
      default:
        return Token::kBroken;
    }
  }
  return Token::kEnd;
}

std::optional<BinValues> BinValues::read(std::string_view chunk, std::size_t at,
                                         std::size_t end) {
  // 0C 01, a short id, the place of the definition.
  constexpr std::size_t kHead = 10;
  const std::string_view record = chunk.substr(0, end);
  if (!holds(record, at, kHead)) {
    return std::nullopt;
  }
  BinValues values;
  values.chunk_ = record;
  values.definition_ = u32_at(record, at + 6);
  std::size_t place = at + kHead;
  if (!holds(chunk, values.definition_, kDefinitionHead)) {
    return std::nullopt;
  }
  const std::uint64_t size = u32_at(chunk, values.definition_ + 20);
  if (!holds(chunk, values.definition_ + kDefinitionHead, size)) {
    return std::nullopt;
  }
  if (values.definition_ == place) {
    place += kDefinitionHead + static_cast<std::size_t>(size);
  }
  if (!holds(record, place, 4)) {
    return std::nullopt;
  }
  const std::uint32_t count = u32_at(record, place);
  if (count > kMaxValues || !holds(record, place + 4, 4ULL * count)) {
    return std::nullopt;
  }
  values.count_ = count;
  std::size_t descriptor = place + 4;
  std::size_t start = descriptor + 4 * std::size_t{count};
  for (std::size_t slot = 0; slot < count; ++slot, descriptor += 4) {
    if (slot < kMaxSlots) {
      values.starts_[slot] = static_cast<std::uint32_t>(start);
      values.types_[slot] = static_cast<BinType>(
          static_cast<unsigned char>(record[descriptor + 2]));
    }
    start += u16_at(record, descriptor);
    if (slot + 1 == std::min<std::size_t>(count, kMaxSlots)) {
      values.starts_[slot + 1] = static_cast<std::uint32_t>(start);
    }
  }
  return start <= end ? std::optional(values) : std::nullopt;
}

std::optional<std::uint64_t> BinValues::number(std::size_t slot,
                                               std::size_t size) const {
  return bytes(slot).size() == size && type(slot) != BinType::kNull
             ? std::optional(little_endian(bytes(slot), 0, size))
             : std::nullopt;
}

void BinValues::append_text(std::size_t slot, std::string& out) const {
  const std::string_view value = bytes(slot);
  // Of one, two, four or eight bytes, whatever the type wants.
  const auto number = [&] {
    return little_endian(value, 0, std::min<std::size_t>(value.size(), 8));
  };
  const auto signed_number = [&] {
    const std::size_t size = std::min<std::size_t>(value.size(), 8);
    const unsigned unused = 64 - 8 * static_cast<unsigned>(size);
    return size == 0 ? 0
                     : static_cast<std::int64_t>(number() << unused) >> unused;
  };
  switch (type(slot)) {
    case BinType::kString:
      append_utf16(out, value);
      return;
    case BinType::kAnsi:
      // A page of code that is not known; what is not ASCII is left out.
      for (const char c : value) {
        if (c > 0) {
          out += c;
        }
      }
      return;
    case BinType::kUint8:
    case BinType::kUint16:
    case BinType::kUint32:
    case BinType::kUint64:
      append_number(out, number());
      return;
    case BinType::kInt8:
    case BinType::kInt16:
    case BinType::kInt32:
    case BinType::kInt64:
      append_number(out, signed_number());
      return;
    case BinType::kSizeT:
    case BinType::kHex32:
    case BinType::kHex64:
      out += "0x";
      append_number(out, number(), 16);
      return;
    case BinType::kSid:
      append_sid(value, out);
      return;
    case BinType::kNull:
    case BinType::kBinary:
    case BinType::kFileTime:
    case BinType::kBinXml:
    case BinType::kStrings:
      return;
  }
}

}  // namespace iisdiag::evidence
