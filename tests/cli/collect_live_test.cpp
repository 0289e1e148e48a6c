// A collection of the server that the program runs on, and its check on
// another machine.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "evidence/archive.hpp"
#include "support/memory_live.hpp"
#include "support/program.hpp"

namespace iisdiag::test {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kMetabase =
    R"(<configuration><MBProperty><IIsWebService Location="/LM/W3SVC"
AnonymousUserName="IUSR_WEB01" AnonymousUserPass="hunter2"/></MBProperty>
</configuration>)";

struct Inetsrv {
  evidence::MemoryFiles files;

  explicit Inetsrv(std::string_view metabase = kMetabase) {
    files.add("inetsrv/MetaBase.xml", std::string(metabase));
  }
};

Outcome collect(const std::shared_ptr<LiveWorld>& world,
                const std::vector<std::string>& arguments,
                const Inetsrv& inetsrv, std::string_view file_error = "") {
  std::vector<std::string> all{"collect"};
  all.insert(all.end(), arguments.begin(), arguments.end());
  Terminal terminal;
  terminal.live = [world] { return memory_live(world); };
  terminal.file_error = file_error;
  return call(all, inetsrv.files, terminal);
}

std::map<std::string, std::string> unpacked(const std::string& archive) {
  std::map<std::string, std::string> files;
  evidence::Unpacker unpacker;
  for (const auto& entry : evidence::list_archive(archive).entries) {
    files[entry.name] = unpacker.unpack(archive, entry).value.value_or("?");
  }
  return files;
}

// What live and collected may differ in is taken out.
Json comparable(const std::string& report) {
  Json json = Json::parse(report);
  json.erase("checked_at");
  for (Json& host : json.at("hosts")) {
    host.at("source") = nullptr;
    host.erase("checked_at");
    for (Json& identity : host.at("identities")) {
      for (Json& finding : identity.at("checks").at(3).at("findings")) {
        // A server can be asked to make the logon, files cannot.
        finding.at("steps") = finding.at("commands") =
            finding.at("command_steps") = nullptr;
      }
    }
  }
  return json;
}

TEST(CollectLiveTest, WhatIsInIt) {
  const auto world = healthy_live();
  const Outcome outcome = collect(world, {"-o", "web01.zip"}, Inetsrv());
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.out, "web01.zip\n");
  EXPECT_EQ(outcome.err,
            "iisdiag: WEB01 was collected; read it on any machine with\n"
            "iisdiag: iisdiag check web01.zip\n");
  EXPECT_EQ(world->calls, (std::vector<std::string>{
                              "configuration", "accounts WEB01\\IUSR_WEB01",
                              "rights", "records", "forget"}));
  const auto files = unpacked(outcome.reports.at("web01.zip"));
  ASSERT_EQ(files.size(), 3U);
  for (const auto& [name, bytes] : files) {
    EXPECT_EQ(bytes.find("hunter2"), std::string::npos) << name;
  }
  EXPECT_NE(files.at("config/MetaBase.xml").find("AnonymousUserPass=\"*****\""),
            std::string::npos);
  const Json manifest = Json::parse(files.at("manifest.json"));
  EXPECT_EQ(manifest.at("schema"), "iisdiag-collection/1");
  EXPECT_EQ(manifest.at("files").size(), 2U);
  EXPECT_EQ(Json::parse(files.at("snapshot.json")).at("schema"),
            "iisdiag-snapshot/1");
}

TEST(CollectLiveTest, IsDiagnosedAsTheServerItself) {
  const auto world = healthy_live();
  world->accounts.accounts.accounts[0].active = {
      false, facts::Origin::from_api("NetUserGetInfo", 0)};
  Terminal terminal;
  terminal.live = [world] { return memory_live(world); };
  const Outcome live =
      call({"check", "--no-logon", "--format", "json"}, terminal);
  evidence::MemoryFiles carried;
  carried.add(
      "web01.zip",
      collect(world, {"-o", "web01.zip"}, Inetsrv()).reports.at("web01.zip"));
  const Outcome collected =
      call({"check", "--format", "json", "web01.zip"}, carried);
  EXPECT_EQ(collected.code, live.code);
  EXPECT_EQ(comparable(collected.out), comparable(live.out))
      << collected.out << live.out;
  EXPECT_EQ(Json::parse(collected.out)
                .at("hosts")
                .at(0)
                .at("source")
                .at("captured_at"),
            "2026-11-22T12:00:00+02:00");
}

TEST(CollectLiveTest, LogonsOnRecordAreTakenAlong) {
  const auto world = healthy_live();
  world->records.records = refused_on_record();
  world->records.notes.push_back(
      {"the Security event log was read back to yesterday only",
       facts::Origin::in_file("Security event log", 0)});
  Terminal terminal;
  terminal.live = [world] { return memory_live(world); };
  const Outcome live =
      call({"check", "--no-logon", "--format", "json"}, terminal);
  EXPECT_EQ(live.code, 1);
  evidence::MemoryFiles carried;
  carried.add(
      "web01.zip",
      collect(world, {"-o", "web01.zip"}, Inetsrv()).reports.at("web01.zip"));
  const Outcome collected =
      call({"check", "--format", "json", "web01.zip"}, carried);
  EXPECT_EQ(collected.code, live.code);
  EXPECT_EQ(comparable(collected.out), comparable(live.out))
      << collected.out << live.out;
}

TEST(CollectLiveTest, AFileThatIsNoXmlStaysThere) {
  const Outcome outcome = collect(healthy_live(), {"-o", "web01.zip"},
                                  Inetsrv("AnonymousUserPass=hunter2"));
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(outcome.err,
            "iisdiag: inetsrv/MetaBase.xml: left out: it is no well-formed "
            "XML: what is secret in it cannot be told\n"
            "iisdiag: WEB01 was collected; read it on any machine with\n"
            "iisdiag: iisdiag check web01.zip\n");
  EXPECT_EQ(unpacked(outcome.reports.at("web01.zip")).size(), 2U);
}

TEST(CollectLiveTest, WhatTheServerDidNotAnswer) {
  const auto world = healthy_live();
  world->configuration.problems.push_back(
      {"access is denied", facts::Origin::in_registry("HKLM\\X"), {}, 0, {}});
  const Outcome outcome = collect(world, {"-o", "web01.zip"}, Inetsrv());
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(outcome.err,
            "iisdiag: 1 answer was refused; the report will name it\n"
            "iisdiag: WEB01 was collected; read it on any machine with\n"
            "iisdiag: iisdiag check web01.zip\n");
}

TEST(CollectLiveTest, NoConfigurationWasRead) {
  const auto world = healthy_live();
  world->configuration.configs.clear();
  EXPECT_EQ(collect(world, {"-o", "web01.zip"}, Inetsrv()).code, 2);
}

TEST(CollectLiveTest, ANameIsMadeUp) {
  const Outcome outcome = collect(healthy_live(), {}, Inetsrv());
  EXPECT_EQ(outcome.out, "WEB01-20261122-1200.zip\n");
  EXPECT_EQ(outcome.reports.count("WEB01-20261122-1200.zip"), 1U);
}

TEST(CollectLiveTest, ItCannotBeWritten) {
  const Outcome outcome =
      collect(healthy_live(), {"-o", "web01.zip"}, Inetsrv(), "disk full");
  EXPECT_EQ(outcome.code, 5);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err,
            "iisdiag: web01.zip: the collection could not be written: disk "
            "full\n");
}

TEST(CollectLiveTest, NoIisHere) {
  const auto world = std::make_shared<LiveWorld>();
  world->has_iis = false;
  const Outcome outcome = collect(world, {"-o", "web01.zip"}, Inetsrv());
  EXPECT_EQ(outcome.code, 4);
  EXPECT_EQ(outcome.err,
            "iisdiag: nothing to collect: there is no IIS on this computer\n");
  EXPECT_TRUE(outcome.reports.empty());
}

}  // namespace
}  // namespace iisdiag::test
