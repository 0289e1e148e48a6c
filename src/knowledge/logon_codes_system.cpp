// Codes that speak of this computer, of the caller, or of nothing here.
#include <array>

#include "knowledge/logon_codes.hpp"

namespace iisdiag::knowledge {
namespace {

constexpr std::string_view kNothingOfAccount =
    "Nothing about the account: it was not looked at.";

constexpr std::array kCodes = {
    LogonCode{5,
              0xC0000022,
              "ERROR_ACCESS_DENIED",
              "",
              "access is denied",
              "",
              {"To the one who asks: a program without enough rights; or, in a "
               "401.3, to the files of the site.",
               "", "Not that the anonymous logon failed.",
               "Run the program elevated. For 401.3 mend the permissions of "
               "the files."}},
    LogonCode{kInvalidParameter,
              0,
              "ERROR_INVALID_PARAMETER",
              "",
              "a parameter is not valid",
              "",
              {"With IIS 4.0 before Service Pack 4: LogonMethod is 1 (batch), "
               "which it cannot do.",
               "batch-logon-unsupported", kNothingOfAccount,
               "Install Service Pack 4 or later, or set LogonMethod to 0 or "
               "2."}},
    LogonCode{kModuleNotFound,
              0xC0000135,
              "ERROR_MOD_NOT_FOUND",
              "STATUS_DLL_NOT_FOUND",
              "a module could not be found",
              "",
              {"With password sync on: iissuba.dll, which comes with the WWW "
               "service, is not there.",
               "sync-module-missing", kNothingOfAccount,
               "Install the WWW service, or turn sync off and store the "
               "password."}},
    LogonCode{1219,
              0,
              "ERROR_SESSION_CREDENTIAL_CONFLICT",
              "",
              "a session to that server exists under another name",
              "",
              {"Of content on a share. No logon of the anonymous account ends "
               "with it.",
               "", "", "Use one account for all connections to that server."}},
    LogonCode{1300,
              0x00000106,
              "ERROR_NOT_ALL_ASSIGNED",
              "",
              "the caller does not hold all privileges that it asked for",
              "",
              {"Of the program that asks, not of the anonymous account.", "",
               kNothingOfAccount, "Run the program as administrator."}},
    LogonCode{kPrivilegeNotHeld,
              0xC0000061,
              "ERROR_PRIVILEGE_NOT_HELD",
              "",
              "the caller lacks a privilege",
              "",
              {"Windows NT 4.0 and 2000 let only the system itself log others "
               "on. A test that ran as somebody else ends like this.",
               "caller-lacks-privilege", kNothingOfAccount,
               "Run the test as LocalSystem."}},
    LogonCode{1359,
              0xC00000E5,
              "ERROR_INTERNAL_ERROR",
              "",
              "an internal error of the security subsystem",
              "",
              {"With password sync on, its module may be at fault; that the "
               "code belongs to it is not certain.",
               "sync-not-effective logon-refused", kNothingOfAccount,
               "See the other events of that minute, and how iissuba.dll is "
               "registered."}},
    LogonCode{
        1383,
        0xC0000158,
        "ERROR_INTERNAL_DB_ERROR",
        "",
        "an internal inconsistency of the account database",
        "",
        {"Seen where IIS was given an account that cannot be one, such "
         "as \".\".",
         "account-not-a-user account-missing",
         "Not that the database is damaged.", "Let IIS use a valid account."}},
    LogonCode{1785,
              0,
              "ERROR_UNRECOGNIZED_MEDIA",
              "",
              "a disk is not formatted",
              "",
              {"No code of a logon, although lists of logon errors have it.",
               "", "", "Look for the code that the logon ended with."}},
};

}  // namespace

std::span<const LogonCode> system_codes() { return kCodes; }

}  // namespace iisdiag::knowledge
