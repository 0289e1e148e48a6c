// Events for evtx_writer.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "support/evtx_writer.hpp"

namespace iisdiag::test {

EvtxValue text_value(std::string_view ascii);
EvtxValue number_value(std::uint64_t number, std::size_t size);
EvtxValue hex_value(std::uint32_t number);
// "S-1-5-21-1-2-3-1003".
EvtxValue sid_value(std::string_view sid);

// A Security event of Windows Vista and later.
EvtxEvent auditing_event(std::uint32_t id, std::int64_t time,
                         std::uint64_t record, EvtxEvent::Data data);
// An event as ReportEvent writes it.
EvtxEvent old_event(std::string_view source, std::uint32_t id,
                    std::int64_t time, std::uint64_t record,
                    std::vector<std::string> strings, std::string binary = {},
                    std::string_view channel = "System");

// A failed logon, 4625: all its 21 values.
EvtxEvent failed_logon(std::int64_t time, std::uint64_t record,
                       std::string_view account, std::uint32_t status,
                       std::uint32_t sub_status, std::uint32_t logon_type);

}  // namespace iisdiag::test
