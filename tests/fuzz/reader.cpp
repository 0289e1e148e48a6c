// Bytes for the reader of one evidence format.
#include <algorithm>
#include <string>
#include <string_view>

#include "evidence/console_text.hpp"
#include "evidence/format.hpp"
#include "evidence/log_format.hpp"
#include "evidence/snapshot.hpp"
#include "fuzz/target.hpp"
#include "support/evtx_writer.hpp"

namespace iisdiag::fuzz {
namespace {

using evidence::FileFacts;

std::string snapshot(const FileFacts& facts) {
  return evidence::write_snapshot(facts, {"1", "", 0, 0, false});
}

// What was read says the same after it was written down and read again.
void expect_snapshot(const FileFacts& facts) {
  const std::string text = snapshot(facts);
  evidence::Document document("file", {text, text::Encoding::kUtf8});
  expect(evidence::kSnapshot.recognises(document), "a snapshot is known as one",
         text);
  FileFacts again;
  evidence::kSnapshot.read(document, again);
  // Bounds of their own.
  if (again.problems.size() == facts.problems.size()) {
    again.captured.reset();
    expect(snapshot(again) == text, "a snapshot is read as it was written",
           text + "\n" + snapshot(again));
  }
}

// All of it, and the same cut into two pieces where the reader takes pieces:
// the facts have to be the same.
void read_log(const evidence::LogFormat& format, std::string_view bytes) {
  if (!format.recognises(bytes.substr(0, evidence::kLogStart))) {
    return;
  }
  const auto read = [&](std::size_t cut) {
    FileFacts facts;
    const auto reader = format.open({"file", "W3SVC1"});
    const std::size_t done =
        cut == 0 ? 0 : reader->read(bytes.substr(0, cut), false);
    reader->read(bytes.substr(done), true);
    reader->finish(facts);
    return facts;
  };
  // Readers are promised far more than the head of a log in the first piece.
  constexpr std::size_t kHead = 4096;
  const FileFacts whole = read(0);
  if (!format.needs_whole && bytes.size() / 2 >= kHead) {
    expect(snapshot(whole) == snapshot(read(bytes.size() / 2)),
           "a log says the same in one piece and in two", snapshot(whole));
  }
  expect_snapshot(whole);
}

void read_text(const evidence::Format& format, std::string_view bytes) {
  auto decoded = evidence::decode_evidence(bytes);
  if (!decoded) {
    return;
  }
  evidence::Document whole("file", std::move(*decoded));
  for (const auto& part : std::move(whole).split_transcript()) {
    FileFacts facts;
    if (format.recognises(part)) {
      format.read(part, facts);
      expect_snapshot(facts);
    }
  }
}

}  // namespace

void fuzz_reader(std::string_view id, std::string_view bytes) {
  for (const auto* format : evidence::all_log_formats()) {
    if (format->id == id) {
      read_log(*format, bytes);
    }
  }
  for (const auto* format : evidence::all_formats()) {
    if (format->id == id) {
      read_text(*format, bytes);
    }
  }
}

bool is_read(std::string_view id, std::string_view bytes) {
  if (const auto* format = evidence::recognise_log(bytes)) {
    return format->id == id;
  }
  auto decoded = evidence::decode_evidence(bytes);
  if (!decoded) {
    return false;
  }
  evidence::Document whole("file", std::move(*decoded));
  const auto parts = std::move(whole).split_transcript();
  return std::any_of(parts.begin(), parts.end(), [&](const auto& part) {
    const auto* format = evidence::recognise(part);
    return format != nullptr && format->id == id;
  });
}

void mend_evtx(std::string& bytes) {
  constexpr std::size_t kHead = 4096;
  constexpr std::size_t kChunk = 65536;
  for (std::size_t at = kHead; at + kChunk <= bytes.size(); at += kChunk) {
    std::string chunk = bytes.substr(at, kChunk);
    test::sign_chunk(chunk);
    bytes.replace(at, kChunk, chunk);
  }
}

}  // namespace iisdiag::fuzz
