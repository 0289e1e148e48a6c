// What Windows calls its built-in accounts and groups in other languages than
// English (FORMATS.md section 8; the others are general knowledge). A name is
// only good together with its language: whoever may create groups may call
// one "Invitados" on an English Windows.
#pragma once

#include <optional>
#include <string_view>

#include "facts/sid.hpp"

namespace iisdiag::knowledge {

// The SID of a built-in group or a well-known identity by its name in
// `language` (ISO 639-1), with or without the domain part that goes with it:
// "Gäste", "VORDEFINIERT\Gäste", "NT-AUTORITÄT\NETZWERK" in "de". Letters
// that a code page lost (`?`, U+FFFD) and accents do not count, and a name may
// be cut at facts::kGroupNameCut. Nothing for other names, and in English.
std::optional<facts::Sid> localized_sid(std::string_view name,
                                        std::string_view language);

// The same in whatever language: the name may be a built-in one.
bool may_be_localized(std::string_view name);

// A domain part that stands for NT AUTHORITY, in any language that is known,
// or that cannot be the name of a domain.
bool may_be_nt_authority(std::string_view domain);

// A domain part that stands for BUILTIN.
bool is_builtin_domain(std::string_view domain);

// The built-in Guest account in `language`, in any but English where that is
// empty.
bool is_guest_name(std::string_view name, std::string_view language);
// The built-in Administrator account in any language.
bool is_administrator_name(std::string_view name);

// Domain Users and Domain Guests, in any language; cut as `net user` cuts.
bool is_default_domain_group(std::string_view name);

// What `net user` calls no group at all: "None", "Kein", "Aucun".
bool is_no_group(std::string_view name);

}  // namespace iisdiag::knowledge
