#include "mutate.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>

#include "evidence/file_system.hpp"
#include "support/net_languages.hpp"
#include "text/decode.hpp"
#include "text/strings.hpp"

namespace iisdiag::test {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

// The text of a file, and what it takes to write it back as it was.
struct Text {
  std::string utf8;
  bool is_utf16 = false;
  bool odd_byte = false;
  bool marked = false;  // UTF-8 with a mark
  // In the code page of some console, which the bytes do not name: `utf8`
  // holds them as they are, and what is not ASCII stays untouched.
  bool is_raw = false;
};

// Nothing for a binary file.
std::optional<Text> text_of(const std::string& bytes) {
  auto decoded = text::decode(bytes);
  if (!decoded) {
    return std::nullopt;
  }
  Text result;
  result.is_raw = decoded->encoding == text::Encoding::kWindows1252;
  if (result.is_raw) {
    result.utf8 = bytes;
  } else {
    result.utf8 = std::move(decoded->text);
  }
  result.is_utf16 = decoded->encoding == text::Encoding::kUtf16le;
  result.odd_byte = decoded->odd_byte;
  result.marked = bytes.starts_with(kUtf8Mark);
  return result;
}

std::string utf16le(std::string_view utf8) {
  return encode(utf8, Encoding::kUtf16le);
}

std::string bytes_of(const Text& text) {
  if (text.is_utf16) {
    return utf16le(text.utf8) + (text.odd_byte ? "\r" : "");
  }
  return (text.marked ? std::string(kUtf8Mark) : "") + text.utf8;
}

using TextChange = std::function<void(std::string&)>;

std::function<void(Capture&)> in_every_text(TextChange change) {
  return [change = std::move(change)](Capture& capture) {
    for (EvidenceFile& file : capture.files) {
      change_text(file, change);
    }
  };
}

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::vector<Mutation> drops(const Capture& capture) {
  std::vector<Mutation> all;
  for (const EvidenceFile& file : capture.files) {
    Mutation drop;
    drop.kind = Kind::kDrop;
    drop.name = "without " + file.path;
    drop.dropped = file.path;
    drop.apply = [path = file.path](Capture& changed) {
      std::erase_if(changed.files,
                    [&](const EvidenceFile& one) { return one.path == path; });
    };
    all.push_back(std::move(drop));
  }
  return all;
}

// Shuffling ------------------------------------------------------------------

// A name that is part of the evidence, and so has to stay.
bool name_tells(const EvidenceFile& file) {
  // FORMATS.md 5: such an INF is a policy, which does not list every right.
  // PRODUCT.md, EVIDENCE: copies in these folders are history, and the newest
  // is told by its name.
  const std::string path = text::to_lower(file.path);
  if (has(path, "gpttmpl") || has(path, "secedit/") || has(path, "history") ||
      has(path, "metaback")) {
    return true;
  }
  const auto text = text_of(file.bytes);
  if (!text) {
    return true;  // a binary file is told by its name (FORMATS.md 3.7)
  }
  // FORMATS.md 4.4: a configSource names the file that holds its section.
  if (has(text->utf8, "<anonymousAuthentication") &&
      !has(text->utf8, "<configuration")) {
    return true;
  }
  // FORMATS.md 3.5 and 8: without the command above it, only the name says
  // which node a dump shows and whose name was not found.
  const bool command =
      has(text->utf8, ">cscript adsutil.vbs") || has(text->utf8, ">net user ");
  return !command &&
         (has(text->utf8, ": (STRING)") || has(text->utf8, "HELPMSG 2221"));
}

// Folders stay: an applicationHost.config beside a redirection.config that is
// switched on is not in force (docs/decisions.md).
void rename_all(Capture& capture) {
  std::size_t number = 10 + capture.files.size();
  for (EvidenceFile& file : capture.files) {
    --number;
    if (!name_tells(file)) {
      const auto slash = file.path.rfind('/');
      file.path.resize(slash == std::string::npos ? 0 : slash + 1);
      file.path += "part" + std::to_string(number) + ".dat";
    }
  }
}

std::vector<Mutation> shuffles() {
  return {{Kind::kShuffle, "renamed", {}, rename_all},
          {Kind::kShuffle,
           "backwards, file by file",
           {},
           [](Capture& capture) {
             capture.one_by_one = true;
             std::reverse(capture.files.begin(), capture.files.end());
           }},
          {Kind::kShuffle,
           "renamed, backwards, file by file",
           {},
           [](Capture& capture) {
             rename_all(capture);
             capture.one_by_one = true;
             std::reverse(capture.files.begin(), capture.files.end());
           }}};
}

// Languages ------------------------------------------------------------------

bool is_net_user(std::string_view text) {
  return has(text, "\nUser name   ") || text.starts_with("User name   ") ||
         has(text, "HELPMSG 2221");
}

std::vector<Mutation> translations(
    const std::function<std::vector<Encoding>(Language)>& encodings) {
  std::vector<Mutation> all;
  for (const Language language : kLanguages) {
    for (const Encoding encoding : encodings(language)) {
      Mutation mutation;
      mutation.kind = Kind::kTranslate;
      mutation.name = std::string(language_name(language)) + " in " +
                      std::string(encoding_name(encoding));
      mutation.apply = [language, encoding](Capture& capture) {
        for (EvidenceFile& file : capture.files) {
          const auto text = text_of(file.bytes);
          if (text && is_net_user(text->utf8)) {
            file.bytes =
                encode(translate_net_user(text->utf8, language), encoding);
          }
        }
      };
      all.push_back(std::move(mutation));
    }
  }
  return all;
}

// Passwords ------------------------------------------------------------------

// Puts `mask` in place of every value between `before` and the next quote that
// somebody could read. Encrypted and empty ones stay, and so does the word
// that stands where one was lost (FORMATS.md 3.4): it is no password.
void mask_values(std::string& text, std::string_view before,
                 std::string_view mask) {
  for (auto at = text.find(before); at != std::string::npos;
       at = text.find(before, at)) {
    at += before.size();
    const auto end = text.find('"', at);
    if (end == std::string::npos) {
      return;
    }
    const std::string_view value = std::string_view(text).substr(at, end - at);
    if (!value.empty() &&
        value.find_first_not_of('*') != std::string_view::npos &&
        !value.starts_with("49634462") && !value.starts_with("[enc:") &&
        !value.starts_with("NOLONGERVALID")) {
      text.replace(at, end - at, mask);
    }
  }
}

void mask(std::string& text) {
  if (has(text, ": (STRING)")) {
    for (const std::string_view name : {"AnonymousUserPass", "WAMUserPass"}) {
      std::string before(name);
      before.resize(32, ' ');
      mask_values(text, before + ": (STRING) \"", "**********");
    }
  } else if (has(text, "<MBProperty>")) {
    mask_values(text, "UserPass=\"",
                "49634462700000002200000040000000c3b57d1e08f94a6e2b7c");
  } else if (has(text, "<system.applicationHost>")) {
    mask_values(text, " password=\"",
                "[enc:AesProvider:WbKNwlM8fxKTUPtnEJ+mkKwL3BkR0mTx:enc]");
  }
}

// Line ends and encodings ----------------------------------------------------

// Line ends as `ends` goes round.
std::string with_ends(std::string_view text,
                      const std::vector<std::string_view>& ends) {
  std::string result;
  result.reserve(text.size());
  std::size_t line = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') {
      continue;
    }
    if (text[i] == '\n') {
      result += ends[line++ % ends.size()];
    } else {
      result += text[i];
    }
  }
  return result;
}

std::vector<Mutation> line_ends() {
  struct Style {
    std::string name;
    std::vector<std::string_view> ends;
  };
  const std::vector<Style> styles = {{"CRLF", {"\r\n"}},
                                     {"LF", {"\n"}},
                                     {"CR", {"\r"}},
                                     {"CR CR LF", {"\r\r\n"}},
                                     {"mixed", {"\r\n", "\n", "\r\n", "\n"}}};
  std::vector<Mutation> all;
  all.reserve(styles.size());
  for (const Style& style : styles) {
    all.push_back({Kind::kLineEnds,
                   style.name,
                   {},
                   in_every_text([ends = style.ends](std::string& text) {
                     text = with_ends(text, ends);
                   })});
  }
  return all;
}

// XML says in its first line how it is encoded, where it says so at all.
void declare(std::string& text, std::string_view encoding) {
  const std::string_view old = "encoding=\"UTF-8\"";
  const auto at = text.find(old);
  if (text.starts_with("<?xml") && at < text.find("?>")) {
    text.replace(at, old.size(), "encoding=\"" + std::string(encoding) + "\"");
  }
}

Mutation encoded(std::string name, std::string_view declared,
                 std::function<std::string(std::string_view)> encoder) {
  return {Kind::kEncoding,
          std::move(name),
          {},
          [declared, encoder = std::move(encoder)](Capture& capture) {
            for (EvidenceFile& file : capture.files) {
              if (auto text = text_of(file.bytes); text && !text->is_raw) {
                declare(text->utf8, declared);
                file.bytes = encoder(text->utf8);
              }
            }
          }};
}

std::vector<Mutation> encodings() {
  return {encoded("UTF-16LE", "UTF-16", utf16le),
          encoded("UTF-16BE", "UTF-16",
                  [](std::string_view utf8) {
                    std::string bytes = utf16le(utf8);
                    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
                      std::swap(bytes[i], bytes[i + 1]);
                    }
                    return bytes;
                  }),
          encoded("UTF-8 with a mark", "UTF-8", [](std::string_view utf8) {
            return std::string(kUtf8Mark) + std::string(utf8);
          })};
}

}  // namespace

bool change_text(EvidenceFile& file,
                 const std::function<void(std::string&)>& change) {
  auto text = text_of(file.bytes);
  if (text) {
    change(text->utf8);
    file.bytes = bytes_of(*text);
  }
  return text.has_value();
}

Capture load_capture(const Scenario& scenario) {
  if (scenario.folder.empty()) {
    return scenario.capture;
  }
  Capture capture;
  for (const auto& entry :
       fs::recursive_directory_iterator(scenario.evidence())) {
    if (entry.is_regular_file()) {
      std::ifstream file(entry.path(), std::ios::binary);
      capture.files.push_back(
          {fs::relative(entry.path(), scenario.evidence()).generic_string(),
           {std::istreambuf_iterator<char>(file), {}}});
    }
  }
  std::sort(
      capture.files.begin(), capture.files.end(),
      [](const auto& one, const auto& two) { return one.path < two.path; });
  return capture;
}

std::vector<Mutation> mutations(const Capture& capture, Kind kind) {
  switch (kind) {
    case Kind::kDrop:
      return drops(capture);
    case Kind::kTranslate:
      return translations(encodings_of);
    case Kind::kMask:
      return {{Kind::kMask, "masked", {}, in_every_text(mask)}};
    case Kind::kLineEnds:
      return line_ends();
    case Kind::kEncoding:
      return encodings();
    case Kind::kShuffle:
      return shuffles();
  }
  return {};
}

std::vector<Mutation> single_mutations(const Capture& capture) {
  std::vector<Mutation> all = drops(capture);
  for (auto more : {translations([](Language) {
                      return std::vector<Encoding>{Encoding::kUtf8};
                    }),
                    mutations(capture, Kind::kMask), line_ends(), encodings(),
                    shuffles()}) {
    std::move(more.begin(), more.end(), std::back_inserter(all));
  }
  return all;
}

}  // namespace iisdiag::test
