// The sections of a security template beside its lists of rights (FORMATS.md
// section 5).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/document.hpp"
#include "facts/account.hpp"

namespace iisdiag::evidence {

// The variables of a template: [Strings], and [Strings.0409] for a language.
class TemplateStrings {
 public:
  TemplateStrings() = default;
  explicit TemplateStrings(const std::vector<Line>& lines);

  // `%SceInfGuests%` by its value. The text itself where it is no variable,
  // nothing defines it, or several languages give it different values.
  std::string resolved(std::string_view item) const;

 private:
  using Values = std::map<std::string, std::optional<std::string>>;
  Values common_;
  Values by_language_;  // nothing: the languages differ
};

// A line of [System Access]. Keys that are of no interest, and values that are
// no numbers, change nothing.
void read_account_policy(std::string_view key, std::string_view value,
                         const facts::Origin& origin,
                         facts::AccountPolicy& policy);

}  // namespace iisdiag::evidence
