// Takes the structs of snapshot_fields.hpp out of a tree. What is not as it
// should be is told, with its line, and never taken for absent: it leaves a
// fact unknown, a list incomplete, or an entry out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
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

// A reference to a function, for as long as the call lasts that takes it. By it
// what hangs on the type that is read gets into functions that do not; a
// std::function, which owns what it calls, takes more code than that saves.
template <class Argument>
class Call {
 public:
  template <class Function>
  Call(const Function& function)
      : function_(&function), call_([](const void* called, Argument argument) {
          (*static_cast<const Function*>(called))(argument);
        }) {}
  void operator()(Argument argument) const { call_(function_, argument); }

 private:
  const void* function_;
  void (*call_)(const void* called, Argument argument);
};

class SnapshotReader {
 public:
  explicit SnapshotReader(const Document& document) : document_(document) {}

  // The members of an object; false where one that must be there is not, or
  // one that decides what the others mean cannot be read.
  template <class T>
  bool read_struct(const JsonNode& node, T& value,
                   std::initializer_list<std::string_view> others = {});

  // A fault; the first ones are told one by one, the others counted.
  void complain(std::uint64_t line, std::string text);

  std::vector<facts::Problem> take_problems() &&;

 private:
  class Members;

  // An object; `read` asks for its members, all but the others.
  bool read_members(const JsonNode& node,
                    std::initializer_list<std::string_view> others,
                    Call<Members&> read);
  // A list of elements of this size.
  bool read_list(const JsonNode& node, std::size_t size,
                 Call<const JsonNode&> read);

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
    facts::Origin origin;
    bool has_value = false;
    bool is_absent = false;
    facts::Unknown reason;
  };
  // A flag that may stand beside it.
  struct Beside {
    const char* name;
    bool& flag;
    bool otherwise;
  };
  // Damage makes it unknown; that of the flag also the flag what it is
  // otherwise.
  Frame read_frame(const JsonNode& node, const Beside* beside,
                   Call<const JsonNode&> read_value);
  void read_known(Members& members, Frame& frame,
                  Call<const JsonNode&> read_value);
  template <class T>
  static facts::Observed<T> framed(T& known, Frame& frame);
  template <class T>
  void read_fact(const JsonNode& node, facts::Observed<T>& fact,
                 const Beside* beside);

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
  void must(const char* name, T& value) {
    const auto member = find_or_complain(name);
    usable_ = member && reader_.read(*member, value) && usable_;
  }
  template <class T>
  void may(const char* name, T& value) {
    // All others begin as T{} (snapshot_fields.hpp).
    if constexpr (std::is_scalar_v<T>) {
      value = T{};
    }
    if (const auto member = find(name)) {
      usable_ = reader_.read(*member, value) && usable_;
    }
  }
  void may(const char* name, bool& value, bool otherwise) {
    value = otherwise;
    if (const auto member = find(name)) {
      usable_ = reader_.read(*member, value) && usable_;
    }
  }
  void utc(const char* name, facts::ClockSeconds& clock);
  template <class T>
  void right(std::string_view name, facts::Observed<T>& holders, bool& is_cut) {
    if (const auto member = find(name)) {
      const Beside cut{"cut", is_cut, false};
      reader_.read_fact(*member, holders, &cut);
    }
  }

  // A member whose name nobody asks for is no fault.
  void know(std::string_view name) { find(name); }
  std::optional<JsonNode> find(std::string_view name);
  std::optional<JsonNode> find_or_complain(std::string_view name);
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
bool SnapshotReader::read_struct(
    const JsonNode& node, T& value,
    std::initializer_list<std::string_view> others) {
  const std::size_t before = faults_;
  const bool usable = read_members(
      node, others, [&value](Members& members) { fields(members, value); });
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
  read_fact(node, fact, nullptr);
  return true;
}

template <class T>
bool SnapshotReader::read(const JsonNode& node, facts::Setting<T>& setting) {
  auto& [value, inherits] = setting;
  const Beside beside{"inherits", inherits, true};
  read_fact(node, value, &beside);
  return true;
}

template <class T>
void SnapshotReader::read_fact(const JsonNode& node, facts::Observed<T>& fact,
                               const Beside* beside) {
  T known{};
  Frame frame = read_frame(node, beside, [this, &known](const JsonNode& value) {
    read(value, known);
  });
  fact = framed(known, frame);
}

template <class T>
facts::Observed<T> SnapshotReader::framed(T& known, Frame& frame) {
  if (frame.has_value) {
    return {std::move(known), std::move(frame.origin)};
  }
  if (frame.is_absent) {
    return facts::Observed<T>::absent(frame.origin);
  }
  return facts::Observed<T>::unknown(
      std::move(frame.reason.why), std::move(frame.reason.todo), frame.origin);
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
  return read_list(node, sizeof(T), [this, &list](const JsonNode& element) {
    if (!read(element, list.emplace_back())) {
      list.pop_back();
    }
  });
}

}  // namespace iisdiag::evidence
