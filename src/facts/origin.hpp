// Where a fact was read.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace iisdiag::facts {

// A place in a captured file, a registry value or an answer of a system call.
// Cheap to copy: configurations carry one for every setting, so the name is
// shared between them.
class Origin {
 public:
  enum class Kind : std::uint8_t { kNone, kFile, kRecord, kRegistry, kApi };
  using Name = std::shared_ptr<const std::string>;

  Origin() = default;
  // Line numbers count from 1; 0 means the file as a whole.
  static Origin in_file(Name file, std::uint64_t line);
  static Origin in_file(std::string_view file, std::uint64_t line);
  static Origin in_record(Name file, std::uint64_t record);
  static Origin in_record(std::string_view file, std::uint64_t record);
  static Origin in_registry(std::string_view key_and_value);
  static Origin from_api(std::string_view function, std::uint64_t code);

  Kind kind() const { return kind_; }
  explicit operator bool() const { return kind_ != Kind::kNone; }
  // The file, the registry value or the function.
  const std::string& name() const;
  // The line, the record number or the error code.
  std::uint64_t number() const { return number_; }

  // "secedit.inf, line 41", "SysEvent.evt, record 412", "NetUserGetInfo".
  std::string text() const;

  friend bool operator==(const Origin& left, const Origin& right) {
    return left.kind_ == right.kind_ && left.number_ == right.number_ &&
           left.name() == right.name();
  }

 private:
  Origin(Kind kind, Name name, std::uint64_t number)
      : name_(std::move(name)), number_(number), kind_(kind) {}

  Name name_;
  std::uint64_t number_ = 0;
  Kind kind_ = Kind::kNone;
};

}  // namespace iisdiag::facts
