#include "evidence/evt_record.hpp"

#include <algorithm>

#include "evidence/evt_ring.hpp"
#include "evidence/little_endian.hpp"

namespace iisdiag::evidence {
namespace {

std::string_view names(std::string_view record) {
  return record.substr(kEvtRecordHead, record.size() - kEvtLeastRecord);
}

}  // namespace

std::string EvtRecords::computer_of(std::string_view record) {
  std::string_view rest = names(record);
  rest.remove_prefix(std::min(utf16_length(rest) + 2, rest.size()));
  std::string computer;
  append_utf16(computer, rest);
  return computer;
}

const EvtRecords::Source& EvtRecords::source_of(std::string_view record) {
  const std::string_view rest = names(record);
  for (const Source& known : sources_) {
    if (!known.units.empty() && rest.starts_with(known.units)) {
      return known;
    }
  }
  Source& source = sources_[next_source_++ % sources_.size()];
  source = {};
  const std::size_t length = utf16_length(rest);
  append_utf16(source.name, rest.substr(0, length));
  source.source = event_source(source.name);
  source.mark = mark_of_source(source.name);
  if (length + 2 <= std::min(rest.size(), kLongestText)) {
    source.units = rest.substr(0, length + 2);
  }
  return source;
}

bool EvtRecords::read(std::string_view record) {
  const facts::ClockSeconds time = u32_at(record, 12);
  const Source& source = source_of(record);
  const bool is_newest = log_->count(time, source.mark);
  const std::uint32_t id = u32_at(record, 20) & 0xFFFFU;
  if (const EventMeaning* meaning = find_event(source.source, id)) {
    EventView view;
    view.meaning = meaning;
    view.id = id;
    view.writer = source.name;
    view.has_time = EventLogPart::is_sane(time);
    view.time = view.has_time ? time : 0;
    read_texts(record);
    view.strings = texts_.views();
    const std::uint32_t size = u32_at(record, 48);
    const std::uint32_t offset = u32_at(record, 52);
    const std::string_view content = record.substr(0, record.size() - 4);
    if (size > 0 && holds(content, offset, size)) {
      view.binary = content.substr(offset, size);
    }
    log_->add(view, u32_at(record, 8));
  }
  return is_newest;
}

void EvtRecords::read_texts(std::string_view record) {
  texts_.clear();
  const std::size_t count =
      std::min<std::size_t>(u16_at(record, 26), EventTexts::kMost);
  const std::size_t offset = u32_at(record, 36);
  std::string_view rest = record.substr(0, record.size() - 4);
  if (count == 0 || offset < kEvtRecordHead || offset >= rest.size()) {
    return;
  }
  rest.remove_prefix(offset);
  for (std::size_t i = 0; i < count && rest.size() >= 2; ++i) {
    const std::size_t length = utf16_length(rest);
    texts_.add_utf16(rest.substr(0, length));
    rest.remove_prefix(std::min(length + 2, rest.size()));
  }
}

}  // namespace iisdiag::evidence
