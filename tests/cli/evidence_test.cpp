// What EVIDENCE, -a and --node select, and when there is nothing to check.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/demos.hpp"
#include "cli/exit_code.hpp"
#include "support/program.hpp"

namespace iisdiag::cli {
namespace {

using evidence::FileSystem;
using evidence::MemoryFiles;
using nlohmann::json;
using test::call;
using test::Outcome;
using Arguments = std::vector<std::string>;

void add_demo(const std::string& name, const std::string& folder,
              MemoryFiles& files) {
  for (const EmbeddedFile& file : demo_files(name)) {
    files.add(folder + "/" + std::string(file.path), std::string(file.bytes));
  }
}

// A disk on which some files can be seen and not be read.
class LockedFiles final : public FileSystem {
 public:
  LockedFiles(const FileSystem& files, std::string locked)
      : files_(files), locked_(std::move(locked)) {}

  Status status(const std::string& path) const override {
    return files_.status(path);
  }
  Answer<std::vector<std::string>> list(
      const std::string& path) const override {
    return path.ends_with(locked_)
               ? Answer<std::vector<std::string>>{std::nullopt,
                                                  "permission denied"}
               : files_.list(path);
  }
  Answer<std::string> read(const std::string& path,
                           std::uint64_t limit) const override {
    return path.ends_with(locked_)
               ? Answer<std::string>{std::nullopt, "permission denied"}
               : files_.read(path, limit);
  }
  Answer<std::string> read_start(const std::string& path) const override {
    return path.ends_with(locked_)
               ? Answer<std::string>{std::nullopt, "permission denied"}
               : files_.read_start(path);
  }

 private:
  const FileSystem& files_;
  std::string locked_;
};

json report_of(const Outcome& outcome) {
  EXPECT_EQ(outcome.err, "");
  return json::parse(outcome.out);
}

TEST(EvidenceTest, WithoutItThereIsNothingToCheckOffWindows) {
  const Outcome outcome = call({"check"});
  EXPECT_EQ(outcome.code, kExitNothing);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(
      outcome.err,
      "iisdiag: nothing to check: this is not Windows, and no EVIDENCE was "
      "given\n"
      "iisdiag: name captured files or folders, or try \"iisdiag check "
      "--demo\".\n");
}

TEST(EvidenceTest, APathThatDoesNotExist) {
  MemoryFiles files;
  add_demo("healthy-iis6", "cases/web01", files);
  const Outcome outcome =
      call({"check", "cases/web01", "D:\\web\x1b[1m01", "-r", "json=out.json"},
           files);
  EXPECT_EQ(outcome.code, kExitNothing);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err,
            "iisdiag: D:\\web\\u{1B}[1m01: no such file or folder\n");
  EXPECT_TRUE(outcome.reports.empty());
}

TEST(EvidenceTest, FilesThatAreNone) {
  MemoryFiles files;
  files.add("temp/a.txt", "hello\r\n");
  const Outcome one = call({"check", "temp"}, files);
  EXPECT_EQ(one.code, kExitNothing);
  EXPECT_EQ(one.out, "");
  EXPECT_EQ(one.err,
            "iisdiag: temp: 1 file read, it is no evidence that iisdiag "
            "knows\n"
            "iisdiag: run \"iisdiag list evidence\" for what it can read.\n");

  files.add("temp/b.bin", std::string("\0\1", 2));
  const Outcome two = call({"check", "temp"}, files);
  EXPECT_EQ(two.code, kExitNothing);
  EXPECT_EQ(two.err,
            "iisdiag: temp: 2 files read, none of them is evidence that "
            "iisdiag knows\n"
            "iisdiag: run \"iisdiag list evidence\" for what it can read.\n");
}

TEST(EvidenceTest, ReportsAreForOtherCommands) {
  MemoryFiles files;
  files.add("web01.jsonl", R"({"schema": "iisdiag-report/1"})");
  const Outcome outcome = call({"check", "web01.jsonl"}, files);
  EXPECT_EQ(outcome.code, kExitNothing);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err,
            "iisdiag: web01.jsonl: 1 file read, it is no evidence that iisdiag "
            "knows\n"
            "iisdiag: run \"iisdiag list evidence\" for what it can read.\n"
            "iisdiag: reports of iisdiag are for \"iisdiag merge\" and "
            "\"iisdiag diff\".\n");
}

TEST(EvidenceTest, OneFileThatCannotBeReadIsToldAndNoReport) {
  MemoryFiles files;
  files.add("secedit.inf", "[Unicode]\r\n");
  const Outcome outcome =
      call({"check", "secedit.inf"}, LockedFiles(files, "secedit.inf"));
  EXPECT_EQ(outcome.code, kExitNothing);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err,
            "iisdiag: secedit.inf: permission denied\n"
            "iisdiag: secedit.inf: 0 files read, none of them is evidence "
            "that iisdiag knows\n"
            "iisdiag: run \"iisdiag list evidence\" for what it can read.\n");
}

TEST(EvidenceTest, AFileThatCannotBeReadIsAProblemAndTheRestIsUsed) {
  MemoryFiles files;
  add_demo("healthy-iis6", "web01", files);
  const json report = report_of(call({"check", "web01", "-f", "json"},
                                     LockedFiles(files, "/secedit.inf")));
  const json expected = json::parse(
      R"([{"text": "permission denied",
           "origin": {"file": "secedit.inf", "line": null},
           "near": null, "todo": null, "command": null}])");
  EXPECT_EQ(report["hosts"][0]["problems"], expected);
  const json& checks = report["hosts"][0]["identities"][0]["checks"];
  EXPECT_EQ(checks[0]["status"], "passed");
  EXPECT_EQ(checks[2]["status"], "unknown");
  EXPECT_EQ(checks[2]["findings"][0]["id"], "rights-not-read");
}

TEST(EvidenceTest, AFolderThatCannotBeListedIsAProblem) {
  MemoryFiles files;
  add_demo("healthy-iis6", "web01", files);
  files.add("web01/more/x.txt", "");
  const json report = report_of(
      call({"check", "web01", "-f", "json"}, LockedFiles(files, "/more")));
  EXPECT_EQ(report["hosts"][0]["problems"],
            json::parse(R"([{"text": "permission denied",
                             "origin": {"file": "more", "line": null},
                             "near": null, "todo": null, "command": null}])"));
}

TEST(EvidenceTest, IgnoredFilesAreNamedUnderVerboseOnly) {
  MemoryFiles files;
  add_demo("healthy-builtin-iusr", "web04", files);
  const std::string before = call({"check", "web04"}, files).out;
  files.add("web04/holiday.txt", "sun\r\n");
  files.add("web04/zebra.txt", "stripes\r\n");
  EXPECT_EQ(call({"check", "web04"}, files).out, before);
  const std::string verbose = call({"check", "-v", "web04"}, files).out;
  EXPECT_NE(
      verbose.find("\nIgnored, being no evidence: holiday.txt, zebra.txt\n"),
      std::string::npos)
      << verbose;
}

TEST(EvidenceTest, SeveralArgumentsMakeOneServer) {
  MemoryFiles files;
  add_demo("healthy-iis6", "web01", files);
  const std::string whole = call({"check", "web01", "-f", "json"}, files).out;
  Arguments arguments = {"check", "-f", "json"};
  for (const EmbeddedFile& file : demo_files("healthy-iis6")) {
    arguments.push_back("web01/" + std::string(file.path));
  }
  json report = report_of(call(arguments, files));
  EXPECT_EQ(report["hosts"].size(), 1U);
  json expected = json::parse(whole);
  report["hosts"][0].erase("source");
  expected["hosts"][0].erase("source");
  EXPECT_EQ(report, expected);
}

TEST(EvidenceTest, TheHeaderNamesThePaths) {
  MemoryFiles files;
  add_demo("healthy-builtin-iusr", "my cases/web04", files);
  EXPECT_EQ(call({"check", "my cases/web04"}, files).out,
            "iisdiag 1.0.0   WEB04, from \"my cases/web04\"   account NT "
            "AUTHORITY\\IUSR\n"
            "\n"
            "  [PASS]  Account lookup     built into Windows, nothing to "
            "look up\n"
            "\n"
            "Passed: 1 of 4 checks, 3 skipped.\n");
}

TEST(EvidenceTest, ServerWithoutNameIsCalledAsItsEvidence) {
  MemoryFiles files;
  files.add("cases/web99/MetaBase.xml",
            R"(<?xml version="1.0"?><configuration/>)");
  files.add("cases/web99/users.inf",
            "[Unicode]\r\nUnicode=yes\r\n[Privilege Rights]\r\n"
            "SeNetworkLogonRight = *S-1-1-0\r\n[Version]\r\n"
            "signature=\"$CHICAGO$\"\r\nRevision=1\r\n");
  EXPECT_EQ(report_of(call({"check", "cases/web99", "-f", "json"},
                           files))["hosts"][0]["host"],
            "web99");
}

// What the evidence does not say comes from the options; what it says stays.
TEST(EvidenceTest, OptionsSayWhatTheEvidenceDoesNot) {
  MemoryFiles files;
  files.add("web.inf",
            "[Unicode]\r\nUnicode=yes\r\n[Privilege Rights]\r\n"
            "SeNetworkLogonRight = *S-1-1-0\r\n[Version]\r\n"
            "signature=\"$CHICAGO$\"\r\nRevision=1\r\n");
  const json said =
      report_of(call({"check", "web.inf", "-f", "json", "--computer", "web07",
                      "--windows", "2000", "--iis", "5.0", "--role", "dc"},
                     files))["hosts"][0];
  EXPECT_EQ(said["host"], "web07");
  EXPECT_EQ(said["windows"]["version"], "5.0");
  EXPECT_EQ(said["windows"]["role"], "dc");
  EXPECT_EQ(said["iis"]["version"], "5.0");
  const json unsaid =
      report_of(call({"check", "web.inf", "-f", "json"}, files))["hosts"][0];
  EXPECT_EQ(unsaid["windows"]["role"], "unknown");
  EXPECT_EQ(unsaid["iis"]["version"], nullptr);
  const json shown = report_of(call(
      {"check", "--demo=healthy-iis6", "-f", "json", "--windows", "2000",
       "--iis", "5.0", "--role", "dc", "--computer", "OTHER"}))["hosts"][0];
  EXPECT_EQ(shown["host"], "WEB01");
  EXPECT_EQ(shown["windows"]["version"], "5.2");
  EXPECT_EQ(shown["windows"]["role"], "member");
  EXPECT_EQ(shown["iis"]["version"], "6.0");
}

// Where files name several computers, --computer says which one is meant.
TEST(EvidenceTest, ComputerChoosesBetweenTheNamesInTheEvidence) {
  MemoryFiles files;
  add_demo("healthy-iis6", "web01", files);
  for (const EmbeddedFile& file : demo_files("upgraded-sync-iis6")) {
    if (file.path == "net-users.txt") {
      files.add("other-users.txt", std::string(file.bytes));
    }
  }
  const auto host = [&](const std::string& computer) {
    return report_of(call({"check", "web01", "other-users.txt", "-f", "json",
                           "--computer", computer},
                          files))["hosts"][0];
  };
  EXPECT_EQ(host("web05")["host"], "WEB05");
  EXPECT_EQ(host("WEB01")["host"], "WEB01");
  EXPECT_EQ(host("WEB01")["problems"].size(), 1U);
  EXPECT_EQ(host("WEB01")["problems"][0]["origin"]["file"], "other-users.txt");
}

// Two sites with accounts of their own, one of them a domain account's.
constexpr std::string_view kTwoAccounts = R"(<?xml version="1.0"?>
<configuration><system.applicationHost><sites>
<site name="One" id="1"><application path="/"/></site>
<site name="Two" id="2"><application path="/"/></site>
</sites></system.applicationHost>
<system.webServer><security><authentication>
<anonymousAuthentication enabled="true" userName="CORP\web" password="x"/>
</authentication></security></system.webServer>
<location path="Two"><system.webServer><security><authentication>
<anonymousAuthentication enabled="true" userName="WEB01\local" password="y"/>
</authentication></security></system.webServer></location>
</configuration>
)";

struct Selection {
  Arguments options;
  std::vector<std::string> accounts;  // empty: nothing to check
  std::string error;
};

void PrintTo(const Selection& selection, std::ostream* out) {
  *out << testing::PrintToString(selection.options);
}

class SelectionTest : public testing::TestWithParam<Selection> {};

TEST_P(SelectionTest, KeepsWhatWasAskedFor) {
  MemoryFiles files;
  files.add("applicationHost.config", std::string(kTwoAccounts));
  Arguments arguments = {"check",      "-f",    "json",
                         "--computer", "WEB01", "applicationHost.config"};
  const Selection& selection = GetParam();
  arguments.insert(arguments.end(), selection.options.begin(),
                   selection.options.end());
  const Outcome outcome = call(arguments, files);
  EXPECT_EQ(outcome.err, selection.error);
  if (selection.accounts.empty()) {
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.code, kExitNothing);
    return;
  }
  std::vector<std::string> accounts;
  const json report = json::parse(outcome.out);
  for (const json& identity : report["hosts"][0]["identities"]) {
    accounts.push_back(identity["account"].get<std::string>());
  }
  std::sort(accounts.begin(), accounts.end());
  EXPECT_EQ(accounts, selection.accounts);
}

INSTANTIATE_TEST_SUITE_P(
    Every, SelectionTest,
    testing::Values(
        Selection{{}, {"CORP\\web", "WEB01\\local"}, ""},
        Selection{{"-a", "web"}, {"CORP\\web"}, ""},
        Selection{{"-a", "WEB"}, {"CORP\\web"}, ""},
        Selection{{"--account=corp\\Web"}, {"CORP\\web"}, ""},
        Selection{{"-a", "WEB01\\LOCAL"}, {"WEB01\\local"}, ""},
        Selection{{"-a", "OTHER\\web"},
                  {},
                  "iisdiag: no identity uses the account OTHER\\web\n"},
        Selection{
            {"-a", "we"}, {}, "iisdiag: no identity uses the account we\n"},
        Selection{{"-a", "we\x1b"},
                  {},
                  "iisdiag: no identity uses the account we\\u{1B}\n"},
        Selection{{"--node", "Two"}, {"WEB01\\local"}, ""},
        Selection{{"--node", "two"}, {"WEB01\\local"}, ""},
        // No identity begins there: what it inherits is in force.
        Selection{{"--node", "Two/app/sub"}, {"WEB01\\local"}, ""},
        Selection{{"--node", "One/app"}, {"CORP\\web"}, ""},
        Selection{
            {"--node", "MACHINE/WEBROOT/APPHOST/Two"}, {"WEB01\\local"}, ""},
        Selection{{"--node", "Three"},
                  {},
                  "iisdiag: no identity is in force at Three\n"},
        // A name that only begins alike is another node.
        Selection{
            {"--node", "Tw"}, {}, "iisdiag: no identity is in force at Tw\n"},
        Selection{{"--node", "Two", "-a", "web"},
                  {},
                  "iisdiag: no identity is in force at Two\n"}));

TEST(SelectionOfMetabaseTest, EveryWayOfWritingAPath) {
  for (const char* node :
       {"w3svc/1/root", "/LM/W3SVC/1/ROOT", "/w3svc/1", "lm/w3svc",
        "IIS://localhost/W3SVC/1/ROOT", "W3SVC/1/ROOT/app/deep"}) {
    const Outcome outcome = call({"check", "--demo", "--node", node, "-q"});
    EXPECT_EQ(outcome.err, "") << node;
    EXPECT_EQ(outcome.code, kExitFailed) << node;
  }
  const Outcome outcome = call({"check", "--demo", "--node", "w3svc/2"});
  EXPECT_EQ(outcome.err, "iisdiag: no identity is in force at w3svc/2\n");
  EXPECT_EQ(outcome.code, kExitNothing);
}

}  // namespace
}  // namespace iisdiag::cli
