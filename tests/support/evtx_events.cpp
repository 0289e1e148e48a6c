#include "support/evtx_events.hpp"

#include <sstream>
#include <utility>

namespace iisdiag::test {
namespace {

std::string number(std::uint64_t value, std::size_t size) {
  std::string bytes;
  for (std::size_t i = 0; i < size; ++i) {
    bytes += static_cast<char>(value >> (8 * i) & 0xFFU);
  }
  return bytes;
}

std::string wide(std::string_view ascii) {
  std::string bytes;
  for (const char c : ascii) {
    bytes.append({c, '\0'});
  }
  return bytes;
}

}  // namespace

EvtxValue text_value(std::string_view ascii) { return {0x01, wide(ascii)}; }
EvtxValue number_value(std::uint64_t value, std::size_t size) {
  const std::uint8_t type = size == 1   ? 0x04
                            : size == 2 ? 0x06
                            : size == 4 ? 0x08
                                        : 0x0A;
  return {type, number(value, size)};
}
EvtxValue hex_value(std::uint32_t value) { return {0x14, number(value, 4)}; }
EvtxValue sid_value(std::string_view sid) {
  std::istringstream parts{std::string(sid.substr(4))};
  std::string part;
  std::getline(parts, part, '-');
  std::string tail;
  std::uint8_t count = 0;
  const auto authority = static_cast<char>(std::stoul(part));
  while (std::getline(parts, part, '-')) {
    tail += number(std::stoul(part), 4);
    ++count;
  }
  std::string bytes{1, static_cast<char>(count), 0, 0, 0, 0, 0, authority};
  bytes[0] = 1;
  return {0x13, bytes + tail};
}

EvtxEvent auditing_event(std::uint32_t id, std::int64_t time,
                         std::uint64_t record, EvtxEvent::Data data) {
  EvtxEvent event;
  event.provider = "Microsoft-Windows-Security-Auditing";
  event.channel = "Security";
  event.id = id;
  event.time = time;
  event.record = record;
  event.data = std::move(data);
  return event;
}

EvtxEvent old_event(std::string_view source, std::uint32_t id,
                    std::int64_t time, std::uint64_t record,
                    std::vector<std::string> strings, std::string binary,
                    std::string_view channel) {
  EvtxEvent event;
  event.provider = source;
  event.channel = channel;
  event.id = id;
  event.time = time;
  event.record = record;
  event.strings = std::move(strings);
  event.binary = std::move(binary);
  event.is_old = true;
  return event;
}

EvtxEvent failed_logon(std::int64_t time, std::uint64_t record,
                       std::string_view account, std::uint32_t status,
                       std::uint32_t sub_status, std::uint32_t logon_type) {
  return auditing_event(
      4625, time, record,
      {{"SubjectUserSid", sid_value("S-1-5-18")},
       {"SubjectUserName", text_value("WEB1$")},
       {"SubjectDomainName", text_value("WORKGROUP")},
       {"SubjectLogonId", {0x15, number(0x3E7, 8)}},
       {"TargetUserSid", sid_value("S-1-0-0")},
       {"TargetUserName", text_value(account)},
       {"TargetDomainName", text_value("WEB1")},
       {"Status", hex_value(status)},
       {"FailureReason", text_value("%%2313")},
       {"SubStatus", hex_value(sub_status)},
       {"LogonType", number_value(logon_type, 4)},
       {"LogonProcessName", text_value("Advapi  ")},
       {"AuthenticationPackageName", text_value("Negotiate")},
       {"WorkstationName", text_value("WEB1")},
       {"TransmittedServices", text_value("-")},
       {"LmPackageName", text_value("-")},
       {"KeyLength", number_value(0, 4)},
       {"ProcessId", {0x10, number(1234, 8)}},
       {"ProcessName", text_value(R"(C:\Windows\System32\inetsrv\w3wp.exe)")},
       {"IpAddress", text_value("-")},
       {"IpPort", text_value("-")}});
}

}  // namespace iisdiag::test
