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

// Parts of names of attributes and elements whose values are secret, or may
// be: the price of one too many is a value that nobody reads here.
constexpr std::array<std::string_view, 9> kSecretNames = {
    "pass",       "pwd",    "secret",     "key", "token",
    "credential", "certif", "connection", "hash"};
// What sounds like them and is read by the checks.
constexpr std::array<std::string_view, 1> kOpenNames = {
    "AnonymousPasswordSync"};
// Elements whose `value` is whatever an administrator put there.
constexpr std::array<std::string_view, 4> kOpenEnded = {
    "appSettings", "environmentVariables", "connectionStrings", "parameters"};

bool is_one_of(std::string_view name, const auto& names) {
  return std::any_of(names.begin(), names.end(), [&](std::string_view other) {
    return text::iequals(name, other);
  });
}

bool sounds_secret(std::string_view name) {
  return !is_one_of(name, kOpenNames) &&
         std::any_of(kSecretNames.begin(), kSecretNames.end(),
                     [&](std::string_view part) {
                       return text::icontains(name, part);
                     });
}

// `[enc:Provider:...:enc]`, and the blobs of the metabase ("IcDb").
bool looks_encrypted(std::string_view value) {
  return text::istarts_with(value, "[enc:") ||
         text::istarts_with(value, "49634462");
}

void mask(pugi::xml_attribute attribute) {
  if (!std::string_view(attribute.value()).empty()) {
    attribute.set_value(std::string(kMask).c_str());
  }
}

// <Custom Name="..." Attributes="INHERIT | SECURE" Value="..."/>
bool is_secure_property(const pugi::xml_node& element) {
  return text::icontains(element.attribute("Attributes").value(), "SECURE") ||
         sounds_secret(element.attribute("Name").value()) ||
         sounds_secret(element.attribute("name").value());
}

void redact(pugi::xml_node element, bool open_ended) {
  const bool secure = is_secure_property(element);
  for (pugi::xml_attribute attribute : element.attributes()) {
    const std::string_view name = attribute.name();
    const bool is_value = text::iequals(name, "value");
    if (sounds_secret(name) || looks_encrypted(attribute.value()) ||
        (is_value && (secure || open_ended)) ||
        (open_ended && text::icontains(name, "string"))) {
      mask(attribute);
    }
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
  struct Step {
    pugi::xml_node element;
    bool open_ended;
  };
  std::vector<Step> waiting{{document.document_element(), false}};
  while (!waiting.empty()) {
    const Step step = waiting.back();
    waiting.pop_back();
    const bool open_ended =
        step.open_ended || is_one_of(local_name(step.element), kOpenEnded);
    redact(step.element, open_ended);
    for (const pugi::xml_node& child : step.element.children()) {
      waiting.push_back({child, open_ended});
    }
  }
  StringWriter out;
  document.save(out, "  ", pugi::format_indent, pugi::encoding_utf8);
  return std::move(out.text);
}

}  // namespace iisdiag::evidence
