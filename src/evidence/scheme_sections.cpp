#include "evidence/scheme_sections.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "evidence/anonymous_section.hpp"
#include "evidence/overlay_parts.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {

using facts::IisNode;
using facts::Observed;

namespace {

constexpr std::array<std::string_view, kSchemes> kSections = {
    "basicAuthentication", "windowsAuthentication", "digestAuthentication",
    "clientCertificateMappingAuthentication",
    "iisClientCertificateMappingAuthentication"};

}  // namespace

std::optional<Observed<bool>> read_scheme(const Xml& xml,
                                          const pugi::xml_node& section) {
  if (section.empty()) {
    return std::nullopt;
  }
  const auto unknown = [&](std::string why) {
    return Observed<bool>::unknown(std::move(why), {}, xml.at(section));
  };
  for (const char* name : {"configSource", "childSource"}) {
    if (const auto source = section.attribute(name)) {
      return unknown(fmt::format("{} points to {}", name, source.value()));
    }
  }
  if (!section.attribute("configProtectionProvider").empty() ||
      !child(section, "EncryptedData").empty()) {
    return unknown("the section is encrypted as a whole");
  }
  const auto enabled = section.attribute("enabled");
  if (enabled.empty()) {
    return xml.is_cut(section) ? std::optional(unknown("the section is cut"))
                               : std::nullopt;
  }
  const auto value = text::to_bool(enabled.value());
  return value ? Observed<bool>(*value, xml.at(section, enabled))
               : unknown("the value of enabled cannot be read");
}

std::array<std::optional<Observed<bool>>, kSchemes> read_schemes(
    const Xml& xml, const pugi::xml_node& parent) {
  std::array<std::optional<Observed<bool>>, kSchemes> result;
  for (const auto& group : parent.children()) {
    if (local_name(group) != "system.webServer") {
      continue;
    }
    for (const auto& section :
         descend(group, {"security", "authentication"}).children()) {
      const auto* const name =
          std::find(kSections.begin(), kSections.end(), local_name(section));
      if (name == kSections.end()) {
        continue;
      }
      if (auto state = read_scheme(xml, section)) {
        result.at(static_cast<std::size_t>(name - kSections.begin())) =
            std::move(state);
      }
    }
  }
  return result;
}

void WebSchemes::read(const pugi::xml_node& parent,
                      const pugi::xml_node& location, std::string_view path) {
  auto found = read_schemes(xml_, parent);
  if (std::none_of(found.begin(), found.end(),
                   [](const auto& state) { return state.has_value(); })) {
    return;
  }
  const auto [known, is_new] =
      by_path_.emplace(text::fold_case(path), entries_.size());
  if (is_new) {
    entries_.push_back({std::string(path), {}, false, {}});
  }
  Entry& entry = entries_[known->second];
  for (std::size_t i = 0; i < kSchemes; ++i) {
    if (found.at(i)) {
      entry.schemes.at(i) = std::move(found.at(i));
      entry.origin = entry.schemes.at(i)->origin();
    }
  }
  entry.is_limited = entry.is_limited || stops_at_applications(location);
}

Observed<bool> WebSchemes::in_force(const Entry& entry, std::size_t scheme,
                                    bool is_complete) const {
  const std::string path = text::fold_case(entry.path);
  const std::string server = text::fold_case(kServerPath);
  std::optional<std::string_view> up =
      path == server ? std::string_view(kServerPath) : std::string_view(path);
  for (; up; up = NodeTable::above(*up)) {
    const auto found =
        by_path_.find(*up == kServerPath ? server : std::string(*up));
    if (found == by_path_.end()) {
      continue;
    }
    const Entry& level = entries_[found->second];
    const auto& state = level.schemes.at(scheme);
    if (!state) {
      continue;
    }
    // Whether an application lies in between is not looked at.
    if (&level != &entry && level.is_limited) {
      return Observed<bool>::unknown(
          fmt::format("{} keeps it from child applications",
                      state->origin().text()),
          {}, state->origin());
    }
    return *state;
  }
  return is_complete
             ? Observed<bool>(false, entry.origin)
             : Observed<bool>::unknown(
                   "the part of the configuration that may set it was not read",
                   {}, entry.origin);
}

void WebSchemes::fill(const Entry& entry, bool is_complete,
                      IisNode& node) const {
  node.basic_scheme.value = in_force(entry, kBasicSection, is_complete);
  Observed<bool> other(false, entry.origin);
  for (std::size_t i = 0; i < kSchemes && !other.is(true); ++i) {
    auto state = in_force(entry, i, is_complete);
    if (state.is(true) || state.is_unknown()) {
      other = std::move(state);
    }
  }
  node.other_scheme.value = std::move(other);
}

void WebSchemes::put(bool is_complete,
                     const std::unordered_set<std::string>& web_sites,
                     bool sites_elsewhere, std::vector<IisNode>& nodes,
                     Layout& layout) const {
  std::unordered_map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < nodes.size() && !entries_.empty(); ++i) {
    if (nodes[i].service == facts::Service::kWeb) {
      places.emplace(text::fold_case(nodes[i].path), i);
    }
  }
  for (const Entry& entry : entries_) {
    const std::string folded = text::fold_case(entry.path);
    IisNode set = unset_node(facts::Service::kWeb, entry.path, entry.origin);
    fill(entry, is_complete, set);
    if (entry.is_limited) {
      const auto known =
          std::find_if(layout.limited.begin(), layout.limited.end(),
                       [&](const AnonymousSection& section) {
                         return text::same_name(section.node.path, entry.path);
                       });
      if (known == layout.limited.end()) {
        layout.limited.push_back({set, {}, true, entry.origin});
      } else {
        known->node.other_scheme = set.other_scheme;
        known->node.basic_scheme = set.basic_scheme;
      }
    }
    if (const auto known = places.find(folded); known != places.end()) {
      nodes[known->second].other_scheme = set.other_scheme;
      nodes[known->second].basic_scheme = set.basic_scheme;
    } else if (web_sites.contains(folded.substr(0, folded.find('/')))) {
      nodes.push_back(std::move(set));
    } else if (sites_elsewhere) {
      layout.waiting.push_back(std::move(set));
    }
  }
}

}  // namespace iisdiag::evidence
