// Which identity a row of a web log belongs to, and whether it was IIS's own
// logon for a visitor without a name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "facts/server.hpp"

namespace iisdiag::checks {

// The rows of all web and FTP logs by the identity of the node that they were
// asked of. Valid as long as the server is, and does not change.
class RowIndex {
 public:
  struct Row {
    const facts::LogonAttempt* attempt = nullptr;
    // The most specific node that it was asked of; null where no configuration
    // shows it.
    const facts::SitePlace* place = nullptr;
  };
  using Rows = std::vector<Row>;

  explicit RowIndex(const facts::Server& server);

  // Of the identity of this number (facts::Identity::number).
  const Rows& of(std::uint32_t identity) const;

  // Of all identities, and of none.
  const Rows& all() const { return all_; }
  // Of a site, whatever is configured there.
  const Rows& of_site(std::string_view site) const;

 private:
  // The nodes of one site by their path in lower case, `/` for the root.
  using Site = std::unordered_map<std::string, const facts::SitePlace*>;

  const facts::SitePlace* place_of(const facts::LogonAttempt& row) const;

  std::unordered_map<std::string, Site> sites_;
  Rows all_;
  std::unordered_map<std::uint32_t, Rows> rows_;
  std::unordered_map<std::string, Rows> rows_of_sites_;
};

}  // namespace iisdiag::checks
