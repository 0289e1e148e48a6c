#include "evidence/row_groups.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace iisdiag::evidence {
namespace {

constexpr std::size_t kMostText = 256;

// The front of a key; the texts follow. Members leave no gaps, for keys are
// compared as bytes.
struct Head {
  std::uint32_t substatus = 0;
  std::uint32_t code = 0;
  std::uint16_t status = 0;
  std::uint16_t site = 0;  // bytes
  std::uint16_t url = 0;   // bytes
  std::uint8_t kind = 0;
  std::uint8_t flags = 0;
};
static_assert(sizeof(Head) == 16);

constexpr unsigned kAnonymous = 1;
constexpr unsigned kHasSubstatus = 2;
constexpr unsigned kHasCode = 4;
constexpr unsigned kHasTime = 8;

constexpr std::size_t kMostKey = sizeof(Head) + 3 * kMostText;

std::uint64_t hash_of(std::string_view key) {
  constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15U;
  std::uint64_t hash = key.size();
  const auto mix = [&](std::uint64_t word) {
    hash = (hash ^ word) * kFactor;
    hash ^= hash >> 32U;
  };
  while (key.size() >= sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, key.data(), sizeof word);
    mix(word);
    key.remove_prefix(sizeof word);
  }
  std::uint64_t rest = 0;
  std::memcpy(&rest, key.data(), key.size());
  mix(rest);
  return hash;
}

}  // namespace

std::string_view cut_text(std::string_view text, std::size_t most) {
  if (text.size() <= most) {
    return text;
  }
  constexpr unsigned kLeading = 0xC0;
  constexpr unsigned kFollowing = 0x80;
  constexpr std::size_t kLongest = 3;  // bytes that follow the first
  for (std::size_t back = 0; back <= kLongest && back < most; ++back) {
    if ((static_cast<unsigned char>(text[most - back]) & kLeading) !=
        kFollowing) {
      return text.substr(0, most - back);
    }
  }
  return text.substr(0, most);
}

void RowGroups::add(const GroupedRow& row,
                    std::optional<facts::ClockSeconds> time,
                    std::uint64_t line) {
  const std::string_view site = cut_text(row.site, kMostText);
  const std::string_view url = cut_text(row.url, kMostText);
  const std::string_view reason = cut_text(row.reason, kMostText);
  Head head;
  head.status = static_cast<std::uint16_t>(row.status);
  head.substatus = row.substatus;
  head.code = row.code.value_or(0);
  head.kind = static_cast<std::uint8_t>(row.kind);
  head.flags = static_cast<std::uint8_t>(
      (row.is_anonymous ? kAnonymous : 0U) |
      (row.has_substatus ? kHasSubstatus : 0U) | (row.code ? kHasCode : 0U) |
      (time ? kHasTime : 0U));
  head.site = static_cast<std::uint16_t>(site.size());
  head.url = static_cast<std::uint16_t>(url.size());
  // Filled from the front as far as it is looked at.
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init)
  std::array<char, kMostKey> bytes;
  std::size_t size = 0;
  const auto append = [&](const void* from, std::size_t count) {
    if (count > 0) {
      std::memcpy(bytes.data() + size, from, count);
      size += count;
    }
  };
  append(&head, sizeof head);
  append(site.data(), site.size());
  append(url.data(), url.size());
  append(reason.data(), reason.size());
  const std::string_view key(bytes.data(), size);
  Group* group = group_of(key, hash_of(key), cut_text(row.account, kMostText));
  if (group == nullptr) {
    ++left_out_;
    return;
  }
  const Row added{time.value_or(0), line};
  extend(*group, 1, added, added);
  if (time) {
    group->hours.add(*time);
  }
}

void RowGroups::join(const RowGroups& next, std::uint64_t lines) {
  for (const Group& more : next.groups_) {
    Group* group =
        group_of(next.key_of(more), more.hash,
                 std::string_view(next.texts_)
                     .substr(more.key + more.key_size, more.account_size));
    if (group == nullptr) {
      left_out_ += more.count;
      continue;
    }
    extend(*group, more.count, {more.first, more.first_line + lines},
           {more.last, more.last_line + lines});
    group->hours.add(more.hours);
  }
  left_out_ += next.left_out_;
}

void RowGroups::clear() {
  groups_.clear();
  std::fill(slots_.begin(), slots_.end(), 0);
  texts_.clear();
  left_out_ = 0;
}

void RowGroups::extend(Group& group, std::uint64_t count, Row first, Row last) {
  if (group.count == 0 || first.time < group.first) {
    group.first = first.time;
    group.first_line = first.line;
  }
  if (group.count == 0 || last.time >= group.last) {
    group.last = last.time;
    group.last_line = last.line;
  }
  group.count += count;
}

RowGroups::Group* RowGroups::group_of(std::string_view key, std::uint64_t hash,
                                      std::string_view account) {
  if (2 * (groups_.size() + 1) > slots_.size()) {
    grow();
  }
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = static_cast<std::size_t>(hash) & mask;
  for (; slots_[slot] != 0; slot = (slot + 1) & mask) {
    Group& known = groups_[slots_[slot] - 1];
    if (known.hash == hash && key_of(known) == key) {
      return &known;
    }
  }
  if (groups_.size() >= most_) {
    return nullptr;
  }
  Group& group = groups_.emplace_back();
  group.hash = hash;
  group.key = texts_.size();
  group.key_size = static_cast<std::uint32_t>(key.size());
  group.account_size = static_cast<std::uint32_t>(account.size());
  texts_.append(key).append(account);
  slots_[slot] = static_cast<std::uint32_t>(groups_.size());
  return &group;
}

void RowGroups::grow() {
  constexpr std::size_t kLeast = 64;
  slots_.assign(std::max(kLeast, 2 * slots_.size()), 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = 0; i < groups_.size(); ++i) {
    std::size_t slot = static_cast<std::size_t>(groups_[i].hash) & mask;
    while (slots_[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    slots_[slot] = static_cast<std::uint32_t>(i + 1);
  }
}

std::vector<facts::LogonAttempt> RowGroups::attempts(
    const facts::Origin::Name& file, bool is_local) const {
  std::vector<facts::LogonAttempt> result;
  result.reserve(groups_.size());
  for (const Group& group : groups_) {
    const std::string_view key = key_of(group);
    Head head;
    std::memcpy(&head, key.data(), sizeof head);
    std::string_view texts = key.substr(sizeof head);
    facts::LogonAttempt& attempt = result.emplace_back();
    attempt.kind = static_cast<facts::RecordKind>(head.kind);
    attempt.status = head.status;
    attempt.substatus = head.substatus;
    attempt.has_substatus = (head.flags & kHasSubstatus) != 0;
    attempt.has_time = (head.flags & kHasTime) != 0;
    if ((head.flags & kHasCode) != 0) {
      attempt.code = head.code;
    }
    attempt.site = texts.substr(0, head.site);
    texts.remove_prefix(head.site);
    attempt.url = texts.substr(0, head.url);
    texts.remove_prefix(head.url);
    attempt.reason = texts;
    attempt.account = std::string_view(texts_).substr(
        group.key + group.key_size, group.account_size);
    attempt.first = group.first;
    attempt.last = group.last;
    attempt.is_local = is_local;
    attempt.count = group.count;
    attempt.hours = group.hours.list();
    attempt.first_origin = facts::Origin::in_file(file, group.first_line);
    attempt.last_origin = facts::Origin::in_file(file, group.last_line);
  }
  return result;
}

}  // namespace iisdiag::evidence
