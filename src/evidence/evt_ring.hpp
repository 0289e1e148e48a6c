// The ring of records that an .evt file is (FORMATS.md 2).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace iisdiag::evidence {

inline constexpr std::size_t kEvtHead = 48;
// Length, `LfLe`, numbers; then names and texts, and the length again.
inline constexpr std::size_t kEvtRecordHead = 56;
inline constexpr std::size_t kEvtLeastRecord = kEvtRecordHead + 4;
inline constexpr std::string_view kEvtMagic = "LfLe";

// The records from the oldest to the end as one line of bytes, whose places
// count from the oldest record. A ring that does not say where it begins and
// ends is taken as it lies in the file.
class EvtRing {
 public:
  // Any bytes.
  explicit EvtRing(std::string_view file);

  // False where its records had to be searched for.
  bool has_end() const { return has_end_; }
  std::uint64_t size() const { return size_; }

  // The record at a place: without a copy, unless it goes on at the beginning
  // of the file; then `joined` holds it. Empty where there is none.
  std::string_view record(std::uint64_t at, std::string& joined) const;

  // Where to go on at a place without a record: behind what fills the end of
  // the file up, as it has to be, or at the next record, which `is_broken`
  // tells; size() where there is none.
  std::uint64_t next(std::uint64_t at, bool& is_broken) const;
  // The first place from `at` on where a record is.
  std::uint64_t find(std::uint64_t at) const;

 private:
  bool take_end(std::uint64_t end, std::uint64_t oldest, bool is_empty);
  void find_end();
  std::size_t place(std::uint64_t at) const;
  // Bytes that follow without a jump to the beginning of the file.
  std::string_view straight(std::uint64_t at) const;
  std::uint32_t number(std::uint64_t at) const;
  // Its length, or 0.
  std::size_t record_size(std::uint64_t at) const;

  std::string_view file_;
  std::uint64_t oldest_ = kEvtHead;
  std::uint64_t size_ = 0;
  bool has_end_ = false;
};

}  // namespace iisdiag::evidence
