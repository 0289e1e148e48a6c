#include "fleet/json_members.hpp"

namespace iisdiag::fleet {

using evidence::JsonNode;

std::string text_of(const JsonNode& object, std::string_view member) {
  const auto node = object.find(member);
  return node ? std::string(node->text().value_or("")) : std::string();
}

bool flag_of(const JsonNode& object, std::string_view member) {
  const auto node = object.find(member);
  return node && node->flag().value_or(false);
}

std::optional<std::uint64_t> number_of(const JsonNode& object,
                                       std::string_view member,
                                       std::int64_t most) {
  const auto node = object.find(member);
  const auto number = node ? node->number() : std::nullopt;
  if (!number || *number < 0 || *number > most) {
    return std::nullopt;
  }
  return static_cast<std::uint64_t>(*number);
}

}  // namespace iisdiag::fleet
