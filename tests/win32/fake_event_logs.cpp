#include "win32/fake_event_logs.hpp"

#include <algorithm>
#include <cstring>
#include <optional>

#include "evidence/little_endian.hpp"
#include "facts/sid.hpp"
#include "facts/time.hpp"
#include "text/strings.hpp"
#include "win32/fake_windows_parts.hpp"
#include "win32/wide.hpp"

namespace iisdiag::win32 {
namespace {

FakeEventLogs& logs() { return windows().event_logs; }

std::optional<DWORD> refused(const std::string& function,
                             const std::string& argument) {
  if (const auto code = windows().refused(function, argument)) {
    return code;
  }
  const auto found = logs().once.find(function + " " + argument);
  if (found == logs().once.end()) {
    return std::nullopt;
  }
  const DWORD code = found->second;
  logs().once.erase(found);
  return code;
}

bool is_silent(const std::string& function) {
  return logs().silent.count(function) != 0;
}

DWORD WINAPI tick_count() { return logs().ticks += logs().step; }

// Windows Vista and later.

struct OpenQuery {
  std::string shown;
  std::vector<const FakeEvent*> events;
  std::size_t next = 0;
};
struct OpenContext {
  std::string shown;
  std::vector<std::string> names;
};
std::map<EVT_HANDLE, OpenQuery> queries;
std::map<EVT_HANDLE, OpenContext> contexts;
std::map<EVT_HANDLE, const FakeEvent*> events;

// `@SystemTime>='...'` of a query, and its ids.
struct Wanted {
  std::int64_t since = 0;
  std::set<std::uint16_t> ids;
};

Wanted parse(const std::string& query) {
  Wanted wanted;
  constexpr std::string_view kSince = "@SystemTime>='";
  if (const auto at = query.find(kSince); at != std::string::npos) {
    const auto begin = at + kSince.size();
    wanted.since =
        facts::parse_iso(query.substr(begin, query.find('\'', begin) - begin))
            .value()
            .clock;
  }
  constexpr std::string_view kId = "EventID=";
  for (auto at = query.find(kId); at != std::string::npos;
       at = query.find(kId, at + 1)) {
    wanted.ids.insert(static_cast<std::uint16_t>(
        std::strtoul(query.c_str() + at + kId.size(), nullptr, 10)));
  }
  return wanted;
}

EVT_HANDLE WINAPI query_events(EVT_HANDLE session, LPCWSTR path, LPCWSTR query,
                               DWORD flags) {
  const std::string text = narrow(query);
  const Wanted wanted = parse(text);
  const bool is_reverse = (flags & EvtQueryReverseDirection) != 0;
  const std::string shown =
      narrow(path) +
      (wanted.ids.empty() ? wanted.since == 0 ? " all" : " since" : " wanted") +
      (is_reverse ? " reverse" : " forward");
  if (session != nullptr || (flags & EvtQueryChannelPath) == 0 ||
      (text != "*" &&
       (!text.starts_with("*[System[") || !text.ends_with("]]")))) {
    windows().is_broken = true;
  }
  if (const auto code = refused("EvtQuery", shown)) {
    fail(*code);
    return nullptr;
  }
  OpenQuery open;
  open.shown = shown;
  for (const FakeEvent& event : logs().events[path]) {
    if (event.time >= wanted.since &&
        (wanted.ids.empty() || wanted.ids.count(event.id) != 0)) {
      open.events.push_back(&event);
    }
  }
  if (is_reverse) {
    std::reverse(open.events.begin(), open.events.end());
  }
  const EVT_HANDLE handle = windows().give_handle();
  queries[handle] = std::move(open);
  return handle;
}

BOOL WINAPI next_events(EVT_HANDLE query, DWORD most, EVT_HANDLE* array,
                        DWORD timeout, DWORD flags, PDWORD returned) {
  OpenQuery& open = queries.at(query);
  if (flags != 0 || timeout == 0 || timeout > 10'000) {
    windows().is_broken = true;
  }
  if (const auto code = refused("EvtNext", open.shown)) {
    return fail(*code);
  }
  if (is_silent("EvtNext")) {
    return TRUE;
  }
  if (open.next == open.events.size()) {
    return fail(ERROR_NO_MORE_ITEMS);
  }
  if (most > logs().most_at_once) {
    return fail(RPC_S_INVALID_BOUND);
  }
  DWORD count = 0;
  while (count < most && open.next < open.events.size()) {
    array[count] = windows().give_handle();
    events[array[count++]] = open.events[open.next++];
  }
  *returned = count;
  return TRUE;
}

EVT_HANDLE WINAPI create_context(DWORD count, LPCWSTR* paths, DWORD flags) {
  OpenContext context;
  context.shown = flags == EvtRenderContextSystem ? "system"
                  : flags == EvtRenderContextUser ? "user"
                                                  : "named";
  if (const auto code = refused("EvtCreateRenderContext", context.shown)) {
    fail(*code);
    return nullptr;
  }
  if ((count == 0) != (flags != EvtRenderContextValues)) {
    fail(ERROR_INVALID_PARAMETER);
    return nullptr;
  }
  for (DWORD i = 0; i < count; ++i) {
    std::string path = narrow(paths[i]);
    constexpr std::string_view kStart = "Event/EventData/Data[@Name='";
    if (!path.starts_with(kStart) || !path.ends_with("']")) {
      fail(ERROR_INVALID_PARAMETER);
      return nullptr;
    }
    path = path.substr(kStart.size());
    context.names.push_back(path.substr(0, path.size() - 2));
  }
  const EVT_HANDLE handle = windows().give_handle();
  contexts[handle] = std::move(context);
  return handle;
}

// Values, and behind them what they point to.
class Rendering {
 public:
  void add(const FakeEventValue& value) {
    EVT_VARIANT variant{};
    if (const auto* text = std::get_if<std::string>(&value)) {
      variant.Type = EvtVarTypeString;
      point(put(*text));
    } else if (const auto* number = std::get_if<std::uint32_t>(&value)) {
      variant.Type = EvtVarTypeUInt32;
      variant.UInt32Val = *number;
    } else if (const auto* hex = std::get_if<FakeHex>(&value)) {
      variant.Type = EvtVarTypeHexInt32;
      variant.UInt32Val = hex->number;
    } else if (const auto* sid = std::get_if<FakeEventSid>(&value)) {
      variant.Type = EvtVarTypeSid;
      point(put_sid(sid->text));
    } else if (const auto* bytes = std::get_if<FakeBytes>(&value)) {
      variant.Type = EvtVarTypeBinary;
      variant.Count = static_cast<DWORD>(bytes->bytes.size());
      point(put_bytes(bytes->bytes));
    } else if (const auto* list =
                   std::get_if<std::vector<std::string>>(&value)) {
      variant.Type = EvtVarTypeString | EVT_VARIANT_TYPE_ARRAY;
      variant.Count = static_cast<DWORD>(list->size());
      std::vector<std::size_t> texts;
      for (const std::string& one : *list) {
        texts.push_back(put(one));
      }
      const std::size_t array =
          put_bytes(std::string(texts.size() * sizeof(void*), '\0'));
      for (std::size_t i = 0; i < texts.size(); ++i) {
        inner_.emplace_back(array + i * sizeof(void*), texts[i]);
      }
      point(array);
    }
    values_.push_back(variant);
  }
  void add(EVT_VARIANT variant) { values_.push_back(variant); }

  BOOL write(DWORD room, void* buffer, PDWORD used, PDWORD count) {
    const std::size_t head = values_.size() * sizeof(EVT_VARIANT);
    const std::size_t size = head + data_.size();
    if (room < size) {
      *used = static_cast<DWORD>(size);
      return fail(ERROR_INSUFFICIENT_BUFFER);
    }
    auto* start = static_cast<char*>(buffer);
    char* data = start + head;
    const bool is_elsewhere = logs().damage == FakeDamage::kPointers;
    const auto place = [&](std::size_t offset) {
      return is_elsewhere ? reinterpret_cast<char*>(std::uintptr_t{1} << 20U)
                          : data + offset;
    };
    for (const auto& [index, offset] : outer_) {
      values_[index].StringVal = reinterpret_cast<LPCWSTR>(place(offset));
    }
    if (logs().damage == FakeDamage::kTypes) {
      for (EVT_VARIANT& value : values_) {
        value.Type = EvtVarTypeGuid;
      }
    }
    std::memcpy(start, values_.data(), head);
    std::memcpy(data, data_.data(), data_.size());
    for (const auto& [at, offset] : inner_) {
      const char* pointer = place(offset);
      std::memcpy(data + at, &pointer, sizeof pointer);
    }
    *used = static_cast<DWORD>(logs().damage == FakeDamage::kUsed ? room + 1
                                                                  : size);
    *count = static_cast<DWORD>(values_.size()) +
             (logs().damage == FakeDamage::kCount ? 1000 : 0);
    return TRUE;
  }

 private:
  // Of the value that is added next.
  void point(std::size_t offset) {
    outer_.emplace_back(values_.size(), offset);
  }

  std::size_t put_bytes(std::string bytes) {
    const std::size_t offset = data_.size();
    bytes.resize((bytes.size() + 7) / 8 * 8);
    data_ += bytes;
    return offset;
  }
  std::size_t put(const std::string& text) {
    const std::wstring wide = to_wide(text);
    return put_bytes({reinterpret_cast<const char*>(wide.c_str()),
                      (wide.size() + 1) * sizeof(wchar_t)});
  }
  std::size_t put_sid(const std::string& text) {
    const auto sid = facts::Sid::parse(text).value();
    std::string bytes{'\1', static_cast<char>(sid.sub_authorities.size())};
    for (unsigned i = 6; i-- > 0;) {
      bytes += static_cast<char>(sid.authority >> (8 * i) & 0xFFU);
    }
    for (const std::uint32_t part : sid.sub_authorities) {
      bytes.append(reinterpret_cast<const char*>(&part), sizeof part);
    }
    return put_bytes(std::move(bytes));
  }

  std::vector<EVT_VARIANT> values_;
  std::string data_;
  std::vector<std::pair<std::size_t, std::size_t>> outer_;
  std::vector<std::pair<std::size_t, std::size_t>> inner_;
};

void render_system(const FakeEvent& event, Rendering& rendering) {
  for (int i = 0; i < EvtSystemPropertyIdEND; ++i) {
    EVT_VARIANT value{};
    switch (i) {
      case EvtSystemProviderName:
        rendering.add(FakeEventValue(event.provider));
        continue;
      case EvtSystemComputer:
        rendering.add(FakeEventValue(event.computer));
        continue;
      case EvtSystemEventID:
        value.Type = EvtVarTypeUInt16;
        value.UInt16Val = event.id;
        break;
      case EvtSystemTimeCreated:
        value.Type = EvtVarTypeFileTime;
        value.FileTimeVal =
            static_cast<ULONGLONG>(event.time + 11'644'473'600) * 10'000'000;
        break;
      case EvtSystemEventRecordId:
        value.Type = EvtVarTypeUInt64;
        value.UInt64Val = event.record;
        break;
      default:
        break;
    }
    rendering.add(value);
  }
}

BOOL WINAPI render_event(EVT_HANDLE context, EVT_HANDLE event, DWORD flags,
                         DWORD room, PVOID buffer, PDWORD used, PDWORD count) {
  const OpenContext& open = contexts.at(context);
  const FakeEvent& shown = *events.at(event);
  if (const auto code = refused(
          "EvtRender", open.shown + " " + std::to_string(shown.record))) {
    return fail(*code);
  }
  if (flags != EvtRenderEventValues) {
    return fail(ERROR_INVALID_PARAMETER);
  }
  if (is_silent("EvtRender")) {
    return TRUE;
  }
  Rendering rendering;
  if (open.shown == "system") {
    render_system(shown, rendering);
  } else if (open.shown == "user") {
    for (const auto& [name, value] : shown.values) {
      rendering.add(value);
    }
  } else {
    for (const std::string& wanted : open.names) {
      const auto found = std::find_if(
          shown.values.begin(), shown.values.end(),
          [&](const auto& value) { return value.first == wanted; });
      rendering.add(found == shown.values.end() ? FakeEventValue()
                                                : found->second);
    }
  }
  return rendering.write(room, buffer, used, count);
}

BOOL WINAPI close_event(EVT_HANDLE handle) {
  queries.erase(handle);
  contexts.erase(handle);
  events.erase(handle);
  windows().take_handle(handle);
  return TRUE;
}

// Windows NT to Server 2003.

struct OpenOldLog {
  std::wstring name;
  std::size_t left = 0;
  int reads = 0;
};
std::map<HANDLE, OpenOldLog> old_logs;

HANDLE WINAPI open_log(LPCWSTR server, LPCWSTR name) {
  if (server != nullptr) {
    windows().is_broken = true;
  }
  if (const auto code = refused("OpenEventLogW", narrow(name))) {
    fail(*code);
    return nullptr;
  }
  HANDLE handle = windows().give_handle();
  old_logs[handle] = {name, logs().records[name].size(), 0};
  return handle;
}

BOOL WINAPI read_log(HANDLE log, DWORD flags, DWORD offset, LPVOID buffer,
                     DWORD room, DWORD* read, DWORD* needed) {
  OpenOldLog& open = old_logs.at(log);
  const auto& records = logs().records[open.name];
  if (flags != (EVENTLOG_SEQUENTIAL_READ | EVENTLOG_BACKWARDS_READ) ||
      offset != 0 || room > 0x7FFFF) {
    return fail(ERROR_INVALID_PARAMETER);
  }
  if (const auto code =
          refused("ReadEventLogW",
                  to_utf8(open.name) + " " + std::to_string(++open.reads))) {
    return fail(*code);
  }
  if (is_silent("ReadEventLogW")) {
    return TRUE;
  }
  if (open.left == 0) {
    return fail(ERROR_HANDLE_EOF);
  }
  auto* out = static_cast<char*>(buffer);
  DWORD size = 0;
  while (open.left > 0 && room - size >= records[open.left - 1].size()) {
    const std::string& record = records[--open.left];
    std::memcpy(out + size, record.data(), record.size());
    size += static_cast<DWORD>(record.size());
  }
  if (size == 0) {
    *needed = static_cast<DWORD>(records[open.left - 1].size());
    return fail(ERROR_INSUFFICIENT_BUFFER);
  }
  *read = size;
  return TRUE;
}

BOOL WINAPI count_records(HANDLE log, PDWORD count) {
  const OpenOldLog& open = old_logs.at(log);
  if (const auto code =
          refused("GetNumberOfEventLogRecords", to_utf8(open.name))) {
    return fail(*code);
  }
  *count = static_cast<DWORD>(logs().records[open.name].size()) +
           logs().more_records;
  return TRUE;
}

BOOL WINAPI oldest_record(HANDLE log, PDWORD number) {
  const OpenOldLog& open = old_logs.at(log);
  if (const auto code =
          refused("GetOldestEventLogRecord", to_utf8(open.name))) {
    return fail(*code);
  }
  const auto& records = logs().records[open.name];
  *number = records.empty()
                ? 1
                : evidence::u32_at(records.front(), 8) - logs().more_records;
  return TRUE;
}

BOOL WINAPI close_log(HANDLE log) {
  old_logs.erase(log);
  windows().take_handle(log);
  return TRUE;
}

}  // namespace

void put_event_logs(Api& api, const std::set<std::string>& missing) {
  const ApiFiller put(missing);
  put("GetTickCount", api.GetTickCount, tick_count);
  put("EvtQuery", api.EvtQuery, query_events);
  put("EvtNext", api.EvtNext, next_events);
  put("EvtCreateRenderContext", api.EvtCreateRenderContext, create_context);
  put("EvtRender", api.EvtRender, render_event);
  put("EvtClose", api.EvtClose, close_event);
  put("OpenEventLogW", api.OpenEventLogW, open_log);
  put("ReadEventLogW", api.ReadEventLogW, read_log);
  put("CloseEventLog", api.CloseEventLog, close_log);
  put("GetNumberOfEventLogRecords", api.GetNumberOfEventLogRecords,
      count_records);
  put("GetOldestEventLogRecord", api.GetOldestEventLogRecord, oldest_record);
}

}  // namespace iisdiag::win32
