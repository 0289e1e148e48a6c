#include "evidence/unread.hpp"

#include <array>

#include "text/strings.hpp"

namespace iisdiag::evidence {
namespace {

using namespace std::string_view_literals;

struct Signature {
  std::size_t offset;
  std::string_view bytes;
  std::string_view what;
};

constexpr std::array kSignatures = {
    Signature{0, "version https://git-lfs.github.com/spec/v1"sv,
              "a Git LFS pointer: the file itself is not here"},
    Signature{0, "regf"sv,
              "a registry hive: export the keys with reg export instead"},
    // Others were searched already (bundle.hpp).
    Signature{0, "PK\x03\x04"sv,
              "a zip archive in an archive in an archive: unpack it first"},
    Signature{0, "PK\x05\x06"sv, "an empty zip archive"},
    Signature{4, "\xEF\xCD\xAB\x89"sv,
              "a security database: run secedit /export instead"},
    Signature{0, "MSCF"sv, "a cabinet file: unpack it first"},
    Signature{0, "7z\xBC\xAF"sv, "a 7-Zip archive: unpack it first"},
    Signature{0, "Rar!"sv, "a RAR archive: unpack it first"},
    // One was unpacked already (load.cpp).
    Signature{0, "\x1F\x8B"sv, "a gzip file in a gzip file: unpack it first"},
};

}  // namespace

std::optional<std::string> why_not_read(std::string_view name,
                                        std::string_view bytes) {
  if (bytes.empty()) {
    return "an empty file";
  }
  for (const Signature& signature : kSignatures) {
    if (bytes.size() > signature.offset &&
        bytes.substr(signature.offset).starts_with(signature.bytes)) {
      return std::string(signature.what);
    }
  }
  if (text::iends_with(name, "metabase.bin") &&
      bytes.find('\0') != std::string_view::npos) {
    return "the binary metabase of IIS 4 and 5, whose layout is not "
           "documented: run cscript adsutil.vbs ENUM W3SVC instead";
  }
  return std::nullopt;
}

}  // namespace iisdiag::evidence
