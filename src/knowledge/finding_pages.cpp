#include "knowledge/finding_pages.hpp"

namespace iisdiag::knowledge {

bool anywhere(const IisRules& /*iis*/, const WindowsRules& /*windows*/) {
  return true;
}

std::vector<const FindingPage*> all_finding_pages() {
  std::vector<const FindingPage*> all;
  for (const auto& part :
       {account_lookup_pages(), account_record_pages(), password_sync_pages(),
        user_rights_pages(), credential_test_pages()}) {
    for (const FindingPage& page : part) {
      all.push_back(&page);
    }
  }
  return all;
}

const FindingPage* find_finding_page(std::string_view id) {
  for (const FindingPage* page : all_finding_pages()) {
    if (page->id == id) {
      return page;
    }
  }
  return nullptr;
}

}  // namespace iisdiag::knowledge
