// A fact that may be known, known to be absent, or not known.
#pragma once

#include <string>
#include <utility>
#include <variant>

#include "facts/origin.hpp"

namespace iisdiag::facts {

// Why a fact is not known and what makes it known. An empty `why` means that
// nothing in the evidence speaks of it.
struct Unknown {
  std::string why;
  std::string todo;

  bool operator==(const Unknown&) const = default;
};

struct Absent {
  bool operator==(const Absent&) const = default;
};

// value: it was read. absent: its place was read whole and it is not there.
// unknown: its place was not read, was refused or is damaged. Unknown never
// turns into absent or into a default on its way to the report.
template <class T>
class Observed {
 public:
  using value_type = T;

  Observed() = default;
  Observed(T value, Origin origin)
      : state_(std::move(value)), origin_(std::move(origin)) {}

  static Observed absent(const Origin& origin) {
    Observed result;
    result.state_ = Absent{};
    result.origin_ = origin;
    return result;
  }
  static Observed unknown(std::string why, std::string todo = {},
                          const Origin& origin = {}) {
    Observed result;
    result.state_ = Unknown{std::move(why), std::move(todo)};
    result.origin_ = origin;
    return result;
  }

  bool has_value() const { return std::holds_alternative<T>(state_); }
  bool is_absent() const { return std::holds_alternative<Absent>(state_); }
  bool is_unknown() const { return std::holds_alternative<Unknown>(state_); }

  // Precondition of both: has_value().
  const T& operator*() const { return std::get<T>(state_); }
  const T* operator->() const { return &std::get<T>(state_); }

  // True where the value is known and equal; an unknown equals nothing.
  bool is(const T& wanted) const { return has_value() && **this == wanted; }
  T value_or(T other) const { return has_value() ? **this : std::move(other); }

  const Origin& origin() const { return origin_; }
  // Why it is not known; empty for anything else.
  const Unknown& reason() const {
    static const Unknown kNone;
    const auto* unknown = std::get_if<Unknown>(&state_);
    return unknown != nullptr ? *unknown : kNone;
  }

  bool operator==(const Observed&) const = default;

 private:
  std::variant<Unknown, Absent, T> state_;
  Origin origin_;
};

}  // namespace iisdiag::facts
