// Codes that speak of a domain and of the way to it.
#include <array>

#include "knowledge/logon_codes.hpp"

namespace iisdiag::knowledge {
namespace {

constexpr std::string_view kUnreachable = "domain-unreachable";
constexpr std::string_view kNobodyAsked =
    "Nothing about the account or its password: nobody was asked.";
constexpr std::string_view kReach =
    "See that this computer finds a domain controller: DNS, network, the "
    "Netlogon service.";
constexpr std::string_view kTrust =
    "Mend the trust of this computer with the domain (netdom, nltest), or join "
    "it anew.";

constexpr std::array kCodes = {
    LogonCode{1311,
              0xC000005E,
              "ERROR_NO_LOGON_SERVERS",
              "",
              "no logon server could be reached",
              kUnreachable,
              {"The account lives in a domain and no controller answered.",
               kUnreachable, kNobodyAsked, kReach}},
    LogonCode{1351,
              0xC00000DA,
              "ERROR_CANT_ACCESS_DOMAIN_INFO",
              "",
              "what the domain tells could not be read",
              kUnreachable,
              {"", kUnreachable, kNobodyAsked, kReach}},
    LogonCode{1352,
              0xC00000DC,
              "ERROR_INVALID_SERVER_STATE",
              "",
              "the security database is not ready",
              "",
              {"That of this computer, or of the controller that was asked.",
               "logon-refused", kNobodyAsked,
               "Wait until it has started, or restart Netlogon there."}},
    LogonCode{1353,
              0xC00000DD,
              "ERROR_INVALID_DOMAIN_STATE",
              "",
              "the domain is not in the right state",
              "",
              {"", "logon-refused", kNobodyAsked,
               "See whether the domain controller is up and Netlogon runs "
               "there."}},
    LogonCode{kNoSuchDomain,
              0xC00000DF,
              "ERROR_NO_SUCH_DOMAIN",
              "",
              "no such domain, or it could not be reached",
              kUnreachable,
              {"Usual after a rename: the part of the account's name before "
               "the backslash is the old name of the computer.",
               "account-wrong-domain domain-unreachable", kNobodyAsked,
               "Correct the domain part in IIS; if it is right, see that a "
               "controller of that domain is found."}},
    LogonCode{1396,
              0,
              "ERROR_WRONG_TARGET_NAME",
              "",
              "the target account name is not the right one",
              "",
              {"Kerberos: a service principal name belongs to another account. "
               "No anonymous logon ends with it.",
               "", "",
               "Look at the clients that use Windows authentication (setspn), "
               "not at the anonymous account."}},
    LogonCode{
        1398,
        0xC0000133,
        "ERROR_TIME_SKEW",
        "STATUS_TIME_DIFFERENCE_AT_DC",
        "the clocks of client and domain differ too much",
        "",
        {"Kerberos, hence for an account of a domain.", "logon-refused",
         "Nothing about the account or its password.",
         "Set the clock of this computer by that of the domain (w32tm)."}},
    LogonCode{1786,
              0xC000018A,
              "ERROR_NO_TRUST_LSA_SECRET",
              "",
              "no trust secret on this machine",
              kUnreachable,
              {"", kUnreachable, kNobodyAsked, kTrust}},
    LogonCode{1787,
              0xC000018B,
              "ERROR_NO_TRUST_SAM_ACCOUNT",
              "",
              "no account for this machine in the domain",
              kUnreachable,
              {"", kUnreachable, kNobodyAsked, kTrust}},
    LogonCode{1788,
              0xC000018C,
              "ERROR_TRUSTED_DOMAIN_FAILURE",
              "",
              "the trust with the domain failed",
              kUnreachable,
              {"Between this computer's domain and that of the account.",
               kUnreachable, kNobodyAsked,
               "Mend the trust between the two domains (netdom)."}},
    LogonCode{1789,
              0xC000018D,
              "ERROR_TRUSTED_RELATIONSHIP_FAILURE",
              "",
              "the trust of this machine failed",
              kUnreachable,
              {"", kUnreachable, kNobodyAsked, kTrust}},
    LogonCode{1790,
              0xC0000190,
              "ERROR_TRUST_FAILURE",
              "",
              "the network logon failed",
              kUnreachable,
              {"Of this computer at its domain, not of the account.",
               kUnreachable, kNobodyAsked, kTrust}},
    LogonCode{1792,
              0xC0000192,
              "ERROR_NETLOGON_NOT_STARTED",
              "",
              "the logon service has not started",
              kUnreachable,
              {"An account of a domain needs it.", kUnreachable, kNobodyAsked,
               "net start netlogon"}},
    LogonCode{1908,
              0xC0000233,
              "ERROR_DOMAIN_CONTROLLER_NOT_FOUND",
              "",
              "no domain controller was found",
              kUnreachable,
              {"", kUnreachable, kNobodyAsked, kReach}},
};

}  // namespace

std::span<const LogonCode> domain_codes() { return kCodes; }

}  // namespace iisdiag::knowledge
