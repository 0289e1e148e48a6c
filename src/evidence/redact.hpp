// Configuration files without what is secret in them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace iisdiag::evidence {

// An XML configuration of IIS (applicationHost.config, redirection.config,
// MetaBase.xml) in which the value of every attribute is masked that no reader
// here looks at, passwords and encrypted values with them. An empty value, or
// an encrypted nothing, becomes empty: that there is none is no secret. Text,
// comments and processing instructions are left out.
//
// Nothing where the text is no well-formed XML, for then no one can say where
// a value begins.
std::optional<std::string> without_secrets(std::string_view utf8);

// What stands in place of a value: the readers take it for masked.
inline constexpr std::string_view kMask = "*****";

}  // namespace iisdiag::evidence
