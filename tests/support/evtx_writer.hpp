// Small event logs of Windows Vista and later, byte by byte (FORMATS.md 1).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace iisdiag::test {

// A value of a template: its type and its bytes.
struct EvtxValue {
  std::uint8_t type = 0;  // 0: null
  std::string bytes;
};

struct EvtxEvent {
  // How the event is written.
  enum class Shape : std::uint8_t {
    kLiteral,  // the template has provider, channel and computer as text
    kSlots,    // provider and channel are values
    kPlain,    // no template at all
  };
  using Data = std::vector<std::pair<std::string, EvtxValue>>;

  std::string provider;
  std::string event_source;  // none where empty
  std::string channel;
  std::string computer = "WEB1";
  std::uint32_t id = 0;
  std::int64_t time = 0;  // seconds since 1970
  std::uint64_t record = 0;
  Shape shape = Shape::kLiteral;

  // EventData: named values, or strings and data as ReportEvent writes them.
  Data data;
  std::vector<std::string> strings;
  std::string binary;
  bool is_old = false;  // the latter

  // The head of the record, where it says something else.
  std::uint64_t head_record = 0;
  std::int64_t head_time = 0;
  // The body begins with its own fragment header.
  bool body_has_head = false;
};

class EvtxChunkWriter {
 public:
  EvtxChunkWriter();
  // Templates and names are written where they are used first.
  // Answers where the record begins.
  std::size_t add(const EvtxEvent& event);
  // Any bytes as a record.
  std::size_t add_raw(std::string_view content, std::uint64_t record,
                      std::int64_t time);
  std::size_t size() const { return bytes_.size(); }

  // 64 KiB with right checksums.
  std::string finish() const;

 private:
  void u8(unsigned value);
  void u16(unsigned value);
  void u32(std::uint64_t value);
  void u64(std::uint64_t value);
  void patch(std::size_t at);  // the bytes from behind `at` on
  void name(std::string_view ascii);
  void text(std::string_view ascii);
  void slot(unsigned index, unsigned type);
  std::size_t open(std::string_view ascii, bool has_attributes,
                   bool is_definition);
  void attribute(std::string_view ascii);
  void record_head(std::uint64_t record, std::int64_t time);
  std::size_t record_tail(std::size_t at);
  void values(const std::vector<EvtxValue>& all);
  bool instance(const std::string& key);
  void end_definition(std::size_t at);
  void system(const EvtxEvent& event, bool is_definition);
  void templated(const EvtxEvent& event);
  void plain(const EvtxEvent& event);
  // Where it stands in the chunk matters: names and templates are offsets.
  void body(const EvtxEvent& event);

  std::string bytes_;
  std::map<std::string, std::size_t, std::less<>> names_;
  std::map<std::string, std::size_t> templates_;
  std::size_t definition_size_ = 0;
  std::size_t last_record_ = 0;
  std::uint64_t first_id_ = 0;
  std::uint64_t last_id_ = 0;
};

// Sets the checksums of a chunk right.
void sign_chunk(std::string& chunk);
std::string evtx_file(const std::vector<std::string>& chunks,
                      std::uint32_t flags = 0);
// One chunk with these events.
std::string evtx_file(const std::vector<EvtxEvent>& events);

}  // namespace iisdiag::test
