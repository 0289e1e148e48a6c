// Rules that rest on sources which are silent or contradict each other. What
// would settle each stands in docs/uncertain.md, made by tests/tools.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace iisdiag::knowledge {

// Where a report says that a rule is uncertain.
enum class Said : std::uint8_t {
  kFound,    // among what was found, in findings that rest on it
  kStep,     // in a step of their remedy
  kReason,   // in the reason of what is unknown because of it
  kVerbose,  // in the list of facts that --verbose prints
  kNowhere,  // no verdict rests on it; docs/uncertain.md says why
};

struct Uncertain {
  std::string_view id;  // "U1": as in FACTS.md J, later ones behind those
  Said said{};
  // Ids of the findings, or of checks that pass, that rest on it,
  // blank-separated.
  std::string_view rests;
  // One clause without a mark, for kFound and kVerbose.
  std::string_view clause;
};

std::span<const Uncertain> all_uncertain();

// "uncertain (U1): ..."; precondition: the table has a clause for `id`.
std::string uncertain_text(std::string_view id);

}  // namespace iisdiag::knowledge
