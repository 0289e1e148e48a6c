// Records of logons on a healthy IIS 6.0, and what the checks say of them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "checks/check.hpp"
#include "facts/attempt.hpp"
#include "facts/server.hpp"
#include "facts/time.hpp"

namespace iisdiag::checks {

// 2006-05-15T10:00:00Z, the day before the capture, and that many minutes.
facts::ClockSeconds minute(int minutes);

facts::LogonAttempt event100(std::uint32_t code, int minutes);

facts::LogonAttempt security(std::uint32_t event, std::uint32_t code,
                             std::uint32_t type, int minutes);

// A healthy IIS 6.0 whose evidence of the account or of its rights is left out
// on request, with these records.
facts::Server with(std::vector<facts::LogonAttempt> attempts);

facts::Server without_account(facts::Server server);

facts::Server without_rights(facts::Server server);

// The status, and the findings that have it with their causes.
std::string told(const Check& check, const facts::Server& server);

// Of all four checks.
std::string all_told(const facts::Server& server);

}  // namespace iisdiag::checks
