#include "evidence/anonymous_section.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "evidence/limits.hpp"
#include "text/strings.hpp"

namespace iisdiag::evidence {
namespace {

using facts::IisNode;
using facts::Observed;
using facts::Setting;

std::optional<facts::LogonMethod> to_method(std::string_view value) {
  constexpr std::array<std::string_view, 4> kNames = {"Interactive", "Batch",
                                                      "Network", "ClearText"};
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (text::iequals(kNames.at(i), value) ||
        text::to_integer(value) == static_cast<std::int64_t>(i)) {
      return static_cast<facts::LogonMethod>(i);
    }
  }
  return std::nullopt;
}

// Classified and forgotten. `[enc:Provider:DATA:enc]`, without data for an
// empty secret (FORMATS.md 4.2).
facts::StoredPassword classify_password(std::string_view value) {
  if (value.starts_with("[enc:") && value.ends_with(":enc]")) {
    const std::string_view inside = value.substr(5, value.size() - 10);
    const auto colon = inside.find(':');
    const bool empty =
        colon != std::string_view::npos && colon + 1 == inside.size();
    return empty ? facts::StoredPassword::kEmpty
                 : facts::StoredPassword::kOpaque;
  }
  if (value.empty()) {
    return facts::StoredPassword::kEmpty;
  }
  return value.find_first_not_of('*') == std::string_view::npos
             ? facts::StoredPassword::kOpaque
             : facts::StoredPassword::kClearText;
}

std::vector<std::string> names(std::string_view list) {
  std::vector<std::string> result;
  for (const std::string_view name : text::split(list, ',')) {
    if (!text::trim(name).empty()) {
      result.push_back(text::to_lower(text::trim(name)));
    }
  }
  return result;
}

}  // namespace

IisNode unset_node(facts::Service service, std::string path,
                   const facts::Origin& origin) {
  IisNode node;
  node.service = service;
  node.path = std::move(path);
  node.origin = origin;
  // What an XML element does not set is inherited: known to be absent here.
  const auto absent = [&](auto& setting) {
    setting.value = std::decay_t<decltype(setting.value)>::absent(node.origin);
  };
  absent(node.account);
  absent(node.password);
  absent(node.password_sync);
  absent(node.logon_method);
  absent(node.anonymous);
  absent(node.logon_domain);
  absent(node.pool);
  absent(node.other_scheme);
  absent(node.basic_scheme);
  return node;
}

void mark_unknown(const std::string& why, const facts::Origin& origin,
                  IisNode& node) {
  node.account.value = Observed<std::string>::unknown(why, {}, origin);
  node.password.value =
      Observed<facts::StoredPassword>::unknown(why, {}, origin);
  node.logon_method.value =
      Observed<facts::LogonMethod>::unknown(why, {}, origin);
  node.anonymous.value = Observed<bool>::unknown(why, {}, origin);
}

std::string_view location_path(std::string_view path) {
  path = text::trim(path);
  while (path.ends_with('/')) {
    path.remove_suffix(1);
  }
  return path == "." ? std::string_view{} : path;
}

bool is_too_deep(std::string_view path) {
  return static_cast<std::size_t>(std::count(path.begin(), path.end(), '/')) >=
         kMaxPathNames;
}

std::optional<bool> override_mode(const pugi::xml_node& location) {
  const std::string_view mode = location.attribute("overrideMode").value();
  if (text::iequals(mode, "Deny") || text::iequals(mode, "Allow")) {
    return text::iequals(mode, "Deny");
  }
  if (const auto allow =
          text::to_bool(location.attribute("allowOverride").value());
      mode.empty() && allow) {
    return !*allow;
  }
  return std::nullopt;
}

bool stops_at_applications(const pugi::xml_node& location) {
  return text::to_bool(
             location.attribute("inheritInChildApplications").value()) == false;
}

std::vector<pugi::xml_node> SectionReader::find(const pugi::xml_node& parent) {
  std::vector<pugi::xml_node> found;
  for (const auto& group : parent.children()) {
    if (local_name(group) == "system.webServer") {
      const pugi::xml_node section = descend(
          group, {"security", "authentication", "anonymousAuthentication"});
      if (!section.empty()) {
        found.push_back(section);
      }
    }
  }
  return found;
}

template <class T>
void SectionReader::put(Setting<T>& setting, std::optional<T> value,
                        const pugi::xml_node& element,
                        const pugi::xml_attribute& attribute) {
  const facts::Origin origin = xml_.at(element, attribute);
  if (value) {
    setting.value = {*value, origin};
    return;
  }
  const std::string why =
      fmt::format("the value of {} cannot be read", attribute.name());
  setting.value = Observed<T>::unknown(why, {}, origin);
  facts_.problems.push_back(
      document_.problem(why, Line{origin.number(), {}, true}));
}

void SectionReader::read(const pugi::xml_node& section, IisNode& node) {
  if (const auto source = section.attribute("configSource")) {
    keep_elsewhere("anonymousAuthentication", source.value(), section, node);
    return;
  }
  if (const auto source = section.attribute("childSource")) {
    // Nothing documents what it does (FORMATS.md 4.4, 9).
    has_unreadable_ = true;
    facts_.elsewhere.push_back(
        {source.value(), "childSource", xml_.at(section)});
    mark_unknown(fmt::format("childSource points to {}", source.value()),
                 xml_.at(section), node);
    return;
  }
  if (!section.attribute("configProtectionProvider").empty() ||
      !child(section, "EncryptedData").empty()) {
    mark_unknown("the section is encrypted as a whole", xml_.at(section), node);
    return;
  }
  for (const auto& attribute : section.attributes()) {
    const std::string_view name = attribute.name();
    const std::string_view value = attribute.value();
    if (name == "enabled") {
      put(node.anonymous, text::to_bool(value), section, attribute);
    } else if (name == "userName") {
      put(node.account, std::optional(std::string(value)), section, attribute);
    } else if (name == "password") {
      put(node.password, std::optional(classify_password(value)), section,
          attribute);
    } else if (name == "logonMethod") {
      put(node.logon_method, to_method(value), section, attribute);
    } else if (name == "defaultLogonDomain" && is_ftp(node.service)) {
      put(node.logon_domain, std::optional(std::string(value)), section,
          attribute);
    }
  }
}

void SectionReader::keep_elsewhere(std::string_view element,
                                   std::string_view where,
                                   const pugi::xml_node& section,
                                   IisNode& node) {
  sources_.push_back({std::string(element), node.service, node.path,
                      std::string(where), xml_.at(section)});
  facts_.elsewhere.push_back(
      {std::string(where), "configSource", xml_.at(section)});
  mark_unknown(fmt::format("configSource points to {}", where),
               xml_.at(section), node);
}

SectionLock SectionReader::lock(const pugi::xml_node& section,
                                const pugi::xml_node& location) {
  SectionLock result;
  result.locked = override_mode(location);
  result.item =
      text::to_bool(section.attribute("lockItem").value()).value_or(false);
  result.attributes = names(section.attribute("lockAttributes").value());
  if (const auto except = section.attribute("lockAllAttributesExcept")) {
    result.all_except = names(except.value());
  }
  return result;
}

}  // namespace iisdiag::evidence
