// XML of captured configurations: pugixml behind the limits of limits.hpp,
// with the line of every element and attribute.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/document.hpp"
#include "evidence/file_facts.hpp"

namespace iisdiag::evidence {

// The start of an XML document, found without parsing it.
struct XmlStart {
  std::string_view root;   // local name of the root element
  std::string_view child;  // local name of its first child element, or empty
};
// Nothing where the text does not begin like XML. Comments are skipped.
std::optional<XmlStart> xml_start(std::string_view text);

// The name without its namespace prefix.
std::string_view local_name(const pugi::xml_node& element);

// The first child element of that local name, or an empty node.
pugi::xml_node child(const pugi::xml_node& parent, std::string_view name);
// The same, level by level.
pugi::xml_node descend(pugi::xml_node element,
                       std::initializer_list<std::string_view> names);

class Xml {
 public:
  // Parses what it can. Damage, a document type declaration and anything past
  // a limit go to `facts.problems`; refused text gives an empty document.
  // Line breaks in attribute values stay as they are: the metabase separates
  // the items of a list with them.
  Xml(const Document& document, FileFacts& facts);

  // The root element; empty where nothing could be read.
  pugi::xml_node root() const { return dom_.document_element(); }
  // Well-formed to its end.
  bool is_whole() const { return is_whole_; }
  // The document is damaged, and in or behind this element: it may have held
  // more than is left of it.
  bool is_cut(const pugi::xml_node& element) const;

  facts::Origin at(const pugi::xml_node& element) const;
  // The line of the attribute itself.
  facts::Origin at(const pugi::xml_node& element,
                   const pugi::xml_attribute& attribute) const;

 private:
  std::uint64_t line_of(std::size_t offset) const;
  // The offset at which a line begins; the first is 1.
  std::size_t start_of(std::uint64_t line) const;
  // The text may be a part of its file.
  std::uint64_t in_file(std::uint64_t line) const {
    return document_.first_line() + line - 1;
  }
  Line line_text(std::size_t offset) const;
  bool begins_in_value(std::size_t line_start) const;
  void drop_last_attribute();
  bool is_acceptable(FileFacts& facts) const;
  bool is_within_limits(FileFacts& facts) const;
  void report_damage(std::size_t offset, const std::string& what,
                     FileFacts& facts) const;

  const Document& document_;
  std::vector<std::size_t> line_starts_;
  std::string buffer_;  // parsed in place: must outlive dom_
  pugi::xml_document dom_;
  bool is_whole_ = false;
};

}  // namespace iisdiag::evidence
