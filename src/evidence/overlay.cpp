#include "evidence/overlay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "evidence/content_folders.hpp"
#include "evidence/overlay_parts.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

using facts::IisConfig;
using facts::IisNode;
using facts::Service;

std::string place(const facts::Origin& origin) {
  return fmt::format("{}|{}", origin.name(), origin.number());
}

// Sections that configSource names.
class Sources {
 public:
  Sources(const SectionFiles& files, NodeTable& nodes, facts::Server& server)
      : files_(files), nodes_(nodes), server_(server) {}

  void fill(std::vector<Layout>& layouts) {
    bool whole = true;
    for (Layout& layout : layouts) {
      fill_sites(layout);
      for (const SectionSource& source : layout.sources) {
        if (source.element != "sites") {
          fill_section(source, layout);
        }
      }
      whole = whole && layout.complete;
    }
    if (found_.empty()) {
      return;
    }
    std::erase_if(server_.elsewhere, [&](const facts::Elsewhere& entry) {
      return found_.contains(place(entry.origin));
    });
    nodes_.config().whole = nodes_.config().whole || (whole && !missing_);
  }

 private:
  const SectionFile* find(const SectionSource& source, const Layout& layout) {
    const SectionFile* file = files_.find(source, layout.folder);
    if (file == nullptr) {
      missing_ = true;
      return nullptr;
    }
    if (file->damaged) {
      missing_ = true;
    }
    found_.insert(place(source.origin));
    return file;
  }

  void fill_section(const SectionSource& source, Layout& layout) {
    const SectionFile* file = find(source, layout);
    IisNode* node = nodes_.find(source.service, source.node);
    if (file == nullptr || node == nullptr) {
      return;
    }
    fill_from(*file, source, *node);
    if (file->section.lock != SectionLock{}) {
      layout.locks.push_back(file->section);
      layout.locks.back().node.path = source.node;
    }
  }

  void fill_sites(Layout& layout) {
    for (const SectionSource& source : layout.sources) {
      const SectionFile* file =
          source.element == "sites" ? find(source, layout) : nullptr;
      if (file == nullptr) {
        continue;
      }
      for (const IisNode& node : file->nodes) {
        if (nodes_.find(node.service, node.path) == nullptr) {
          nodes_.add(node);
        }
      }
      nodes_.config().names_sites =
          nodes_.config().names_sites || !file->nodes.empty();
      layout.web_sites.insert(layout.web_sites.end(), file->web_sites.begin(),
                              file->web_sites.end());
      layout.folders.insert(layout.folders.end(), file->folders.begin(),
                            file->folders.end());
    }
    for (IisNode& waiting : layout.waiting) {
      const std::string site = waiting.path.substr(0, waiting.path.find('/'));
      if (nodes_.find(Service::kWeb, site) == nullptr) {
        continue;
      }
      if (IisNode* known = nodes_.find(Service::kWeb, waiting.path)) {
        for_each_set(waiting, *known,
                     [](auto& to, const auto& from) { to = from; });
      } else {
        nodes_.add(std::move(waiting));
      }
    }
  }

  const SectionFiles& files_;
  NodeTable& nodes_;
  facts::Server& server_;
  std::unordered_set<std::string> found_;
  bool missing_ = false;
};

std::vector<std::string> all_applications(const Iis7Files& files) {
  std::vector<std::string> result;
  for (const Layout& layout : files.layouts) {
    for (const std::string& site : layout.web_sites) {
      result.push_back(text::fold_case(site));
    }
    for (const ContentFolder& folder : layout.folders) {
      if (folder.is_application) {
        result.push_back(text::fold_case(folder.node));
      }
    }
  }
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

// Anonymous access cannot work without its module.
void apply_modules(const std::vector<Layout>& layouts, NodeTable& nodes,
                   std::vector<facts::Note>& notes) {
  std::unordered_map<std::string, const ModuleRule*> rules;
  for (const Layout& layout : layouts) {
    for (const ModuleRule& rule : layout.modules) {
      const auto site =
          std::string_view(rule.node).substr(0, rule.node.find('/'));
      if (rule.node != kServerPath &&
          nodes.find(Service::kWeb, site) == nullptr) {
        continue;
      }
      const auto [known, is_new] =
          rules.emplace(text::fold_case(rule.node), &rule);
      if (is_new && !rule.present) {
        nodes.find_or_add(Service::kWeb, rule.node, rule.origin);
        notes.push_back(
            {fmt::format("{} is not among the modules of {}: anonymous access "
                         "cannot work there, and IIS answers 401.2, not this "
                         "401.1",
                         kAnonymousModule, text::printable(rule.node)),
             rule.origin});
      }
      known->second = rule.present ? known->second : &rule;
    }
  }
  if (rules.empty()) {
    return;
  }
  for (IisNode& node : nodes.config().nodes) {
    for (std::optional<std::string_view> up = node.path;
         up && node.service == Service::kWeb; up = NodeTable::above(*up)) {
      const auto rule = rules.find(text::fold_case(*up));
      if (rule == rules.end()) {
        continue;
      }
      if (!rule->second->present) {
        node.anonymous.value = {false, rule->second->origin};
      }
      break;
    }
  }
}

bool is_needed(const Iis7Files& files) {
  return !files.web_configs.empty() || !files.printed.empty() ||
         !files.named.empty() ||
         std::any_of(files.layouts.begin(), files.layouts.end(),
                     [](const Layout& layout) {
                       return !layout.sources.empty() ||
                              !layout.limited.empty() ||
                              !layout.modules.empty();
                     });
}

}  // namespace

void overlay(Iis7Files files, std::vector<IisConfig>& configs,
             facts::Server& server) {
  if (!is_needed(files)) {
    return;
  }
  auto config = std::find_if(configs.begin(), configs.end(),
                             [](const IisConfig& candidate) {
                               return candidate.store == facts::Store::kAppHost;
                             });
  const bool has_file = config != configs.end();
  IisConfig printed_only;
  printed_only.store = facts::Store::kAppHost;
  NodeTable nodes(has_file ? *config : printed_only);
  const SectionFiles section_files(files.section_files);
  Sources(section_files, nodes, server).fill(files.layouts);
  const auto applications = all_applications(files);
  std::unordered_set<std::string> limited;
  for (const Layout& layout : files.layouts) {
    for (const AnonymousSection& section : layout.limited) {
      if (limited.insert(text::fold_case(section.node.path)).second) {
        stop_at_applications(section, section.node.path, applications, nodes);
      }
    }
  }
  const Surroundings around{files,        section_files,   applications,
                            server.notes, server.problems, server.elsewhere};
  if (!has_file) {
    apply_printed(around, has_file, nodes);
    apply_web_configs(around, nodes);
    if (!printed_only.nodes.empty()) {
      printed_only.origin = printed_only.nodes.front().origin;
      configs.push_back(std::move(printed_only));
    }
    return;
  }
  apply_web_configs(around, nodes);
  apply_printed(around, has_file, nodes);
  apply_modules(files.layouts, nodes, server.notes);
}

}  // namespace iisdiag::evidence
