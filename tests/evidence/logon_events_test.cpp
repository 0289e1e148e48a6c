// What single events tell of a logon (FACTS.md D, E; FORMATS.md 1.5.1, 2.3).
#include "evidence/logon_events.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "evidence/event_log_reading.hpp"

namespace iisdiag::evidence {
namespace {

using namespace std::string_literals;

using Strings = std::vector<std::string_view>;

// In one line, or "-".
std::string told(std::string_view writer, std::uint32_t id,
                 const Strings& strings, std::string_view binary = {}) {
  EventView event;
  event.meaning = find_event(event_source(writer), id);
  event.id = id;
  event.writer = writer;
  event.has_time = false;
  event.strings = strings;
  event.binary = binary;
  const auto attempt = logon_attempt(event);
  if (!attempt) {
    return "-";
  }
  facts::LogonRecords records;
  records.attempts.push_back(*attempt);
  const std::string text = describe(records);
  return text.substr(0, text.find('\n'));
}

std::string security(std::uint32_t id, const Strings& strings) {
  return told("Security", id, strings);
}

TEST(LogonEventsTest, FailuresOfOldWindowsTellTheReasonByTheirNumber) {
  const Strings strings = {"u", "D", "4", "Advapi  ", "Negotiate", "WEB1"};
  const std::string rest = ", type 4, by Advapi, from WEB1";
  for (const auto& [id, code] :
       {std::pair{529, "1326"}, std::pair{530, "1328"}, std::pair{531, "1331"},
        std::pair{532, "1793"}, std::pair{533, "1329"}, std::pair{534, "1385"},
        std::pair{535, "1330"}, std::pair{536, "1792"},
        std::pair{539, "1909"}}) {
    EXPECT_EQ(security(static_cast<std::uint32_t>(id), strings),
              "logon " + std::to_string(id) + ": account u, domain D, code " +
                  code + rest);
  }
  EXPECT_EQ(security(538, strings), "-");
  EXPECT_EQ(security(552, strings), "-");
}

TEST(LogonEventsTest, OtherFailuresTellAStatusFromWindows2000On) {
  const Strings nt = {"u", "D", "3", "KSecDD", "NTLM", "WEB1"};
  EXPECT_EQ(security(537, nt),
            "logon 537: account u, domain D, type 3, by KSecDD, from WEB1");
  Strings newer = nt;
  newer.insert(newer.end(), {"0xC000006D", "0xC0000064"});
  EXPECT_EQ(security(537, newer),
            "logon 537: account u, domain D, code 1317, type 3, by KSecDD, "
            "from WEB1");
  newer[7] = "0x0";
  EXPECT_EQ(security(537, newer),
            "logon 537: account u, domain D, code 1326, type 3, by KSecDD, "
            "from WEB1");
  newer[6] = "-";
  EXPECT_EQ(security(537, newer),
            "logon 537: account u, domain D, type 3, by KSecDD, from WEB1");
  // A status that means no Win32 error here stands for itself.
  newer[6] = "0xC0000001";
  EXPECT_EQ(security(537, newer),
            "logon 537: account u, domain D, code 3221225473, type 3, by "
            "KSecDD, from WEB1");
}

TEST(LogonEventsTest, SuccessesOfOldWindows) {
  const Strings strings = {"u",        "D",         "(0x0,0x1F)", "8",
                           "Advapi  ", "Negotiate", "WEB1"};
  for (const char* id : {"528", "540"}) {
    EXPECT_EQ(security(static_cast<std::uint32_t>(std::stoul(id)), strings),
              "logon "s + id +
                  ": account u, domain D, code 0, type 8, by Advapi, from "
                  "WEB1");
  }
}

TEST(LogonEventsTest, ComparedPasswords) {
  // Windows 2000: three strings, a success; failures have a number of their
  // own.
  EXPECT_EQ(security(680, {"pkg", "u", "WEB1"}),
            "validation 680: account u, code 0, from WEB1");
  EXPECT_EQ(security(681, {"pkg", "u", "WEB1", "3221225578"}),
            "validation 681: account u, code 86, from WEB1");
  EXPECT_EQ(security(681, {"pkg", "u", "WEB1", "-1073741718"}),
            "validation 681: account u, code 86, from WEB1");
  // XP and Server 2003: one number for both.
  EXPECT_EQ(security(680, {"pkg", "u", "WEB1", "0xC000006A"}),
            "validation 680: account u, code 86, from WEB1");
  EXPECT_EQ(security(680, {"pkg", "u", "WEB1", "0x0"}),
            "validation 680: account u, code 0, from WEB1");
  // What is missing is not known, and no success.
  EXPECT_EQ(security(680, {"pkg", "u", "WEB1", ""}),
            "validation 680: account u, from WEB1");
  EXPECT_EQ(security(680, {"pkg", "u"}), "validation 680: account u");
  EXPECT_EQ(security(681, {"pkg", "u", "WEB1"}),
            "validation 681: account u, from WEB1");
  EXPECT_EQ(told("Microsoft-Windows-Security-Auditing", 4776,
                 {"pkg", "u", "WEB1", "0x0"}),
            "validation 4776: account u, code 0, from WEB1");
}

TEST(LogonEventsTest, Kerberos) {
  const auto code = [](std::string_view status) {
    return security(675, {"u", "%{S-1-5-21-1-2-3-1003}", "krbtgt/D", "0x2",
                          status, "10.0.0.1"});
  };
  const std::string head =
      "pre-authentication 675: account u, SID S-1-5-21-1-2-3-1003";
  EXPECT_EQ(code("0x18"), head + ", code 86, from 10.0.0.1");
  EXPECT_EQ(code("0x17"), head + ", code 1330, from 10.0.0.1");
  EXPECT_EQ(code("0x6"), head + ", code 1317, from 10.0.0.1");
  EXPECT_EQ(code("0x25"), head + ", code 1398, from 10.0.0.1");
  // Disabled, expired or locked: which of them is not said.
  EXPECT_EQ(code("0x12"), head + ", from 10.0.0.1");
  EXPECT_EQ(code(""), head + ", from 10.0.0.1");
}

TEST(LogonEventsTest, RightsOfOldWindows) {
  EXPECT_EQ(security(609, {"SeBatchLogonRight", "%{S-1-5-21-1-2-3-1003}",
                           "admin", "D", "(0x0,0x1)"}),
            "right removed 609: SID S-1-5-21-1-2-3-1003, right "
            "SeBatchLogonRight");
  EXPECT_EQ(security(608, {"SeTcbPrivilege", "IUSR_WEB1", "admin", "D"}),
            "right granted 608: account IUSR_WEB1, right SeTcbPrivilege");
  // Who did it stands first here.
  EXPECT_EQ(security(622, {"admin", "D", "(0x0,0x1)", "SeNetworkLogonRight",
                           "WEB1\\IUSR_WEB1"}),
            "right removed 622: account WEB1\\IUSR_WEB1, right "
            "SeNetworkLogonRight");
  EXPECT_EQ(security(621, {"admin"}), "right granted 621");
}

TEST(LogonEventsTest, Lockouts) {
  EXPECT_EQ(security(644, {"u", "WEB2", "%{S-1-5-21-1-2-3-1003}", "WEB1$"}),
            "lockout 644: account u, SID S-1-5-21-1-2-3-1003, from WEB2");
  EXPECT_EQ(security(644, {}), "lockout 644");
}

TEST(LogonEventsTest, IisEvents) {
  const auto event = [](std::string_view binary, std::string_view text) {
    return told("W3SVC", 100, {"u", text}, binary);
  };
  EXPECT_EQ(event("\x2E\x05\0\0"s, "locked out"),
            "IIS 100 of W3SVC: account u, code 1326");
  // The same as HRESULT, as NTSTATUS, with more behind it.
  EXPECT_EQ(event("\x2E\x05\x07\x80"s, ""),
            "IIS 100 of W3SVC: account u, code 1326");
  EXPECT_EQ(event("\x6D\0\0\xC0"s, ""),
            "IIS 100 of W3SVC: account u, code 1326");
  EXPECT_EQ(event("\x2E\x05\0\0\x01"s, ""),
            "IIS 100 of W3SVC: account u, code 1326");
  // Zero in a failure says nothing.
  EXPECT_EQ(event("\0\0\0\0"s, ""), "IIS 100 of W3SVC: account u");
  EXPECT_EQ(event("\x2E\x05"s, "locked out"),
            "IIS 100 of W3SVC: account u, code 1909");
  EXPECT_EQ(told("W3SVC", 100, {}), "IIS 100 of W3SVC");
  EXPECT_EQ(told("gophersvc", 100, {".", "x"}, "\x67\x05\0\0"s),
            "IIS 100 of GOPHERSVC: account ., code 1383");
  EXPECT_EQ(told("Microsoft-Windows-IIS-W3SVC-WP", 100, {"u"}),
            "IIS 100 of W3SVC-WP: account u");
  EXPECT_EQ(told("W3SVC-WP", 2217, {}), "subauth 2217 of W3SVC-WP");
  EXPECT_EQ(told("SMTPSVC", 100, {"u"}), "-");
  EXPECT_EQ(told("W3SVC", 2218, {"u"}), "-");
}

TEST(LogonEventsTest, WhatIsCleaned) {
  EXPECT_EQ(security(529, {" u \r\n", "-", "", "User32  ", "x", "-"}),
            "logon 529: account u, code 1326, by User32");
  EXPECT_EQ(security(529, {"u", "D", "three"}),
            "logon 529: account u, domain D, code 1326");
  EXPECT_EQ(security(529, {"u", "D", "4294967296"}),
            "logon 529: account u, domain D, code 1326");
  // Nobody's SID tells nothing; neither does what is none.
  EXPECT_EQ(security(644, {"u", "-", "S-1-0-0"}), "lockout 644: account u");
  EXPECT_EQ(security(644, {"u", "-", "%{S-1"}), "lockout 644: account u");
  // A name that only a SID is known of.
  EXPECT_EQ(security(644, {"%{S-1-5-21-1-2-3-1003}"}),
            "lockout 644: SID S-1-5-21-1-2-3-1003");
  // Cut between two characters.
  const std::string longer = std::string(511, 'x') + "\xC3\xA9" + "y";
  EXPECT_EQ(security(529, {longer}),
            "logon 529: account " + std::string(511, 'x') + ", code 1326");
}

TEST(LogonEventsTest, AWriterIsToldByItsName) {
  EXPECT_EQ(event_source("w3svc "), EventSource::kIis);
  EXPECT_EQ(event_source("Microsoft-Windows-IIS-W3SVC"), EventSource::kIis);
  EXPECT_EQ(event_source("security"), EventSource::kSecurity);
  EXPECT_EQ(event_source("Microsoft Windows security auditing."),
            EventSource::kAuditing);
  EXPECT_EQ(event_source(""), EventSource::kOther);
  // Numbers mean something with their writer only.
  EXPECT_EQ(find_event(EventSource::kAuditing, 529), nullptr);
  EXPECT_EQ(find_event(EventSource::kSecurity, 4625), nullptr);
  EXPECT_EQ(find_event(EventSource::kOther, 100), nullptr);
}

TEST(LogonEventsTest, ALogThatWasEmptiedIsNoLogon) {
  EXPECT_EQ(security(517, {"SYSTEM"}), "-");
  const EventMeaning* cleared = find_event(EventSource::kEventLog, 1102);
  ASSERT_NE(cleared, nullptr);
  EXPECT_TRUE(is_log_cleared(*cleared));
}

// Views that differ in anything have keys that differ, and others have not.
TEST(LogonEventsTest, Keys) {
  std::vector<LogonView> views(1);
  const auto with = [&](auto change) {
    LogonView view;
    change(view);
    views.push_back(view);
  };
  with([](LogonView& view) { view.kind = facts::RecordKind::kLockout; });
  with([](LogonView& view) { view.event = 1; });
  with([](LogonView& view) { view.code = 0; });
  with([](LogonView& view) { view.code = 0x100; });
  with([](LogonView& view) { view.logon_type = 0; });
  with([](LogonView& view) { view.is_local = true; });
  with([](LogonView& view) { view.has_time = false; });
  with([](LogonView& view) { view.service = "x"; });
  with([](LogonView& view) { view.account = "x"; });
  with([](LogonView& view) { view.domain = "x"; });
  with([](LogonView& view) { view.sid = "x"; });
  with([](LogonView& view) { view.logon_process = "x"; });
  with([](LogonView& view) { view.process = "x"; });
  with([](LogonView& view) { view.workstation = "x"; });
  with([](LogonView& view) { view.right = "x"; });
  for (std::size_t i = 0; i < views.size(); ++i) {
    for (std::size_t j = 0; j < views.size(); ++j) {
      std::string one = "old";
      std::string other;
      set_key(views[i], one);
      set_key(views[j], other);
      EXPECT_EQ(one == other, i == j) << i << " and " << j;
      EXPECT_EQ(logon_attempt(views[i]) == logon_attempt(views[j]), i == j);
    }
  }
}

TEST(LogonEventsTest, TextsOfErrors) {
  const auto code = [](std::string_view text) {
    const auto found = code_of_text(text);
    return found ? std::to_string(*found) : "-";
  };
  EXPECT_EQ(code("Logon failure: unknown user name or bad password.\r\n"),
            "1326");
  EXPECT_EQ(code("The user name or password is incorrect."), "1326");
  EXPECT_EQ(code("Logon failure: account currently disabled."), "1331");
  EXPECT_EQ(code("Logon failure: the user has not been granted the requested "
                 "logon type at this computer."),
            "1385");
  EXPECT_EQ(code("The specified module could not be found."), "126");
  EXPECT_EQ(code("1326"), "1326");
  EXPECT_EQ(code("%%1326"), "1326");
  EXPECT_EQ(code("0x8007052E"), "1326");
  EXPECT_EQ(code("2147943726"), "1326");
  EXPECT_EQ(code("0xC0000234"), "1909");
  EXPECT_EQ(code("error 0x80070569 (x)"), "1385");
  EXPECT_EQ(code("0"), "-");
  EXPECT_EQ(code("0x"), "-");
  EXPECT_EQ(code("falsches Kennwort"), "-");
  EXPECT_EQ(code(""), "-");
}

}  // namespace
}  // namespace iisdiag::evidence
