// A check of the server that this program runs on: which questions are asked,
// in which order, and what becomes of the answers.
#pragma once

#include <string>
#include <vector>

#include "evidence/live_server.hpp"
#include "evidence/merge.hpp"
#include "facts/server.hpp"

namespace iisdiag::cli {

struct LiveOptions {
  evidence::Said said;
  std::string account;  // as CheckOptions has them: only what they select is
  std::string node;     // asked about
  bool may_log_on = true;
  // For the logon in place of the stored one; null: none was given.
  const text::Secret* password = nullptr;
};

struct Live {
  // All that the server told, and when: what a collection keeps.
  evidence::FileFacts facts;
  // The same put together, with the identities that were selected; none where
  // nothing matches.
  facts::Server server;
  bool has_iis = false;
  // A password was given and LiveOptions::account fits these accounts, which
  // are more than one: no logon was made.
  std::vector<std::string> ambiguous;
};

// Configuration first, which tells the accounts; then each account and the
// rights once, however many nodes use them; then the logons on record; then at
// most one logon for each account (checks/logon_plan.hpp). The passwords of
// `live` are forgotten at the end, also where something throws.
Live read_live(evidence::LiveServer& live, const LiveOptions& options);

}  // namespace iisdiag::cli
