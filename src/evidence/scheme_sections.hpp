// Ways to authenticate other than anonymous in the configuration of IIS 7.0
// and later: five sections beside anonymousAuthentication, each inherited by
// itself (FACTS.md B.2).
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "evidence/iis7_files.hpp"
#include "evidence/xml.hpp"

namespace iisdiag::evidence {

inline constexpr std::size_t kSchemes = 5;
inline constexpr std::size_t kBasicSection = 0;

// What such an element sets: nothing, a value, or what cannot be known.
std::optional<facts::Observed<bool>> read_scheme(const Xml& xml,
                                                 const pugi::xml_node& section);

// By scheme, what the sections below `parent` set, a root or a location.
std::array<std::optional<facts::Observed<bool>>, kSchemes> read_schemes(
    const Xml& xml, const pugi::xml_node& parent);

// Those of one applicationHost.config.
class WebSchemes {
 public:
  explicit WebSchemes(const Xml& xml) : xml_(xml) {}  // must outlive this

  // `location` is the element around them, or empty.
  void read(const pugi::xml_node& parent, const pugi::xml_node& location,
            std::string_view path);

  // Puts what is in force by the file into the nodes at which it sets any of
  // them. Nodes that are new serve nothing of their own; where their site is
  // not among `web_sites` (folded paths) they wait, if the list of sites is
  // elsewhere. What `is_complete` files do not set is off.
  void put(bool is_complete, const std::unordered_set<std::string>& web_sites,
           bool sites_elsewhere, std::vector<facts::IisNode>& nodes,
           Layout& layout) const;

 private:
  struct Entry {
    std::string path;
    std::array<std::optional<facts::Observed<bool>>, kSchemes> schemes;
    bool is_limited = false;
    facts::Origin origin;
  };

  facts::Observed<bool> in_force(const Entry& entry, std::size_t scheme,
                                 bool is_complete) const;
  void fill(const Entry& entry, bool is_complete, facts::IisNode& node) const;

  const Xml& xml_;
  std::vector<Entry> entries_;
  std::unordered_map<std::string, std::size_t> by_path_;  // folded
};

}  // namespace iisdiag::evidence
