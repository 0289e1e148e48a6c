// Configuration files without what is secret in them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace iisdiag::evidence {

// An XML configuration of IIS (applicationHost.config, redirection.config,
// MetaBase.xml) in which every value that is or may hold a secret is replaced
// by a mask: passwords of any kind, encrypted values, keys, connection
// strings, values of environment variables and of application settings,
// and what the metabase marks as secure. An empty value stays empty, for that
// there is none is no secret. Comments and processing instructions are left
// out: nothing tells what stands in them.
//
// Nothing where the text is no well-formed XML, for then no one can say where
// a value begins.
std::optional<std::string> without_secrets(std::string_view utf8);

// What stands in place of a value: the readers take it for masked.
inline constexpr std::string_view kMask = "*****";

}  // namespace iisdiag::evidence
