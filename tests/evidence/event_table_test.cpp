// Event logs as rows and as blocks of labels: Event Viewer, eventquery.vbs.
#include <gtest/gtest.h>

#include "evidence/event_log_reading.hpp"
#include "evidence/reading.hpp"

namespace iisdiag::evidence {
namespace {

std::string read(const Format& format, std::string_view bytes) {
  return describe_event_log(read_as(format, bytes));
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

TEST(EventTableTest, OtherTextsAreNone) {
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

TEST(EventTableTest, Damage) {
  expect_sound_when_cut(kEventTable, kTabs);
  expect_sound_when_damaged(kEventTable, kTabs);
}

TEST(EventCopyTest, Damage) {
  expect_sound_when_cut(kEventCopy, kCopy);
  expect_sound_when_damaged(kEventCopy, kCopy);
}

}  // namespace
}  // namespace iisdiag::evidence
