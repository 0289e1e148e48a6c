// Captured bytes to text where the text itself has to tell its code page:
// what a console wrote.
#pragma once

#include <optional>
#include <string_view>

#include "text/decode.hpp"

namespace iisdiag::evidence {

// As text::decode, except for 8-bit text in which the words of `net` appear:
// the code page that shows most of them is the one (FORMATS.md 0.2). Also
// mends OEM text that was stored as if it had been Windows-1252. Where nothing
// tells, Windows-1252 stays the answer; XML, INF and registry exports are
// never judged so.
std::optional<text::Decoded> decode_evidence(std::string_view bytes);

}  // namespace iisdiag::evidence
