// What `net` prints on Windows of other languages, for tests: records made up
// from the labels of FORMATS.md 8.1, and the translation of English ones.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace iisdiag::test {

enum class Language {
  kEnglish,
  kGerman,
  kFrench,
  kSpanish,
  kItalian,
  kPortuguese,  // of Brazil
  kJapanese,
  kRussian,
};
inline constexpr std::array kLanguages = {
    Language::kEnglish,  Language::kGerman,  Language::kFrench,
    Language::kSpanish,  Language::kItalian, Language::kPortuguese,
    Language::kJapanese, Language::kRussian,
};
std::string_view language_name(Language language);

// Values as English `net` shows them ("Yes", "Never", "All", "5/16/2006 9:01
// AM"; the words are translated, dates written in the language's order).
struct NetUser {
  std::string name = "IUSR_WEB01";
  std::string comment;
  std::string active = "Yes";
  std::string expires = "Never";
  std::string password_last_set = "5/16/2006 9:01 AM";
  std::string password_expires = "Never";
  std::string password_required = "Yes";
  std::string workstations = "All";
  std::string last_logon = "5/22/2006 7:48 PM";
  std::vector<std::string> hours = {"All"};
  std::vector<std::string> local_groups = {"Guests"};
  std::vector<std::string> global_groups = {"None"};
};

// The text of `net user NAME`, lines ending in LF, no prompt above it.
std::string net_user_text(const NetUser& user, Language language);

// An English text of `net user NAME`, records and the answer 2221, in another
// language: labels, the words yes, no, never, all and none, dates (taken to be
// month first unless they cannot be), days of the week, the groups Guests,
// Users and Administrators, the sentences. Anything else and the line ends
// stay as they are, "Locked" too. Names of groups are cut at 21 characters.
std::string translate_net_user(std::string_view english, Language language);

// The word of a built-in group: "Guests" in German is "Gäste".
std::string group_name(std::string_view english, Language language);

enum class Encoding {
  kUtf8,
  kUtf16le,  // with its mark, as PowerShell writes it
  kOem437,
  kOem850,
  kOem866,
  kShiftJis,  // 932, both the OEM and the ANSI page of Japanese
  kWindows1251,
  kWindows1252,
  // Text of page 850 that somebody took for Windows-1252 and stored as UTF-8.
  kMojibake,
};
std::string_view encoding_name(Encoding encoding);
Encoding oem_encoding(Language language);
Encoding ansi_encoding(Language language);
// Every encoding in which a capture of that language can come.
std::vector<Encoding> encodings_of(Language language);

// What the encoding cannot say becomes '?'.
std::string encode(std::string_view utf8, Encoding encoding);

}  // namespace iisdiag::test
