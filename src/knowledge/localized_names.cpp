#include "knowledge/localized_names.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "facts/account.hpp"
#include "knowledge/well_known.hpp"
#include "text/unicode.hpp"

namespace iisdiag::knowledge {
namespace {

struct Row {
  std::string_view language;
  std::string_view sid;
  std::string_view name;
};

constexpr std::array kRows = {
    Row{"de", kAdministrators, "Administratoren"},
    Row{"de", kUsers, "Benutzer"},
    Row{"de", kGuests, "Gäste"},
    Row{"de", kEveryone, "Jeder"},
    Row{"de", kAuthenticatedUsers, "Authentifizierte Benutzer"},
    Row{"de", kInteractive, "INTERAKTIV"},
    Row{"de", kNetwork, "NETZWERK"},
    Row{"fr", kAdministrators, "Administrateurs"},
    Row{"fr", kUsers, "Utilisateurs"},
    Row{"fr", kGuests, "Invités"},
    Row{"fr", kEveryone, "Tout le monde"},
    Row{"fr", kAuthenticatedUsers, "Utilisateurs authentifiés"},
    Row{"fr", kInteractive, "INTERACTIF"},
    Row{"fr", kNetwork, "RESEAU"},
    Row{"es", kAdministrators, "Administradores"},
    Row{"es", kUsers, "Usuarios"},
    Row{"es", kGuests, "Invitados"},
    Row{"es", kEveryone, "Todos"},
    Row{"es", kAuthenticatedUsers, "Usuarios autentificados"},
    Row{"pt", kAdministrators, "Administradores"},
    Row{"pt", kUsers, "Usuários"},
    Row{"pt", kGuests, "Convidados"},
    Row{"pt", kEveryone, "Todos"},
    Row{"pt", kAuthenticatedUsers, "Usuários autenticados"},
    Row{"ru", kAdministrators, "Администраторы"},
    Row{"ru", kUsers, "Пользователи"},
    Row{"ru", kGuests, "Гости"},
    Row{"ru", kEveryone, "Все"},
    Row{"ru", kAuthenticatedUsers, "Прошедшие проверку"},
    Row{"ru", kInteractive, "ИНТЕРАКТИВНЫЕ"},
    Row{"ru", kNetwork, "СЕТЬ"},
};

constexpr std::array<std::string_view, 5> kAuthorities = {
    "NT AUTHORITY", "NT-AUTORITÄT", "AUTORITE NT", "AUTORIDADE NT",
    "NT INSTANS"};
constexpr std::array<std::string_view, 4> kBuiltins = {
    "BUILTIN", "VORDEFINIERT", "PREDEFINIDO", "ВСТРОЕННЫЕ"};

struct NameRow {
  std::string_view language;
  std::string_view name;
};
constexpr std::array kGuestNames = {
    NameRow{"de", "Gast"}, NameRow{"fr", "Invité"}, NameRow{"es", "Invitado"},
    NameRow{"pt", "Convidado"}, NameRow{"ru", "Гость"}};

constexpr std::array<std::string_view, 10> kDomainGroups = {
    "Domain Users",         "Domain Guests",           "Domänen-Benutzer",
    "Domänen-Gäste",        "Utilisateurs du domaine", "Invités du domaine",
    "Usuarios del dominio", "Invitados del dominio",   "Usuários do domínio",
    "Пользователи домена"};
constexpr std::array<std::string_view, 4> kAdministratorNames = {
    "Administrator", "Administrateur", "Administrador", "Администратор"};
constexpr std::array<std::string_view, 8> kNoGroup = {
    "None",   "Kein",    "Aucun",       "Ninguno",
    "Nenhum", "Nessuno", "Отсутствует", "なし"};

// A letter that stands for one outside ASCII: what a lost code page leaves.
constexpr std::string_view kLost = "\xEF\xBF\xBD";

std::string_view take_letter(std::string_view& rest) {
  const std::string_view letter = text::prefix(rest, 1);
  rest.remove_prefix(letter.size());
  return letter;
}

bool is_ascii(std::string_view letter) {
  return letter.size() == 1 && static_cast<unsigned char>(letter[0]) < 0x80;
}

// `shown` is `name`, apart from case, accents and lost letters.
bool is_like(std::string_view shown, std::string_view name) {
  while (!shown.empty() && !name.empty()) {
    const std::string_view one = take_letter(shown);
    const std::string_view other = take_letter(name);
    const bool lost = !is_ascii(other) && (one == "?" || one == kLost);
    if (!lost && text::without_accents(one) != text::without_accents(other)) {
      return false;
    }
  }
  return shown.empty() && name.empty();
}

bool is_name(std::string_view written, std::string_view word) {
  return is_like(written, word) ||
         (text::length(written) == facts::kGroupNameCut &&
          text::length(word) > facts::kGroupNameCut &&
          is_like(written, text::prefix(word, facts::kGroupNameCut)));
}

template <class Names>
bool is_one_of(std::string_view shown, const Names& names) {
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
    return is_like(shown, name);
  });
}

const Row* find_row(std::string_view name, std::string_view language) {
  const auto written = facts::AccountName::parse(name);
  if (written.is_upn) {
    return nullptr;
  }
  const bool builtin = is_one_of(written.domain, kBuiltins);
  const bool authority = is_one_of(written.domain, kAuthorities);
  const auto fits = [&](const Row& row) {
    const bool is_group = row.sid.starts_with("S-1-5-32-");
    const bool has_authority = row.sid != kEveryone;
    const bool domain_fits =
        written.domain.empty() ||
        (is_group ? builtin : (authority && has_authority));
    return (language.empty() || row.language == language) && domain_fits &&
           is_name(written.name, row.name);
  };
  const auto* found = std::find_if(kRows.begin(), kRows.end(), fits);
  return found == kRows.end() ? nullptr : &*found;
}

}  // namespace

std::optional<facts::Sid> localized_sid(std::string_view name,
                                        std::string_view language) {
  const Row* row = language.empty() ? nullptr : find_row(name, language);
  return row == nullptr ? std::nullopt : facts::Sid::parse(row->sid);
}

bool may_be_localized(std::string_view name) {
  return find_row(name, {}) != nullptr;
}

bool may_be_nt_authority(std::string_view domain) {
  // No NetBIOS name holds a blank, and names of domains are ASCII by custom.
  return is_one_of(domain, kAuthorities) ||
         std::any_of(domain.begin(), domain.end(), [](char c) {
           return c == ' ' || static_cast<unsigned char>(c) >= 0x80;
         });
}

bool is_builtin_domain(std::string_view domain) {
  return is_one_of(domain, kBuiltins);
}

bool is_guest_name(std::string_view name, std::string_view language) {
  return std::any_of(kGuestNames.begin(), kGuestNames.end(),
                     [&](const NameRow& row) {
                       return (language.empty() || row.language == language) &&
                              is_like(name, row.name);
                     });
}

bool is_default_domain_group(std::string_view name) {
  return std::any_of(
      kDomainGroups.begin(), kDomainGroups.end(),
      [&](std::string_view known) { return is_name(name, known); });
}

bool is_administrator_name(std::string_view name) {
  return is_one_of(name, kAdministratorNames);
}

bool is_no_group(std::string_view name) { return is_one_of(name, kNoGroup); }

}  // namespace iisdiag::knowledge
