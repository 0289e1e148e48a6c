// Many hosts to one report, in little memory.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "report/report.hpp"

namespace iisdiag::fleet {

// A host as it is kept until the report is written: some 2 KB for 20 KB of it.
using Packed = std::string;
// `with_known`: the facts of --verbose too.
Packed pack(const report::Host& host, bool with_known);
// Precondition: pack() made it.
report::Host unpack(const Packed& packed);

class Gatherer {
 public:
  // In the order of the arguments. `packed` is the same host.
  void add(const report::Host& host, Packed packed);
  std::size_t size() const { return packed_.size(); }
  // Has any of them something to check?
  bool has_identities() const { return identities_ > 0; }

  // Ends it: hosts worst first, made from what was packed when they are asked
  // for. `expected` servers were to be added. `exit_code` is left 0.
  report::Report finish(std::size_t expected,
                        facts::ClockSeconds checked_at) &&;

 private:
  report::FleetBuilder builder_;
  std::vector<Packed> packed_;
  report::Counts counts_;
  report::Status status_{};
  std::size_t identities_ = 0;
};

}  // namespace iisdiag::fleet
