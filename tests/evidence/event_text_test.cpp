// Event logs as text: wevtutil, rows and copies of the Event Viewer,
// eventquery.vbs.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>

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
  for (const std::string& message :
       {subject + "Logon Type:\t\t\t8\n\n" + account + rest,
        subject +
            "Logon Type:\t\t\t8\n\nImpersonation Level:\t\tDelegation\n\n" +
            account + rest,
        subject +
            "Logon Information:\n\tLogon Type:\t\t8\n"
            "\tRestricted Admin Mode:\t-\n\tVirtual Account:\t\tNo\n"
            "\tElevated Token:\t\tNo\n\n"
            "Impersonation Level:\t\tImpersonation\n\n" +
            account +
            "\tLinked Logon ID:\t\t0x0\n\tNetwork Account Name:\t-\n"
            "\tNetwork Account Domain:\t-\n" +
            rest}) {
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

// Windows 2000 to Server 2003: no heading.
TEST(EventTableTest, RowsOfServer2003) {
  EXPECT_EQ(
      read(kEventTable,
           "5/16/2006,9:01:00 AM,W3SVC,Warning,None,100,N/A,WEB1,\"The server "
           "was unable to logon the Windows NT account 'IUSR_WEB1' due to the "
           "following error: Logon failure: unknown user name or bad "
           "password.  The data is the error code.\"\r\n"
           "5/16/2006,9:00:00 AM,EventLog,Information,None,6005,N/A,WEB1,The "
           "Event log service was started.\r\n"),
      R"(log of system events, WEB1: 2 records of 2006-05-16T09:00:00 to 2006-05-16T09:01:00, whole
IIS 100 of W3SVC: account IUSR_WEB1, code 1326
  1 times, @1, 2006-05-16T09:01:00
start 6005
  1 times, @2, 2006-05-16T09:00:00
)");
}

constexpr std::string_view kTabs =
    "16.05.2006\t9:01:00\tSecurity\tFehlerüberw.\tAnmelden \t529\t"
    "NT-AUTORITÄT\\SYSTEM\tWEB1\tFehlgeschlagene Anmeldung:\n"
    " \tGrund:\t\tUnbekannter Benutzername oder falsches Kennwort\n"
    " \tBenutzername:\tIUSR_WEB1\n"
    " \tDomäne:\t\tWEB1\n"
    " \tAnmeldetyp:\t3\n"
    " \tAnmeldevorgang:\tAdvapi  \n"
    " \tAuthentifizierungspaket:\tNegotiate\n"
    " \tName der Arbeitsstation:\tWEB1\n"
    "16.05.2006\t9:02:00\tSecurity\tErfolg\tAnmelden \t540\t"
    "NT-AUTORITÄT\\SYSTEM\tWEB1\t\"Erfolgreiche Netzwerkanmeldung: \t"
    "Benutzername:\tIUSR_WEB1 \tDomäne:\tWEB1 \tAnmeldekennung:\t(0x0,0x3E7) "
    "\tAnmeldetyp:\t3 \tAnmeldevorgang:\tIIS \tPaket:\tNTLM \tStation:\tWEB1 "
    "\t\"\n";

TEST(EventTableTest, RowsWithTabsInGerman) {
  EXPECT_EQ(
      read(kEventTable, kTabs),
      R"(log of security events, WEB1: 2 records of 2006-05-16T09:01:00 to 2006-05-16T09:02:00, whole
logon 529: account IUSR_WEB1, domain WEB1, code 1326, type 3, by Advapi, from WEB1
  1 times, @1, 2006-05-16T09:01:00
logon 540: account IUSR_WEB1, domain WEB1, code 0, type 3, by IIS, from WEB1
  1 times, @9, 2006-05-16T09:02:00
)");
}

TEST(EventTableTest, CsvOfVista) {
  EXPECT_EQ(
      read(kEventTable,
           "Keywords,Date and Time,Source,Event ID,Task Category\r\n"
           "Audit Failure,11/22/2026 10:00:00 PM,Microsoft-Windows-Security-"
           "Auditing,4776,Credential Validation,\"The computer attempted to "
           "validate the credentials for an account.\r\n"
           "\r\n"
           "Authentication Package:\tMICROSOFT_AUTHENTICATION_PACKAGE_V1_0\r\n"
           "Logon Account:\tIUSR_\"\"WEB01\r\n"
           "Source Workstation:\t\r\n"
           "Error Code:\t0xC0000234\"\r\n"
           "Audit Success,11/22/2026 9:00:00 PM,Microsoft-Windows-Security-"
           "Auditing,4672,Special Logon,\"Special privileges.\"\r\n"),
      R"(log of security events: 2 records of 2026-11-22T21:00:00 to 2026-11-22T22:00:00, whole
validation 4776: account IUSR_"WEB01, code 1909
  1 times, @2, 2026-11-22T22:00:00
)");
}

TEST(EventTableTest, Eventquery) {
  EXPECT_EQ(
      read(kEventTable,
           "\"Type\",\"Event\",\"Date Time\",\"Source\",\"ComputerName\","
           "\"Category\",\"User\",\"Description\"\n"
           "\"Warning\",\"100\",\"2006/05/16 9:01:00\",\"MSFTPSVC\",\"WEB1\","
           "\"None\",\"N/A\",\"The server was unable to logon the Windows NT "
           "account 'o'neil' due to the following error: Access is "
           "denied.\"\n"),
      R"(log of system events, WEB1: 1 records of 2006-05-16T09:01:00, whole
IIS 100 of MSFTPSVC: account o'neil, code 5
  1 times, @2, 2006-05-16T09:01:00
)");
}

std::string started(std::string_view date, std::string_view type = "Warning") {
  return std::string(date) + ",9:00:00,EventLog," + std::string(type) +
         ",None,6005,N/A,WEB1,x\n";
}

// The order of day and month is never guessed.
TEST(EventTableTest, DatesOfUnknownOrderGiveNoTime) {
  EXPECT_EQ(read(kEventTable, started("5/6/2006") + started("7/8/2006")),
            R"(log of system events, WEB1: 2 records, whole
start 6005
  2 times, @1 to @2
file, line 1: nothing tells which number of a date is the month: the times of these events are not used
)");
  const auto span = [](const std::string& bytes) {
    const std::string all = read(kEventTable, bytes);
    const std::size_t at = all.find(" of 20");
    return at == std::string::npos
               ? ""
               : all.substr(at + 4, all.find(',', at) - at - 4);
  };
  EXPECT_EQ(span(started("5/6/2006") + started("5/13/2006")),
            "2006-05-06T09:00:00 to 2006-05-13T09:00:00");
  EXPECT_EQ(span(started("5/6/06") + started("13/6/06")),
            "2006-06-05T09:00:00 to 2006-06-13T09:00:00");
  EXPECT_EQ(span(started("5/6/2006") + started("5/7/2006", "Avertissement")),
            "2006-06-05T09:00:00 to 2006-07-05T09:00:00");
  EXPECT_EQ(span(started("5.6.2006")), "2006-06-05T09:00:00");
  EXPECT_EQ(span(started("2006-06-05")), "2006-06-05T09:00:00");
  EXPECT_EQ(span(started("5/13/2006") + started("13/5/2006")), "");
}

constexpr std::string_view kCopy =
    "Event Type:\tWarning\n"
    "Event Source:\tW3SVC\n"
    "Event Category:\tNone\n"
    "Event ID:\t100\n"
    "Date:\t\t5/16/2006\n"
    "Time:\t\t9:01:00 AM\n"
    "User:\t\tN/A\n"
    "Computer:\tWEB1\n"
    "Description:\n"
    "The server was unable to logon the Windows NT account 'IUSR_WEB1' due to "
    "the following error: unknown.  The data is the error code.\n"
    "\n"
    "For more information, see Help and Support Center at "
    "http://go.microsoft.com/fwlink/events.asp.\n"
    "Data:\n"
    "0000: 69 05 00 00               i...    \n";

TEST(EventCopyTest, AnEventOfServer2003) {
  EXPECT_EQ(
      read(kEventCopy, kCopy),
      R"(log of system events, WEB1: 1 records of 2006-05-16T09:01:00, whole
IIS 100 of W3SVC: account IUSR_WEB1, code 1385
  1 times, @1, 2006-05-16T09:01:00
)");
}

TEST(EventCopyTest, AnEventOfVista) {
  EXPECT_EQ(
      read(kEventCopy,
           "Nom du journal :Security\n"
           "Source :       Microsoft-Windows-Security-Auditing\n"
           "Date :         05/06/2026 10:00:00\n"
           "ID de l'événement :4717\n"
           "Catégorie :    x\n"
           "Niveau :       Information\n"
           "Mots clés :    Succès de l'audit\n"
           "Utilisateur :  N/A\n"
           "Ordinateur :   WEB01\n"
           "Description :\n"
           "Accès accordé.\n"
           "\n"
           "Sujet :\n"
           "\tID de sécurité :\t\tS-1-5-18\n"
           "\tNom du compte :\t\tWEB01$\n"
           "\tDomaine :\t\tCORP\n"
           "\tID d'ouverture de session :\t\t0x3E7\n"
           "\n"
           "Compte modifié :\n"
           "\tNom du compte :\t\tS-1-5-21-1-2-3-1001\n"
           "\n"
           "Accès accordé :\n"
           "\tDroit d'accès :\t\tSeBatchLogonRight\n"
           "Event Xml:\n"),
      R"(log of security events, WEB01: 1 records of 2026-06-05T10:00:00, whole
right granted 4717: SID S-1-5-21-1-2-3-1001, right SeBatchLogonRight
  1 times, @1, 2026-06-05T10:00:00
)");
}

TEST(EventCopyTest, ListsOfEventquery) {
  EXPECT_EQ(
      read(kEventCopy,
           "Type:         Error\n"
           "Event:        681\n"
           "Date Time:    16/05/2006 9:01:00\n"
           "Source:       Security\n"
           "ComputerName: WEB1\n"
           "Category:     Account Logon\n"
           "User:         NT AUTHORITY\\SYSTEM\n"
           "Description:  The logon to account: IUSR_WEB1\n"
           " by: MICROSOFT_AUTHENTICATION_PACKAGE_V1_0\n"
           " from workstation: WEB1\n"
           " failed. The error code was: 3221225578\n"),
      R"(log of security events, WEB1: 1 records of 2006-05-16T09:01:00, whole
validation 681: account IUSR_WEB1, code 86, from WEB1
  1 times, @1, 2006-05-16T09:01:00
)");
}

TEST(EventTextTest, OtherTextsAreNone) {
  for (
      const std::string_view text :
      {"Event[0]", "Event[x]\n  Log Name: System\n", "Event\n  a: b\n",
       R"(192.168.1.1, -, 5/16/2006, 9:01:00, W3SVC1, WEB1, 1.1.1.1, 0, 0, 0, 200, 0, GET, /, -,)",
       "5/16/2006,9:01:00,W3SVC,Warning,None,x,N/A,WEB1,\n",
       "5/16/2006,25:01:00,W3SVC,Warning,None,100,N/A,WEB1,\n",
       "5/16,9:01:00,W3SVC,Warning,None,100,N/A,WEB1,\n",
       "Level,Date and Time,Source,Event ID,Task Category\n",
       "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\ng: 7\nh: 8\ni: 9\n"}) {
    EXPECT_EQ(format_of(text), "-") << text;
  }
}

struct Case {
  const Format* format;
  std::string_view bytes;
};
std::array<Case, 3> cases() {
  return {Case{&kEventText, kWevtutil}, Case{&kEventTable, kTabs},
          Case{&kEventCopy, kCopy}};
}

// A cut file tells of no logon that the whole one does not tell of: at most
// the code is not known, and never another one.
TEST(EventTextTest, CutAtEveryLength) {
  for (const Case& each : cases()) {
    const FileFacts whole = read_as(*each.format, each.bytes);
    for (std::size_t length = 0; length < each.bytes.size(); ++length) {
      const Document cut = document(each.bytes.substr(0, length));
      FileFacts facts;
      each.format->read(cut, facts);
      for (const auto& attempt : facts.records.attempts) {
        EXPECT_TRUE(std::any_of(
            whole.records.attempts.begin(), whole.records.attempts.end(),
            [&](const facts::LogonAttempt& known) {
              return known.account == attempt.account &&
                     known.event == attempt.event && known.sid == attempt.sid &&
                     known.logon_type == attempt.logon_type &&
                     (attempt.domain.empty() ||
                      attempt.domain == known.domain) &&
                     (!attempt.code || attempt.code == known.code);
            }))
            << length << describe(facts.records);
      }
    }
  }
}

TEST(EventTextTest, DamagedBytes) {
  for (const Case& each : cases()) {
    for (std::uint32_t seed = 0; seed < 1'000; ++seed) {
      std::minstd_rand random(seed);
      std::string bytes(each.bytes);
      for (int i = 0; i < 8; ++i) {
        bytes[random() % bytes.size()] = ":\t\n\"',.x0/ \xFF"[random() % 12];
      }
      FileFacts facts;
      each.format->read(document(bytes), facts);
      EXPECT_LE(facts.problems.size(), 3U);
    }
  }
}

}  // namespace
}  // namespace iisdiag::evidence
