// What `iisdiag explain` says of a code, whatever kind of code it is.
#pragma once

#include <string_view>

namespace iisdiag::knowledge {

// Plain sentences in our own words; each part may be empty.
struct Explanation {
  std::string_view here;        // what it stands for with this logon
  std::string_view causes;      // ids of findings, the usual ones first,
                                // separated by blanks
  std::string_view proves_not;  // what nobody should conclude from it
  std::string_view remedy;
};

}  // namespace iisdiag::knowledge
