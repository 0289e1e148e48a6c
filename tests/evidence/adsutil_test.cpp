// What adsutil.vbs prints, and which node it is of.
#include <gtest/gtest.h>

#include "evidence/reading.hpp"

namespace iisdiag::evidence {
namespace {

constexpr std::string_view kBanner =
    "Microsoft (R) Windows Script Host Version 5.1 for Windows\n"
    "Copyright (C) Microsoft Corporation 1996-1999. All rights reserved.\n\n";

std::string with_banner(std::string_view text) {
  return std::string(kBanner) + std::string(text);
}

// The part of a transcript that one command printed.
FileFacts read_typed(std::string_view command, std::string_view output,
                     std::string_view name = "session.txt") {
  Document whole =
      document("C:\\Inetpub\\AdminScripts>" + std::string(command) + "\n" +
                   with_banner(output),
               name);
  const auto parts = std::move(whole).split_transcript();
  EXPECT_EQ(parts.size(), 1U);
  EXPECT_EQ(recognise(parts.front()), &kAdsutil);
  FileFacts facts;
  kAdsutil.read(parts.front(), facts);
  return facts;
}

TEST(AdsutilTest, EnumListsWhatTheNodeSets) {
  const auto facts =
      read_as(kAdsutil,
              with_banner(
                  R"(KeyType                         : (STRING) "IIsWebService"
AnonymousUserName               : (STRING) "IUSR_WEB01"
AnonymousUserPass               : (STRING) "**********"
AnonymousPasswordSync           : (BOOLEAN) True
LogonMethod                     : (INTEGER) 0
AuthFlags                       : (INTEGER) 5
AuthAnonymous                   : (BOOLEAN) True
DefaultLogonDomain              : (STRING) ""
ServerBindings                  : (LIST)  (2 Items)
  ":80:a.test"
  ":81:AuthFlags : (INTEGER) 0"
[/W3SVC/Info]
[/W3SVC/Filters]
[/W3SVC/1]
[/W3SVC/2]
)"),
              "w3svc.txt");
  EXPECT_EQ(describe(facts.configs), R"(metabase part with sites
  absent: isolation mode
W3SVC /LM/W3SVC/1 not shown @17
W3SVC /LM/W3SVC/2 not shown @18
W3SVC /LM/W3SVC @4
  account = IUSR_WEB01 @5
  password = opaque @6
  sync = yes @7
  method = interactive @8
  anonymous = yes @9
  domain = "" @11
  absent: pool
)");
  EXPECT_EQ(describe(facts.problems), "");
}

TEST(AdsutilTest, EchoedCommandsNameTheNode) {
  const std::string_view property = "AuthFlags   : (INTEGER) 4\n";
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"cscript adsutil.vbs enum w3svc/1/root", "/LM/W3SVC/1/ROOT"},
      {"cscript.exe //nologo adsutil.vbs ENUM W3SVC/1/Root/App",
       "/LM/W3SVC/1/ROOT/App"},
      {"adsutil enum /w3svc/2", "/LM/W3SVC/2"},
      {"adsutil.vbs -s:web01 enum msftpsvc/1", "/LM/MSFTPSVC/1"},
      {"cscript c:\\inetpub\\adminscripts\\ADSUTIL.VBS Enum LM/W3SVC/1/ROOT",
       "/LM/W3SVC/1/ROOT"},
      {"adsutil enum \"w3svc/1/root\" > x.txt", "/LM/W3SVC/1/ROOT"},
      {"cscript \"C:\\my scripts\\adsutil.vbs\" ENUM \"W3SVC/1/ROOT/shop & "
       "co\"",
       "/LM/W3SVC/1/ROOT/shop & co"},
  };
  for (const auto& [command, path] : cases) {
    const auto facts = read_typed(command, property);
    ASSERT_EQ(facts.configs.size(), 1U) << command;
    ASSERT_EQ(facts.configs.front().nodes.size(), 1U) << command;
    EXPECT_EQ(facts.configs.front().nodes.front().path, path) << command;
    EXPECT_EQ(describe(facts.problems), "") << command;
  }
}

TEST(AdsutilTest, FileNamesNameTheNode) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"w3svc.txt", "/LM/W3SVC"},
      {"adsutil-w3svc-1-root.txt", "/LM/W3SVC/1/ROOT"},
      {"web01/w3svc_1.txt", "/LM/W3SVC/1"},
      {"W3SVC_1_ROOT_App.txt", "/LM/W3SVC/1/ROOT/app"},
      {"enum w3svc 2 root.log", "/LM/W3SVC/2/ROOT"},
      {"msftpsvc_1.txt", "/LM/MSFTPSVC/1"},
      {"w3svc_1_new.txt", "/LM/W3SVC/1"},
  };
  for (const auto& [name, path] : cases) {
    const auto facts =
        read_as(kAdsutil, "AnonymousUserName : (STRING) \"x\"\n", name);
    ASSERT_EQ(facts.configs.front().nodes.size(), 1U) << name;
    EXPECT_EQ(facts.configs.front().nodes.front().path, path) << name;
  }
}

TEST(AdsutilTest, KeyTypesNameTheServices) {
  EXPECT_EQ(describe(read_as(kAdsutil,
                             "KeyType : (STRING) \"IIsWebService\"\n"
                             "AuthFlags : (INTEGER) 1\n")
                         .configs),
            "metabase part\n  absent: isolation mode\n"
            "W3SVC /LM/W3SVC @1\n  anonymous = yes @2\n"
            "  absent: account, password, sync, method, domain, pool\n");
  EXPECT_EQ(describe(read_as(kAdsutil,
                             "KeyType : (STRING) \"IIsFtpService\"\n"
                             "AllowAnonymous : (BOOLEAN) False\n")
                         .configs),
            "metabase part\nMSFTPSVC /LM/MSFTPSVC @1\n  anonymous = no @2\n"
            "  absent: account, password, sync, method, domain, pool\n");
  // A name that the output contradicts.
  EXPECT_EQ(describe(read_as(kAdsutil, "KeyType : (STRING) \"IIsWebService\"\n",
                             "w3svc_1_root.txt")
                         .configs),
            "metabase part\n  absent: isolation mode\nW3SVC /LM/W3SVC @1\n"
            "  absent: account, password, sync, method, anonymous, domain, "
            "pool\n");
}

TEST(AdsutilTest, OutputOfAnUnnamedNodeIsAProblem) {
  const auto facts =
      read_as(kAdsutil, "\nAuthFlags : (INTEGER) 1\n", "output.txt");
  EXPECT_EQ(describe(facts.configs), "metabase part\n");
  EXPECT_EQ(describe(facts.problems),
            "output.txt, line 2: the output does not say which node it is of: "
            "name the file after it (w3svc_1_root.txt), or capture the prompt "
            "with the command\n  AuthFlags\n  ^\n");
}

TEST(AdsutilTest, PropertyLinesInEveryWriting) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"AuthFlags:(INTEGER)5", "anonymous = yes @1"},
      {"  authflags  :  (Integer)  4 ", "anonymous = no @1"},
      {"AuthFlags : (INTEGER) 0x5", "anonymous = yes @1"},
      {"AuthFlags : (INTEGER) 0x6", "anonymous = no @1"},
      {"AuthFlags : (INTEGER) -1", "anonymous = yes @1"},
      {"LogonMethod : (INTEGER) 0x2", "method = network @1"},
      {"LogonMethod : (INTEGER) 7",
       "method: the value of LogonMethod cannot be read @1"},
      {"AnonymousPasswordSync : (BOOLEAN) -1", "sync = yes @1"},
      {"AnonymousPasswordSync : (BOOLEAN) false", "sync = no @1"},
      {"AnonymousUserName : (STRING) \"\"", "account = \"\" @1"},
      {"AnonymousUserName : (EXPANDSZ) \"a \"b\" c\"",
       "account = a \"b\" c @1"},
      {"AnonymousUserName : (STRING) \"a : (INTEGER) 5\"",
       "account = a : (INTEGER) 5 @1"},
      {"AnonymousUserPass : (STRING) \"\"", "password = empty @1"},
      {"AnonymousUserPass : (STRING) \"********\"", "password = opaque @1"},
      {"AnonymousUserPass : (STRING) \"Sommer#06\"",
       "password = clear text @1"},
  };
  for (const auto& [line, expected] : cases) {
    const std::string text = describe(
        read_as(kAdsutil, std::string(line) + "\n", "w3svc.txt").configs);
    EXPECT_NE(text.find("\n  " + std::string(expected) + "\n"),
              std::string::npos)
        << line << "\n"
        << text;
  }
}

TEST(AdsutilTest, GetShowsOneProperty) {
  EXPECT_EQ(describe(read_typed("adsutil.vbs get w3svc/1/root/AuthFlags",
                                "authflags     : (INTEGER) 1\n")
                         .configs),
            R"(metabase part with sites
W3SVC /LM/W3SVC/1/ROOT serves @5
  anonymous = yes @5
)");
}

TEST(AdsutilTest, GetOfWhatIsNotSet) {
  for (const std::string_view answer :
       {"The parameter \"AnonymousUserName\" is not set at this node.\n",
        "Error trying to GET: \nErrNumber: -2147463162 (0x80005006)\n"}) {
    EXPECT_EQ(
        describe(
            read_typed("adsutil get w3svc/AnonymousUserName", answer).configs),
        "metabase part\nW3SVC /LM/W3SVC @5\n  absent: account\n")
        << answer;
  }
  // Any other error tells nothing about the property.
  EXPECT_EQ(describe(read_typed("adsutil get w3svc/AnonymousUserName",
                                "Error: is not set at this time\n"
                                "AuthFlags : (INTEGER) 1\n")
                         .configs),
            "metabase part\nW3SVC /LM/W3SVC @6\n  anonymous = yes @6\n");
}

// An error in a listing may stand in place of one of our properties.
TEST(AdsutilTest, ErrorsLeaveTheRestUnknown) {
  EXPECT_EQ(describe(read_as(kAdsutil,
                             "AnonymousUserName : (STRING) \"a\"\n"
                             "Error trying to get the value of IPSecurity\n"
                             "AuthFlags : (INTEGER) 1\n",
                             "w3svc.txt")
                         .configs),
            "metabase part\nW3SVC /LM/W3SVC @1\n  account = a @1\n"
            "  anonymous = yes @3\n");
}

// A value that was cut is none, and what the rest would have shown is unknown.
TEST(AdsutilTest, CutInTheMiddleOfALine) {
  for (const std::string_view last :
       {"AuthFlags : (INTEGER) 5", "AnonymousUserPass : (STRING) \"Som",
        "AnonymousUserPass : (STRING) \"",
        "AnonymousPasswordSync : (BOOLEAN) T", "AnonymousUs", "[/W3SVC/1"}) {
    const auto facts = read_as(
        kAdsutil, "AnonymousUserName : (STRING) \"a\"\n" + std::string(last),
        "w3svc.txt");
    EXPECT_EQ(describe(facts.configs),
              "metabase part\nW3SVC /LM/W3SVC @1\n  account = a @1\n");
    EXPECT_EQ(describe(facts.problems),
              "w3svc.txt, line 2: the file ends in the middle of a line\n");
  }
  EXPECT_EQ(describe(read_as(kAdsutil, "AnonymousPasswordSync : (BOOLEAN) True",
                             "w3svc.txt")
                         .problems),
            "");
}

TEST(AdsutilTest, ListingsOfChildrenNameThem) {
  EXPECT_EQ(describe(read_typed("adsutil enum /p w3svc",
                                "[/W3SVC/1]\n[/w3svc/1/root]\n[/W3SVC/Info]\n"
                                "[/MSFTPSVC/1]\n[not a key]\n[/]\n")
                         .configs),
            R"(metabase part with sites
W3SVC /LM/W3SVC/1 not shown @5
W3SVC /LM/W3SVC/1/ROOT serves not shown @6
MSFTPSVC /LM/MSFTPSVC/1 serves not shown @8
)");
}

// A GET that prints children is no GET, and an answer is no question.
TEST(AdsutilTest, AnswersThatDoNotFitTheCommand) {
  EXPECT_EQ(
      describe(
          read_typed("adsutil get w3svc/AuthFlags", "[/W3SVC/1]\n").configs),
      "metabase part with sites\nW3SVC /LM/W3SVC/1 not shown @5\n");
  EXPECT_EQ(
      describe(read_typed("adsutil get AuthFlags", "AuthFlags : (INTEGER) 1\n")
                   .configs),
      "metabase part\n");
  EXPECT_EQ(
      describe(read_typed("adsutil", "AuthFlags : (INTEGER) 1\n").configs),
      "metabase part\n");
}

TEST(AdsutilTest, RecordsThatWereAppendedArePartedByTheBanner) {
  EXPECT_EQ(
      describe(read_as(kAdsutil,
                       with_banner("KeyType : (STRING) \"IIsWebService\"\n"
                                   "AuthFlags : (INTEGER) 1\n") +
                           with_banner("KeyType : (STRING) \"IIsFtpService\"\n"
                                       "AllowAnonymous : (BOOLEAN) True\n"),
                       "all.txt")
                   .configs),
      R"(metabase part
  absent: isolation mode
W3SVC /LM/W3SVC @4
  anonymous = yes @5
  absent: account, password, sync, method, domain, pool
MSFTPSVC /LM/MSFTPSVC @9
  anonymous = yes @10
  absent: account, password, sync, method, domain, pool
)");
}

}  // namespace
}  // namespace iisdiag::evidence
