// Bytes for the reader of zip archives and gzip files, and for all that comes
// out of them.
#include <map>
#include <string>
#include <string_view>

#include "evidence/archive.hpp"
#include "evidence/load.hpp"
#include "fuzz/target.hpp"

namespace iisdiag::fuzz {
namespace {

struct Contents {
  std::string bytes;
  bool is_whole = false;

  bool operator==(const Contents&) const = default;
};

Contents contents_of(evidence::ByteSource& source) {
  Contents contents;
  for (;;) {
    const evidence::Piece piece =
        source.at(contents.bytes.size(), evidence::ByteSource::kAll);
    contents.bytes += piece.bytes;
    if (piece.is_last) {
      contents.is_whole = piece.error.empty();
      return contents;
    }
    expect(!piece.bytes.empty(), "a piece that is not the last has bytes", "");
  }
}

void expect_harmless(std::string_view name) {
  expect(!name.empty() && name.front() != '/' && name.back() != '/' &&
             name.find('\\') == std::string_view::npos &&
             ("/" + std::string(name) + "/").find("/../") == std::string::npos,
         "no entry is called out of its archive", name);
}

void unpack_all(std::string_view bytes) {
  const evidence::ArchiveListing listing = evidence::list_archive(bytes);
  evidence::Unpacker at_once;
  evidence::Unpacker in_pieces;
  for (const evidence::ArchiveEntry& entry : listing.entries) {
    expect_harmless(entry.name);
    expect(entry.start <= bytes.size() &&
               entry.packed <= bytes.size() - entry.start,
           "an entry lies in its archive", entry.name);
    const auto whole = at_once.unpack(bytes, entry);
    const auto source = in_pieces.open(bytes, entry);
    const Contents pieces =
        source.value ? contents_of(**source.value) : Contents{};
    expect(whole.value.has_value() == pieces.is_whole &&
               (!whole.value || *whole.value == pieces.bytes),
           "an entry is the same at once and in pieces", entry.name);
    evidence::is_archive_inside(bytes, entry);
  }
}

}  // namespace

void fuzz_archive(std::string_view /*id*/, std::string_view bytes) {
  if (evidence::is_archive(bytes)) {
    unpack_all(bytes);
  } else if (evidence::is_gzip(bytes)) {
    contents_of(*evidence::open_gzip(bytes));
  } else {
    return;
  }
  evidence::MemoryFiles files;
  files.add("evidence/ex060516.zip", std::string(bytes));
  evidence::load(files, {"evidence"}, {}, {});
}

}  // namespace iisdiag::fuzz
