#include "knowledge/sspi_codes.hpp"

#include <algorithm>
#include <array>

namespace iisdiag::knowledge {
namespace {

constexpr std::string_view kNotAnonymous =
    "Nothing about the anonymous account: it takes no part in this.";

constexpr std::array kCodes = {
    SspiCode{kInvalidToken,
             "SEC_E_INVALID_TOKEN",
             "the client's token cannot be used",
             {"Windows authentication of a client. A proxy that mixes up "
              "connections, or a Kerberos ticket for another account, can do "
              "it.",
              "", kNotAnonymous,
              "Look at the client, at proxies, and at the service principal "
              "names of the site."}},
    SspiCode{kLogonDenied,
             "SEC_E_LOGON_DENIED",
             "the client's own name and password were refused",
             {"Windows authentication of a client. From the server itself to "
              "a name of its own it can be the loopback check (KB896861).",
              "", kNotAnonymous,
              "Look at the account of that client. The Security log names it "
              "(4625, before Windows Vista 529 to 539)."}},
    SspiCode{kNoCredentials,
             "SEC_E_NO_CREDENTIALS",
             "the client has not shown a name yet",
             {"The usual first step of Windows authentication: the server "
              "refuses, and the browser asks again with a name.",
              "", "No fault, as long as a request with a user name follows.",
              "Nothing to do."}},
    SspiCode{
        0x80090311,
        "SEC_E_NO_AUTHENTICATING_AUTHORITY",
        "no domain controller could be asked about the client",
        {"Windows authentication of a client from a domain.", "", kNotAnonymous,
         "See that this computer finds a domain controller: DNS, network, "
         "the Netlogon service."}},
    SspiCode{kWrongPrincipal,
             "SEC_E_WRONG_PRINCIPAL",
             "the service principal name belongs to another account",
             {"Kerberos authentication of a client.", "", kNotAnonymous,
              "Register the name for the account that the site runs as "
              "(setspn)."}},
};

}  // namespace

std::span<const SspiCode> sspi_codes() { return kCodes; }

const SspiCode* find_sspi_code(std::uint32_t code) {
  const auto* const found =
      std::find_if(kCodes.begin(), kCodes.end(),
                   [&](const SspiCode& row) { return row.code == code; });
  return found == kCodes.end() ? nullptr : found;
}

}  // namespace iisdiag::knowledge
