#include "cli/subject.hpp"

#include <fmt/format.h>

#include "cli/select.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::cli {

std::string base_name(std::string path) {
  const auto end = path.find_last_not_of("/\\");
  path.resize(end == std::string::npos ? path.size() : end + 1);
  const auto slash = path.find_last_of("/\\");
  return slash == std::string::npos || slash + 1 == path.size()
             ? path
             : path.substr(slash + 1);
}

std::string keep_selected(const CheckOptions& options, facts::Server& server) {
  if (!options.account.empty()) {
    keep_account(server, options.account);
    if (server.identities.empty()) {
      return fmt::format("no identity uses the account {}",
                         text::printable(options.account));
    }
  }
  if (!options.node.empty()) {
    keep_node(server, options.node);
    if (server.identities.empty()) {
      return fmt::format("no identity is in force at {}",
                         text::printable(options.node));
    }
  }
  return {};
}

void set_times(const CheckOptions& options, facts::ClockSeconds now,
               facts::Server& server) {
  server.source.checked_at = now;
  if (options.at) {
    server.source.captured_at = options.at;
    server.source.is_server_clock = false;
    server.source.captured_by_record = false;
  }
}

std::string no_evidence_words(std::size_t files_read) {
  return files_read == 1
             ? "1 file read, it is no evidence"
             : fmt::format("{} files read, none of them is evidence",
                           files_read);
}

bool is_called_report(std::string_view path) {
  return text::iends_with(path, ".json") || text::iends_with(path, ".jsonl");
}

}  // namespace iisdiag::cli
