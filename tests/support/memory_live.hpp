// A live server in memory: its answers, and what it was asked.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "evidence/live_server.hpp"

namespace iisdiag::test {

// Shared with the test, which looks at it after the program has ended.
struct LiveWorld {
  evidence::FileFacts configuration;
  evidence::FileFacts accounts;
  evidence::FileFacts rights;
  evidence::FileFacts records;
  bool has_iis = true;
  std::uint32_t logon_code = 0;  // the answer to a logon
  bool given_matches = false;    // the given password is the stored one
  bool throws = false;           // when it is asked for accounts
  // "configuration", "accounts A, B", "rights", "records",
  // "logon A", "forget"
  std::vector<std::string> calls;
};

std::unique_ptr<evidence::LiveServer> memory_live(
    const std::shared_ptr<LiveWorld>& world);

// A Windows Server 2003 with IIS 6.0 whose sites log WEB01\IUSR_WEB01 on with
// a password that IIS has stored; all is well.
std::shared_ptr<LiveWorld> healthy_live();

// IIS could not log that account on, by its Security log: wrong password.
facts::LogonRecords refused_on_record();

}  // namespace iisdiag::test
