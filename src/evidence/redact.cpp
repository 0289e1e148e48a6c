#include "evidence/redact.hpp"

#include <algorithm>
#include <array>
#include <pugixml.hpp>
#include <string>
#include <vector>

#include "evidence/limits.hpp"
#include "evidence/xml.hpp"
#include "text/strings.hpp"

namespace iisdiag::evidence {
namespace {

// All that the readers of these files look at. A list of what is secret would
// never be complete.
constexpr std::array<std::string_view, 38> kKept = {
    // applicationHost.config, redirection.config (FORMATS.md section 4)
    "name", "id", "path", "enabled", "userName", "logonMethod",
    "defaultLogonDomain", "overrideMode", "overrideModeDefault",
    "allowOverride", "allowDefinition", "inheritInChildApplications",
    "lockItem", "lockAttributes", "lockAllAttributesExcept", "configSource",
    "childSource", "image", "configProtectionProvider", "physicalPath",
    "protocol", "identityType", "applicationPool", "type",
    // MetaBase.xml (FORMATS.md section 3)
    "Location", "AnonymousUserName", "AnonymousPasswordSync", "AuthFlags",
    "AuthAnonymous", "AllowAnonymous", "AnonymousOnly", "AppPoolId",
    "AppPoolIdentityType", "IIs5IsolationModeEnabled", "ServerComment",
    "UserType", "Attributes", "xmlns"};
// `Custom` elements whose value is one of those: FACTS.md B.1.
constexpr std::array<std::string_view, 8> kKeptIds = {
    "5005", "5006", "6000", "6012", "6013", "6020", "6022", "9021"};

bool is_one_of(std::string_view name, const auto& names) {
  return std::any_of(names.begin(), names.end(), [&](std::string_view other) {
    return text::iequals(name, other);
  });
}

// `[enc:Provider::enc]`: nothing is encrypted, and that is no secret.
bool is_empty(std::string_view value) {
  return value.empty() ||
         (text::istarts_with(value, "[enc:") && value.ends_with("::enc]"));
}

bool is_kept(const pugi::xml_node& element, std::string_view attribute) {
  if (local_name(element) == "Custom" && text::iequals(attribute, "Value")) {
    return is_one_of(element.attribute("ID").value(), kKeptIds) &&
           !text::icontains(element.attribute("Attributes").value(), "SECURE");
  }
  return is_one_of(attribute, kKept);
}

void redact(pugi::xml_node element) {
  for (pugi::xml_attribute attribute : element.attributes()) {
    if (is_kept(element, attribute.name())) {
      continue;
    }
    attribute.set_value(
        is_empty(attribute.value()) ? "" : std::string(kMask).c_str());
  }
  std::vector<pugi::xml_node> texts;
  for (const pugi::xml_node& child : element.children()) {
    if (child.type() != pugi::node_element) {
      texts.push_back(child);
    }
  }
  // Configurations say everything in attributes; text is somebody's own.
  for (const pugi::xml_node& child : texts) {
    element.remove_child(child);
  }
}

class StringWriter final : public pugi::xml_writer {
 public:
  void write(const void* data, std::size_t size) override {
    text.append(static_cast<const char*>(data), size);
  }

  std::string text;
};

}  // namespace

std::optional<std::string> without_secrets(std::string_view utf8) {
  if (utf8.size() > kMaxTextFile) {
    return std::nullopt;
  }
  pugi::xml_document document;
  // Comments, processing instructions and declarations are not even read.
  constexpr unsigned kHow =
      (pugi::parse_default | pugi::parse_ws_pcdata_single) &
      ~static_cast<unsigned>(pugi::parse_wconv_attribute);
  const auto result =
      document.load_buffer(utf8.data(), utf8.size(), kHow, pugi::encoding_utf8);
  if (!result || !document.document_element()) {
    return std::nullopt;
  }
  std::vector<pugi::xml_node> waiting{document.document_element()};
  while (!waiting.empty()) {
    const pugi::xml_node element = waiting.back();
    waiting.pop_back();
    redact(element);
    for (const pugi::xml_node& child : element.children()) {
      waiting.push_back(child);
    }
  }
  StringWriter out;
  document.save(out, "  ", pugi::format_indent, pugi::encoding_utf8);
  return std::move(out.text);
}

}  // namespace iisdiag::evidence
