// From servers to a report: runs the checks, names root causes, adds remedies.
#pragma once

#include <string>
#include <vector>

#include "facts/server.hpp"
#include "report/report.hpp"

namespace iisdiag::report {

// Which checks to run, by id. A check that is left out stays in the report,
// skipped. Empty `only` means all.
struct Selection {
  std::vector<std::string> only;
  std::vector<std::string> skip;

  bool includes(std::string_view check) const;
};

struct Subject {
  const facts::Server& server;
  // What stands for the host where the evidence does not name the computer.
  std::string fallback_name;
  std::string demo;
  std::vector<std::string> ignored;
};

// What is found on one server.
Host build_host(const Subject& subject, const Selection& selection,
                facts::ClockSeconds checked_at);

// A report on it alone. `exit_code` is left 0: the caller knows the options
// that bear on it.
Report build(const Subject& subject, const Selection& selection,
             facts::ClockSeconds checked_at);

}  // namespace iisdiag::report
