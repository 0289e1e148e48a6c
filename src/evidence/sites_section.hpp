// The list of sites of IIS 7.0 and later: in applicationHost.config, in a file
// that configSource names, or printed by appcmd (FORMATS.md 4.3 and 4.5).
#pragma once

#include <set>
#include <string>
#include <vector>

#include "evidence/anonymous_section.hpp"

namespace iisdiag::evidence {

// The id of a site as a file writes it; 0 for anything else.
std::uint32_t site_number(std::string_view text);

class SitesReader {
 public:
  // All must outlive this.
  SitesReader(const Document& document, const Xml& xml, FileFacts& facts,
              SectionReader& sections)
      : document_(document), xml_(xml), facts_(facts), sections_(sections) {}

  // Appends to `nodes`: the FTP and web nodes in their order, and last the
  // settings that all FTP sites inherit, where a site serves FTP at all.
  void read(const pugi::xml_node& sites, std::vector<facts::IisNode>& nodes);

  bool names_sites() const { return names_sites_; }
  // Past a limit: the rest was not read.
  bool is_cut() const { return cut_; }
  std::vector<std::string> take_web_sites() { return std::move(web_sites_); }
  std::vector<ContentFolder> take_folders() { return std::move(folders_); }

 private:
  void cut_off(std::string_view what, std::size_t limit);
  bool read_site(const pugi::xml_node& site,
                 std::vector<facts::IisNode>& nodes);
  bool read_ftp(const pugi::xml_node& site, facts::IisNode& node);
  void read_ftp_schemes(const pugi::xml_node& authentication,
                        facts::IisNode& node);
  void add_web_site(const pugi::xml_node& site, const std::string& name,
                    std::vector<facts::IisNode>& nodes);
  void add_folders(const pugi::xml_node& application, const std::string& node,
                   bool is_application);

  const Document& document_;
  const Xml& xml_;
  FileFacts& facts_;
  SectionReader& sections_;
  std::set<std::string> names_;
  std::vector<std::string> web_sites_;
  std::vector<ContentFolder> folders_;
  bool names_sites_ = false;
  bool custom_defaults_ = false;  // all FTP sites have such a provider
  bool cut_ = false;
};

}  // namespace iisdiag::evidence
