// Binary XML, as the records of .evtx hold it (FORMATS.md 1.4).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace iisdiag::evidence {

// Types of values that are looked at.
enum class BinType : std::uint8_t {
  kNull = 0x00,
  kString = 0x01,
  kAnsi = 0x02,
  kInt8 = 0x03,
  kUint8 = 0x04,
  kInt16 = 0x05,
  kUint16 = 0x06,
  kInt32 = 0x07,
  kUint32 = 0x08,
  kInt64 = 0x09,
  kUint64 = 0x0A,
  kBinary = 0x0E,
  kSizeT = 0x10,
  kFileTime = 0x11,
  kSid = 0x13,
  kHex32 = 0x14,
  kHex64 = 0x15,
  kBinXml = 0x21,
  kStrings = 0x81,
};

// Walks the tokens between two places of a chunk. Takes any bytes; ends
// always, for every token is at least a byte.
class BinXml {
 public:
  enum class Token : std::uint8_t {
    kEnd,
    kBroken,     // bytes that mean nothing; the walk is over
    kTemplate,   // an instance begins at at(); the walk is over
    kOpen,       // an element: name()
    kAttribute,  // of it: name(); its value follows
    kContent,    // the attributes are over
    kClose,
    kText,  // text()
    kSlot,  // a value of the instance stands here: slot()
  };

  // Elements have two bytes more within the definition of a template, and only
  // there.
  BinXml(std::string_view chunk, std::size_t begin, std::size_t end,
         bool is_definition)
      : chunk_(chunk.substr(0, end)),
        at_(begin),
        is_definition_(is_definition) {}

  Token next();

  std::size_t at() const { return at_; }
  // UTF-16LE, in the chunk; empty for a name that lies outside.
  std::string_view name() const { return name_; }
  std::string_view text() const { return text_; }
  std::uint16_t slot() const { return slot_; }
  // Of the last token that was kText or kSlot: which of them.
  bool is_slot() const { return is_slot_; }

 private:
  bool take(std::size_t size);
  bool take_name();
  bool take_text();

  std::string_view chunk_;
  std::size_t at_;
  bool is_definition_;
  std::string_view name_;
  std::string_view text_;
  std::uint16_t slot_ = 0;
  bool is_slot_ = false;
};

// The values of an instance of a template.
class BinValues {
 public:
  static constexpr std::size_t kMaxSlots = 64;  // further ones are not kept

  // From the place of the `0C`, within a record that ends at `end`. Nothing
  // where it cannot be an instance.
  static std::optional<BinValues> read(std::string_view chunk, std::size_t at,
                                       std::size_t end);

  std::size_t count() const { return count_; }
  // Where the definition lies; it is within the chunk, its size too.
  std::size_t definition() const { return definition_; }

  BinType type(std::size_t slot) const {
    return slot < kept() ? types_[slot] : BinType::kNull;
  }
  // Empty for a slot that is not there.
  std::string_view bytes(std::size_t slot) const {
    return slot < kept()
               ? chunk_.substr(starts_[slot], starts_[slot + 1] - starts_[slot])
               : std::string_view{};
  }
  std::size_t start(std::size_t slot) const {
    return slot < kept() ? starts_[slot] : 0;
  }
  // A number of just that size.
  std::optional<std::uint64_t> number(std::size_t slot, std::size_t size) const;

  // As it is shown: numbers decimal or with 0x, SIDs as S-1-...; of an array
  // and of what is not text or a number, nothing.
  void append_text(std::size_t slot, std::string& out) const;

 private:
  std::size_t kept() const { return count_ < kMaxSlots ? count_ : kMaxSlots; }

  std::string_view chunk_;
  std::size_t count_ = 0;
  std::size_t definition_ = 0;
  std::array<std::uint32_t, kMaxSlots + 1> starts_{};
  std::array<BinType, kMaxSlots> types_{};
};

// The definition of a template: 24 bytes, then binary XML.
inline constexpr std::size_t kDefinitionHead = 24;

}  // namespace iisdiag::evidence
