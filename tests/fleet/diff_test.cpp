#include "fleet/diff.hpp"

#include <gtest/gtest.h>

#include "checks/check.hpp"
#include "text/strings.hpp"

namespace iisdiag::fleet {
namespace {

using report::Host;
using report::Identity;
using report::Severity;
using report::Status;

// A host whose checks have these statuses, "PPFS"; a check that failed has the
// finding `reason`.
Host host(const std::string& name, std::string_view statuses,
          const std::string& reason = "right-missing") {
  Identity identity;
  identity.account = name + "\\IUSR_" + name;
  identity.nodes = {"/LM/W3SVC/1/ROOT"};
  for (std::size_t i = 0; i < statuses.size(); ++i) {
    report::CheckResult check;
    check.id = checks::all_checks()[i]->id;
    check.status = statuses[i] == 'P'   ? Status::kPassed
                   : statuses[i] == 'W' ? Status::kWarning
                   : statuses[i] == 'F' ? Status::kFailed
                   : statuses[i] == 'U' ? Status::kUnknown
                                        : Status::kSkipped;
    if (check.status == Status::kFailed) {
      check.findings.emplace_back();
      check.findings.back().id = reason;
      check.findings.back().severity = Severity::kFail;
    }
    identity.status = report::worst(identity.status, check.status);
    identity.checks.push_back(check);
  }
  Host one;
  one.name = name;
  one.status = identity.status;
  one.identities = {identity};
  return one;
}

// "worse A user-rights passed>failed +right-missing -x"
std::vector<std::string> shown(const Comparison& comparison) {
  std::vector<std::string> lines;
  const auto word = [](const std::optional<Status>& status) {
    return status ? std::string(report::status_name(*status)) : "-";
  };
  for (const Difference& one : comparison.differences) {
    std::string line = one.change == Change::kWorse    ? "worse"
                       : one.change == Change::kBetter ? "better"
                                                       : "other";
    line += " " + one.host + " " + one.check + " " + word(one.before) + ">" +
            word(one.after);
    for (const std::string& id : one.came) {
      line += " +" + id;
    }
    for (const std::string& id : one.went) {
      line += " -" + id;
    }
    lines.push_back(line);
  }
  return lines;
}

using Lines = std::vector<std::string>;

TEST(Compare, TheSameStayed) {
  const Comparison same = compare({host("A", "PPFS"), host("B", "PPUW")},
                                  {host("B", "PPUW"), host("a", "PPFS")});
  EXPECT_EQ(shown(same), Lines{});
  EXPECT_FALSE(same.has_worse());
  EXPECT_EQ(same.stayed, 8U);
  EXPECT_EQ(same.stayed_bad, 3U);
}

TEST(Compare, WorseBetterAndAnotherReason) {
  const Comparison changed = compare(
      {host("A", "PPPP"), host("B", "PPFP"), host("C", "PPFP")},
      {host("A", "PPFP"), host("B", "PPPP"), host("C", "PPFP", "audit-full")});
  EXPECT_EQ(shown(changed),
            (Lines{"worse A user-rights passed>failed +right-missing",
                   "better B user-rights failed>passed -right-missing",
                   "other C user-rights failed>failed +audit-full "
                   "-right-missing"}));
  EXPECT_TRUE(changed.has_worse());
}

TEST(Compare, StatusesInTheirOrder) {
  const auto change = [](const char* before, const char* after) {
    const Lines lines = shown(compare({host("A", before)}, {host("A", after)}));
    return lines.empty() ? std::string("stayed")
                         : lines[0].substr(0, lines[0].find(' '));
  };
  const std::string order = "PWUF";
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (std::size_t j = 0; j < order.size(); ++j) {
      EXPECT_EQ(change(std::string(1, order[i]).c_str(),
                       std::string(1, order[j]).c_str()),
                i == j  ? "stayed"
                : i < j ? "worse"
                        : "better")
          << order[i] << order[j];
    }
  }
  // What does not apply any more, or now does, is neither.
  EXPECT_EQ(change("P", "S"), "other");
  EXPECT_EQ(change("S", "P"), "other");
  EXPECT_EQ(change("S", "U"), "worse");
  EXPECT_EQ(change("F", "S"), "better");
}

TEST(Compare, HostsThatCameAndWent) {
  const Comparison gone =
      compare({host("A", "PPPP"), host("B", "PPFP")}, {host("A", "PPPP")});
  EXPECT_EQ(shown(gone), Lines{"worse B  failed>-"});
  const Comparison came =
      compare({host("A", "PPPP")},
              {host("A", "PPPP"), host("B", "PPFP"), host("C", "PSPP")});
  EXPECT_EQ(shown(came), Lines{"worse B user-rights ->failed +right-missing"});
  EXPECT_EQ(came.stayed, 4U + 3U + 4U);
}

TEST(Compare, SeveralOfOneNameMeetInTurn) {
  const Comparison two = compare({host("A", "PPPP"), host("A", "PPFP")},
                                 {host("A", "PPPP"), host("A", "PPPP")});
  EXPECT_EQ(shown(two),
            Lines{"better A user-rights failed>passed -right-missing"});
}

TEST(Compare, IdentitiesMeetByAccountThenByNode) {
  Host before = host("A", "PPPP");
  before.identities.push_back(host("A", "PPFP").identities[0]);
  before.identities[1].nodes = {"/LM/W3SVC/2/ROOT"};
  Host after = before;
  std::swap(after.identities[0], after.identities[1]);
  EXPECT_EQ(shown(compare({before}, {after})), Lines{});
  // A site that is gone is no news of the server.
  after.identities.erase(after.identities.begin());
  EXPECT_EQ(shown(compare({before}, {after})), Lines{"other A  failed>-"});
  EXPECT_FALSE(compare({before}, {after}).has_worse());
}

}  // namespace
}  // namespace iisdiag::fleet
