#include "knowledge/uncertain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace iisdiag::knowledge {
namespace {

constexpr std::array kAll = {
    Uncertain{"U1", Said::kFound,
              "right-missing right-denied right-overwritten "
              "right-local-missing rights-not-read",
              "articles disagree which right a logon under password sync "
              "needs"},
    Uncertain{"U2", Said::kStep, "logon-not-tried password-unreadable", ""},
    Uncertain{"U3", Said::kFound, "sync-not-effective",
              "the number of this event is known from field notes only"},
    Uncertain{"U4", Said::kVerbose, "user-rights",
              "that LogonMethod 2 means network in IIS 2.0 and 3.0 is not "
              "documented"},
    Uncertain{"U5", Said::kFound, "sync-not-effective password-sync",
              "that iissuba.dll is registered as IISSUBA is known from field "
              "notes only"},
    Uncertain{"U6", Said::kNowhere, "", ""},
    Uncertain{"U7", Said::kNowhere, "", ""},
    Uncertain{"U8", Said::kVerbose, "account-lookup",
              "a missing userName is taken for IUSR, as the reference has it; "
              "one guide says the pool identity"},
    Uncertain{"U9", Said::kFound, "rights-not-read",
              "which logon the FTP service of IIS 6.0 makes is not documented"},
    Uncertain{"U10", Said::kNowhere, "", ""},
    Uncertain{"U11", Said::kNowhere, "", ""},
    Uncertain{"U12", Said::kFound, "force-guest",
              "whether a logon under password sync becomes Guest as well is "
              "not documented"},
    Uncertain{"U13", Said::kVerbose, "credential-test",
              "that a web log shows the code of the anonymous logon like this "
              "rests on no published sample"},
    Uncertain{"U14", Said::kNowhere, "", ""},
    Uncertain{"U15", Said::kFound, "sync-foreign-account",
              "one article (Q184300) tells to set it up like this, others say "
              "that it fails"},
    Uncertain{"U16", Said::kNowhere, "", ""},
    Uncertain{"U17", Said::kFound, "iusr-shadowed",
              "which of the two IIS then logs on is not documented"},
    Uncertain{"U18", Said::kNowhere, "", ""},
    Uncertain{"U19", Said::kNowhere, "", ""},
    Uncertain{"U20", Said::kReason, "sync-not-read", ""},
    Uncertain{"U21", Said::kReason, "logon-undecided", ""},
};

}  // namespace

std::span<const Uncertain> all_uncertain() { return kAll; }

std::string uncertain_text(std::string_view id) {
  const auto* found = std::find_if(
      kAll.begin(), kAll.end(), [&](const auto& row) { return row.id == id; });
  return fmt::format("uncertain ({}): {}", id,
                     found == kAll.end() ? "" : found->clause);
}

}  // namespace iisdiag::knowledge
