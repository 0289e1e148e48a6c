// Event logs of Windows Vista and later.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "evidence/event_texts.hpp"
#include "win32/event_log_reading.hpp"
#include "win32/event_values.hpp"
#include "win32/wide.hpp"

namespace iisdiag::win32 {
namespace {

using evidence::EventSource;
using facts::ClockSeconds;

// More at once saves nothing: the cost is that of each event.
constexpr DWORD kBatch = 16;
// winerror.h of Windows Vista and later.
constexpr std::uint32_t kStaleQuery = 15011;

class EventHandle {
 public:
  EventHandle(const Api& api, EVT_HANDLE handle)
      : api_(api),
        handle_(handle),
        code_(handle == nullptr ? ::GetLastError() : 0) {}
  EventHandle(const EventHandle&) = delete;
  EventHandle& operator=(const EventHandle&) = delete;
  EventHandle(EventHandle&&) = delete;
  EventHandle& operator=(EventHandle&&) = delete;
  ~EventHandle() {
    if (handle_ != nullptr) {
      api_.EvtClose(handle_);
    }
  }

  EVT_HANDLE get() const { return handle_; }
  std::uint32_t code() const { return code_; }

 private:
  const Api& api_;
  EVT_HANDLE handle_;
  std::uint32_t code_ = 0;
};

// Events that one call gave out, closed again whatever becomes of them.
struct Batch {
  const Api& api;
  std::array<EVT_HANDLE, kBatch> events{};
  DWORD size = 0;

  explicit Batch(const Api& the_api) : api(the_api) {}
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;
  Batch(Batch&&) = delete;
  Batch& operator=(Batch&&) = delete;
  ~Batch() {
    for (DWORD i = 0; i < size; ++i) {
      api.EvtClose(events.at(i));
    }
  }
};

// The part of every event that Windows writes.
struct Head {
  std::string provider;
  std::uint32_t id = 0;
  ClockSeconds time = 0;
  std::uint64_t record = 0;
  std::string computer;
};

// All sources of one log.
std::vector<EventSource> sources_of(facts::LogKind kind) {
  return {kind == facts::LogKind::kSystemEvents ? EventSource::kIis
                                                : EventSource::kAuditing,
          EventSource::kEventLog};
}

// The names of all strings that events of Security need, each once.
std::vector<std::string_view> names_of(EventSource source) {
  std::vector<std::string_view> names;
  for (const std::uint32_t id : evidence::event_ids(source)) {
    for (const auto name :
         evidence::field_names(*evidence::find_event(source, id))) {
      if (!name.empty() &&
          std::find(names.begin(), names.end(), name) == names.end()) {
        names.push_back(name);
      }
    }
  }
  return names;
}

std::string since_text(ClockSeconds since) {
  return fmt::format("TimeCreated[@SystemTime>='{}']",
                     facts::iso_text({since, 0}));
}

std::string wanted_text(facts::LogKind kind, ClockSeconds since) {
  std::string ids;
  for (const EventSource source : sources_of(kind)) {
    for (const std::uint32_t id : evidence::event_ids(source)) {
      ids += fmt::format("{}EventID={}", ids.empty() ? "" : " or ", id);
    }
  }
  return fmt::format("*[System[({}) and {}]]", ids, since_text(since));
}

class Query {
 public:
  Query(const Api& api, const EventLog& place, ClockSeconds since,
        const EventAllowance& allowance)
      : api_(api),
        place_(place),
        since_(since),
        allowance_(allowance),
        values_(api),
        names_(place.kind == facts::LogKind::kSecurityEvents
                   ? names_of(EventSource::kAuditing)
                   : std::vector<std::string_view>{}),
        system_(api,
                api.EvtCreateRenderContext(0, nullptr, EvtRenderContextSystem)),
        body_(api, body_context()) {}

  EventLogReading run() {
    for (const EventHandle* context : {&system_, &body_}) {
      if (context->get() == nullptr) {
        fail("EvtCreateRenderContext", context->code());
        return std::move(reading_);
      }
    }
    // How far the log goes, for the query shows the wanted events only.
    if (find_ends()) {
      read_wanted();
    }
    return std::move(reading_);
  }

 private:
  bool fail(std::string_view function, std::uint32_t code) {
    reading_.failure = {function, code};
    return false;
  }

  // Strings of the Security log have names, those of the System log have not.
  EVT_HANDLE body_context() const {
    if (names_.empty()) {
      return api_.EvtCreateRenderContext(0, nullptr, EvtRenderContextUser);
    }
    std::vector<std::wstring> paths;
    std::vector<const wchar_t*> pointers;
    for (const std::string_view name : names_) {
      paths.push_back(
          to_wide(fmt::format("Event/EventData/Data[@Name='{}']", name)));
    }
    pointers.reserve(paths.size());
    for (const std::wstring& path : paths) {
      pointers.push_back(path.c_str());
    }
    return api_.EvtCreateRenderContext(static_cast<DWORD>(pointers.size()),
                                       pointers.data(), EvtRenderContextValues);
  }

  // 0 also where there are no more: then the batch is empty.
  std::uint32_t next(EVT_HANDLE query, DWORD most, Batch& batch) const {
    DWORD size = 0;
    if (api_.EvtNext(query, most, batch.events.data(),
                     std::max<DWORD>(allowance_.milliseconds(), 1), 0,
                     &size) != FALSE) {
      batch.size = std::min(size, most);
      return size > most || size == 0 ? ERROR_INVALID_DATA : 0;
    }
    const DWORD code = ::GetLastError();
    return code == ERROR_NO_MORE_ITEMS ? 0
           : code == 0                 ? DWORD{ERROR_INVALID_DATA}
                                       : code;
  }

  std::uint32_t read_head(EVT_HANDLE event, Head& head) {
    if (const auto code = values_.render(system_.get(), event)) {
      return code;
    }
    const auto id = values_.number(EvtSystemEventID);
    const auto time = values_.time(EvtSystemTimeCreated);
    const auto record = values_.number(EvtSystemEventRecordId);
    if (!id || !time || !record) {
      return ERROR_INVALID_DATA;
    }
    head = {values_.text(EvtSystemProviderName),
            static_cast<std::uint32_t>(*id), *time, *record,
            values_.text(EvtSystemComputer)};
    return 0;
  }

  // The first event in a direction. False where that failed; nothing in `head`
  // where there is none.
  bool find_end(const std::string& what, DWORD direction,
                std::optional<Head>& head) {
    const EventHandle query(
        api_, api_.EvtQuery(nullptr, place_.name, to_wide(what).c_str(),
                            EvtQueryChannelPath | direction));
    if (query.get() == nullptr) {
      return fail("EvtQuery", query.code());
    }
    Batch batch(api_);
    if (const auto code = next(query.get(), 1, batch)) {
      return fail("EvtNext", code);
    }
    if (batch.size == 0) {
      return true;
    }
    if (const auto code = read_head(batch.events[0], head.emplace())) {
      return fail("EvtRender", code);
    }
    return true;
  }

  // False where there is nothing to be read.
  bool find_ends() {
    std::optional<Head> newest;
    std::optional<Head> oldest;
    if (!find_end("*", EvtQueryReverseDirection, newest) || !newest ||
        !find_end("*", EvtQueryForwardDirection, oldest)) {
      return false;
    }
    reading_.log.set_computer(newest->computer);
    if (oldest && oldest->time < since_) {
      reading_.is_whole = false;
      oldest.reset();
      if (!find_end("*[System[" + since_text(since_) + "]]",
                    EvtQueryForwardDirection, oldest)) {
        return false;
      }
    }
    if (!oldest) {
      // Nothing in all that time.
      return false;
    }
    newest_ = *newest;
    reached(*oldest);
    return true;
  }

  // Records of a log are numbered one by one.
  void reached(const Head& oldest) {
    reading_.extent = {newest_.record >= oldest.record
                           ? newest_.record - oldest.record + 1
                           : 1,
                       std::min(oldest.time, newest_.time), newest_.time};
  }

  void read_wanted() {
    const EventHandle query(
        api_, api_.EvtQuery(nullptr, place_.name,
                            to_wide(wanted_text(place_.kind, since_)).c_str(),
                            EvtQueryChannelPath | EvtQueryReverseDirection));
    if (query.get() == nullptr) {
      fail("EvtQuery", query.code());
      reached(newest_);
      return;
    }
    Head last = newest_;
    DWORD most = kBatch;
    while (true) {
      reading_.cut = allowance_.end();
      if (!reading_.cut.empty()) {
        break;
      }
      Batch batch(api_);
      const std::uint32_t code = next(query.get(), most, batch);
      if (code == RPC_S_INVALID_BOUND && most > 1) {
        // Together they are larger than one answer may be.
        most = 1;
        continue;
      }
      if (code == ERROR_TIMEOUT) {
        reading_.cut = "that took 10 seconds";
        break;
      }
      if (code != 0) {
        fail("EvtNext", code);
        break;
      }
      if (batch.size == 0) {
        return;
      }
      for (DWORD i = 0; i < batch.size; ++i) {
        take(batch.events.at(i), last);
      }
    }
    reached(last);
  }

  void take(EVT_HANDLE event, Head& last) {
    allowance_.take();
    Head head;
    if (read_head(event, head) != 0) {
      ++reading_.damaged;
      return;
    }
    const EventSource source = evidence::event_source(head.provider);
    const evidence::EventMeaning* meaning =
        evidence::find_event(source, head.id);
    if (meaning != nullptr) {
      if (values_.render(body_.get(), event) != 0) {
        ++reading_.damaged;
        return;
      }
      add(*meaning, head);
    }
    last = std::move(head);
  }

  void add(const evidence::EventMeaning& meaning, const Head& head) {
    evidence::EventView view;
    view.meaning = &meaning;
    view.id = head.id;
    view.writer = head.provider;
    view.has_time = evidence::EventLogPart::is_sane(head.time);
    view.time = view.has_time ? head.time : 0;
    texts_.clear();
    if (names_.empty()) {
      for (std::size_t i = 0; i < values_.size(); ++i) {
        if (const std::string_view bytes = values_.bytes(i); !bytes.empty()) {
          view.binary = bytes;
        } else {
          values_.add_texts(i, texts_);
        }
      }
    } else {
      for (const std::string_view name : evidence::field_names(meaning)) {
        texts_.add(values_.text(static_cast<std::size_t>(
            std::find(names_.begin(), names_.end(), name) - names_.begin())));
      }
    }
    view.strings = texts_.views();
    reading_.log.add(view, head.record);
  }

  const Api& api_;
  const EventLog& place_;
  ClockSeconds since_;
  EventAllowance allowance_;
  EventValues values_;
  std::vector<std::string_view> names_;
  EventHandle system_;
  EventHandle body_;
  EventLogReading reading_;
  evidence::EventTexts texts_;
  Head newest_;
};

}  // namespace

EventLogReading query_log(const Api& api, const EventLog& place,
                          ClockSeconds since) {
  const EventAllowance allowance(api);
  EventLogReading reading = Query(api, place, since, allowance).run();
  // Emptied on the way: what was read is of a log that is no more.
  if (reading.failure && reading.failure->code == kStaleQuery) {
    reading = Query(api, place, since, allowance).run();
  }
  return reading;
}

}  // namespace iisdiag::win32
