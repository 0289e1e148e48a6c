// Many servers in one run, from the command line to the exit code.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cli/demos.hpp"
#include "cli/exit_code.hpp"
#include "support/program.hpp"
#include "text/strings.hpp"

namespace iisdiag::cli {
namespace {

using evidence::MemoryFiles;
using nlohmann::json;
using test::call;
using test::Outcome;
using Words = std::vector<std::string>;

void add_demo(const std::string& demo, const std::string& folder,
              MemoryFiles& files) {
  for (const EmbeddedFile& file : demo_files(demo)) {
    files.add(folder + "/" + std::string(file.path), std::string(file.bytes));
  }
}

class EachTest : public testing::Test {
 protected:
  EachTest() {
    add_demo("healthy-iis6", "good", files_);
    add_demo("q253204", "bad", files_);
    files_.add("plain/readme.txt", "nothing of a server\n");
  }

  Outcome run(Words words, const test::Terminal& terminal = {}) {
    words.insert(words.begin(), "check");
    return call(words, files_, terminal);
  }

  MemoryFiles files_;
};

// "host status" of each, in the report's order.
Words hosts_of(const std::string& report) {
  Words hosts;
  const json parsed = json::parse(report);
  for (const json& host : parsed.at("hosts")) {
    hosts.push_back(host.at("host").get<std::string>() + " " +
                    host.at("status").get<std::string>());
  }
  return hosts;
}

TEST_F(EachTest, NoServerIsEverMissing) {
  const Outcome outcome =
      run({"--each", "good", "nowhere", "bad", "plain", "-f", "json"});
  EXPECT_EQ(outcome.code, kExitFailed);
  EXPECT_EQ(outcome.err, "");
  const json report = json::parse(outcome.out);
  EXPECT_EQ(hosts_of(outcome.out), (Words{"WEB01 failed", "WEB01 unknown",
                                          "nowhere unknown", "plain unknown"}));
  EXPECT_EQ(report["fleet"]["expected"], 4);
  EXPECT_EQ(report["fleet"]["complete"], true);
  Words why;
  for (const json& cause : report["fleet"]["causes"]) {
    if (cause["id"] == "configuration-not-read") {
      why.push_back(cause["text"].get<std::string>() + ": " +
                    cause["hosts"].dump());
    }
  }
  EXPECT_EQ(why, (Words{"no such file or folder: [\"nowhere\"]",
                        "there is no evidence in it: [\"plain\"]"}));
}

TEST_F(EachTest, ReportsAreForMerge) {
  files_.add("web02.JSON", R"({"schema": "iisdiag-report/1"})");
  const Outcome outcome = run({"--each", "plain", "web02.JSON", "-f", "json"});
  EXPECT_EQ(outcome.code, kExitIncomplete);
  Words told;
  const json report = json::parse(outcome.out);
  for (const json& host : report["hosts"]) {
    const json& finding = host["identities"][0]["checks"][0]["findings"][0];
    told.push_back(host["host"].get<std::string>() + ": " +
                   finding["summary"].get<std::string>() + " -> " +
                   finding["steps"][0].get<std::string>());
  }
  EXPECT_EQ(told, (Words{"plain: there is no evidence in it -> See what to "
                         "capture with \"iisdiag list evidence\".",
                         "web02.JSON: there is no evidence in it, it may be a "
                         "report -> See what to capture with \"iisdiag list "
                         "evidence\". Put reports together with \"iisdiag "
                         "merge\"."}));
}

TEST_F(EachTest, ExitCodesAreThoseOfTheWorst) {
  files_.add("ok/empty.txt", "");
  EXPECT_EQ(run({"--each", "good", "bad"}).code, kExitFailed);
  EXPECT_EQ(run({"--each", "good", "nowhere"}).code, kExitIncomplete);
  EXPECT_EQ(run({"--each", "nowhere"}).code, kExitIncomplete);
  EXPECT_EQ(run({"--each", "nowhere", "--allow-incomplete"}).code, kExitOk);
  EXPECT_EQ(run({"--each", "good", "--skip", "credential-test"}).code, kExitOk);
  EXPECT_EQ(run({"--each", "good", "bad", "-f", "nagios"}).code, 2);
}

TEST_F(EachTest, AListNamesAPathALine) {
  files_.add("list.txt", "# ours\r\n\r\n  good  \r\nbad\r\n");
  const Outcome listed = run({"--each", "@list.txt", "-f", "json"});
  const Outcome named = run({"--each", "good", "bad", "-f", "json"});
  EXPECT_EQ(listed.out, named.out);
  EXPECT_EQ(listed.code, named.code);
  // As Windows writes a list.
  std::string wide = "\xFF\xFE";
  for (const char letter : std::string("good\r\nbad\r\n")) {
    wide += letter;
    wide += '\0';
  }
  files_.add("wide.txt", wide);
  EXPECT_EQ(run({"--each", "@wide.txt", "-f", "json"}).out, named.out);
}

TEST_F(EachTest, AListThatCannotBeReadLeavesNothingToCheck) {
  files_.add("empty.txt", "# nobody\n");
  files_.add("binary.txt", std::string("\x01\x00\x02", 3));
  const std::pair<const char*, const char*> rows[] = {
      {"@nowhere.txt", "iisdiag: nowhere.txt: the list could not be read: "},
      {"@empty.txt", "iisdiag: the list names no servers\n"},
      {"@binary.txt", "iisdiag: binary.txt: the list is no text\n"}};
  for (const auto& [argument, error] : rows) {
    const Outcome outcome = run({"--each", argument});
    EXPECT_EQ(outcome.code, kExitNothing) << argument;
    EXPECT_EQ(outcome.out, "");
    EXPECT_TRUE(outcome.err.starts_with(error)) << outcome.err;
  }
}

TEST_F(EachTest, AListGoesWithEach) {
  files_.add("list.txt", "good\n");
  const Outcome outcome = run({"@list.txt"});
  EXPECT_EQ(outcome.code, kExitNothing);
  EXPECT_EQ(outcome.err,
            "iisdiag: @list.txt: no such file or folder; a list goes with "
            "--each\n");
}

TEST_F(EachTest, AFileWhoseNameBeginsLikeAListIsAServer) {
  add_demo("healthy-iis6", "@web", files_);
  EXPECT_EQ(hosts_of(run({"--each", "@web", "-f", "json"}).out),
            Words{"WEB01 unknown"});
}

TEST_F(EachTest, LinesComeInTheOrderOfTheArguments) {
  const Outcome outcome =
      run({"--each", "good", "nowhere", "bad", "-f", "jsonl"});
  EXPECT_EQ(outcome.code, kExitFailed);
  Words lines;
  for (const std::string_view line : text::split(outcome.out, '\n')) {
    if (!line.empty()) {
      const Words host = hosts_of(std::string(line));
      lines.insert(lines.end(), host.begin(), host.end());
    }
  }
  EXPECT_EQ(lines, (Words{"WEB01 unknown", "nowhere unknown", "WEB01 failed"}));
}

TEST_F(EachTest, LinesAndFilesInOneRun) {
  const Outcome outcome = run({"--each", "good", "bad", "-f", "jsonl", "-r",
                               "json=a", "-r", "jsonl=b"});
  EXPECT_EQ(outcome.reports.at("a"),
            run({"--each", "good", "bad", "-f", "json"}).out);
  EXPECT_EQ(outcome.reports.at("b"), outcome.out);
}

TEST_F(EachTest, OptionsThatFitNoServerLeaveNothingToCheck) {
  const Outcome none = run({"--each", "good", "bad", "-a", "nobody"});
  EXPECT_EQ(none.code, kExitNothing);
  EXPECT_EQ(none.err,
            "iisdiag: no server has an identity that was asked for\n");
  // One that fits none of this server is no fault of it.
  files_.add("other/net-user.txt", "");
  const Outcome some = run(
      {"--each", "good", "bad", "--node", "/LM/W3SVC/1/ROOT", "-f", "json"});
  EXPECT_NE(some.code, kExitNothing);
}

TEST_F(EachTest, StoppedByCtrlC) {
  const Outcome outcome =
      run({"--each", "bad", "bad", "good", "good"}, {.interrupt_after = 2});
  EXPECT_EQ(outcome.code, kExitInternal);
  const bool says_so = outcome.err.find(" of 4 servers") != std::string::npos &&
                       outcome.err.starts_with("iisdiag: stopped after ");
  EXPECT_TRUE(says_so) << outcome.err;
  EXPECT_NE(outcome.out.find("of 4 servers: this is not all."),
            std::string::npos)
      << outcome.out;
  EXPECT_NE(outcome.out.find("account-missing"), std::string::npos);
  const Outcome lines =
      run({"--each", "bad", "bad", "good", "good", "-f", "jsonl"},
          {.interrupt_after = 0});
  EXPECT_EQ(lines.code, kExitInternal);
  EXPECT_EQ(lines.out, "");
}

TEST_F(EachTest, OutputThatCannotBeWritten) {
  for (const char* format : {"text", "jsonl"}) {
    const Outcome outcome =
        run({"--each", "good", "-f", format}, {.out_fails = true});
    EXPECT_EQ(outcome.code, kExitInternal);
    EXPECT_EQ(outcome.err,
              "iisdiag: the report could not be written to standard output\n");
  }
  const Outcome file =
      run({"--each", "good", "-r", "json=x"}, {.file_error = "disk full"});
  EXPECT_EQ(file.code, kExitInternal);
  EXPECT_EQ(file.err,
            "iisdiag: x: the report could not be written: disk full\n");
}

TEST_F(EachTest, ProgressOnATerminalOnly) {
  const test::Terminal terminal{.err_is_terminal = true, .milliseconds = 700};
  const Outcome shown = run({"--each", "good", "bad", "good"}, terminal);
  EXPECT_NE(shown.err.find("iisdiag: 2 of 3 servers, "), std::string::npos)
      << shown.err;
  EXPECT_TRUE(shown.err.ends_with(" \r")) << shown.err;
  EXPECT_EQ(run({"--each", "good", "bad", "good"}).err, "");
}

TEST_F(EachTest, WrongCalls) {
  const std::pair<Words, std::string> rows[] = {
      {{"--each"}, "--each needs EVIDENCE: a file or a folder for each server"},
      {{"--each", "--demo"},
       "--each needs EVIDENCE: a file or a folder for each server"},
      {{"good", "-f", "jsonl"},
       "the format jsonl goes with --each; json has one server"},
      {{"good", "-r", "jsonl=x"},
       "the format jsonl goes with --each; json has one server"},
      {{"--each", "good", "--password-stdin", "-a", "x"},
       "--password-stdin is for a live check and goes with no EVIDENCE"}};
  for (const auto& [words, error] : rows) {
    const Outcome outcome = run(words);
    EXPECT_EQ(outcome.code, kExitUsage);
    EXPECT_EQ(outcome.err, "iisdiag: " + error +
                               "\niisdiag: run \"iisdiag check --help\" for "
                               "the options.\n");
  }
}

// Reports of several runs, as `merge` reads them.
class MergeTest : public EachTest {
 protected:
  MergeTest() {
    reports_.add("good.json", run({"good", "-f", "json"}).out);
    reports_.add("bad.json", run({"bad", "-f", "json"}).out);
    reports_.add("cut.json", run({"bad", "-f", "json"}).out.substr(0, 2'000));
    reports_.add("empty.json", "");
  }

  Outcome merge(Words words, const test::Terminal& terminal = {}) {
    words.insert(words.begin(), "merge");
    return call(words, reports_, terminal);
  }

  MemoryFiles reports_;
};

TEST_F(MergeTest, IsTheReportOfOneRun) {
  for (const char* format : {"text", "json", "html", "junit", "markdown"}) {
    EXPECT_EQ(merge({"good.json", "bad.json", "-f", format}).out,
              run({"--each", "good", "bad", "-f", format}).out)
        << format;
  }
  EXPECT_EQ(merge({"good.json", "bad.json"}).code, kExitFailed);
  EXPECT_EQ(merge({"good.json"}).code, kExitIncomplete);
  EXPECT_EQ(merge({"good.json", "--allow-incomplete"}).code, kExitOk);
}

TEST_F(MergeTest, AReportThatCannotBeReadIsAnUnknownServer) {
  const Outcome outcome =
      merge({"good.json", "empty.json", "cut.json", "gone.json", "-f", "json"});
  EXPECT_EQ(outcome.code, kExitIncomplete);
  EXPECT_EQ(hosts_of(outcome.out), (Words{"WEB01 unknown", "empty unknown",
                                          "cut unknown", "gone unknown"}));
  EXPECT_NE(outcome.out.find("this report was not read: it is empty"),
            std::string::npos);
}

TEST_F(MergeTest, AListNamesAReportALine) {
  reports_.add("list.txt", "# ours\r\ngood.json\r\n\r\n bad.json\r\n");
  EXPECT_EQ(merge({"@list.txt", "-f", "json"}).out,
            merge({"good.json", "bad.json", "-f", "json"}).out);
  EXPECT_EQ(hosts_of(merge({"gone.json", "@list.txt", "-f", "json"}).out),
            (Words{"WEB01 failed", "gone unknown", "WEB01 unknown"}));
  reports_.add("nobody.txt", "#\n");
  EXPECT_EQ(merge({"@nobody.txt"}).err, "iisdiag: the list names no reports\n");
  EXPECT_EQ(merge({"@nobody.txt"}).code, kExitNothing);
  EXPECT_EQ(merge({"@gone.txt"}).code, kExitNothing);
  EXPECT_EQ(merge({"@"}).code, kExitIncomplete);
}

TEST_F(MergeTest, AServerWithoutANameIsCalledAfterItsReport) {
  std::string nameless = merge({"good.json", "-f", "json"}).out;
  const std::string name = R"("host": "WEB01",
      "checked_at")";
  ASSERT_NE(nameless.find(name), std::string::npos) << nameless;
  nameless.replace(nameless.find(name), name.size(), R"("checked_at")");
  reports_.add("nameless.json", nameless);
  EXPECT_EQ(hosts_of(merge({"nameless.json", "-f", "json"}).out),
            Words{"nameless unknown"});
}

TEST_F(MergeTest, OfAStoppedRunTheRestIsNotForgotten) {
  std::string stopped = merge({"good.json", "-f", "json"}).out;
  const std::string whole = R"("expected": 1,)";
  stopped.replace(stopped.find(whole), whole.size(), R"("expected": 9,)");
  reports_.add("stopped.json", stopped);
  const Outcome outcome =
      merge({"stopped.json", "bad.json", "--allow-incomplete"});
  EXPECT_EQ(outcome.code, kExitInternal);
  EXPECT_NE(outcome.out.find("Stopped after 2 of 10 servers"),
            std::string::npos)
      << outcome.out;
}

TEST_F(MergeTest, ItsOwnReportsAreReadAgain) {
  const Outcome first = merge({"good.json", "bad.json", "-f", "json"});
  reports_.add("first.json", first.out);
  EXPECT_EQ(merge({"first.json", "-f", "html"}).out,
            merge({"bad.json", "good.json", "-f", "html"}).out);
}

// Found by fuzzing: such a report was another one each time it was merged.
TEST_F(MergeTest, AReportThatDoesNotSayWhenItWasMade) {
  reports_.add("old.json",
               R"({"schema":"iisdiag-report/1","hosts":[{"host":"OLD"}]})");
  const Outcome once = merge({"old.json", "-f", "json"});
  EXPECT_EQ(json::parse(once.out)["hosts"][0]["checked_at"],
            "2026-11-22T10:00:00Z");
  reports_.add("once.json", once.out);
  EXPECT_EQ(merge({"once.json", "-f", "json"}).out, once.out);
}

TEST_F(MergeTest, WrongCalls) {
  EXPECT_EQ(merge({}).code, kExitUsage);
  EXPECT_EQ(merge({}).err,
            "iisdiag: merge what? Name reports of --format json\n"
            "iisdiag: run \"iisdiag merge --help\" for the options.\n");
  EXPECT_EQ(merge({"a.json", "-q", "-v"}).code, kExitUsage);
  EXPECT_EQ(merge({"a.json", "-f", "jsn"}).code, kExitUsage);
  EXPECT_EQ(merge({"a.json", "--demo"}).code, kExitUsage);
  EXPECT_TRUE(merge({"-f", "nagios"}).out.starts_with("IISDIAG UNKNOWN - "));
}

TEST_F(MergeTest, DiffSaysWhatChanged) {
  const auto diff = [&](const char* before, const char* after) {
    return call({"diff", before, after}, reports_);
  };
  const Outcome same = diff("bad.json", "bad.json");
  EXPECT_EQ(same.code, kExitOk);
  EXPECT_EQ(
      same.out,
      "0 worse, 0 better, 0 changed otherwise; 4 checks stayed, 1 of them "
      "not in order.\n");
  const Outcome worse = diff("good.json", "bad.json");
  EXPECT_EQ(worse.code, kExitFailed);
  EXPECT_EQ(
      worse.out,
      "Worse\n-----\n\n"
      "  WEB01, W3SVC account WEB01\\IUSR_WEB01, account-lookup: failed, was "
      "passed; now\n  account-missing\n\n"
      "Better\n------\n\n"
      "  WEB01, W3SVC account WEB01\\IUSR_WEB01, credential-test: skipped, was "
      "unknown;\n  no longer password-unreadable\n\n"
      "Changed otherwise\n-----------------\n\n"
      "  WEB01, W3SVC account WEB01\\IUSR_WEB01, user-rights: skipped, was "
      "passed\n\n"
      "1 worse, 1 better, 1 changed otherwise; 1 check stayed, 0 of them not "
      "in order.\n");
  EXPECT_EQ(worse.err, "");
  EXPECT_EQ(diff("bad.json", "good.json").code, kExitFailed)
      << "what was skipped is now unknown";
}

// What a stopped run left out is neither worse nor gone.
TEST_F(MergeTest, DiffTakesNoReportOfAStoppedRun) {
  reports_.add(
      "stopped.json",
      run({"--each", "bad", "good", "-f", "json"}, {.interrupt_after = 1}).out);
  for (const Words& words : {Words{"diff", "stopped.json", "bad.json"},
                             Words{"diff", "bad.json", "stopped.json"}}) {
    const Outcome outcome = call(words, reports_);
    EXPECT_EQ(outcome.code, kExitNothing);
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.err,
              "iisdiag: stopped.json: its run was stopped before all servers "
              "were checked\n");
  }
}

TEST_F(MergeTest, DiffNeedsTwoWholeReports) {
  const std::pair<Words, int> rows[] = {
      {{}, kExitUsage},
      {{"bad.json"}, kExitUsage},
      {{"a", "b", "c"}, kExitUsage},
      {{"bad.json", "gone.json"}, kExitNothing},
      {{"cut.json", "bad.json"}, kExitNothing},
      {{"empty.json", "bad.json"}, kExitNothing}};
  for (const auto& [arguments, code] : rows) {
    Words words = {"diff"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    const Outcome outcome = call(words, reports_);
    EXPECT_EQ(outcome.code, code) << text::join(words, " ");
    EXPECT_EQ(outcome.out, "");
    EXPECT_TRUE(outcome.err.starts_with("iisdiag: ")) << outcome.err;
  }
}

}  // namespace
}  // namespace iisdiag::cli
