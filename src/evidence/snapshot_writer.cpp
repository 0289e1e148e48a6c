#include <algorithm>

#include "evidence/snapshot.hpp"
#include "evidence/snapshot_fields.hpp"
#include "evidence/snapshot_words.hpp"
#include "text/json_writer.hpp"

namespace iisdiag::evidence {
namespace {

using text::JsonWriter;

// As facts::parse_iso takes it back: no year that it refuses.
std::string clock_text(facts::ClockSeconds clock, std::optional<int> offset) {
  const facts::ClockSeconds first = *facts::days_from_date(1601, 1, 1);
  const facts::ClockSeconds last = *facts::days_from_date(9999, 12, 31);
  return facts::iso_text(
      {std::clamp(clock, first * facts::kDay, last * facts::kDay), offset});
}

// Is it as one that nobody has set? What may() leaves out. Comparing with T{}
// says the same (tests hold the structs to it) and takes a multiple of the
// code.
class Unset {
 public:
  template <class T>
  requires(std::is_scalar_v<T>) static bool is(T value) { return value == T{}; }
  static bool is(const std::string& text) { return text.empty(); }
  static bool is(const facts::Sid& sid) { return sid == facts::Sid{}; }
  static bool is(const facts::Origin& origin) { return !origin; }
  template <class T>
  static bool is(const std::vector<T>& list) {
    return list.empty();
  }
  template <class T>
  static bool is(const std::optional<T>& value) {
    return !value;
  }
  template <class T>
  static bool is(const facts::Observed<T>& fact) {
    return fact.is_unknown() && fact.reason() == facts::Unknown{} &&
           !fact.origin();
  }
  template <class T>
  static bool is(const facts::Setting<T>& setting) {
    const auto& [value, inherits] = setting;
    return inherits && is(value);
  }
  template <class T>
  requires(std::is_aggregate_v<T>) static bool is(const T& value) {
    Unset members;
    fields(members, value);
    return members.are_unset_;
  }

  // As an archive of snapshot_fields.hpp.
  template <class T>
  void must(const char* /*name*/, const T& value) {
    are_unset_ = are_unset_ && is(value);
  }
  template <class T>
  void may(const char* name, const T& value) {
    must(name, value);
  }
  void may(const char* /*name*/, bool value, bool otherwise) {
    are_unset_ = are_unset_ && value == otherwise;
  }

 private:
  bool are_unset_ = true;
};

// The archive of snapshot_fields.hpp that writes.
class Writer {
 public:
  explicit Writer(JsonWriter& json) : json_(json) {}

  template <class T>
  void must(const char* name, const T& value) {
    json_.key(name);
    write(value);
  }
  template <class T>
  void may(const char* name, const T& value) {
    if (!Unset::is(value)) {
      must(name, value);
    }
  }
  void may(const char* name, bool value, bool otherwise) {
    if (value != otherwise) {
      must(name, value);
    }
  }
  void utc(const char* name, facts::ClockSeconds clock) {
    json_.key(name).text(clock_text(clock, 0));
  }
  template <class T>
  void right(std::string_view name, const facts::Observed<T>& holders,
             bool is_cut) {
    if (is_cut || !Unset::is(holders)) {
      json_.key(name).begin_object();
      write_fact(holders);
      may("cut", is_cut);
      json_.end_object();
    }
  }

 private:
  void write(const std::string& text) { json_.text(text); }
  void write(facts::ClockSeconds clock) {
    json_.text(clock_text(clock, std::nullopt));
  }
  void write(bool value) { json_.flag(value); }
  template <class T>
  requires(std::integral<T>) void write(T value) { json_.number(value); }
  template <class T>
  requires(std::is_enum_v<T>) void write(T value) { json_.text(word(value)); }

  void write(const facts::Sid& sid) { json_.text(sid.text()); }
  void write(facts::Never never);
  void write(const facts::Deadline& deadline) {
    std::visit([this](const auto& value) { this->write(value); }, deadline);
  }
  void write(const facts::Origin& origin);

  template <class T>
  void write(const facts::Observed<T>& fact) {
    json_.begin_object();
    write_fact(fact);
    json_.end_object();
  }
  template <class T>
  void write(const facts::Setting<T>& setting) {
    const auto& [value, inherits] = setting;
    json_.begin_object();
    write_fact(value);
    may("inherits", inherits, true);
    json_.end_object();
  }
  // The members of its object.
  template <class T>
  void write_fact(const facts::Observed<T>& fact) {
    if (fact.has_value()) {
      must("value", *fact);
    } else {
      write_no_value(fact.is_absent(), fact.reason());
    }
    may("origin", fact.origin());
  }
  void write_no_value(bool is_absent, const facts::Unknown& reason);

  template <class T>
  void write(const std::optional<T>& value) {
    if (value) {
      write(*value);
    } else {
      json_.null();
    }
  }
  template <class T>
  void write(const std::vector<T>& list) {
    json_.begin_array();
    for (const T& element : list) {
      write(element);
    }
    json_.end_array();
  }
  template <class T>
  requires(std::is_aggregate_v<T>) void write(const T& value) {
    json_.begin_object();
    fields(*this, value);
    json_.end_object();
  }

  JsonWriter& json_;
};

void Writer::write(facts::Never /*never*/) {
  json_.begin_object();
  must("never", true);
  json_.end_object();
}

void Writer::write(const facts::Origin& origin) {
  using Kind = facts::Origin::Kind;
  json_.begin_object();
  switch (origin.kind()) {
    case Kind::kNone:
      break;
    case Kind::kFile:
      must("file", origin.name());
      may("line", origin.number());
      break;
    case Kind::kRecord:
      must("file", origin.name());
      must("record", origin.number());
      break;
    case Kind::kRegistry:
      must("registry", origin.name());
      break;
    case Kind::kApi:
      must("api", origin.name());
      must("code", origin.number());
      break;
  }
  json_.end_object();
}

void Writer::write_no_value(bool is_absent, const facts::Unknown& reason) {
  if (is_absent) {
    must("absent", true);
  } else {
    must("unknown", reason.why);
    may("todo", reason.todo);
  }
}

// A document of this schema, with what `write` adds to it.
template <class Write>
std::string document(std::string_view schema, const Write& write) {
  constexpr std::size_t kIndent = 2;
  JsonWriter json(kIndent);
  json.begin_object();
  json.key("schema").text(schema);
  Writer writer(json);
  write(writer);
  json.end_object();
  return json.take() + "\n";
}

}  // namespace

std::string write_snapshot(const FileFacts& facts,
                           const SnapshotHeader& header) {
  return document(kSnapshotSchema, [&](Writer& writer) {
    fields(writer, header);
    writer.must("facts", facts);
  });
}

std::string write_manifest(const CollectionManifest& manifest) {
  return document(kCollectionSchema,
                  [&](Writer& writer) { fields(writer, manifest); });
}

}  // namespace iisdiag::evidence
