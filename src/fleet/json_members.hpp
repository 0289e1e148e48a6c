// Members of JSON objects that strangers wrote.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "evidence/json_tree.hpp"

namespace iisdiag::fleet {

// Empty where there is no such member, or it is no text.
std::string text_of(const evidence::JsonNode& object, std::string_view member);

// False where there is no such member, or it is no flag.
bool flag_of(const evidence::JsonNode& object, std::string_view member);

// A number without a sign; nothing where it is none, or beyond `most`.
std::optional<std::uint64_t> number_of(
    const evidence::JsonNode& object, std::string_view member,
    std::int64_t most = std::numeric_limits<std::int64_t>::max());

// Calls `visit` for each element of a list; for none where it is no list.
template <class Visit>
void for_each(const evidence::JsonNode& object, std::string_view member,
              Visit visit) {
  const auto list = object.find(member);
  if (!list || !list->is_list()) {
    return;
  }
  for (auto node = list->first(); node; node = node->next()) {
    visit(*node);
  }
}

}  // namespace iisdiag::fleet
