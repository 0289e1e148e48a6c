// SIDs that are the same on every machine (FACTS.md C.3; the
// rest of the groups from win32: SecAuthZ/well-known-sids.md).
#include "knowledge/well_known.hpp"

#include <gtest/gtest.h>

#include <array>

namespace iisdiag::knowledge {
namespace {

using facts::Sid;

struct Row {
  const char* sid;
  const char* name;
  const char* bare;
};
constexpr std::array kRows = {
    Row{"S-1-1-0", "Everyone", "Everyone"},
    Row{"S-1-2-0", "LOCAL", "LOCAL"},
    Row{"S-1-5-2", "NT AUTHORITY\\NETWORK", "NETWORK"},
    Row{"S-1-5-3", "NT AUTHORITY\\BATCH", "BATCH"},
    Row{"S-1-5-4", "NT AUTHORITY\\INTERACTIVE", "INTERACTIVE"},
    Row{"S-1-5-6", "NT AUTHORITY\\SERVICE", "SERVICE"},
    Row{"S-1-5-7", "NT AUTHORITY\\ANONYMOUS LOGON", "ANONYMOUS LOGON"},
    Row{"S-1-5-9", "NT AUTHORITY\\ENTERPRISE DOMAIN CONTROLLERS",
        "ENTERPRISE DOMAIN CONTROLLERS"},
    Row{"S-1-5-11", "NT AUTHORITY\\Authenticated Users", "Authenticated Users"},
    Row{"S-1-5-15", "NT AUTHORITY\\This Organization", "This Organization"},
    Row{"S-1-5-17", "NT AUTHORITY\\IUSR", "IUSR"},
    Row{"S-1-5-18", "NT AUTHORITY\\SYSTEM", "SYSTEM"},
    Row{"S-1-5-19", "NT AUTHORITY\\LOCAL SERVICE", "LOCAL SERVICE"},
    Row{"S-1-5-20", "NT AUTHORITY\\NETWORK SERVICE", "NETWORK SERVICE"},
    Row{"S-1-5-113", "NT AUTHORITY\\Local account", "Local account"},
    Row{"S-1-5-114",
        "NT AUTHORITY\\Local account and member of Administrators group",
        "Local account and member of Administrators group"},
    Row{"S-1-5-32-544", "BUILTIN\\Administrators", "Administrators"},
    Row{"S-1-5-32-545", "BUILTIN\\Users", "Users"},
    Row{"S-1-5-32-546", "BUILTIN\\Guests", "Guests"},
    Row{"S-1-5-32-547", "BUILTIN\\Power Users", "Power Users"},
    Row{"S-1-5-32-548", "BUILTIN\\Account Operators", "Account Operators"},
    Row{"S-1-5-32-549", "BUILTIN\\Server Operators", "Server Operators"},
    Row{"S-1-5-32-550", "BUILTIN\\Print Operators", "Print Operators"},
    Row{"S-1-5-32-551", "BUILTIN\\Backup Operators", "Backup Operators"},
    Row{"S-1-5-32-552", "BUILTIN\\Replicator", "Replicator"},
    Row{"S-1-5-32-554", "BUILTIN\\Pre-Windows 2000 Compatible Access",
        "Pre-Windows 2000 Compatible Access"},
    Row{"S-1-5-32-555", "BUILTIN\\Remote Desktop Users",
        "Remote Desktop Users"},
    Row{"S-1-5-32-556", "BUILTIN\\Network Configuration Operators",
        "Network Configuration Operators"},
    Row{"S-1-5-32-558", "BUILTIN\\Performance Monitor Users",
        "Performance Monitor Users"},
    Row{"S-1-5-32-559", "BUILTIN\\Performance Log Users",
        "Performance Log Users"},
    Row{"S-1-5-32-562", "BUILTIN\\Distributed COM Users",
        "Distributed COM Users"},
    Row{"S-1-5-32-568", "BUILTIN\\IIS_IUSRS", "IIS_IUSRS"},
    Row{"S-1-5-32-573", "BUILTIN\\Event Log Readers", "Event Log Readers"},
};

TEST(WellKnown, SidsAndNames) {
  for (const Row& row : kRows) {
    const auto sid = Sid::parse(row.sid);
    EXPECT_EQ(name_of_sid(*sid), row.name);
    EXPECT_EQ(bare_name_of_sid(*sid), row.bare);
    EXPECT_EQ(sid_of_name(row.name), sid) << row.name;
    EXPECT_EQ(sid_of_name(row.bare), sid) << row.bare;
  }
}

TEST(WellKnown, EitherCase) {
  EXPECT_EQ(sid_of_name("everyone"), Sid::parse("S-1-1-0"));
  EXPECT_EQ(sid_of_name("builtin\\GUESTS"), Sid::parse("S-1-5-32-546"));
}

TEST(WellKnown, OtherNames) {
  for (const std::string_view name : {"",
                                      "IUSR_WEB01",
                                      "Guest",
                                      "WEB01\\Guests",
                                      "CORP\\Everyone",
                                      "NT AUTHORITY\\Guests",
                                      "BUILTIN\\NETWORK",
                                      "BUILTIN\\Everyone",
                                      "NT AUTHORITY\\Everyone",
                                      ".\\Guests",
                                      "BUILTIN\\",
                                      "BUILTIN",
                                      "Guests@corp.example",
                                      "Guests@BUILTIN",
                                      "Domain Users",
                                      " Guests",
                                      "Guests ",
                                      "Guest s",
                                      "Jeder",
                                      "None",
                                      "S-1-1-0"}) {
    EXPECT_EQ(sid_of_name(name), std::nullopt) << name;
  }
}

TEST(WellKnown, OtherSidsStandForThemselves) {
  for (const std::string_view text :
       {"S-1-5-32-999", "S-1-5-21-1-2-3-501", "S-1-5-1234", "S-1-16-8192",
        "S-1-5-32", "S-1-5-32-546-1"}) {
    const auto sid = Sid::parse(text);
    EXPECT_EQ(name_of_sid(*sid), text);
    EXPECT_EQ(bare_name_of_sid(*sid), "");
  }
}

TEST(WellKnown, LocalGroupsOfEveryMachine) {
  const auto is_group = [](std::string_view text) {
    return is_builtin_group(*Sid::parse(text));
  };
  EXPECT_TRUE(is_group("S-1-5-32-544"));
  EXPECT_TRUE(is_group("S-1-5-32-999"));
  EXPECT_FALSE(is_group("S-1-5-32"));
  EXPECT_FALSE(is_group("S-1-5-32-544-1"));
  EXPECT_FALSE(is_group("S-1-1-32-544"));
  EXPECT_FALSE(is_group("S-1-5-21-1-2-3-544"));
  EXPECT_FALSE(is_group("S-1-5-11"));
}

// The constants that the checks compare with.
TEST(WellKnown, Constants) {
  for (const auto& [sid, bare] :
       {std::pair{kEveryone, "Everyone"}, std::pair{kLocal, "LOCAL"},
        std::pair{kNetwork, "NETWORK"}, std::pair{kBatch, "BATCH"},
        std::pair{kInteractive, "INTERACTIVE"},
        std::pair{kAuthenticatedUsers, "Authenticated Users"},
        std::pair{kThisOrganization, "This Organization"},
        std::pair{kIusr, "IUSR"}, std::pair{kLocalAccount, "Local account"},
        std::pair{kAdministrators, "Administrators"},
        std::pair{kUsers, "Users"}, std::pair{kGuests, "Guests"}}) {
    EXPECT_EQ(bare_name_of_sid(*Sid::parse(sid)), bare);
  }
  EXPECT_EQ(kGuestRid, 501U);
}

}  // namespace
}  // namespace iisdiag::knowledge
