// Encoding of test texts, through the system's own tables and not the
// program's.
#include "support/convert.hpp"
#include "support/net_languages.hpp"

namespace iisdiag::test {

std::string_view encoding_name(Encoding encoding) {
  static constexpr std::string_view kNames[] = {
      "UTF-8", "UTF-16LE",     "437",          "850",     "866",
      "932",   "Windows-1251", "Windows-1252", "mojibake"};
  return kNames[static_cast<std::size_t>(encoding)];
}

Encoding oem_encoding(Language language) {
  switch (language) {
    case Language::kEnglish:
      return Encoding::kOem437;
    case Language::kJapanese:
      return Encoding::kShiftJis;
    case Language::kRussian:
      return Encoding::kOem866;
    default:
      return Encoding::kOem850;
  }
}

Encoding ansi_encoding(Language language) {
  switch (language) {
    case Language::kJapanese:
      return Encoding::kShiftJis;
    case Language::kRussian:
      return Encoding::kWindows1251;
    default:
      return Encoding::kWindows1252;
  }
}

std::vector<Encoding> encodings_of(Language language) {
  std::vector<Encoding> all = {Encoding::kUtf8, Encoding::kUtf16le,
                               oem_encoding(language)};
  if (ansi_encoding(language) != oem_encoding(language)) {
    all.push_back(ansi_encoding(language));
  }
  if (oem_encoding(language) == Encoding::kOem850) {
    all.push_back(Encoding::kMojibake);
  }
  return all;
}

std::string encode(std::string_view utf8, Encoding encoding) {
  // What `net` writes as a curly apostrophe or a no-break space has no place
  // in the OEM page; Windows takes the nearest character.
  std::string plain;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    if (utf8.substr(i).starts_with("’") && encoding != Encoding::kUtf8 &&
        encoding != Encoding::kUtf16le && encoding != Encoding::kWindows1251 &&
        encoding != Encoding::kWindows1252) {
      plain += '\'';
      i += 2;
    } else {
      plain += utf8[i];
    }
  }
  switch (encoding) {
    case Encoding::kUtf8:
      break;
    case Encoding::kUtf16le:
      return "\xFF\xFE" + convert(plain, "UTF-8", "UTF-16LE");
    case Encoding::kOem437:
      return convert(plain, "UTF-8", "IBM437");
    case Encoding::kOem850:
      return convert(plain, "UTF-8", "IBM850");
    case Encoding::kOem866:
      return convert(plain, "UTF-8", "CP866");
    case Encoding::kShiftJis:
      return convert(plain, "UTF-8", "CP932");
    case Encoding::kWindows1251:
      return convert(plain, "UTF-8", "CP1251");
    case Encoding::kWindows1252:
      return convert(plain, "UTF-8", "CP1252");
    case Encoding::kMojibake: {
      const std::string oem = convert(plain, "UTF-8", "IBM850");
      std::string result;
      for (const char c : oem) {
        const std::string one =
            convert(std::string_view(&c, 1), "CP1252", "UTF-8");
        // Windows itself keeps the five bytes that 1252 leaves unassigned.
        result += one == "?" && c != '?'
                      ? convert(std::string_view(&c, 1), "ISO-8859-1", "UTF-8")
                      : one;
      }
      return result;
    }
  }
  return plain;
}

}  // namespace iisdiag::test
