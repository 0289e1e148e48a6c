// The message of an event, as it is shown to people, back to the strings that
// it was made of.
#pragma once

#include <cstdint>
#include <string_view>

#include "evidence/event_texts.hpp"
#include "evidence/logon_events.hpp"

namespace iisdiag::evidence {

// Replaces `strings`, which get the order that logon_view() asks for. Messages
// are in any language: what stands behind the labels is told by its order, and
// by what it looks like. False where the message does not look like that of
// this event, which tells nothing then.
bool read_event_message(EventSource source, std::uint32_t id,
                        std::string_view message, EventTexts& strings);

}  // namespace iisdiag::evidence
