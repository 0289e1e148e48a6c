// The anonymousAuthentication element, wherever it stands: in
// applicationHost.config, a web.config, a file of its own or in what appcmd
// printed (FORMATS.md 4.2 and 4.4).
#pragma once

#include <vector>

#include "evidence/iis7_files.hpp"
#include "evidence/xml.hpp"

namespace iisdiag::evidence {

// A node of which nothing is set: every setting is known to be absent, with
// the element as its origin.
facts::IisNode unset_node(facts::Service service, std::string path,
                          const facts::Origin& origin);

// Every setting that such a section can hold is unknown, for this reason.
void mark_unknown(const std::string& why, const facts::Origin& origin,
                  facts::IisNode& node);

// Values from one file; what is not set stays as it is.
class SectionReader {
 public:
  // All must outlive this.
  SectionReader(const Document& document, const Xml& xml, FileFacts& facts)
      : document_(document), xml_(xml), facts_(facts) {}

  // The sections below `parent`, a root or location element. A group can be
  // written twice; each counts.
  static std::vector<pugi::xml_node> find(const pugi::xml_node& parent);

  // `defaultLogonDomain` is read for FTP alone: that of web sites is
  // undocumented (FACTS.md U7). A section that is kept elsewhere, or encrypted,
  // leaves the settings unknown.
  void read(const pugi::xml_node& section, facts::IisNode& node);
  // Sections that read() found to be in other files.
  std::vector<SectionSource> take_sources() { return std::move(sources_); }
  // As for a section whose content is in another file.
  void keep_elsewhere(std::string_view element, std::string_view where,
                      const pugi::xml_node& section, facts::IisNode& node);
  // A section was met whose content no other file can replace.
  bool has_unreadable() const { return has_unreadable_; }

  // `location` is the element around it, or empty.
  static SectionLock lock(const pugi::xml_node& section,
                          const pugi::xml_node& location);

 private:
  template <class T>
  void put(facts::Setting<T>& setting, std::optional<T> value,
           const pugi::xml_node& element, const pugi::xml_attribute& attribute);

  const Document& document_;
  const Xml& xml_;
  FileFacts& facts_;
  std::vector<SectionSource> sources_;
  bool has_unreadable_ = false;
};

// Of `<location path>`: blanks and the slash at the end taken off; a dot is
// the empty path.
std::string_view location_path(std::string_view path);

// More names than any site has (limits.hpp): such a node is not read.
bool is_too_deep(std::string_view path);

// overrideMode, allowOverride of a location: true where it locks.
std::optional<bool> override_mode(const pugi::xml_node& location);

// inheritInChildApplications="false".
bool stops_at_applications(const pugi::xml_node& location);

}  // namespace iisdiag::evidence
