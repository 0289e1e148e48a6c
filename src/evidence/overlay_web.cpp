// web.config files: where they belong, whether they may set the section, and
// what they set (FORMATS.md 4.4).
#include <fmt/format.h>

#include <algorithm>

#include "evidence/content_folders.hpp"
#include "evidence/limits.hpp"
#include "evidence/overlay_parts.hpp"
#include "text/sort.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

using facts::IisNode;
using facts::Service;

constexpr std::string_view kNoError =
    "IIS answers 500.19 (0x80070021) there, not this 401.1";

// Who may set the section where.
class Locks {
 public:
  struct Answer {
    bool locked = false;
    std::string unknown;  // why it cannot be told; empty where it can
  };

  explicit Locks(const std::vector<Layout>& layouts) {
    if (layouts.empty()) {
      unknown_ = "no applicationHost.config in the evidence tells whether";
    }
    for (const Layout& layout : layouts) {
      if (!layout.complete) {
        unknown_ =
            fmt::format("{} was not read to its end, which tells whether",
                        text::printable(layout.file));
      }
      if (&layout != &layouts.front() &&
          layout.section_locked != layouts.front().section_locked) {
        unknown_ = "two applicationHost.config disagree whether";
      }
      declared_ = layout.section_locked;
      for (const AnonymousSection& section : layout.locks) {
        add(section.node.path, section.lock);
      }
    }
  }

  void add(std::string_view path, const SectionLock& lock) {
    if (lock != SectionLock{}) {
      by_path_[text::fold_case(path)].push_back(lock);
    }
  }

  // Of a file of this node, or further down, that sets `attributes`.
  Answer ask(std::string_view path,
             const std::vector<std::string_view>& attributes) const {
    if (!unknown_.empty()) {
      return {false, unknown_};
    }
    std::optional<bool> mode;
    bool keeps = false;
    const std::string folded = text::fold_case(path);
    for (std::optional<std::string_view> up = folded; up;
         up = NodeTable::above(*up)) {
      const auto found = by_path_.find(
          *up == kServerPath ? text::fold_case(kServerPath) : std::string(*up));
      if (found == by_path_.end()) {
        continue;
      }
      for (const SectionLock& lock : found->second) {
        mode = mode ? mode : lock.locked;
        keeps = keeps || std::any_of(attributes.begin(), attributes.end(),
                                     [&](std::string_view attribute) {
                                       return is_kept(lock, attribute);
                                     });
      }
    }
    mode = mode ? mode : declared_;
    if (!mode && !keeps) {
      return {false, "no declaration of the section tells whether"};
    }
    return {keeps || mode.value_or(false), {}};
  }

 private:
  static bool is_kept(const SectionLock& lock, std::string_view attribute) {
    const auto names = [&](const std::vector<std::string>& list) {
      return std::any_of(list.begin(), list.end(),
                         [&](const std::string& name) {
                           return name == "*" || text::iequals(name, attribute);
                         });
    };
    return lock.item || names(lock.attributes) ||
           (lock.all_except && !names(*lock.all_except));
  }

  std::string unknown_;
  std::optional<bool> declared_;
  std::unordered_map<std::string, std::vector<SectionLock>> by_path_;
};

std::vector<std::string_view> attributes_of(const IisNode& node) {
  std::vector<std::string_view> result;
  const auto add = [&](const auto& setting, std::string_view name) {
    if (!setting.value.is_absent()) {
      result.push_back(name);
    }
  };
  add(node.anonymous, "enabled");
  add(node.account, "userName");
  add(node.password, "password");
  add(node.logon_method, "logonMethod");
  return result;
}

// Equal apart from where it was read.
std::string content_key(const WebConfig& file) {
  std::string key = file.damaged ? "damaged" : "";
  const auto add = [&](const auto& value, auto text) {
    key += value.has_value() ? fmt::format("={}", text(*value))
                             : (value.is_absent() ? "-" : "?");
  };
  const auto number = [](auto value) { return static_cast<int>(value); };
  for (const AnonymousSection& section : file.sections) {
    key += "|" + section.node.path;
    add(section.node.account.value,
        [](const std::string& name) { return text::fold_case(name); });
    add(section.node.password.value, number);
    add(section.node.logon_method.value, number);
    add(section.node.anonymous.value, number);
  }
  return key;
}

// Where a location of a web.config lies, or nothing for a path that leads
// nowhere.
std::optional<std::string> below(const std::string& node,
                                 std::string_view path) {
  if (path.empty()) {
    return node;
  }
  const auto segments = text::split(path, '/');
  const bool bad =
      segments.size() > kMaxPathNames ||
      path.find('\\') != std::string_view::npos ||
      std::any_of(segments.begin(), segments.end(),
                  [](std::string_view segment) {
                    return segment.empty() || segment == "." || segment == "..";
                  });
  return bad ? std::nullopt : std::optional(fmt::format("{}/{}", node, path));
}

class WebConfigs {
 public:
  WebConfigs(const Surroundings& around, NodeTable& nodes)
      : around_(around), nodes_(nodes), locks_(around.files.layouts) {}

  void run() {
    ContentFolders folders;
    add_folders(folders);
    for (const WebConfig& file : around_.files.web_configs) {
      if (!file.sections.empty() || file.damaged || file.removes_module ||
          !file.schemes.empty()) {
        find_place(file, folders);
      }
    }
    // From the root of a site downwards: the nearer file counts.
    text::sort_stably(placed_, [](const Placed& one, const Placed& other) {
      return one.node.size() < other.node.size();
    });
    std::unordered_map<std::string, const WebConfig*> seen;
    for (const Placed& placed : placed_) {
      const auto [known, is_new] =
          seen.emplace(text::fold_case(placed.node), placed.file);
      if (is_new) {
        apply(*placed.file, placed.node);
      } else if (content_key(*known->second) != content_key(*placed.file)) {
        disagree(*known->second, *placed.file, placed.node);
      }
    }
    apply_schemes(schemes_, nodes_);
  }

 private:
  struct Placed {
    const WebConfig* file;
    std::string node;
  };

  void add_folders(ContentFolders& folders) const {
    for (const Layout& layout : around_.files.layouts) {
      for (const std::string& site : layout.web_sites) {
        folders.add_site(site);
      }
      for (const ContentFolder& folder : layout.folders) {
        folders.add(folder);
      }
    }
    for (const IisNode& site : around_.files.named) {
      if (site.service == Service::kWeb) {
        folders.add_site(site.path);
      }
    }
    for (const ContentFolder& folder : around_.files.folders) {
      folders.add(folder);
    }
  }

  void problem(std::string text, const facts::Origin& origin) {
    around_.problems.push_back({std::move(text), origin, {}, 0, {}});
  }
  void note(std::string text, const facts::Origin& origin) {
    around_.notes.push_back({std::move(text), origin});
  }

  // What the file would set, and where it is told of.
  static facts::Origin first_origin(const WebConfig& file) {
    return file.sections.empty() ? file.origin : file.sections.front().origin;
  }

  void find_place(const WebConfig& file, const ContentFolders& folders) {
    const auto match = folders.find(file.folder);
    for (const std::string& node : match.nodes) {
      for (const SchemeChange& change : file.schemes) {
        if (auto path = below(node, change.path)) {
          schemes_.push_back({&change, std::move(*path)});
        }
      }
    }
    if (file.sections.empty() && !file.damaged && !file.removes_module) {
      return;
    }
    if (match.nodes.size() == 1 && !match.is_open) {
      placed_.push_back({&file, match.nodes.front()});
      return;
    }
    if (file.sections.empty()) {
      return;
    }
    const facts::Origin origin = first_origin(file);
    if (match.nodes.empty() && !match.is_open) {
      problem(
          "not used: the folder that this web.config lies in is that of no "
          "site. Keep it in its folder below the site's physicalPath, or in a "
          "folder that is called like the site",
          origin);
      return;
    }
    std::vector<std::string> names;
    for (const std::string& node : match.nodes) {
      names.push_back(text::printable(node));
    }
    problem(fmt::format("not used: the folder that this web.config lies in "
                        "fits more than one site{}{}",
                        names.empty() ? "" : ": ",
                        text::join(names, match.is_open ? ", " : " and ")),
            origin);
    for (const std::string& node : match.nodes) {
      for (const AnonymousSection& section : file.sections) {
        leave_open(section, node,
                   "a web.config that fits more than one site "
                   "may set it");
      }
    }
  }

  // Unknown unless the lock keeps the file from saying anything.
  void leave_open(const AnonymousSection& section, const std::string& node,
                  const std::string& why) {
    const auto path = below(node, section.node.path);
    if (!path || locks_.ask(*path, attributes_of(section.node)).locked) {
      return;
    }
    IisNode& at = nodes_.find_or_add(Service::kWeb, *path, section.origin);
    for_each_set(section.node, at, [&](auto& to, const auto&) {
      using Fact = std::decay_t<decltype(to.value)>;
      to.value = Fact::unknown(why, {}, section.origin);
    });
  }

  void disagree(const WebConfig& one, const WebConfig& other,
                const std::string& node) {
    const std::string why =
        fmt::format("{} and {} disagree about {}", text::printable(one.file),
                    text::printable(other.file), text::printable(node));
    problem(why, other.origin);
    for (const WebConfig* file : {&one, &other}) {
      for (const AnonymousSection& section : file->sections) {
        leave_open(section, node, why);
      }
    }
  }

  void apply(const WebConfig& file, const std::string& node) {
    if (file.damaged) {
      apply_damaged(file, node);
      return;
    }
    for (const AnonymousSection& section : file.sections) {
      apply(file, section, node);
    }
    for (const AnonymousSection& section : file.sections) {
      if (const auto path = below(node, section.node.path)) {
        locks_.add(*path, section.lock);
      }
    }
    if (file.removes_module) {
      remove_module(*file.removes_module, node);
    }
  }

  void apply_damaged(const WebConfig& file, const std::string& node) {
    note(fmt::format("{} cannot be read as XML. If it is like that on the "
                     "server, IIS answers 500.19 at {}, not this 401.1",
                     text::printable(file.file), text::printable(node)),
         file.origin);
    if (locks_.ask(node, {}).locked) {
      return;
    }
    AnonymousSection all;
    all.origin = file.origin;
    mark_unknown("it stands in what was not read", file.origin, all.node);
    leave_open(all, node,
               fmt::format("{}, which may set it, cannot be read",
                           text::printable(file.file)));
  }

  void apply(const WebConfig& file, AnonymousSection section,
             const std::string& node) {
    const auto path = below(node, section.node.path);
    if (!path) {
      problem(fmt::format("the path \"{}\" of a location leads nowhere",
                          text::printable(text::prefix(section.node.path, 80))),
              section.origin);
      return;
    }
    const auto source = std::find_if(
        file.sources.begin(), file.sources.end(),
        [&](const auto& entry) { return entry.origin == section.origin; });
    if (source != file.sources.end()) {
      if (const auto* content =
              around_.section_files.find(*source, file.folder)) {
        fill_from(*content, *source, section.node);
      } else if (!locks_.ask(*path, {}).locked) {
        around_.elsewhere.push_back(
            {source->where, "configSource", source->origin});
      }
    }
    const auto attributes = attributes_of(section.node);
    if (attributes.empty()) {
      return;
    }
    const auto answer = locks_.ask(*path, attributes);
    if (answer.locked) {
      note(fmt::format(
               "{} sets anonymousAuthentication of {}, which is locked: "
               "{}. Nothing of it is in force",
               text::printable(file.file), text::printable(*path), kNoError),
           section.origin);
      return;
    }
    if (!answer.unknown.empty()) {
      leave_open(section, node,
                 fmt::format("{} {} may set it", answer.unknown,
                             text::printable(file.file)));
      return;
    }
    IisNode& at = nodes_.find_or_add(Service::kWeb, *path, section.origin);
    for_each_set(section.node, at,
                 [](auto& to, const auto& from) { to = from; });
    if (section.not_in_child_applications) {
      stop_at_applications(section, *path, around_.applications, nodes_);
    }
  }

  void remove_module(const facts::Origin& origin, const std::string& node) {
    const auto& layouts = around_.files.layouts;
    const bool locked =
        std::any_of(layouts.begin(), layouts.end(),
                    [](const Layout& layout) { return layout.module_locked; });
    note(fmt::format("{} is taken out of the modules of {}: {}",
                     kAnonymousModule, text::printable(node),
                     locked ? fmt::format("it is locked, so that {}", kNoError)
                            : "anonymous access cannot work there, and IIS "
                              "answers 401.2, not this 401.1"),
         origin);
    if (!locked) {
      // Whether the list of modules may be changed there was not looked at.
      nodes_.find_or_add(Service::kWeb, node, origin).anonymous.value =
          facts::Observed<bool>::unknown(
              fmt::format("{} may be missing", kAnonymousModule), {}, origin);
    }
  }

  const Surroundings& around_;
  NodeTable& nodes_;
  Locks locks_;
  std::vector<Placed> placed_;
  std::vector<PlacedChange> schemes_;
};

}  // namespace

void apply_web_configs(const Surroundings& around, NodeTable& nodes) {
  if (!around.files.web_configs.empty()) {
    WebConfigs(around, nodes).run();
  }
}

}  // namespace iisdiag::evidence
