// The steps of overlay.cpp, and what they share.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "evidence/anonymous_section.hpp"

namespace iisdiag::evidence {

// The nodes of one configuration by service and path, in either case.
class NodeTable {
 public:
  // `config` must outlive this, and its nodes change through this alone.
  explicit NodeTable(facts::IisConfig& config);

  facts::IisConfig& config() { return config_; }
  facts::IisNode* find(facts::Service service, std::string_view path);
  // A node that is new sets nothing; all serve requests. The reference holds
  // until the next call.
  facts::IisNode& find_or_add(facts::Service service, const std::string& path,
                              const facts::Origin& origin);
  void add(facts::IisNode node);

  // The node at or above `path` whose setting decides, or nothing.
  template <class T>
  const facts::IisNode* in_force(facts::Service service, std::string_view path,
                                 facts::Setting<T> facts::IisNode::*setting) {
    for (std::optional<std::string_view> up = path; up; up = above(*up)) {
      const facts::IisNode* node = find(service, *up);
      if (node != nullptr && !(node->*setting).value.is_absent() &&
          ((node->*setting).value.has_value() ||
           !(node->*setting).value.reason().why.empty())) {
        return node;
      }
    }
    return nullptr;
  }

  // The next level up: `Site/app`, `Site`, the server, nothing.
  static std::optional<std::string_view> above(std::string_view path);

 private:
  static std::string key(facts::Service service, std::string_view path);

  facts::IisConfig& config_;
  std::unordered_map<std::string, std::size_t> by_key_;
};

// Files that configSource can mean, by their last name.
class SectionFiles {
 public:
  explicit SectionFiles(const std::vector<SectionFile>& files);

  // The file below `folder`, or the only one whose path ends alike; nothing
  // where there is none, or more than one.
  const SectionFile* find(const SectionSource& source,
                          std::string_view folder) const;

 private:
  std::unordered_map<std::string, std::vector<const SectionFile*>> by_name_;
};

// Puts the content of a section's file where the section said only where it
// is. False where the file is damaged, so that nothing of it counts.
bool fill_from(const SectionFile& file, const SectionSource& source,
               facts::IisNode& node);

// Where a value of `from` is not absent, `then(to's setting, from's setting)`.
template <class Then>
void for_each_set(const facts::IisNode& from, facts::IisNode& to, Then then) {
  const auto one = [&](auto member) {
    if (!(from.*member).value.is_absent()) {
      then(to.*member, from.*member);
    }
  };
  one(&facts::IisNode::account);
  one(&facts::IisNode::password);
  one(&facts::IisNode::logon_method);
  one(&facts::IisNode::anonymous);
  one(&facts::IisNode::other_scheme);
  one(&facts::IisNode::basic_scheme);
}

// Child applications do not inherit these settings, and what they have in
// place of them is not known. `applications` are folded and sorted.
void stop_at_applications(const AnonymousSection& section,
                          const std::string& path,
                          const std::vector<std::string>& applications,
                          NodeTable& nodes);

// Schemes that web.config files turn on or off, and where. Whether they may was
// not looked at: where that would change anything, what is in force there and
// below becomes unknown.
struct PlacedChange {
  const SchemeChange* change;
  std::string path;
};
void apply_schemes(const std::vector<PlacedChange>& changes, NodeTable& nodes);

struct Surroundings {
  const Iis7Files& files;
  const SectionFiles& section_files;
  // Folded paths of all applications and of the roots of sites.
  const std::vector<std::string>& applications;
  std::vector<facts::Note>& notes;
  std::vector<facts::Problem>& problems;
  std::vector<facts::Elsewhere>& elsewhere;
};

void apply_web_configs(const Surroundings& around, NodeTable& nodes);
void apply_printed(const Surroundings& around, bool has_file, NodeTable& nodes);

}  // namespace iisdiag::evidence
