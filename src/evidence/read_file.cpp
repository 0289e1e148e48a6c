#include "evidence/read_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "evidence/archive.hpp"
#include "evidence/console_text.hpp"
#include "evidence/format.hpp"
#include "evidence/limits.hpp"
#include "evidence/log_format.hpp"
#include "evidence/unread.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

constexpr std::string_view kTooLarge = "larger than this program reads";

// Whether something before `end` is evidence.
bool begins_with_evidence(const std::string& name, const text::Decoded& decoded,
                          std::size_t end) {
  text::Decoded start;
  start.text = decoded.text.substr(0, end);
  start.encoding = decoded.encoding;
  const auto parts = Document(name, std::move(start)).split_transcript();
  return std::any_of(parts.begin(), parts.end(), [](const Document& part) {
    return recognise(part) != nullptr;
  });
}

// Lines that end with CR alone, or the whole of a text: no log is that.
bool is_of_one_line(std::string_view start) {
  return start.find('\n') == std::string_view::npos &&
         start.find('\r') != std::string_view::npos &&
         start.find('\0') == std::string_view::npos;
}

class Reading {
 public:
  Reading(const CapturedFile& file, Progress* progress)
      : file_(file), progress_(progress) {}

  FileReading run(Contents& contents) {
    if (!file_.refusal.empty()) {
      refuse(file_.refusal);
    } else if (auto opened = contents.open(file_); opened.value) {
      read(std::move(*opened.value));
    } else {
      refuse(std::move(opened.error));
    }
    return std::move(result_);
  }

 private:
  void read(std::unique_ptr<ByteSource> source) {
    std::unique_ptr<ByteSource> unpacked;
    Piece start = source->at(0, kLogStart);
    if (is_gzip(start.bytes)) {
      start = source->at(0, ByteSource::kAll);
      if (!start.is_last) {
        refuse(std::string(kTooLarge));
        return;
      }
      unpacked = open_gzip(start.bytes);
      start = unpacked->at(0, kLogStart);
    }
    ByteSource& bytes = unpacked ? *unpacked : *source;
    const LogFormat* const format = recognise_log(start.bytes);
    if (format != nullptr && !is_of_one_line(start.bytes)) {
      read_log(*format, bytes);
      return;
    }
    auto whole = read_whole(bytes);
    // The file itself, packed or mapped into memory, is not needed any more.
    unpacked.reset();
    source.reset();
    if (whole.value) {
      result_.was_read = true;
      read_text(std::move(*whole.value));
    } else {
      refuse(std::move(whole.error));
    }
  }

  void refuse(std::string why) {
    result_ = {};
    result_.error = std::move(why);
  }

  FileFacts& add() {
    FileFacts facts;
    facts.file = file_.name;
    facts.folder = file_.folder;
    facts.historical = file_.historical;
    return result_.facts.emplace_back(std::move(facts));
  }

  void problem(FileFacts& facts, std::string why) const {
    facts.problems.push_back(
        {std::move(why), facts::Origin::in_file(file_.name, 0), {}, 0, {}});
  }

  void read_log(const LogFormat& format, ByteSource& source) {
    const auto reader = format.open({file_.name, file_.folder});
    FileFacts& facts = add();
    result_.was_read = true;
    result_.is_evidence = true;
    std::uint64_t done = 0;
    std::string error;
    for (bool is_last = false; !is_last;) {
      Piece piece =
          source.at(done, format.needs_whole ? ByteSource::kAll : kLogPiece);
      if (format.needs_whole && !piece.is_last) {
        piece.error = kTooLarge;
        piece.is_last = true;
        piece.bytes = {};
      }
      is_last = piece.is_last;
      error = std::move(piece.error);
      done += reader->read(piece.bytes, is_last);
      if (progress_ != nullptr) {
        progress_->at(file_.name, done, source.size());
      }
    }
    reader->finish(facts);
    if (!error.empty()) {
      problem(facts, std::move(error));
      for (facts::LogSpan& log : facts.records.logs) {
        log.is_whole = false;
      }
    }
    name_computer(facts);
    bound_problems(facts);
  }

  // Whose log it is, so that the log of another server is left out. A log that
  // gathers those of several computers shows only the newest one's name.
  static void name_computer(FileFacts& facts) {
    constexpr std::size_t kNetbiosName = 15;
    for (const facts::LogSpan& log : facts.records.logs) {
      const std::string name = log.computer.substr(0, log.computer.find('.'));
      if (!name.empty() && name.size() <= kNetbiosName) {
        facts.machine.computer = {text::fold_case(name), log.origin};
      }
    }
  }

  // Logs of 16-bit text are read as any text is: whole.
  void read_decoded_log(const LogFormat& format, std::string text) {
    const auto source = source_of(std::move(text));
    read_log(format, *source);
  }

  void bound_problems(FileFacts& facts) const {
    // A snapshot tells what a live run would tell, and bounds its own.
    if (facts.captured || facts.problems.size() <= kMaxProblemsPerFile) {
      return;
    }
    const std::size_t more = facts.problems.size() - kMaxProblemsPerFile;
    facts.problems.resize(kMaxProblemsPerFile);
    problem(facts, fmt::format("{} more problems in this file", more));
  }

  void read_text(std::string bytes) {
    if (const auto why = why_not_read(file_.name, bytes)) {
      problem(add(), *why);
      return;
    }
    auto decoded = decode_evidence(bytes);
    std::string().swap(bytes);  // an assignment would keep its memory
    if (!decoded) {
      return;
    }
    const std::string_view start =
        std::string_view(decoded->text).substr(0, kLogStart);
    std::string lines(is_of_one_line(start) ? start : std::string_view());
    std::replace(lines.begin(), lines.end(), '\r', '\n');
    if (const LogFormat* format =
            recognise_log(lines.empty() ? start : std::string_view(lines))) {
      if (!lines.empty()) {
        std::replace(decoded->text.begin(), decoded->text.end(), '\r', '\n');
      }
      read_decoded_log(*format, std::move(decoded->text));
      return;
    }
    // Every line takes memory of its own, and a file of nothing but line ends
    // has hundreds of millions of them.
    if (const auto end = end_of_lines(decoded->text, kMaxLines)) {
      if (begins_with_evidence(file_.name, *decoded, *end)) {
        problem(add(), fmt::format("more than {} lines: the file is not read",
                                   kMaxLines));
      }
      return;
    }
    Document whole(file_.name, std::move(*decoded));
    for (const Document& part : std::move(whole).split_transcript()) {
      if (const Format* format = recognise(part)) {
        result_.is_evidence = result_.is_evidence || format->tells_something;
        FileFacts& facts = add();
        format->read(part, facts);
        bound_problems(facts);
      }
    }
  }

  // So much of what is mapped at a time that progress is seen. Readers keep the
  // end of a piece, which costs them little of one as long as this.
  static constexpr std::size_t kLogPiece = 256U << 20U;

  const CapturedFile& file_;
  Progress* progress_;
  FileReading result_;
};

}  // namespace

FileReading read_file(Contents& contents, const CapturedFile& file,
                      Progress* progress) {
  return Reading(file, progress).run(contents);
}

}  // namespace iisdiag::evidence
