// The machine format, as a whole and in its corners.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "golden.hpp"
#include "render/renderer.hpp"
#include "samples.hpp"

namespace iisdiag::render {
namespace {

using facts::Origin;
using nlohmann::json;

std::string rendered(const report::Report& report) {
  return rendered(kJson, report, {});
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char byte) {
    return byte == '\n' || (byte >= ' ' && byte <= '~');
  });
}

TEST(JsonTest, Failed) {
  EXPECT_EQ(rendered(samples::failed()), golden("failed.json"));
}

// It has one shape, whatever a terminal would look like.
TEST(JsonTest, OptionsOfTheTextChangeNothing) {
  EXPECT_EQ(
      rendered(kJson, samples::failed(),
               {.quiet = true, .verbose = true, .color = true, .width = 40}),
      rendered(samples::failed()));
}

TEST(JsonTest, WhatIsNotKnownIsNullOrUnknown) {
  report::Report report = samples::passed();
  report::Host& host = report.hosts[0];
  host.source.captured_at.reset();
  host.windows_version.clear();
  host.windows_name.clear();
  host.role.clear();
  host.iis_version.clear();
  report::Identity& identity = host.identities[0];
  identity.account.clear();
  identity.anonymous.reset();
  identity.nodes.clear();
  identity.password_from.clear();
  identity.password_sync = "unknown";
  const json got = json::parse(rendered(report)).at("hosts").at(0);
  EXPECT_EQ(got.at("source").at("captured_at"), nullptr);
  EXPECT_EQ(
      got.at("windows"),
      json::parse(R"({"version": null, "name": null, "role": "unknown"})"));
  EXPECT_EQ(got.at("iis"), json::parse(R"({"version": null})"));
  const json& first = got.at("identities").at(0);
  EXPECT_EQ(first.at("account"), nullptr);
  EXPECT_EQ(first.at("anonymous"), nullptr);
  EXPECT_EQ(first.at("nodes"), json::array());
  EXPECT_EQ(first.at("password_from"), nullptr);
  EXPECT_EQ(first.at("password_sync"), "unknown");
}

TEST(JsonTest, EveryOriginHasItsShape) {
  report::Report report = samples::passed();
  report.hosts[0].notes = {
      {"a", {}},
      {"b", Origin::in_file("x.xml", 9)},
      {"c", Origin::in_file("x.xml", 0)},
      {"d", Origin::in_record("SysEvent.evt", 412)},
      {"e", Origin::in_registry(R"(HKLM\SYSTEM\Auth132)")},
      {"f", Origin::from_api("LogonUser", 1326)},
  };
  EXPECT_EQ(json::parse(rendered(report)).at("hosts").at(0).at("notes"),
            json::parse(R"([
        {"text": "a", "origin": null},
        {"text": "b", "origin": {"file": "x.xml", "line": 9}},
        {"text": "c", "origin": {"file": "x.xml", "line": null}},
        {"text": "d", "origin": {"file": "SysEvent.evt", "record": 412}},
        {"text": "e", "origin": {"registry": "HKLM\\SYSTEM\\Auth132"}},
        {"text": "f", "origin": {"api": "LogonUser", "code": 1326}}])"));
}

TEST(JsonTest, EveryKindOfSourceAndServiceHasItsName) {
  report::Report report = samples::passed();
  const auto host = [&] {
    return json::parse(rendered(report)).at("hosts").at(0);
  };
  using facts::SourceKind;
  for (const auto& [kind, name] : {std::pair{SourceKind::kLive, "live"},
                                   {SourceKind::kEvidence, "evidence"},
                                   {SourceKind::kDemo, "demo"}}) {
    report.hosts[0].source.kind = kind;
    EXPECT_EQ(host().at("source").at("kind"), name);
  }
  using facts::Service;
  for (const auto& [service, name] : {std::pair{Service::kWeb, "W3SVC"},
                                      {Service::kFtp6, "MSFTPSVC"},
                                      {Service::kFtp7, "FTPSVC"},
                                      {Service::kGopher, "GOPHERSVC"}}) {
    report.hosts[0].identities[0].service = service;
    EXPECT_EQ(host().at("identities").at(0).at("service"), name);
  }
}

TEST(JsonTest, EveryStatusAndSeverityHasItsName) {
  report::Report report = samples::failed();
  report::CheckResult& check = report.hosts[0].identities[0].checks[2];
  const auto got = [&] {
    return json::parse(rendered(report))
        .at("hosts")
        .at(0)
        .at("identities")
        .at(0)
        .at("checks")
        .at(2);
  };
  using report::Status;
  for (const auto& [status, name] : {std::pair{Status::kPassed, "passed"},
                                     {Status::kWarning, "warning"},
                                     {Status::kFailed, "failed"},
                                     {Status::kUnknown, "unknown"},
                                     {Status::kSkipped, "skipped"}}) {
    check.status = status;
    EXPECT_EQ(got().at("status"), name);
  }
  using report::Severity;
  for (const auto& [severity, name] : {std::pair{Severity::kFail, "fail"},
                                       {Severity::kWarning, "warning"},
                                       {Severity::kUnknown, "unknown"},
                                       {Severity::kInfo, "info"}}) {
    check.findings[0].severity = severity;
    EXPECT_EQ(got().at("findings").at(0).at("severity"), name);
  }
}

TEST(JsonTest, WithoutHostsOrIdentitiesItHasEmptyLists) {
  EXPECT_EQ(json::parse(rendered(samples::no_identity()))
                .at("hosts")
                .at(0)
                .at("identities"),
            json::array());
  EXPECT_EQ(json::parse(rendered({})).at("hosts"), json::array());
}

// Escaped, so that any reader gets the name as it was read.
TEST(JsonTest, IsPureAsciiAndKeepsEveryCharacter) {
  report::Report report = samples::passed();
  const std::string name =
      "G\xc3\xa4ste \xe2\x80\xae \x1b[31m \xf0\x9f\x98\x80 \"q\" \\ \x7f\n";
  report.hosts[0].identities[0].account = name;
  report.hosts[0].name = name;
  const std::string text = rendered(report);
  EXPECT_TRUE(is_ascii(text));
  EXPECT_NE(text.find(R"("G\u00e4ste \u202e \u001b[31m \ud83d\ude00 \"q\")"),
            std::string::npos)
      << text;
  const json host = json::parse(text).at("hosts").at(0);
  EXPECT_EQ(host.at("host"), name);
  EXPECT_EQ(host.at("identities").at(0).at("account"), name);
}

// Paths and names of other systems need not be UTF-8.
TEST(JsonTest, BytesThatAreNotUtf8BecomeReplacementCharacters) {
  report::Report report = samples::passed();
  report.hosts[0].source.paths = {
      "a\xff"
      "b",
      "\xe2\x80", "\xc0\xaf"};
  const std::string text = rendered(report);
  EXPECT_TRUE(is_ascii(text));
  EXPECT_NE(text.find(R"("a\ufffdb")"), std::string::npos) << text;
  const json paths =
      json::parse(text).at("hosts").at(0).at("source").at("paths");
  EXPECT_EQ(paths.size(), 3U);
  EXPECT_EQ(paths[1], "\xef\xbf\xbd");
}

}  // namespace
}  // namespace iisdiag::render
