// .reg exports of regedit and reg.exe (FORMATS.md 6.1).
#include "evidence/format.hpp"
#include "evidence/registry_file.hpp"
#include "text/strings.hpp"

namespace iisdiag::evidence {
namespace {

bool is_registry_export(const Document& document) {
  for (const Line& line : document.first_lines()) {
    if (!text::trim(line.text).empty()) {
      return is_registry_header(line.text);
    }
  }
  return false;
}

void read_registry_export(const Document& document, FileFacts& facts) {
  interpret_registry(read_registry_file(document, facts), facts);
}

}  // namespace

const Format kRegistryExport{
    "registry-export", "registry keys (.reg export)",
    R"(reg export HKLM\SYSTEM\CurrentControlSet\Control\Lsa lsa.reg)",
    is_registry_export, read_registry_export};

}  // namespace iisdiag::evidence
