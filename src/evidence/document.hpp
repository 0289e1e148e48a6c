// One captured text, decoded and cut into lines.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "facts/origin.hpp"
#include "facts/server.hpp"
#include "text/decode.hpp"

namespace iisdiag::evidence {

struct Line {
  std::uint64_t number = 0;  // in its file, from 1
  std::string_view text;     // without its line end
  bool ended = true;         // false: the text stops without a line end

  bool operator==(const Line&) const = default;
};

// CRLF, LF, CR and CR CR LF each end one line: captured files hold them all.
std::vector<Line> split_lines(std::string_view text,
                              std::uint64_t first_number = 1);

// How much of the text the first `count` lines take; nothing where it has no
// more than these.
std::optional<std::size_t> end_of_lines(std::string_view text,
                                        std::size_t count);

// A file, or the part of a transcript that one command printed.
class Document {
 public:
  // `name` is the file as the report shows it.
  Document(std::string_view name, text::Decoded decoded);

  const std::string& name() const { return *name_; }
  std::string_view text() const { return text_; }
  std::vector<Line> lines() const { return split_lines(text_, first_line_); }
  // The lines of the first 64 KiB, enough to tell the format; the last one may
  // be cut.
  std::vector<Line> first_lines() const {
    constexpr std::size_t kProbe = 65536;
    return split_lines(text().substr(0, kProbe), first_line_);
  }
  text::Encoding encoding() const { return encoding_; }
  // UTF-16 that stops inside a code unit: the file was cut.
  bool is_cut() const { return is_cut_; }
  // The command line that an echoed prompt shows above this text, or empty.
  std::string_view command() const { return command_; }

  // The number of the line that text() begins in.
  std::uint64_t first_line() const { return first_line_; }

  // An origin in this file; line 0 means the file as a whole.
  facts::Origin at(std::uint64_t line) const;
  facts::Problem problem(std::string text, const Line& line = {},
                         std::size_t column = 0) const;

  // Cuts a console transcript at its echoed prompts (`C:\>`, `PS C:\>`); one
  // part, the whole, where there are none.
  std::vector<Document> split_transcript() &&;

 private:
  Document() = default;

  facts::Origin::Name name_;
  std::string text_;
  std::string command_;
  std::uint64_t first_line_ = 1;
  text::Encoding encoding_ = text::Encoding::kUtf8;
  bool is_cut_ = false;
};

}  // namespace iisdiag::evidence
