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
  // Places in facts::LogonRecords::attempts.
  using Rows = std::vector<std::size_t>;

  explicit RowIndex(const facts::Server& server);

  // Of the identity of this number (facts::Identity::number).
  const Rows& of(std::uint32_t identity) const;

  // Of a site, whatever is configured there.
  const Rows& of_site(std::string_view site) const;

  // The most specific node that the row was asked of; null where no
  // configuration shows it.
  const facts::SitePlace* place_of(const facts::LogonAttempt& row) const;

 private:
  // The nodes of one site by their path in lower case, `/` for the root.
  using Site = std::unordered_map<std::string, const facts::SitePlace*>;

  std::unordered_map<std::string, Site> sites_;
  std::unordered_map<std::uint32_t, Rows> rows_;
  std::unordered_map<std::string, Rows> rows_of_sites_;
};

}  // namespace iisdiag::checks
