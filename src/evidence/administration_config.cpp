// administration.config: which parts of IIS Manager are shown to whom. It lies
// beside applicationHost.config and holds no anonymous settings (FORMATS.md
// 4.1).
#include "evidence/format.hpp"
#include "evidence/xml.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

bool is_administration_config(const Document& document) {
  const auto start = xml_start(document.text());
  return start && start->root == "configuration" &&
         document.text().find("<moduleProviders") != std::string_view::npos &&
         document.text().find("system.applicationHost") ==
             std::string_view::npos;
}

void read_administration_config(const Document& document, FileFacts& facts) {
  facts.notes.push_back(
      {text::printable(document.name()) +
           " is about IIS Manager alone: it holds no anonymous settings",
       document.at(0)});
}

}  // namespace

const Format kAdministrationConfig{
    "admin-config",
    "IIS Manager (administration.config), not needed",
    R"(copy %windir%\system32\inetsrv\config\administration.config)",
    is_administration_config,
    read_administration_config,
    false};

}  // namespace iisdiag::evidence
