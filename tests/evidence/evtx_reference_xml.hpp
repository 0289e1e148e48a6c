// Binary XML for the reference of event_reference.hpp.
#pragma once

#include "evidence/event_reference_log.hpp"

namespace iisdiag::evidence::reference {

struct Value {
  unsigned type = 0;
  Bytes bytes;
};

// A text or a value of binary XML and where it stands.
struct Piece {
  std::vector<std::string> path;  // elements
  std::string attribute;
  std::string data_name;  // the text of the attribute Name of its element
  std::optional<std::size_t> slot;
  std::string text;
  std::size_t element = 0;  // counted; 0 behind an element within it
  bool is_first_system = true;
};

struct Xml {
  std::vector<Piece> pieces;
  // Elements without another in them, and their number.
  std::vector<std::pair<std::string, std::size_t>> closed;
};

// The elements of a definition have two bytes more.
Xml read_xml(Bytes chunk, std::size_t at, std::size_t end, bool is_definition);

struct Instance {
  std::vector<Value> values;
  std::vector<std::size_t> starts;
  std::size_t definition = 0;
  std::size_t definition_end = 0;
};

std::optional<Instance> read_instance(Bytes chunk, std::size_t at,
                                      std::size_t end);
std::string value_text(const Value& value);

}  // namespace iisdiag::evidence::reference
