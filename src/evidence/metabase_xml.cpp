// MetaBase.xml of IIS 6.0 and its exports (FORMATS.md 3.1 to 3.4).
#include <fmt/format.h>

#include <algorithm>

#include "evidence/format.hpp"
#include "evidence/limits.hpp"
#include "evidence/metabase.hpp"
#include "evidence/xml.hpp"
#include "text/strings.hpp"

namespace iisdiag::evidence {
namespace {

bool is_metabase_xml(const Document& document) {
  const auto start = xml_start(document.text());
  return start && start->root == "configuration" &&
         start->child == "MBProperty";
}

// `INHERIT | SECURE`; ISINHERITED is another flag.
bool has_inherit(std::string_view attributes) {
  const auto flags = text::split(attributes, '|');
  return std::any_of(flags.begin(), flags.end(), [](std::string_view flag) {
    return text::iequals(text::trim(flag), "INHERIT");
  });
}

// A `<Custom>` child: a property by id, with its own inheritance.
void read_custom(const Xml& xml, const pugi::xml_node& custom,
                 MetabaseKey& key) {
  const auto value = custom.attribute("Value");
  const auto attributes = custom.attribute("Attributes");
  if (!value) {
    return;
  }
  // Without Attributes the schema's INHERIT holds (FORMATS.md 3.2).
  const bool inherits = !attributes || has_inherit(attributes.value());
  const auto id = text::to_integer(custom.attribute("ID").value());
  if (id && *id > 0 && *id <= 0xFFFF) {
    key.set(static_cast<int>(*id), value.value(), xml.at(custom, value),
            inherits);
  } else {
    key.set(custom.attribute("Name").value(), value.value(),
            xml.at(custom, value), inherits);
  }
}

void read_key(const Xml& xml, const pugi::xml_node& element,
              std::string_view location, facts::IisConfig& config) {
  MetabaseKey key(metabase_path(location), xml.at(element),
                  !xml.is_cut(element));
  for (const auto& attribute : element.attributes()) {
    key.set(attribute.name(), attribute.value(), xml.at(element, attribute));
  }
  for (const auto& custom : element.children()) {
    if (local_name(custom) == "Custom") {
      read_custom(xml, custom, key);
    }
  }
  std::move(key).add_to(config);
}

void read_metabase_xml(const Document& document, FileFacts& facts) {
  const Xml xml(document, facts);
  facts::IisConfig config;
  config.store = facts::Store::kMetabase;
  config.origin = document.at(0);
  bool has_top = false;
  for (const auto& properties : xml.root().children()) {
    if (local_name(properties) != "MBProperty") {
      continue;
    }
    for (const auto& element : properties.children()) {
      const std::string_view location = element.attribute("Location").value();
      has_top = has_top || location == "/" || text::iequals(location, "/LM");
      const Key key = classify_key(metabase_path(location));
      if (key.kind == KeyKind::kOther) {
        continue;
      }
      if (config.nodes.size() >= kMaxNodes) {
        facts.problems.push_back(document.problem(
            fmt::format("more than {} keys: the rest is not read", kMaxNodes)));
        facts.configs.push_back(std::move(config));
        return;
      }
      config.is_iis6 = config.is_iis6 || key.service == facts::Service::kWeb;
      read_key(xml, element, location, config);
    }
  }
  // An export of a subtree lacks its ancestors; a cut file lacks its end.
  config.whole = xml.is_whole() && has_top;
  if (!xml.root().empty()) {
    facts.configs.push_back(std::move(config));
  }
}

}  // namespace

const Format kMetabaseXml{"metabase-xml", "IIS 6.0 metabase (MetaBase.xml)",
                          R"(copy %windir%\system32\inetsrv\MetaBase.xml)",
                          is_metabase_xml, read_metabase_xml};

}  // namespace iisdiag::evidence
