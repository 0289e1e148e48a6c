// Takes the structs of snapshot_fields.hpp out of a tree. What is not as it
// should be is told, with its line, and never taken for absent: it leaves a
// fact unknown, a list incomplete, or an entry out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "evidence/json_tree.hpp"
#include "evidence/limits.hpp"
#include "evidence/snapshot_fields.hpp"
#include "evidence/snapshot_words.hpp"

namespace iisdiag::evidence {

class SnapshotReader {
 public:
  explicit SnapshotReader(const Document& document) : document_(document) {}

  // The members of an object; false where one that must be there is not, or
  // one that decides what the others mean cannot be read.
  template <class T>
  bool read_struct(const JsonNode& node, T& value,
                   const std::vector<std::string_view>& others = {});

  // A fault; the first ones are told one by one, the others counted.
  void complain(std::uint64_t line, std::string text);

  std::vector<facts::Problem> take_problems() &&;

 private:
  class Members;

  bool read(const JsonNode& node, bool& value);
  bool read(const JsonNode& node, std::string& value);
  bool read(const JsonNode& node, facts::ClockSeconds& clock);
  bool read(const JsonNode& node, facts::Sid& sid);
  bool read(const JsonNode& node, facts::Origin& origin);
  bool read(const JsonNode& node, facts::Deadline& deadline);
  template <class T>
  requires(std::integral<T>) bool read(const JsonNode& node, T& value);
  template <class T>
  requires(std::is_enum_v<T>) bool read(const JsonNode& node, T& value);
  template <class T>
  bool read(const JsonNode& node, facts::Observed<T>& fact);
  template <class T>
  bool read(const JsonNode& node, facts::Setting<T>& setting);
  template <class T>
  bool read(const JsonNode& node, std::optional<T>& value);
  template <class T>
  bool read(const JsonNode& node, std::vector<T>& list);
  template <class T>
  requires(std::is_aggregate_v<T>) bool read(const JsonNode& node, T& value) {
    return read_struct(node, value);
  }

  // All of a fact but its value, which alone hangs on its type.
  struct Frame {
    std::size_t faults = 0;  // before it
    facts::Origin origin;
    std::optional<JsonNode> value;
    bool is_absent = false;
    facts::Unknown reason;
  };
  Frame begin_fact(Members& members);
  // Damage makes it unknown.
  void end_fact(Members& members, Frame& frame);

  // As read() of an Observed, which may have this member besides.
  template <class T>
  void read_fact(Members& members, facts::Observed<T>& fact);

  // Nothing where it is none, or past the bounds of the type; told.
  std::optional<std::int64_t> number(const JsonNode& node, std::int64_t least,
                                     std::int64_t most);
  bool refuse(const JsonNode& node, std::string_view what);
  // False where there is no room left; told.
  bool has_room(const JsonNode& node, std::size_t elements, std::size_t size);
  facts::Origin::Name shared(std::string_view name);

  // What hangs on having read everything.
  static void has_gaps(facts::IisConfig& config) { config.whole = false; }
  static void has_gaps(facts::AccountList& list) { list.complete = false; }
  static void has_gaps(Layout& layout) { layout.complete = false; }
  static void has_gaps(WebConfig& config) { config.damaged = true; }
  static void has_gaps(SectionFile& file) { file.damaged = true; }
  static void has_gaps(FileFacts& facts) { facts.policy_report.reset(); }
  template <class T>
  static void has_gaps(T& /*value*/) {}

  const Document& document_;
  std::vector<facts::Problem> problems_;
  std::size_t faults_ = 0;
  std::size_t facts_size_ = 0;
  bool is_full_ = false;
  std::map<std::string, facts::Origin::Name, std::less<>> names_;
};

// The archive of snapshot_fields.hpp that reads: the members of one object.
class SnapshotReader::Members {
 public:
  Members(SnapshotReader& reader, const JsonNode& node)
      : reader_(reader), node_(node) {}

  template <class T>
  void must(std::string_view name, T& value) {
    const auto member = find(name);
    if (!member) {
      reader_.complain(node_.line(), std::string(name) + " is missing");
    }
    usable_ = member && reader_.read(*member, value) && usable_;
  }
  template <class T>
  void may(std::string_view name, T& value, T otherwise = {}) {
    value = std::move(otherwise);
    if (const auto member = find(name)) {
      usable_ = reader_.read(*member, value) && usable_;
    }
  }
  void utc(std::string_view name, facts::ClockSeconds& clock);
  template <class T>
  void right(std::string_view name, facts::Observed<T>& holders, bool& is_cut) {
    if (const auto member = find(name)) {
      Members inner(reader_, *member);
      inner.may("cut", is_cut);
      reader_.read_fact(inner, holders);
    }
  }

  // A member whose name nobody asks for is no fault.
  void know(std::string_view name) { find(name); }
  std::optional<JsonNode> find(std::string_view name) {
    asked_.push_back(name);
    return node_.find(name);
  }
  const JsonNode& node() const { return node_; }

  // Tells members that nobody asked for, or that stand there twice. False
  // where the object is of no use.
  bool finish();

 private:
  SnapshotReader& reader_;
  JsonNode node_;
  std::vector<std::string_view> asked_;
  bool usable_ = true;
};

template <class T>
bool SnapshotReader::read_struct(const JsonNode& node, T& value,
                                 const std::vector<std::string_view>& others) {
  if (!node.is_object()) {
    return refuse(node, "not an object");
  }
  const std::size_t before = faults_;
  Members members(*this, node);
  for (const std::string_view name : others) {
    members.know(name);
  }
  fields(members, value);
  const bool usable = members.finish();
  if (faults_ != before) {
    has_gaps(value);
  }
  return usable;
}

template <class T>
requires(std::integral<T>) bool SnapshotReader::read(const JsonNode& node,
                                                     T& value) {
  using Limits = std::numeric_limits<T>;
  constexpr std::int64_t kMost =
      std::cmp_less(std::numeric_limits<std::int64_t>::max(), Limits::max())
          ? std::numeric_limits<std::int64_t>::max()
          : static_cast<std::int64_t>(Limits::max());
  const auto found = number(node, Limits::min(), kMost);
  value = static_cast<T>(found.value_or(0));
  return found.has_value();
}

template <class T>
requires(std::is_enum_v<T>) bool SnapshotReader::read(const JsonNode& node,
                                                      T& value) {
  const auto text = node.text();
  const auto found = text ? value_of<T>(*text) : std::nullopt;
  value = found.value_or(T{});
  return found || refuse(node, "not a word that is known");
}

template <class T>
bool SnapshotReader::read(const JsonNode& node, facts::Observed<T>& fact) {
  if (!node.is_object()) {
    refuse(node, "not an object");
    fact = facts::Observed<T>::unknown("the snapshot is damaged here", {},
                                       document_.at(node.line()));
    return true;
  }
  Members members(*this, node);
  read_fact(members, fact);
  return true;
}

template <class T>
bool SnapshotReader::read(const JsonNode& node, facts::Setting<T>& setting) {
  auto& [value, inherits] = setting;
  if (!node.is_object()) {
    return read(node, value);
  }
  Members members(*this, node);
  members.may("inherits", inherits, true);
  read_fact(members, value);
  return true;
}

template <class T>
void SnapshotReader::read_fact(Members& members, facts::Observed<T>& fact) {
  Frame frame = begin_fact(members);
  T known{};
  if (frame.value) {
    read(*frame.value, known);
  }
  end_fact(members, frame);
  if (frame.value) {
    fact = facts::Observed<T>(std::move(known), std::move(frame.origin));
  } else if (frame.is_absent) {
    fact = facts::Observed<T>::absent(frame.origin);
  } else {
    fact =
        facts::Observed<T>::unknown(std::move(frame.reason.why),
                                    std::move(frame.reason.todo), frame.origin);
  }
}

template <class T>
bool SnapshotReader::read(const JsonNode& node, std::optional<T>& value) {
  T known{};
  if (!read(node, known)) {
    return false;
  }
  value = std::move(known);
  return true;
}

template <class T>
bool SnapshotReader::read(const JsonNode& node, std::vector<T>& list) {
  if (!node.is_list()) {
    return refuse(node, "not a list");
  }
  faults_ += node.is_open() ? 1 : 0;  // told already
  for (auto element = node.first(); element; element = element->next()) {
    if (!has_room(*element, list.size(), sizeof(T))) {
      break;
    }
    T value{};
    if (read(*element, value)) {
      list.push_back(std::move(value));
    }
  }
  return true;
}

}  // namespace iisdiag::evidence
