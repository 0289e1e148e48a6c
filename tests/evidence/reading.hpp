// Captured bytes to facts, and facts to lines that a test can state whole.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evidence/document.hpp"
#include "evidence/file_facts.hpp"
#include "evidence/format.hpp"

namespace iisdiag::evidence {

// The bytes of a text file as a document; they must not be binary.
Document document(std::string_view bytes, std::string_view name = "file");

// What a reader makes of the bytes. Fails the test where the format does not
// recognise them as its own.
FileFacts read_as(const Format& format, std::string_view bytes,
                  std::string_view name = "file");

// The id of the format that recognises the bytes, or "-".
std::string_view format_of(std::string_view bytes,
                           std::string_view name = "file");

// ASCII text as UTF-16LE, without a byte order mark.
std::string utf16le(std::string_view ascii);

// Every text of these facts one after the other: where a secret would show.
std::string every_text(const FileFacts& facts);

// One line for each fact, as in
//   W3SVC /LM/W3SVC/1/ROOT serves @7
//     account = IUSR_WEB01 @8
//     password = opaque @9 (this node only)
//     absent: sync, method, domain, pool
// where @8 is the line of the file. What nothing speaks of is left out.
std::string describe(const std::vector<facts::IisConfig>& configs);
// What overlay.hpp puts on top of them, as in
//   web.config in wwwroot sets "" @3
//     account = web @3
std::string describe(const Iis7Files& files);
std::string describe(const facts::AccountDatabase& accounts);
std::string describe(const std::vector<facts::RightsList>& rights);
std::string describe(const facts::Machine& machine);
// "file, line 3: text" with the excerpt and its caret below.
std::string describe(const std::vector<facts::Problem>& problems);
std::string describe(const std::vector<facts::Note>& notes);
std::string describe(const std::vector<facts::Elsewhere>& elsewhere);
std::string describe(const std::vector<facts::Identity>& identities);

}  // namespace iisdiag::evidence
