#include "evidence/overlay_parts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "evidence/content_folders.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {

using facts::IisNode;
using facts::Service;

NodeTable::NodeTable(facts::IisConfig& config) : config_(config) {
  by_key_.reserve(config.nodes.size());
  for (std::size_t i = 0; i < config.nodes.size(); ++i) {
    by_key_.emplace(key(config.nodes[i].service, config.nodes[i].path), i);
  }
}

std::string NodeTable::key(Service service, std::string_view path) {
  return std::string(service_name(service)) + "|" + text::fold_case(path);
}

IisNode* NodeTable::find(Service service, std::string_view path) {
  const auto found = by_key_.find(key(service, path));
  return found == by_key_.end() ? nullptr : &config_.nodes[found->second];
}

IisNode& NodeTable::find_or_add(Service service, const std::string& path,
                                const facts::Origin& origin) {
  if (IisNode* known = find(service, path)) {
    known->serves = known->serves || path != kServerPath;
    return *known;
  }
  IisNode node = unset_node(service, path, origin);
  node.serves = path != kServerPath;
  add(std::move(node));
  return config_.nodes.back();
}

void NodeTable::add(IisNode node) {
  by_key_.emplace(key(node.service, node.path), config_.nodes.size());
  config_.nodes.push_back(std::move(node));
}

std::optional<std::string_view> NodeTable::above(std::string_view path) {
  if (path == kServerPath) {
    return std::nullopt;
  }
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? kServerPath : path.substr(0, slash);
}

SectionFiles::SectionFiles(const std::vector<SectionFile>& files) {
  for (const SectionFile& file : files) {
    const auto segments = path_segments(file.file);
    if (!segments.empty()) {
      by_name_[text::fold_case(segments.back())].push_back(&file);
    }
  }
}

const SectionFile* SectionFiles::find(const SectionSource& source,
                                      std::string_view folder) const {
  // More files of one name than anybody captures: none is taken.
  constexpr std::size_t kMost = 64;
  const auto where = path_segments(source.where);
  const auto found = where.empty()
                         ? by_name_.end()
                         : by_name_.find(text::fold_case(where.back()));
  if (found == by_name_.end() || found->second.size() > kMost) {
    return nullptr;
  }
  const std::string exact = fmt::format("{}/{}", folder, source.where);
  const auto wanted = path_segments(exact);
  const SectionFile* only = nullptr;
  bool several = false;
  for (const SectionFile* file : found->second) {
    const auto path = path_segments(file->file);
    if (file->element != source.element) {
      continue;
    }
    if (path.size() == wanted.size() &&
        std::equal(path.begin(), path.end(), wanted.begin(), text::same_name)) {
      return file;
    }
    const auto common = std::min(path.size(), where.size());
    if (std::equal(path.rbegin(),
                   path.rbegin() + static_cast<std::ptrdiff_t>(common),
                   where.rbegin(), text::same_name)) {
      several = several || only != nullptr;
      only = file;
    }
  }
  return several ? nullptr : only;
}

bool fill_from(const SectionFile& file, const SectionSource& source,
               IisNode& node) {
  const auto fill = [&](auto& setting, const auto& from) {
    using Fact = std::decay_t<decltype(setting.value)>;
    // A section that stood there a second time has beaten it.
    if (!setting.value.is_unknown() ||
        !(setting.value.origin() == source.origin)) {
      return;
    }
    setting.value = file.damaged
                        ? Fact::unknown(fmt::format("{} is damaged",
                                                    text::printable(file.file)),
                                        {}, file.section.origin)
                        : from.value;
  };
  const IisNode& from = file.section.node;
  fill(node.account, from.account);
  fill(node.password, from.password);
  fill(node.logon_method, from.logon_method);
  fill(node.anonymous, from.anonymous);
  if (is_ftp(node.service) && node.logon_domain.value.is_absent() &&
      !file.damaged) {
    node.logon_domain = from.logon_domain;
  }
  return !file.damaged;
}

void stop_at_applications(const AnonymousSection& section,
                          const std::string& path,
                          const std::vector<std::string>& applications,
                          NodeTable& nodes) {
  const bool is_server = path == kServerPath;
  const std::string prefix =
      is_server ? std::string{} : text::fold_case(path) + "/";
  for (auto application =
           std::lower_bound(applications.begin(), applications.end(), prefix);
       application != applications.end() && application->starts_with(prefix);
       ++application) {
    IisNode* node = nodes.find(Service::kWeb, *application);
    if (node == nullptr) {
      continue;
    }
    for_each_set(section.node, *node, [&](auto& to, const auto& from) {
      using Fact = std::decay_t<decltype(to.value)>;
      if (to.value.is_absent()) {
        to.value =
            Fact::unknown(fmt::format("{} keeps it from child applications",
                                      from.value.origin().text()),
                          {}, from.value.origin());
      }
    });
  }
}

}  // namespace iisdiag::evidence
