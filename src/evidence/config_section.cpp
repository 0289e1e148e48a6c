// A section of applicationHost.config or of a web.config that configSource
// names: a file whose root is the section (FORMATS.md 4.4, 9).
#include "evidence/format.hpp"
#include "evidence/sites_section.hpp"

namespace iisdiag::evidence {
namespace {

bool is_config_section(const Document& document) {
  const auto start = xml_start(document.text());
  return start && (start->root == "anonymousAuthentication" ||
                   start->root == "sites" || start->root == "applicationPools");
}

void read_config_section(const Document& document, FileFacts& facts) {
  const Xml xml(document, facts);
  SectionReader sections(document, xml, facts);
  const pugi::xml_node root = xml.root();
  SectionFile result;
  result.file = document.name();
  result.element = local_name(root);
  result.damaged = !xml.is_whole();
  result.section.origin = root ? xml.at(root) : document.at(0);
  // Read as for FTP: whose section it is decides what of it counts.
  result.section.node =
      unset_node(facts::Service::kFtp7, {}, result.section.origin);
  if (result.element == "anonymousAuthentication") {
    sections.read(root, result.section.node);
    result.section.lock = SectionReader::lock(root, {});
  } else if (result.element == "sites") {
    SitesReader sites(document, xml, facts, sections);
    sites.read(root, result.nodes);
    result.damaged = result.damaged || sites.is_cut();
    result.web_sites = sites.take_web_sites();
    result.folders = sites.take_folders();
  }
  // A file that points on to a third one is not read on.
  result.damaged = result.damaged || !sections.take_sources().empty();
  facts.elsewhere.clear();
  facts.iis7.section_files.push_back(std::move(result));
}

}  // namespace

const Format kConfigSection{
    "config-section", "a section in a file of its own (configSource)",
    R"(copy %windir%\system32\inetsrv\config\NAME, as configSource names it)",
    is_config_section, read_config_section};

}  // namespace iisdiag::evidence
