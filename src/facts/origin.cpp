#include "facts/origin.hpp"

#include <fmt/format.h>

namespace iisdiag::facts {
namespace {

Origin::Name shared(std::string_view name) {
  return std::make_shared<const std::string>(name);
}

}  // namespace

Origin Origin::in_file(Name file, std::uint64_t line) {
  return {Kind::kFile, std::move(file), line};
}

Origin Origin::in_file(std::string_view file, std::uint64_t line) {
  return in_file(shared(file), line);
}

Origin Origin::in_record(Name file, std::uint64_t record) {
  return {Kind::kRecord, std::move(file), record};
}

Origin Origin::in_record(std::string_view file, std::uint64_t record) {
  return in_record(shared(file), record);
}

Origin Origin::in_registry(std::string_view key_and_value) {
  return {Kind::kRegistry, shared(key_and_value), 0};
}

Origin Origin::from_api(std::string_view function, std::uint64_t code) {
  return {Kind::kApi, shared(function), code};
}

const std::string& Origin::name() const {
  static const std::string kNone;
  return name_ ? *name_ : kNone;
}

std::string Origin::text() const {
  switch (kind_) {
    case Kind::kNone:
      return {};
    case Kind::kFile:
      return number_ == 0 ? name()
                          : fmt::format("{}, line {}", name(), number_);
    case Kind::kRecord:
      return fmt::format("{}, record {}", name(), number_);
    case Kind::kRegistry:
      return name();
    case Kind::kApi:
      return number_ == 0 ? name()
                          : fmt::format("{}, error {}", name(), number_);
  }
  return {};
}

}  // namespace iisdiag::facts
