// Event logs through the functions that Windows has had since NT 3.5.
#include <algorithm>
#include <vector>

#include "evidence/evt_record.hpp"
#include "evidence/evt_ring.hpp"
#include "evidence/little_endian.hpp"
#include "win32/event_log_reading.hpp"

namespace iisdiag::win32 {
namespace {

// A few hundred records at once; and the most that ReadEventLog takes.
constexpr DWORD kFirstBuffer = 64U << 10U;
constexpr DWORD kMostBuffer = 0x7FFFF;

class OpenLog {
 public:
  OpenLog(const Api& api, const wchar_t* name)
      : api_(api),
        handle_(api.OpenEventLogW(nullptr, name)),
        code_(handle_ == nullptr ? ::GetLastError() : 0) {}
  OpenLog(const OpenLog&) = delete;
  OpenLog& operator=(const OpenLog&) = delete;
  OpenLog(OpenLog&&) = delete;
  OpenLog& operator=(OpenLog&&) = delete;
  ~OpenLog() {
    if (handle_ != nullptr) {
      api_.CloseEventLog(handle_);
    }
  }

  HANDLE get() const { return handle_; }
  std::uint32_t code() const { return code_; }

 private:
  const Api& api_;
  HANDLE handle_;
  std::uint32_t code_ = 0;
};

// One way from the newest record to the oldest.
class Walk {
 public:
  Walk(const Api& api, facts::ClockSeconds since,
       const EventAllowance& allowance)
      : api_(api),
        since_(since),
        allowance_(allowance),
        records_(reading_.log),
        buffer_(kFirstBuffer) {}

  EventLogReading run(const wchar_t* name) {
    const OpenLog log(api_, name);
    if (log.get() == nullptr) {
      fail("OpenEventLogW", log.code());
    } else {
      while (read_some(log.get())) {
      }
    }
    reading_.log.set_computer(computer_);
    return std::move(reading_);
  }

 private:
  void fail(std::string_view function, std::uint32_t code) {
    reading_.failure = {function, code};
  }

  bool read_some(HANDLE log) {
    reading_.cut = allowance_.end();
    if (!reading_.cut.empty()) {
      return false;
    }
    DWORD size = 0;
    DWORD needed = 0;
    const auto room = static_cast<DWORD>(buffer_.size());
    if (api_.ReadEventLogW(log,
                           EVENTLOG_SEQUENTIAL_READ | EVENTLOG_BACKWARDS_READ,
                           0, buffer_.data(), room, &size, &needed) == FALSE) {
      const DWORD code = ::GetLastError();
      if (code == ERROR_INSUFFICIENT_BUFFER && needed > room &&
          needed <= kMostBuffer) {
        buffer_.resize(needed);
        return true;
      }
      if (code == ERROR_HANDLE_EOF) {
        check_end(log);
      } else {
        fail("ReadEventLogW", code);
      }
      return false;
    }
    if (size == 0 || size > room) {
      fail("ReadEventLogW", ERROR_INVALID_DATA);
      return false;
    }
    return take({buffer_.data(), size});
  }

  // False where all of them are too old: clocks are set back at times, so that
  // one old record is not the end.
  bool take(std::string_view bytes) {
    bool is_any_new = false;
    while (!bytes.empty()) {
      const std::size_t size = bytes.size() < evidence::kEvtLeastRecord
                                   ? 0
                                   : std::size_t{evidence::u32_at(bytes, 0)};
      if (size < evidence::kEvtLeastRecord || size > bytes.size()) {
        // Where the next one begins is not known.
        ++reading_.damaged;
        return true;
      }
      is_any_new = take_record(bytes.substr(0, size)) || is_any_new;
      bytes.remove_prefix(size);
    }
    return is_any_new;
  }

  bool take_record(std::string_view record) {
    allowance_.take();
    constexpr std::size_t kNumber = 8;
    constexpr std::size_t kTime = 12;
    const std::uint32_t number = evidence::u32_at(record, kNumber);
    lowest_ = has_read_ ? std::min(lowest_, number) : number;
    has_read_ = true;
    if (evidence::u32_at(record, record.size() - 4) != record.size()) {
      ++reading_.damaged;
      return true;
    }
    const facts::ClockSeconds time = evidence::u32_at(record, kTime);
    if (evidence::EventLogPart::is_sane(time) && time < since_) {
      reading_.is_whole = false;
      return false;
    }
    if (records_.read(record)) {
      computer_ = evidence::EvtRecords::computer_of(record);
    }
    return true;
  }

  // An end that comes too early is no end.
  void check_end(HANDLE log) {
    DWORD count = 0;
    if (api_.GetNumberOfEventLogRecords(log, &count) == FALSE) {
      fail("GetNumberOfEventLogRecords", ::GetLastError());
      return;
    }
    if (count == 0) {
      return;
    }
    DWORD oldest = 0;
    if (api_.GetOldestEventLogRecord(log, &oldest) == FALSE) {
      fail("GetOldestEventLogRecord", ::GetLastError());
    } else if (!has_read_ || oldest < lowest_) {
      fail("ReadEventLogW", ERROR_INVALID_DATA);
    }
  }

  const Api& api_;
  facts::ClockSeconds since_;
  EventAllowance allowance_;
  EventLogReading reading_;
  evidence::EvtRecords records_;
  std::vector<char> buffer_;
  std::string computer_;
  std::uint32_t lowest_ = 0;
  bool has_read_ = false;
};

}  // namespace

EventLogReading read_classic_log(const Api& api, const EventLog& place,
                                 facts::ClockSeconds since) {
  const EventAllowance allowance(api);
  EventLogReading reading = Walk(api, since, allowance).run(place.name);
  // Emptied on the way: what was read is of a log that is no more.
  if (reading.failure && reading.failure->code == ERROR_EVENTLOG_FILE_CHANGED) {
    reading = Walk(api, since, allowance).run(place.name);
  }
  return reading;
}

}  // namespace iisdiag::win32
