#include "evidence/json_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>

#include "evidence/limits.hpp"

namespace iisdiag::evidence {
namespace {

// Tells how much the parser has taken: its events carry no place.
class Cursor {
 public:
  using value_type = char;
  using difference_type = std::ptrdiff_t;

  Cursor(std::string_view text, std::size_t at, std::size_t& taken)
      : text_(text), at_(at), taken_(&taken) {}

  const char& operator*() const { return text_[at_]; }
  Cursor& operator++() {
    *taken_ = ++at_;
    return *this;
  }
  // readability-const-return-type forbids what this one wants.
  // NOLINTNEXTLINE(cert-dcl21-cpp)
  Cursor operator++(int) {
    Cursor before = *this;
    ++*this;
    return before;
  }
  bool operator==(const Cursor& other) const { return at_ == other.at_; }

 private:
  std::string_view text_;
  std::size_t at_;
  std::size_t* taken_;
};

using Sax = nlohmann::json_sax<nlohmann::json>;

}  // namespace

// Puts one value after the other into the tree, as the parser meets them.
class JsonBuilder final : public Sax {
 public:
  JsonBuilder(JsonTree& tree, std::string_view text, std::uint64_t first_line)
      : tree_(tree), text_(text), line_(first_line) {}

  std::size_t& taken() { return taken_; }

  bool null() override { return add(JsonTree::Kind::kNull).has_value(); }
  bool boolean(bool value) override {
    const auto index = add(JsonTree::Kind::kFlag);
    return index && set(*index, value ? 1 : 0);
  }
  bool number_integer(number_integer_t value) override {
    const auto index = add(JsonTree::Kind::kNumber);
    return index && set(*index, value);
  }
  bool number_unsigned(number_unsigned_t value) override {
    if (value > static_cast<number_unsigned_t>(
                    std::numeric_limits<std::int64_t>::max())) {
      return add(JsonTree::Kind::kOddNumber).has_value();
    }
    return number_integer(static_cast<number_integer_t>(value));
  }
  bool number_float(number_float_t /*value*/,
                    const string_t& /*text*/) override {
    return add(JsonTree::Kind::kOddNumber).has_value();
  }
  bool string(string_t& value) override {
    const auto span = keep(value);
    const auto index = span ? add(JsonTree::Kind::kText) : std::nullopt;
    if (index) {
      tree_.values_[*index].text = *span;
    }
    return index.has_value();
  }
  // Of CBOR and its like, never of a text.
  bool binary(binary_t& /*value*/) override { return false; }

  bool start_object(std::size_t /*size*/) override {
    return open(JsonTree::Kind::kObject);
  }
  bool start_array(std::size_t /*size*/) override {
    return open(JsonTree::Kind::kList);
  }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& value) override {
    const auto span = keep(value);
    name_ = span.value_or(JsonTree::Span{});
    return span.has_value();
  }

  bool parse_error(std::size_t /*position*/, const std::string& /*token*/,
                   const nlohmann::detail::exception& /*error*/) override {
    return refuse(taken_ >= text_.size() ? "the text ends too early"
                                         : "this is no JSON from here on");
  }

 private:
  struct Open {
    std::uint32_t index = 0;
    std::uint32_t last = 0;  // its last child so far
  };

  bool refuse(std::string why) {
    tree_.fault_ = std::move(why);
    tree_.fault_line_ = count_lines();
    return false;
  }

  // The line of what was read last; the parser may be one character ahead.
  std::uint64_t count_lines() {
    const std::size_t until = taken_ > 0 ? taken_ - 1 : 0;
    if (until > counted_) {
      const std::string_view passed = text_.substr(counted_, until - counted_);
      line_ += static_cast<std::uint64_t>(
          std::count(passed.begin(), passed.end(), '\n'));
      counted_ = until;
    }
    return line_;
  }

  std::optional<JsonTree::Span> keep(std::string_view value) {
    if (value.size() > kMaxJsonText) {
      refuse(fmt::format("a text of more than {} bytes: the rest is not read",
                         kMaxJsonText));
      return std::nullopt;
    }
    const JsonTree::Span span{static_cast<std::uint32_t>(tree_.texts_.size()),
                              static_cast<std::uint32_t>(value.size())};
    tree_.texts_ += value;
    return span;
  }

  bool set(std::uint32_t index, std::int64_t number) {
    tree_.values_[index].number = number;
    return true;
  }

  std::optional<std::uint32_t> add(JsonTree::Kind kind) {
    auto& values = tree_.values_;
    if (values.size() >= kMaxJsonValues) {
      refuse(fmt::format("more than {} values: the rest is not read",
                         kMaxJsonValues));
      return std::nullopt;
    }
    const auto index = static_cast<std::uint32_t>(values.size());
    JsonTree::Value& value = values.emplace_back();
    value.kind = kind;
    value.line = static_cast<std::uint32_t>(count_lines());
    value.name = std::exchange(name_, {});
    if (!open_.empty()) {
      Open& parent = open_.back();
      (parent.last == 0 ? values[parent.index].first
                        : values[parent.last].next) = index;
      parent.last = index;
    }
    return index;
  }

  bool open(JsonTree::Kind kind) {
    if (open_.size() >= kMaxJsonDepth) {
      return refuse(
          fmt::format("deeper than {}: the rest is not read", kMaxJsonDepth));
    }
    const auto index = add(kind);
    if (index) {
      tree_.values_[*index].open = true;
      open_.push_back({*index, 0});
    }
    return index.has_value();
  }

  bool close() {
    tree_.values_[open_.back().index].open = false;
    open_.pop_back();
    return true;
  }

  JsonTree& tree_;
  std::string_view text_;
  std::size_t taken_ = 0;
  std::size_t counted_ = 0;  // up to where lines are counted
  std::uint64_t line_;
  JsonTree::Span name_;
  std::vector<Open> open_;
};

JsonTree::JsonTree(const Document& document) {
  const std::string_view text = document.text();
  JsonBuilder builder(*this, text, document.first_line());
  nlohmann::json::sax_parse(Cursor(text, 0, builder.taken()),
                            Cursor(text, text.size(), builder.taken()),
                            &builder);
}

std::optional<JsonNode> JsonTree::root() const {
  return values_.empty() ? std::nullopt : std::optional(JsonNode(*this, 0));
}

std::optional<bool> JsonNode::flag() const {
  return value().kind == Kind::kFlag ? std::optional(value().number != 0)
                                     : std::nullopt;
}

std::optional<std::int64_t> JsonNode::number() const {
  return value().kind == Kind::kNumber ? std::optional(value().number)
                                       : std::nullopt;
}

std::optional<std::string_view> JsonNode::text() const {
  return value().kind == Kind::kText ? std::optional(tree_->text(value().text))
                                     : std::nullopt;
}

std::optional<JsonNode> JsonNode::find(std::string_view name) const {
  for (auto member = first(); member; member = member->next()) {
    if (member->name() == name) {
      return member;
    }
  }
  return std::nullopt;
}

std::optional<JsonNode> JsonNode::at(std::uint32_t index) const {
  return index == 0 ? std::nullopt : std::optional(JsonNode(*tree_, index));
}

}  // namespace iisdiag::evidence
