// Which finding explains which: mend the cause, and the consequence ends, or
// can be mended for good.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>

namespace iisdiag::checks {

struct Chain {
  std::string_view cause;  // ids of findings
  std::string_view consequence;
  // Win32 codes, blank-separated, of the refusal that shows the consequence, or
  // "its own": those that stand for the cause; empty: whatever it was.
  std::string_view codes;
  std::string_view why;     // one sentence without a full stop
  std::string_view source;  // an article, or "winerror.h"
  // The consequence has to be mended too, once its cause is.
  bool outlasts_cause = false;
};

// The first that fits is the cause. No finding explains itself, over however
// many steps.
std::span<const Chain> all_chains();

// The chain that explains a failing finding, shown by a refusal with `code`,
// where `has_failed` says which findings of the same identity fail; null for a
// root cause.
const Chain* explain(std::string_view consequence,
                     std::optional<std::uint32_t> code,
                     const std::function<bool(std::string_view)>& has_failed);

}  // namespace iisdiag::checks
