// JSON text as a tree that knows the line of everything in it. Bounded by
// limits.hpp, and flat, so that no depth of input is followed by recursion.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/document.hpp"

namespace iisdiag::evidence {

class JsonNode;

// What could be read of a text. Where it is cut or damaged, the tree holds
// what stands before the fault, and the lists and objects that it interrupts
// are open.
class JsonTree {
 public:
  explicit JsonTree(const Document& document);

  // Why the rest was not read and in which line; empty where all was.
  const std::string& fault() const { return fault_; }
  std::uint64_t fault_line() const { return fault_line_; }

  // Nothing where the text does not even begin with a value.
  std::optional<JsonNode> root() const;

 private:
  friend class JsonNode;
  friend class JsonBuilder;

  enum class Kind : std::uint8_t {
    kNull,
    kFlag,
    kNumber,
    kOddNumber,  // with a fraction, or past 64 bits
    kText,
    kList,
    kObject,
  };

  struct Span {
    std::uint32_t at = 0;
    std::uint32_t size = 0;
  };

  struct Value {
    std::int64_t number = 0;  // of a flag 0 or 1
    Span name;                // of a member of an object
    Span text;
    std::uint32_t line = 0;
    std::uint32_t first = 0;  // index of the first child; 0: none
    std::uint32_t next = 0;   // of the next one in the same list or object
    Kind kind = Kind::kNull;
    bool open = false;
  };

  std::string_view text(Span span) const {
    return std::string_view(texts_).substr(span.at, span.size);
  }

  std::vector<Value> values_;
  std::string texts_;
  std::string fault_;
  std::uint64_t fault_line_ = 0;
};

// One value of a tree; valid as long as the tree is.
class JsonNode {
 public:
  using Kind = JsonTree::Kind;

  JsonNode(const JsonTree& tree, std::uint32_t index)
      : tree_(&tree), index_(index) {}

  bool is_object() const { return value().kind == Kind::kObject; }
  bool is_list() const { return value().kind == Kind::kList; }
  // Nothing where it is of another kind.
  std::optional<bool> flag() const;
  std::optional<std::int64_t> number() const;
  std::optional<std::string_view> text() const;

  // Of a member of an object.
  std::string_view name() const { return tree_->text(value().name); }
  std::uint64_t line() const { return value().line; }
  // The text ends, or a bound stops it, inside of this list or object.
  bool is_open() const { return value().open; }

  // The members of an object or the elements of a list, one after the other.
  std::optional<JsonNode> first() const { return at(value().first); }
  std::optional<JsonNode> next() const { return at(value().next); }
  // The first member of this name.
  std::optional<JsonNode> find(std::string_view name) const;

 private:
  const JsonTree::Value& value() const { return tree_->values_[index_]; }
  std::optional<JsonNode> at(std::uint32_t index) const;

  const JsonTree* tree_;
  std::uint32_t index_;
};

}  // namespace iisdiag::evidence
