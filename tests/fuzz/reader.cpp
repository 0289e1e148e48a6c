// A fuzz target: bytes for the reader of the evidence format
// IISDIAG_FUZZ_FORMAT (an id of `iisdiag list evidence`). tests/fuzz/run.sh
// builds and runs one for each format.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "evidence/console_text.hpp"
#include "evidence/format.hpp"
#include "evidence/log_format.hpp"
#include "evidence/snapshot.hpp"

namespace iisdiag::evidence {
namespace {

// All of it, and the same cut into two pieces where the reader takes pieces:
// the facts have to be the same.
void read_log(const LogFormat& format, std::string_view bytes) {
  if (!format.recognises(bytes.substr(0, kLogStart))) {
    return;
  }
  const auto read = [&](std::size_t cut) {
    FileFacts facts;
    const auto reader = format.open({"file", "W3SVC1"});
    const std::size_t done =
        cut == 0 ? 0 : reader->read(bytes.substr(0, cut), false);
    reader->read(bytes.substr(done), true);
    reader->finish(facts);
    return write_snapshot(facts, {"1", "", 0, 0, false});
  };
  // Readers are promised far more than the head of a log in the first piece.
  constexpr std::size_t kHead = 4096;
  const std::string whole = read(0);
  if (!format.needs_whole && bytes.size() / 2 >= kHead &&
      whole != read(bytes.size() / 2)) {
    std::abort();
  }
}

void read_text(const Format& format, std::string_view bytes) {
  auto decoded = decode_evidence(bytes);
  if (!decoded) {
    return;
  }
  Document whole("file", std::move(*decoded));
  for (const Document& part : std::move(whole).split_transcript()) {
    FileFacts facts;
    if (format.recognises(part)) {
      format.read(part, facts);
    }
  }
}

void read(std::string_view id, std::string_view bytes) {
  for (const LogFormat* format : all_log_formats()) {
    if (format->id == id) {
      return read_log(*format, bytes);
    }
  }
  for (const Format* format : all_formats()) {
    if (format->id == id) {
      return read_text(*format, bytes);
    }
  }
  std::abort();  // no such format
}

}  // namespace
}  // namespace iisdiag::evidence

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
  const auto* const bytes = reinterpret_cast<const char*>(data);
  iisdiag::evidence::read(IISDIAG_FUZZ_FORMAT, {bytes, size});
  return 0;
}
