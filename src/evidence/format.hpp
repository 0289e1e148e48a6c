// The evidence formats, one file each: recognised by content, read into facts.
#pragma once

#include <span>
#include <string_view>

#include "evidence/document.hpp"
#include "evidence/file_facts.hpp"

namespace iisdiag::evidence {

// Both functions take any text: neither throws, and a reader returns what it
// could read, with a problem for what it could not.
struct Format {
  std::string_view id;     // "secedit-inf"
  std::string_view title;  // "secedit or policy template (INF)"
  // How an administrator captures it, one line.
  std::string_view capture;
  bool (*recognises)(const Document& document) = nullptr;
  void (*read)(const Document& document, FileFacts& facts) = nullptr;
  // False where such a file is known and tells nothing about the server: by
  // itself it is nothing to check.
  bool tells_something = true;
};

// Each in its own file.
#define IISDIAG_FORMAT(name) extern const Format name;
#include "evidence/formats.def"
#undef IISDIAG_FORMAT

// In the order in which they are asked: formats.def.
std::span<const Format* const> all_formats();

// Nothing where the text is no evidence.
const Format* recognise(const Document& document);

}  // namespace iisdiag::evidence
