// Which node of a web site a folder of the evidence holds the content of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "evidence/iis7_files.hpp"

namespace iisdiag::evidence {

// The segments of a path on disk: `\` and `/` are one, drive letters and
// %variables% in front are taken off. Empty where the path is too deep or
// climbs with `..`: it can be compared with nothing.
std::vector<std::string> path_segments(std::string_view path);

// Folders of all sites, by their segments from the last one on. Building it
// takes time linear in the paths, a search no more than the square of the
// folder's depth, however many sites there are.
class ContentFolders {
 public:
  // A folder that sites share is added once for each.
  void add(const ContentFolder& folder) {
    add(folder.node, folder.folder, false);
  }
  // A folder that somebody called like the site: what lies in it is arranged
  // by the paths of the site, not by the folders of the server.
  void add_site(const std::string& site) { add(site, site, true); }

  struct Match {
    // Several where the folder fits them equally well.
    std::vector<std::string> nodes;
    // More than nodes holds.
    bool is_open = false;
  };
  // The node of the longest match. A folder matches where its own segments and
  // those of physicalPath agree from their ends on until one of them has no
  // more; what lies below the match is the rest of the node's path.
  Match find(std::string_view folder) const;

 private:
  struct Place {
    std::string node;
    bool by_name = false;
  };
  struct Step {
    std::unordered_map<std::string, std::size_t> next;
    // Nodes whose path ends here, and the only node at or below, or several.
    std::vector<Place> ends;
    std::optional<Place> only;
    bool several = false;
  };

  void add(const std::string& node, std::string_view folder, bool by_name);
  std::size_t step(std::size_t from, const std::string& segment);
  bool is_shadowed(const std::string& node, std::size_t own) const;

  std::vector<Step> steps_ = std::vector<Step>(1);
  // Folded nodes that have a folder of their own.
  std::unordered_set<std::string> nodes_;
};

}  // namespace iisdiag::evidence
