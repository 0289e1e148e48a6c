// redirection.config beside applicationHost.config: shared configuration
// (FORMATS.md 4.1).
#include "evidence/format.hpp"
#include "evidence/xml.hpp"
#include "text/strings.hpp"

namespace iisdiag::evidence {
namespace {

bool is_redirection_config(const Document& document) {
  constexpr std::size_t kProbe = 65536;
  const auto start = xml_start(document.text());
  return start && start->root == "configuration" &&
         document.text().substr(0, kProbe).find("<configurationRedirection") !=
             std::string_view::npos;
}

void read_redirection_config(const Document& document, FileFacts& facts) {
  const Xml xml(document, facts);
  const pugi::xml_node element = child(xml.root(), "configurationRedirection");
  // Not set means not redirected (schema default).
  if (!text::to_bool(element.attribute("enabled").value()).value_or(false)) {
    return;
  }
  facts.redirects_configuration = true;
  facts.elsewhere.push_back({element.attribute("path").value(),
                             "shared configuration", xml.at(element)});
}

}  // namespace

const Format kRedirectionConfig{
    "redirection-config", "IIS 7 and later (redirection.config)",
    R"(copy %windir%\system32\inetsrv\config\redirection.config)",
    is_redirection_config, read_redirection_config};

}  // namespace iisdiag::evidence
