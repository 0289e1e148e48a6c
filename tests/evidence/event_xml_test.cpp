// Event logs as XML: what wevtutil prints and the Event Viewer saves.
#include <gtest/gtest.h>

#include "evidence/event_log_reading.hpp"
#include "evidence/limits.hpp"
#include "evidence/reading.hpp"

namespace iisdiag::evidence {
namespace {

std::string read(std::string_view bytes) {
  return describe_event_log(read_as(kEventXml, bytes));
}

// `wevtutil qe Security /f:xml`: an event a line, no root.
constexpr std::string_view kLines =
    R"(<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Security-Auditing' Guid='{54849625-5478-4994-A5BA-3E3B0328C30D}'/><EventID>4625</EventID><Version>0</Version><Level>0</Level><Task>12544</Task><Opcode>0</Opcode><Keywords>0x8010000000000000</Keywords><TimeCreated SystemTime='2026-11-22T10:00:00.123456700Z'/><EventRecordID>41</EventRecordID><Correlation/><Execution ProcessID='4' ThreadID='8'/><Channel>Security</Channel><Computer>web01.corp.example</Computer><Security/></System><EventData><Data Name='SubjectUserSid'>S-1-5-20</Data><Data Name='SubjectUserName'>WEB01$</Data><Data Name='SubjectDomainName'>CORP</Data><Data Name='SubjectLogonId'>0x3e4</Data><Data Name='TargetUserSid'>S-1-0-0</Data><Data Name='TargetUserName'>IUSR_WEB01</Data><Data Name='TargetDomainName'>WEB01</Data><Data Name='Status'>0xc000006d</Data><Data Name='FailureReason'>%%2313</Data><Data Name='SubStatus'>0xc000006a</Data><Data Name='LogonType'>8</Data><Data Name='LogonProcessName'>Advapi  </Data><Data Name='AuthenticationPackageName'>Negotiate</Data><Data Name='WorkstationName'>WEB01</Data><Data Name='TransmittedServices'>-</Data><Data Name='LmPackageName'>-</Data><Data Name='KeyLength'>0</Data><Data Name='ProcessId'>0x1f4</Data><Data Name='ProcessName'>C:\Windows\System32\inetsrv\w3wp.exe</Data><Data Name='IpAddress'>-</Data><Data Name='IpPort'>-</Data></EventData></Event>
<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Security-Auditing'/><EventID>4672</EventID><TimeCreated SystemTime='2026-11-22T10:05:00.000000000Z'/><EventRecordID>42</EventRecordID><Channel>Security</Channel><Computer>web01.corp.example</Computer></System><EventData><Data Name='SubjectUserName'>a</Data></EventData></Event>
<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Eventlog'/><EventID>1102</EventID><TimeCreated SystemTime='2026-11-22T09:00:00.000000000Z'/><EventRecordID>40</EventRecordID><Channel>Security</Channel><Computer>web01.corp.example</Computer></System><UserData><LogFileCleared xmlns='http://manifests.microsoft.com/win/2004/08/windows/eventlog'><SubjectUserSid>S-1-5-21-1-2-3-500</SubjectUserSid><SubjectUserName>admin</SubjectUserName></LogFileCleared></UserData></Event>
)";

TEST(EventXmlTest, OneEventALineWithoutARoot) {
  EXPECT_EQ(
      read(kLines),
      R"(log of security events, web01.corp.example: 3 records of 2026-11-22T09:00:00Z to 2026-11-22T10:05:00Z, whole
logon 4625: account IUSR_WEB01, domain WEB01, code 86, type 8, by Advapi, in w3wp.exe, from WEB01
  1 times, @41, 2026-11-22T10:00:00Z
the log was emptied on 2026-11-22T09:00:00Z @40
)");
}

// What the Event Viewer saves, laid out by hand. Names are told by
// EventSourceName, and the code by the data.
constexpr std::string_view kClassic =
    R"(<?xml version="1.0" encoding="utf-8" standalone="yes"?>
<!-- <Event> -->
<Events>
  <Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event">
    <System>
      <Provider Name="Microsoft-Windows-W3SVC-Old" EventSourceName="W3SVC" />
      <EventID Qualifiers="32768"> 100 </EventID>
      <TimeCreated SystemTime="2026-11-22T10:00:00" />
      <EventRecordID>9</EventRecordID>
      <Channel>System</Channel>
      <Computer>WEB01</Computer>
    </System>
    <EventData>
      <Data>WEB01\IUSR_&amp;WEB01</Data>
      <Data>Anmeldung fehlgeschlagen</Data>
      <Binary>2E050000</Binary>
    </EventData>
    <RenderingInfo Culture="de-DE"><Message>...</Message></RenderingInfo>
  </Event>
  <Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event">
    <System>
      <Provider Name="MSFTPSVC" />
      <EventID>100</EventID>
      <TimeCreated SystemTime="2026-11-22T11:00:00+01:00" />
      <EventRecordID>12</EventRecordID>
      <Channel>System</Channel>
      <Computer>WEB02</Computer>
    </System>
    <EventData><Data>a</Data><Data>%%1385</Data></EventData>
  </Event>
</Events>
)";

TEST(EventXmlTest, ClassicEventsOfAFileWithARoot) {
  EXPECT_EQ(
      read(kClassic),
      R"(log of system events, WEB02: 2 records of 2026-11-22T10:00:00Z, not whole
IIS 100 of W3SVC: account WEB01\IUSR_&WEB01, code 1326
  1 times, @9, 2026-11-22T10:00:00Z
IIS 100 of MSFTPSVC: account a, code 1385
  1 times, @12, 2026-11-22T10:00:00Z
of the records 9 to 12 of the log 2 are here @0
)");
}

std::string event(std::string_view id, std::string_view values,
                  std::string_view time = "2026-11-22T10:00:00Z") {
  return "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/"
         "event'><System><Provider Name='Microsoft-Windows-Security-Auditing'/>"
         "<EventID>" +
         std::string(id) + "</EventID><TimeCreated SystemTime='" +
         std::string(time) +
         "'/><EventRecordID>1</EventRecordID></System>"
         "<EventData>" +
         std::string(values) + "</EventData></Event>\r\n";
}

TEST(EventXmlTest, ValuesWithoutNamesAreInTheirOrder) {
  EXPECT_EQ(read(event("4740",
                       "<Data>web</Data><Data>PC1</Data>"
                       "<Data>S-1-5-21-1-2-3-1001</Data>")),
            R"(log of other events: 1 records of 2026-11-22T10:00:00Z, whole
lockout 4740: account web, SID S-1-5-21-1-2-3-1001, from PC1
  1 times, @1, 2026-11-22T10:00:00Z
)");
}

TEST(EventXmlTest, AnEventWithoutATime) {
  EXPECT_EQ(read(event("4740", "<Data>web</Data>", "")),
            R"(log of other events: 1 records, whole
lockout 4740: account web
  1 times, @1
)");
}

TEST(EventXmlTest, EventsThatDifferInTheirTimeAreOneGroup) {
  const std::string values = "<Data Name='TargetUserName'>web</Data>";
  EXPECT_EQ(
      read(event("4740", values) +
           event("4740", values, "2026-11-22T10:09:00Z")),
      R"(log of other events: 2 records of 2026-11-22T10:00:00Z to 2026-11-22T10:09:00Z, whole
lockout 4740: account web
  2 times, @1, 2026-11-22T10:00:00Z to 2026-11-22T10:09:00Z
)");
}

TEST(EventXmlTest, DamageIsToldAndTheRestIsRead) {
  const std::string good = event("4740", "<Data>web</Data>");
  const std::string lockout = R"(lockout 4740: account web
  1 times, @1, 2026-11-22T10:00:00Z
)";
  const std::pair<std::string, std::string> cases[] = {
      {good + "<Event>", "file, line 2: 1 of the events of the log"},
      {good + "<Event><System></Event>", "file, line 2: 1 of the events"},
      {good + "<Event x='1'><Event ></Event>", "file, line 2: 2 of the events"},
      {good + event("x", ""), "file, line 2: 1 of the events"},
      {good + event("1", "", "yesterday"), "file, line 2: 1 of the events"},
      {good + event("1", std::string(kMaxXmlEvent, 'x')),
       "file, line 2: 1 of the events"},
      {good + "\r\r\nWEB01", "file, line 3: 1 of the events"},
      {good + "</Events>", "file, line 2: 1 of the events"},
      {"<Events>" + good, "file, line 1: the log is cut"},
  };
  for (const auto& [bytes, problem] : cases) {
    const std::string all = read(bytes);
    EXPECT_NE(all.find(", not whole\n" + lockout), std::string::npos) << all;
    EXPECT_NE(all.find(problem), std::string::npos) << all;
  }
}

TEST(EventXmlTest, OtherXmlIsNone) {
  EXPECT_EQ(format_of("<Event/>"), "-");
  EXPECT_EQ(format_of("<Events/>"), "-");
  EXPECT_EQ(format_of("<Events xmlns='http://schemas.microsoft.com/win/2004/"
                      "08/events/event'/>"),
            "-");
  EXPECT_EQ(format_of("<EventData xmlns='http://schemas.microsoft.com/win/"
                      "2004/08/events/event'/>"),
            "-");
  EXPECT_EQ(format_of("<x><Event xmlns='http://schemas.microsoft.com/win/2004/"
                      "08/events/event'/></x>"),
            "-");
}

// Many starts without an end are searched once each.
TEST(EventXmlTest, StartsWithoutEndsCostNoMoreThanTheirText) {
  std::string bytes = event("4740", "");
  for (int i = 0; i < 500'000; ++i) {
    bytes += "<Event >";
  }
  EXPECT_NE(read(bytes).find("500000 of the events"), std::string::npos);
}

TEST(EventXmlTest, Damage) {
  for (const std::string_view whole : {kLines, kClassic}) {
    expect_sound_when_cut(kEventXml, whole);
    expect_sound_when_damaged(kEventXml, whole);
  }
}

}  // namespace
}  // namespace iisdiag::evidence
