// Event logs as text that wevtutil prints.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "evidence/event_log_reading.hpp"
#include "evidence/reading.hpp"

namespace iisdiag::evidence {
namespace {

// FORMATS.md 8.6: `wevtutil qe Security /f:text` of newer builds, in UTC.
constexpr std::string_view kWevtutil =
    "Event[0]\n"
    "  Log Name: Security\n"
    "  Source: Microsoft-Windows-Security-Auditing\n"
    "  Date: 2026-11-22T10:00:00.1230000Z\n"
    "  Event ID: 4625\n"
    "  Task: Logon\n"
    "  Level: Information\n"
    "  Opcode: Info\n"
    "  Keyword: Audit Failure\n"
    "  User: N/A\n"
    "  User Name: N/A\n"
    "  Computer: web01.corp.example\n"
    "  Description: \n"
    "An account failed to log on.\n"
    "\n"
    "Subject:\n"
    "\tSecurity ID:\t\tS-1-5-20\n"
    "\tAccount Name:\t\tWEB01$\n"
    "\tAccount Domain:\t\tCORP\n"
    "\tLogon ID:\t\t0x3E4\n"
    "\n"
    "Logon Type:\t\t\t8\n"
    "\n"
    "Account For Which Logon Failed:\n"
    "\tSecurity ID:\t\tS-1-0-0\n"
    "\tAccount Name:\t\tIUSR_WEB01\n"
    "\tAccount Domain:\t\tWEB01\n"
    "\n"
    "Failure Information:\n"
    "\tFailure Reason:\t\tUnknown user name or bad password.\n"
    "\tStatus:\t\t\t0xC000006D\n"
    "\tSub Status:\t\t0xC000006A\n"
    "\n"
    "Process Information:\n"
    "\tCaller Process ID:\t0x1f4\n"
    "\tCaller Process Name:\tC:\\Windows\\System32\\inetsrv\\w3wp.exe\n"
    "\n"
    "Network Information:\n"
    "\tWorkstation Name:\tWEB01\n"
    "\tSource Network Address:\t-\n"
    "\tSource Port:\t\t-\n"
    "\n"
    "Detailed Authentication Information:\n"
    "\tLogon Process:\t\tAdvapi  \n"
    "\tAuthentication Package:\tNegotiate\n"
    "\tTransited Services:\t-\n"
    "\tPackage Name (NTLM only):\t-\n"
    "\tKey Length:\t\t0\n"
    "\n"
    "This event is generated when a logon request fails.\n"
    "\n"
    "Event[1]\n"
    "  Log Name: Security\n"
    "  Source: Microsoft-Windows-Security-Auditing\n"
    "  Date: 2026-11-22T09:00:00.0000000Z\n"
    "  Event ID: 4740\n"
    "  Task: User Account Management\n"
    "  Level: Information\n"
    "  Opcode: Info\n"
    "  Keyword: Audit Success\n"
    "  User: N/A\n"
    "  User Name: N/A\n"
    "  Computer: web01.corp.example\n"
    "  Description: \n"
    "A user account was locked out.\n"
    "\n"
    "Subject:\n"
    "\tSecurity ID:\t\tS-1-5-18\n"
    "\tAccount Name:\t\tWEB01$\n"
    "\tAccount Domain:\t\tCORP\n"
    "\tLogon ID:\t\t0x3E7\n"
    "\n"
    "Account That Was Locked Out:\n"
    "\tSecurity ID:\t\tS-1-5-21-1-2-3-1001\n"
    "\tAccount Name:\t\tIUSR_WEB01\n"
    "\n"
    "Additional Information:\n"
    "\tCaller Computer Name:\tWEB01\n"
    "\n";

std::string read(const Format& format, std::string_view bytes) {
  return describe_event_log(read_as(format, bytes));
}

TEST(EventTextTest, WevtutilInUtc) {
  EXPECT_EQ(
      read(kEventText, kWevtutil),
      R"(log of security events, web01.corp.example: 2 records of 2026-11-22T09:00:00Z to 2026-11-22T10:00:00Z, whole
logon 4625: account IUSR_WEB01, domain WEB01, code 86, type 8, by Advapi, in w3wp.exe, from WEB01
  1 times, @1, 2026-11-22T10:00:00Z
lockout 4740: account IUSR_WEB01, SID S-1-5-21-1-2-3-1001, from WEB01
  1 times, @52, 2026-11-22T09:00:00Z
)");
}

std::string block(std::string_view heading, std::string_view log,
                  std::string_view source, std::string_view date,
                  std::string_view id, std::string_view message) {
  return fmt::format(
      "{}\r\n  Protokollname: {}\r\n  Quelle: {}\r\n  Datum: {}\r\n"
      "  Ereignis-ID: {}\r\n  Aufgabe: N/A\r\n  Ebene: Warnung\r\n"
      "  Opcode: N/A\r\n  Schlüsselwort: Klassisch\r\n  Benutzer: N/A\r\n"
      "  Benutzername: N/A\r\n  Computer: WEB01\r\n  Beschreibung: \r\n"
      "{}\r\n\r\n",
      heading, log, source, date, id, message);
}

TEST(EventTextTest, WevtutilOnTheServersClockInGerman) {
  EXPECT_EQ(
      read(kEventText,
           block("Event[0]:", "System", "W3SVC", "2026-11-22T10:00:00.110",
                 "100",
                 "Der Server konnte das Windows NT-Konto \"IUSR_WEB01\" nicht "
                 "anmelden. Fehler: Anmeldung fehlgeschlagen.") +
               block("Event[1]:", "System", "EventLog",
                     "2026-11-22T09:00:00.000", "6005", "Gestartet.")),
      R"(log of system events, WEB01: 2 records of 2026-11-22T09:00:00 to 2026-11-22T10:00:00, whole
IIS 100 of W3SVC: account IUSR_WEB01
  1 times, @1, 2026-11-22T10:00:00
start 6005
  1 times, @16, 2026-11-22T09:00:00
)");
}

TEST(EventTextTest, ARightIsTakenFromAName) {
  EXPECT_EQ(
      read(kEventText,
           block("Event[0]", "Security", "Microsoft-Windows-Security-Auditing",
                 "2026-11-22T10:00:00Z", "4718",
                 "Removed.\n\nSubject:\n\tSecurity ID:\t\tSYSTEM\n"
                 "\tAccount Name:\t\tWEB01$\n\tAccount Domain:\t\tCORP\n"
                 "\tLogon ID:\t\t0x3E7\n\nAccount Modified:\n"
                 "\tAccount Name:\t\tWEB01\\IUSR_WEB01\n\nAccess Removed:\n"
                 "\tAccess Right:\t\tSeNetworkLogonRight")),
      R"(log of security events, WEB01: 1 records of 2026-11-22T10:00:00Z, whole
right removed 4718: account WEB01\IUSR_WEB01, right SeNetworkLogonRight
  1 times, @1, 2026-11-22T10:00:00Z
)");
}

// Windows Server 2016 and later, and what came before.
TEST(EventTextTest, LogonsThatWereAccepted) {
  const std::string subject =
      "Logged on.\n\nSubject:\n\tSecurity ID:\t\tSYSTEM\n"
      "\tAccount Name:\t\tWEB01$\n\tAccount Domain:\t\tCORP\n"
      "\tLogon ID:\t\t0x3E7\n\n";
  const std::string account =
      "New Logon:\n\tSecurity ID:\t\tS-1-5-21-1-2-3-1001\n"
      "\tAccount Name:\t\tIUSR_WEB01\n\tAccount Domain:\t\tWEB01\n"
      "\tLogon ID:\t\t0x9A\n";
  const std::string rest =
      "\tLogon GUID:\t\t{00000000-0000-0000-0000-000000000000}\n\n"
      "Process Information:\n\tProcess ID:\t\t0x1f4\n"
      "\tProcess Name:\t\tC:\\Windows\\System32\\inetsrv\\w3wp.exe\n\n"
      "Network Information:\n\tWorkstation Name:\tWEB01\n"
      "\tSource Network Address:\t-\n\tSource Port:\t\t-\n\n"
      "Detailed Authentication Information:\n\tLogon Process:\t\tAdvapi  \n"
      "\tAuthentication Package:\tNegotiate\n";
  const std::string type = "Logon Type:\t\t\t8\n\n";
  for (const std::string& message :
       {fmt::format("{}{}{}{}", subject, type, account, rest),
        fmt::format("{}{}Impersonation Level:\t\tDelegation\n\n{}{}", subject,
                    type, account, rest),
        fmt::format("{}Logon Information:\n\tLogon Type:\t\t8\n"
                    "\tRestricted Admin Mode:\t-\n\tVirtual Account:\t\tNo\n"
                    "\tElevated Token:\t\tNo\n\n"
                    "Impersonation Level:\t\tImpersonation\n\n{}"
                    "\tLinked Logon ID:\t\t0x0\n\tNetwork Account Name:\t-\n"
                    "\tNetwork Account Domain:\t-\n{}",
                    subject, account, rest)}) {
    EXPECT_EQ(
        read(kEventText, block("Event[0]", "Security",
                               "Microsoft-Windows-Security-Auditing",
                               "2026-11-22T10:00:00Z", "4624", message)),
        R"(log of security events, WEB01: 1 records of 2026-11-22T10:00:00Z, whole
logon 4624: account IUSR_WEB01, domain WEB01, SID S-1-5-21-1-2-3-1001, code 0, type 8, by Advapi, in w3wp.exe, from WEB01
  1 times, @1, 2026-11-22T10:00:00Z
)");
  }
}

TEST(EventTextTest, WhatIsMissingOfWevtutilIsTold) {
  const std::string good = block("Event[0]", "System", "EventLog",
                                 "2026-11-22T09:00:00Z", "6005", "x");
  const std::pair<std::string, std::string> cases[] = {
      {good + "Event[1]\n  Log Name: System\n", "file, line 16: 1 of the "},
      {good + block("Event[1]", "System", "EventLog", "yesterday", "6005", ""),
       "file, line 16: 1 of the events"},
      {good + block("Event[1]", "System", "EventLog", "2026-11-22T09:00:00",
                    "6005", ""),
       "file, line 16: 1 of the events"},
      {good + block("Event[1]", "System", "W3SVC", "2026-11-22T09:00:00Z",
                    "100", "x"),
       "file, line 16: 1 of the events"},
      {good + block("Event[2]", "System", "EventLog", "2026-11-22T09:00:00Z",
                    "6005", "x"),
       "file, line 16: events are missing in front of this one"},
  };
  for (const auto& [bytes, problem] : cases) {
    const std::string all = read(kEventText, bytes);
    EXPECT_NE(all.find(", not whole\n"), std::string::npos) << all;
    EXPECT_NE(all.find(problem), std::string::npos) << all;
  }
}

TEST(EventTextTest, OtherTextsAreNone) {
  for (const std::string_view text :
       {"Event[0]", "Event[x]\n  Log Name: System\n", "Event\n  a: b\n"}) {
    EXPECT_EQ(format_of(text), "-") << text;
  }
}

TEST(EventTextTest, Damage) {
  expect_sound_when_cut(kEventText, kWevtutil);
  expect_sound_when_damaged(kEventText, kWevtutil);
}

}  // namespace
}  // namespace iisdiag::evidence
