// The event logs of FakeWindows, through both interfaces that Windows has for
// them, as their documentation says.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "win32/api.hpp"

namespace iisdiag::win32 {

struct FakeHex {
  std::uint32_t number = 0;
};
struct FakeEventSid {
  std::string text;
};
struct FakeBytes {
  std::string bytes;
};
using FakeEventValue =
    std::variant<std::monostate, std::string, std::uint32_t, FakeHex,
                 FakeEventSid, FakeBytes, std::vector<std::string>>;

struct FakeEvent {
  std::string provider = "Microsoft-Windows-Security-Auditing";
  std::uint16_t id = 4625;
  std::int64_t time = 0;  // seconds since 1970
  std::uint64_t record = 1;
  // By name, in their order; events of the old kind have no names.
  std::vector<std::pair<std::string, FakeEventValue>> values;
  std::string computer = "WEB01";
};

// What is wrong with all that EvtRender answers.
enum class FakeDamage : std::uint8_t {
  kNone,
  kUsed,      // more than there is room for
  kCount,     // more values than were written
  kPointers,  // texts that lie somewhere else
  kTypes,     // no value is what it should be
};

struct FakeEventLogs {
  // Windows Vista and later, the oldest first.
  std::map<std::wstring, std::vector<FakeEvent>> events;
  // Before: the bytes of records, the oldest first.
  std::map<std::wstring, std::vector<std::string>> records;
  // `Function argument`: the code that it answers the first time.
  std::map<std::string, DWORD> once;
  FakeDamage damage = FakeDamage::kNone;
  DWORD most_at_once = 1000;  // more than these: RPC_S_INVALID_BOUND
  // Functions that succeed and leave what they should write as it is.
  std::set<std::string> silent;
  // GetNumberOfEventLogRecords answers more by so many.
  DWORD more_records = 0;
  // Milliseconds that pass from one look at the clock to the next.
  DWORD step = 0;
  DWORD ticks = 0xFFFFFFF0;  // about to overflow
};

void put_event_logs(Api& api, const std::set<std::string>& missing);

}  // namespace iisdiag::win32
