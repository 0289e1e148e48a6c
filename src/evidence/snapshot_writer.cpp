#include <algorithm>
#include <nlohmann/json.hpp>

#include "evidence/snapshot.hpp"
#include "evidence/snapshot_fields.hpp"
#include "evidence/snapshot_words.hpp"

namespace iisdiag::evidence {
namespace {

// Keeps the order of the field lists.
using Json = nlohmann::ordered_json;

// As facts::parse_iso takes it back: no year that it refuses.
std::string clock_text(facts::ClockSeconds clock, std::optional<int> offset) {
  const facts::ClockSeconds first = *facts::days_from_date(1601, 1, 1);
  const facts::ClockSeconds last = *facts::days_from_date(9999, 12, 31);
  return facts::iso_text(
      {std::clamp(clock, first * facts::kDay, last * facts::kDay), offset});
}

// The archive of snapshot_fields.hpp that writes.
class Writer {
 public:
  Json take() && { return std::move(object_); }

  template <class T>
  void must(std::string_view name, const T& value) {
    set(name, json(value));
  }
  template <class T>
  void may(std::string_view name, const T& value, const T& otherwise = {}) {
    if (!(value == otherwise)) {
      must(name, value);
    }
  }
  void utc(std::string_view name, facts::ClockSeconds clock) {
    set(name, clock_text(clock, 0));
  }
  template <class T>
  void right(std::string_view name, const facts::Observed<T>& holders,
             bool is_cut) {
    if (is_cut || !(holders == facts::Observed<T>{})) {
      Json value = json(holders);
      if (is_cut) {
        value["cut"] = true;
      }
      set(name, std::move(value));
    }
  }

 private:
  // Apart from must(), which would hold it once for each type: 3 KB.
  void set(std::string_view name, Json value);

  static Json json(const std::string& text) { return text; }
  static Json json(facts::ClockSeconds clock) {
    return clock_text(clock, std::nullopt);
  }
  template <class T>
  requires(std::integral<T>) static Json json(T value) { return value; }
  template <class T>
  requires(std::is_enum_v<T>) static Json json(T value) { return word(value); }

  static Json json(const facts::Sid& sid) { return sid.text(); }
  static Json json(facts::Never /*never*/) { return {{"never", true}}; }
  static Json json(const facts::Deadline& deadline) {
    return std::visit([](const auto& value) { return json(value); }, deadline);
  }

  static Json json(const facts::Origin& origin) {
    using Kind = facts::Origin::Kind;
    switch (origin.kind()) {
      case Kind::kNone:
        break;
      case Kind::kFile:
        return origin.number() == 0
                   ? Json{{"file", origin.name()}}
                   : Json{{"file", origin.name()}, {"line", origin.number()}};
      case Kind::kRecord:
        return {{"file", origin.name()}, {"record", origin.number()}};
      case Kind::kRegistry:
        return {{"registry", origin.name()}};
      case Kind::kApi:
        return {{"api", origin.name()}, {"code", origin.number()}};
    }
    return Json::object();
  }

  template <class T>
  static Json json(const facts::Observed<T>& fact) {
    return fact_json(
        fact.has_value() ? json(*fact) : Json(),
        fact.is_absent() || fact.has_value() ? nullptr : &fact.reason(),
        fact.has_value(), fact.origin());
  }
  // Without a value and a reason it is absent.
  static Json fact_json(Json value, const facts::Unknown* reason,
                        bool has_value, const facts::Origin& origin) {
    Json result = Json::object();
    if (has_value) {
      result["value"] = std::move(value);
    } else if (reason == nullptr) {
      result["absent"] = true;
    } else {
      result["unknown"] = reason->why;
      if (!reason->todo.empty()) {
        result["todo"] = reason->todo;
      }
    }
    if (origin) {
      result["origin"] = json(origin);
    }
    return result;
  }

  template <class T>
  static Json json(const facts::Setting<T>& setting) {
    const auto& [value, inherits] = setting;
    Json result = json(value);
    if (!inherits) {
      result["inherits"] = false;
    }
    return result;
  }

  template <class T>
  static Json json(const std::optional<T>& value) {
    return value ? json(*value) : Json();
  }

  template <class T>
  static Json json(const std::vector<T>& list) {
    Json result = Json::array();
    for (const T& element : list) {
      result.push_back(json(element));
    }
    return result;
  }

  template <class T>
  requires(std::is_aggregate_v<T>) static Json json(const T& value) {
    Writer writer;
    fields(writer, value);
    return std::move(writer).take();
  }

  Json object_ = Json::object();
};

void Writer::set(std::string_view name, Json value) {
  object_[std::string(name)] = std::move(value);
}

// A byte that is no UTF-8 becomes U+FFFD.
std::string dump(const Json& json) {
  constexpr int kIndent = 2;
  return json.dump(kIndent, ' ', true, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string write_snapshot(const FileFacts& facts,
                           const SnapshotHeader& header) {
  Writer writer;
  writer.must("schema", std::string(kSnapshotSchema));
  fields(writer, header);
  writer.must("facts", facts);
  return dump(std::move(writer).take());
}

std::string write_manifest(const CollectionManifest& manifest) {
  Writer writer;
  writer.must("schema", std::string(kCollectionSchema));
  fields(writer, manifest);
  return dump(std::move(writer).take());
}

}  // namespace iisdiag::evidence
