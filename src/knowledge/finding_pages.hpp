// What a finding means, in words for administrators: docs/findings/ is made
// from this.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "knowledge/versions.hpp"

namespace iisdiag::knowledge {

// Plain sentences without markup. Sources: PRODUCT.md and the articles that
// the finding's remedy names.
struct FindingPage {
  std::string_view id;
  std::string_view meaning;
  std::string_view raised_when;
  std::string_view proves_not;
  // Ids of the evidence formats that show it, blank-separated; empty where no
  // file that this version reads does (FindingInfo::needs).
  std::string_view evidence;
  // Whether it can occur with this IIS on this Windows.
  bool (*occurs)(const IisRules& iis, const WindowsRules& windows) = nullptr;
};

// For findings that any version can have.
bool anywhere(const IisRules& iis, const WindowsRules& windows);

// Every finding has one (tests/cli/consistency_test.cpp); nothing for an
// unknown id.
const FindingPage* find_finding_page(std::string_view id);

// All of them, and by what they are about, in a file each.
std::vector<const FindingPage*> all_finding_pages();
std::span<const FindingPage> account_lookup_pages();
std::span<const FindingPage> account_record_pages();
std::span<const FindingPage> password_sync_pages();
std::span<const FindingPage> user_rights_pages();
std::span<const FindingPage> credential_test_pages();

}  // namespace iisdiag::knowledge
