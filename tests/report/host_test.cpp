// What a report says of the server itself.
#include <gtest/gtest.h>

#include "report/build.hpp"
#include "report/known_facts.hpp"
#include "support/servers.hpp"

namespace iisdiag::report {
namespace {

using checks::add_group;
using checks::assign;
using checks::at;
using checks::healthy;
using checks::identity;
using checks::known;
using checks::with_account;
using facts::Server;

Host host_of(const Server& server) {
  return build({server, "cases/web01", "", {}}, {}, 0).hosts.front();
}

std::vector<std::string> notes_of(const Server& server) {
  std::vector<std::string> texts;
  for (const facts::Note& note : host_of(server).notes) {
    texts.push_back(note.text);
  }
  return texts;
}

// "label = text [origin]", a line each.
std::string listed(const std::vector<KnownFact>& facts) {
  std::string out;
  for (const KnownFact& fact : facts) {
    out += fact.label + " = " + fact.text;
    out += fact.origin ? " [" + fact.origin.text() + "]\n" : "\n";
  }
  return out;
}

TEST(Host, Named) {
  Server server = healthy("5.0", "2000");
  EXPECT_EQ(host_of(server).name, "WEB01");
  server.machine.computer = {};
  EXPECT_EQ(host_of(server).name, "cases/web01");
}

TEST(Host, VersionsAndRole) {
  Server server = healthy("7.5", "2008r2");
  Host host = host_of(server);
  EXPECT_EQ(host.windows_version, "6.1");
  EXPECT_EQ(host.windows_name, "Windows Server 2008 R2");
  EXPECT_EQ(host.iis_version, "7.5");
  EXPECT_EQ(host.role, "member");
  server.machine.product_name =
      known<std::string>("Windows Web Server 2008 R2");
  server.machine.role = known(facts::Role::kDomainController);
  host = host_of(server);
  EXPECT_EQ(host.windows_name, "Windows Web Server 2008 R2");
  EXPECT_EQ(host.role, "dc");
  server.machine.role = known(facts::Role::kWorkstation);
  EXPECT_EQ(host_of(server).role, "workstation");
  server.machine.role = {};
  EXPECT_EQ(host_of(server).role, "");
}

TEST(Host, OneOfTheVersionsTellsTheOther) {
  Server server = healthy("6.0", "2003");
  server.machine.windows = {};
  EXPECT_EQ(host_of(server).windows_version, "5.2");
  Server windows = healthy("5.0", "2000");
  windows.machine.iis = {};
  EXPECT_EQ(host_of(windows).iis_version, "5.0");
  EXPECT_EQ(notes_of(windows), std::vector<std::string>{});
}

TEST(Host, OpenVersionsAreNotInvented) {
  Server server = healthy("6.0", "2003");
  server.machine.iis = {};
  server.machine.windows = {};
  const Host host = host_of(server);
  EXPECT_EQ(host.iis_version, "");
  EXPECT_EQ(host.windows_version, "");
  EXPECT_EQ(host.windows_name, "");
  EXPECT_EQ(notes_of(server),
            std::vector<std::string>{
                "The evidence does not settle the version of IIS and Windows; "
                "the steps are those of IIS 6.0 and Windows Server 2003. Say "
                "which with --iis and --windows."});

  Server client = healthy("10.0", "2025");
  client.machine.windows = {};
  client.machine.windows_version = known<std::string>("10.0");
  EXPECT_EQ(host_of(client).windows_version, "10.0");
  EXPECT_EQ(host_of(client).iis_version, "10.0");
  EXPECT_EQ(notes_of(client),
            std::vector<std::string>{
                "The evidence does not settle the version of Windows; the "
                "steps are those of Windows Server 2025. Say which with "
                "--windows."});
}

// Where nothing is to be done, no version is asked for.
TEST(Host, OpenVersionsDoNotMatterWhereThereAreNoSteps) {
  Server server = with_account("10.0", "2019", "IUSR");
  server.machine.iis = {};
  server.machine.windows = {};
  EXPECT_EQ(notes_of(server), std::vector<std::string>{});
}

// An FTP 6 service beside IIS 7 keeps a metabase of its own.
TEST(Host, TheNewerStoreTellsTheVersion) {
  Server server = healthy("7.0", "2008");
  server.machine.iis = {};
  facts::Identity ftp = identity(server);
  ftp.store = facts::Store::kMetabase;
  ftp.service = facts::Service::kFtp6;
  server.identities.insert(server.identities.begin(), ftp);
  EXPECT_EQ(host_of(server).iis_version, "7.0");
}

TEST(Host, PassesOnWhatTheEvidenceSaid) {
  Server server = healthy("5.0", "2000");
  server.source.kind = facts::SourceKind::kDemo;
  server.notes = {{"a note", at("notes.txt", 1)}};
  server.problems = {{"a problem", at("x.xml", 9), "<bad", 1, "capture again"}};
  const Host host =
      build({server, "web01", "q253204", {"readme.txt"}}, {}, 0).hosts.front();
  EXPECT_EQ(host.source, server.source);
  EXPECT_EQ(host.demo, "q253204");
  EXPECT_EQ(host.notes, server.notes);
  EXPECT_EQ(host.problems, server.problems);
  EXPECT_EQ(host.ignored, std::vector<std::string>{"readme.txt"});
}

TEST(KnownFacts, OfAServer) {
  Server server = healthy("5.0", "2000");
  server.machine.domain = facts::Observed<std::string>::unknown(
      "files disagree on the domain", "", at("a.reg", 2));
  server.machine.crash_on_audit_fail = {1, at("lsa.reg", 5)};
  server.machine.subauthentication =
      facts::Observed<std::string>::absent(at("lsa.reg", 6));
  server.machine.service_pack = {4, at("software.reg", 6)};
  assign(server, facts::LogonRight::kDenyNetwork, "");
  assign(server, facts::LogonRight::kNetwork,
         "*S-1-1-0,*S-1-5-21-1-2-3-1005,CORP\\we\u202Eb");
  add_group(server, "Guests", {"Guest", "IUSR_WEB01"});
  EXPECT_EQ(listed(known_facts(server)),
            "computer = WEB01 [system.reg, line 3]\n"
            "windows = 2000 [software.reg, line 4]\n"
            "service pack = 4 [software.reg, line 6]\n"
            "role = member server [system.reg, line 5]\n"
            "domain = not known: files disagree on the domain [a.reg, line 2]\n"
            "iis = 5.0 [software.reg, line 9]\n"
            "CrashOnAuditFail = 1 [lsa.reg, line 5]\n"
            "sub-authentication = not set [lsa.reg, line 6]\n"
            "SeInteractiveLogonRight = BUILTIN\\Administrators, IUSR_WEB01 "
            "[secedit.inf, line 11]\n"
            "SeNetworkLogonRight = Everyone, S-1-5-21-1-2-3-1005, "
            "CORP\\we\\u{202E}b [secedit.inf, line 12]\n"
            "SeBatchLogonRight = IUSR_WEB01 [secedit.inf, line 13]\n"
            "SeDenyInteractiveLogonRight = not set [secedit.inf]\n"
            "SeDenyNetworkLogonRight = nobody [secedit.inf, line 15]\n"
            "SeDenyBatchLogonRight = not set [secedit.inf]\n"
            "group Guests = Guest, IUSR_WEB01 [Guests.txt, line 1]\n");
}

TEST(KnownFacts, OfAnIdentity) {
  Server server = checks::with_sync("6.0", "2003");
  identity(server).logon_method.is_default = true;
  identity(server).anonymous.value = {};
  checks::record(server).password_expires = {
      facts::TimeRange{facts::parse_iso("2006-06-07")->clock,
                       facts::parse_iso("2006-07-06")->clock},
      at("net-user.txt", 10)};
  checks::record(server).workstations = {};
  EXPECT_EQ(
      listed(known_facts(checks::make_case(server, identity(server)))),
      "account = IUSR_WEB01 (at /LM/W3SVC) [iis.txt, line 20]\n"
      "password = stored, masked or encrypted (at /LM/W3SVC) [iis.txt, line "
      "21]\n"
      "password sync = yes (at /LM/W3SVC) [iis.txt, line 22]\n"
      "logon method = network-cleartext (default) [iis.txt, line 23]\n"
      "anonymous = not known (at /LM/W3SVC)\n"
      "pool DefaultAppPool = LocalSystem [iis.txt, line 40]\n"
      "isolation mode = no [iis.txt, line 25]\n"
      "enabled = yes [net-user.txt, line 6]\n"
      "locked = no [net-user.txt, line 6]\n"
      "account expires = never [net-user.txt, line 7]\n"
      "password expires = 2006-06-07T00:00:00 or 2006-07-06T00:00:00 "
      "[net-user.txt, line 10]\n"
      "workstations = not known\n"
      "logon hours = all [net-user.txt, line 21]\n"
      "local groups = Guests [net-user.txt, line 23]\n"
      "global groups = None [net-user.txt, line 24]\n"
      "rule = uncertain (U5): that iissuba.dll is registered as IISSUBA is "
      "known from field notes only\n");
}

TEST(KnownFacts, StoredPasswordsWithoutTheirValue) {
  const auto words = [](facts::StoredPassword stored) {
    Server server = healthy("6.0", "2003");
    identity(server).password.value = known(stored);
    return known_facts(checks::make_case(server, identity(server))).at(1).text;
  };
  EXPECT_EQ(words(facts::StoredPassword::kOpaque),
            "stored, masked or encrypted (at /LM/W3SVC)");
  EXPECT_EQ(words(facts::StoredPassword::kClearText),
            "stored in clear text (at /LM/W3SVC)");
  EXPECT_EQ(words(facts::StoredPassword::kEmpty),
            "stored, empty (at /LM/W3SVC)");
  EXPECT_EQ(words(facts::StoredPassword::kLost),
            "stored, no longer valid (at /LM/W3SVC)");
}

TEST(KnownFacts, OfAnFtp7Identity) {
  Server server = with_account("10.0", "2019", "IUSR");
  identity(server).service = facts::Service::kFtp7;
  identity(server).logon_domain = {
      {"NT AUTHORITY", at("iis.txt", 0)}, "", true};
  EXPECT_EQ(
      listed(known_facts(checks::make_case(server, identity(server)))),
      "account = IUSR (at Default Web Site) [iis.txt, line 20]\n"
      "password = stored, masked or encrypted (at Default Web Site) [iis.txt, "
      "line 21]\n"
      "password sync = no (at Default Web Site) [iis.txt, line 22]\n"
      "logon method = network-cleartext (at Default Web Site) [iis.txt, line "
      "23]\n"
      "anonymous = yes (at Default Web Site) [iis.txt, line 24]\n"
      "logon domain = NT AUTHORITY (default) [iis.txt]\n");
}

}  // namespace
}  // namespace iisdiag::report
