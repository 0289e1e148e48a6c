// Evidence that got lost, was renamed, translated or re-encoded: the report on
// it claims nothing that the whole evidence does not bear out.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <utility>

#include "scenarios/causes.hpp"
#include "scenarios/mutate.hpp"
#include "scenarios/verdicts.hpp"
#include "support/full.hpp"

namespace iisdiag::test {
namespace {

// What may be claimed without a file although the file says otherwise, one by
// one, each below the source that permits it.
struct Permit {
  std::string_view file;  // the end of its path
  Claim::Kind kind;
  std::string_view check;
  std::string_view finding;
  // The end of another path that has to be gone; empty: none has to.
  std::string_view also;
  std::string_view scenario;  // the beginning of its name; empty: any
};
using enum Claim::Kind;
constexpr std::array kPermits = {
    // PRODUCT.md, "When a check has passed": values of the LSA raise findings
    // when they are seen, and user-rights needs none of them to pass.
    Permit{"server.reg", kPasses, "user-rights", "audit-full", "", ""},
    Permit{"server.reg", kPasses, "user-rights", "force-guest", "", ""},
    // PRODUCT.md, "When a check has passed": a complete list and the groups
    // are all that it needs. Nothing says that a policy which is not in the
    // evidence exists.
    Permit{"GptTmpl.inf", kPasses, "user-rights", "right-denied", "", ""},
    Permit{"GptTmpl.inf", kPasses, "user-rights", "right-overwritten", "", ""},
    // It stands in place of right-missing, and gives way to it.
    Permit{"GptTmpl.inf", kFails, "user-rights", "right-missing", "", ""},
    // PRODUCT.md, right-overwritten: a warning where a complete local list
    // holds the right now, else a failure.
    Permit{"secedit-local.inf", kFails, "user-rights", "right-overwritten", "",
           "gpo-took-rights-iis5"},
    Permit{"secedit.inf", kFails, "user-rights", "right-overwritten", "",
           "c16-"},
    // PRODUCT.md, results without a finding: the built-in IUSR is there
    // whatever else is; a local account of its name is a mere warning.
    Permit{"net-users.txt", kPasses, "account-lookup", "iusr-shadowed", "", ""},
    // Windows says that no user has the name; that a group has it is the
    // better answer to the same question.
    Permit{"net-localgroup-wpg.txt", kFails, "account-lookup",
           "account-missing", "", "group-as-account-iis6"},
    // Skipped for want of an account: a right of Everyone is held by whoever
    // it may be.
    Permit{"net-user.txt", kPasses, "user-rights", "", "",
           "domain-account-missing-iis10"},
    Permit{"net-users.txt", kPasses, "user-rights", "",
           "net-user-IUSR_WEB01.txt", "q253204"},
    Permit{".txt", kPasses, "user-rights", "", "", "c02-"},
    Permit{"net-users.txt", kPasses, "user-rights", "", "net-user-1.txt",
           "collected-2000"},
    Permit{"net-users.txt", kPasses, "user-rights", "",
           "net-user-IUSR_WEB24.txt", "c18-"},
    Permit{"net-users.txt", kPasses, "user-rights", "",
           "net-user-IUSR_WEB28.txt", "c18-"},
    Permit{"net-users.txt", kPasses, "user-rights", "",
           "net-user-IUSR_NEWBOX27.txt", "c27-"},
    Permit{"net-users.txt", kPasses, "user-rights", "", "server.reg", "c27-"},
    Permit{"net-users.txt", kPasses, "user-rights", "",
           "net-user-IUSR_NTWEB5.txt", "c28-"},
    Permit{"net-users.txt", kPasses, "user-rights", "",
           "net-user-IUSR_PDC12.txt", "c28-"},
    Permit{"net-users.txt", kPasses, "user-rights", "",
           "net-user-IUSR_NODE_A.txt", "c30-"},
    // PRODUCT.md, blank-password-blocked: it asks for an empty stored password
    // and a local account, not for its record.
    Permit{"net-users.txt", kFails, "credential-test", "blank-password-blocked",
           "net-user-3.txt", "collected-2019"},
    // Skipped likewise; the event stands where the account may be there.
    Permit{".txt", kFails, "credential-test", "logon-refused", ".txt", "c45-"},
    Permit{"net-users.txt", kFails, "credential-test", "logon-refused",
           "net-user-IUSR_WEB28.txt", "c18-"},
    // PRODUCT.md, EVIDENCE: copies of the configuration count where no live
    // one is there. They name accounts that are gone by now.
    Permit{"MetaBase.xml", kFails, "account-lookup", "account-missing", "",
           "leftover-metabase-bin-iis6"},
    Permit{"applicationHost.config", kFails, "account-lookup",
           "account-missing", "", "vista-builtin-with-history"},
    // Likewise the keys of IIS 3.0, which a newer store or version rules out.
    Permit{"adsutil.txt", kFails, "account-lookup", "account-missing",
           "server.reg", "leftover-iis3-keys"},
    // PRODUCT.md, "Logons": a record stands until something newer disproves it.
    Permit{"net-user.txt", kFails, "account-lookup", "account-locked", "",
           "look-alike-locked-from-outside-2016"},
    Permit{"net-user.txt", kFails, "credential-test", "logon-refused", "",
           "look-alike-locked-from-outside-2016"},
    Permit{"net-user.txt", kFails, "account-lookup", "account-locked", "",
           "recorded-lock-is-over-iis6"},
    Permit{"net-user.txt", kFails, "account-lookup", "account-disabled", "",
           "recorded-no-longer-applies-iis6"},
    Permit{"net-user.txt", kFails, "credential-test", "logon-refused", "",
           "recorded-no-longer-applies-iis6"},
    Permit{"net-user.txt", kFails, "account-lookup", "account-locked", "",
           "c04-"},
    // Likewise: whose the wrong passwords were is not known any more, but that
    // of the account the logon is refused is.
    Permit{"adsutil.txt", kFails, "credential-test", "logon-refused", "",
           "c04-"},
    Permit{"MetaBase.xml", kFails, "credential-test", "logon-refused", "",
           "c04-"},
    Permit{"server.reg", kFails, "credential-test", "logon-refused", "",
           "c04-"},
    Permit{"net-user.txt", kFails, "account-lookup", "account-disabled", "",
           "c44-"},
    Permit{"net-user.txt", kFails, "credential-test", "logon-refused", "",
           "c44-"},
    // Whose answer of net user it is hangs on the name of the computer.
    Permit{"server.reg", kFails, "account-lookup", "account-disabled", "",
           "c44-"},
    Permit{"server.reg", kFails, "credential-test", "logon-refused", "",
           "c44-"},
    Permit{"system.xml", kPasses, "account-lookup", "domain-unreachable", "",
           "c29-"},
    // Likewise: an accepted logon of a web log counts from so long after the
    // password was set, where that is known, and where sync is known to be
    // effective the check is skipped in place of passed.
    Permit{"net-user.txt", kPasses, "credential-test", "logon-not-tried", "",
           "c44-"},
    Permit{"net-user.txt", kPasses, "credential-test", "logon-not-tried", "",
           "c38-"},
    Permit{"server.reg", kPasses, "credential-test", "", "", "c38-"},
    Permit{"server.reg", kPasses, "credential-test", "", "", "c44-"},
    Permit{"server.reg", kPasses, "credential-test", "", "", "c47-"},
    // Events alone tell of IIS's own account by the name that setup gives; that
    // anonymous access is off stands in the configuration.
    Permit{"w3svc.reg", kFails, "credential-test", "wrong-password", "",
           "c36-"},
    Permit{"adsutil.txt", kFails, "credential-test", "wrong-password", "",
           "c36-"},
    Permit{"MetaBase.xml", kFails, "credential-test", "wrong-password", "",
           "c36-"},
    Permit{"adsutil.txt", kPasses, "user-rights", "rights-not-read", "",
           "c36-"},
    // A name that stands for no account: as above, of whoever it may be.
    Permit{"systeminfo.txt", kPasses, "user-rights", "", "", "c27-"},
    // That Guest is let in only with AllowGuestAccess is documented for IIS 4.0
    // and 5.x; IIS 6.0 is taken at the value that it has (PRODUCT.md).
    Permit{"msftpsvc.reg", kPasses, "account-lookup", "guest-access-blocked",
           "", "c33-"},
    // 1385 alone does not tell a missing right from a denied one (FACTS.md D).
    Permit{"secedit.inf", kFails, "user-rights", "right-missing", "", "c51-"},
    // The rule of IIS 5.x needs the version.
    Permit{"server.reg", kFails, "user-rights", "right-missing", "",
           "recorded-right-comes-back-iis5"},
    Permit{"server.reg", kFails, "user-rights", "right-missing", "", "c16-"},
    // PRODUCT.md, "When a check has passed": account-lookup needs the record of
    // the account, which does not tell this; only a refusal does.
    Permit{"system.xml", kPasses, "account-lookup", "password-must-change", "",
           "c07-"},
    Permit{"security.xml", kPasses, "account-lookup", "password-must-change",
           "", "c07-"},
    Permit{"ex.log", kPasses, "account-lookup", "password-must-change", "",
           "c07-"},
    // Likewise password-sync needs name, flag and the presence of a password;
    // that a module is not there is seen by the refusal alone.
    Permit{"system.xml", kPasses, "password-sync", "sync-module-missing", "",
           "c20-"},
};

Excuse excuse_for(const std::string& scenario,
                  const std::vector<std::string>& dropped) {
  return [scenario, dropped](const Claim& claim) {
    const auto is_gone = [&](std::string_view file) {
      return std::any_of(
          dropped.begin(), dropped.end(),
          [&](const std::string& path) { return path.ends_with(file); });
    };
    return std::any_of(
        kPermits.begin(), kPermits.end(), [&](const Permit& permit) {
          return permit.kind == claim.kind && permit.check == claim.check &&
                 permit.finding == claim.finding && is_gone(permit.file) &&
                 (permit.also.empty() || is_gone(permit.also)) &&
                 scenario.starts_with(permit.scenario);
        });
  };
}

// A report, or what there is in place of one.
struct Result {
  Outcome outcome;
  Json report;  // null: there is none
};

// Identities of one status stand in the order of the files.
Json in_any_order(Json stated) {
  Json& identities = stated.at("identities");
  std::sort(
      identities.begin(), identities.end(),
      [](const Json& one, const Json& two) { return one.dump() < two.dump(); });
  return stated;
}

// Of the stated part: without what a password that nobody can read any more
// would have told.
Json without_legible_passwords(Json stated) {
  for (Json& identity : stated.at("identities")) {
    for (Json& finding : identity.at("findings")) {
      if (finding == "logon-not-tried") {
        finding = "password-unreadable";
      }
    }
  }
  return stated;
}

// English answers do not tell day from month where both are twelve at most
// (docs/decisions.md), those of other languages do: they may say that a logon
// on record still applies, where the English one left it open. That alone is
// taken out of both stated parts.
void without_open_logons(Json& translated, Json& english) {
  ASSERT_EQ(translated["identities"].size(), english["identities"].size());
  for (std::size_t i = 0; i < english["identities"].size(); ++i) {
    Json& before = english["identities"][i];
    Json& after = translated["identities"][i];
    Json& findings = before["findings"];
    const auto open =
        std::find(findings.begin(), findings.end(), Json("logon-not-tried"));
    if (open == findings.end() ||
        after["checks"]["credential-test"] != Json("passed")) {
      continue;
    }
    findings.erase(open);
    before["checks"].erase("credential-test");
    after["checks"].erase("credential-test");
    english.erase("exit_code");
    translated.erase("exit_code");
  }
}

// Is a logon on record left open by the time at which the password was set?
bool has_open_logons(const Json& report) {
  return report.dump().find("the password may have been set later") !=
         std::string::npos;
}

using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;

#ifdef IISDIAG_SANITIZED
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

// Some of them, from all over the list, and the same ones each time. Under the
// sanitizers, which look for other faults than a claim too much, a third of
// what the native tree tries, or as many as it usually does where that tries
// all.
Pairs sample(const Pairs& pairs) {
  const std::size_t count = kSanitized && !is_full() ? 4 : 12;
  constexpr std::size_t kStep = 7919;  // a prime: no pair comes twice
  Pairs some;
  for (std::size_t i = 0; i < std::min(count, pairs.size()); ++i) {
    some.push_back(pairs[(i + 1) * kStep % pairs.size()]);
  }
  return some;
}

class MutationTest : public testing::TestWithParam<std::string> {
 protected:
  Result run(const Capture& capture) const {
    Result result{check(scenario_, capture, {"--format", "json"}), {}};
    EXPECT_LT(result.outcome.code, 5) << result.outcome.err;
    if (result.outcome.code < 3) {
      result.report = Json::parse(result.outcome.out);
    }
    return result;
  }

  Result run(const Mutation& mutation) const {
    Capture changed = capture_;
    mutation.apply(changed);
    return run(changed);
  }

  void expect_no_more(const Result& result,
                      const std::vector<std::string>& dropped) const {
    if (!result.report.is_null()) {
      EXPECT_EQ(overclaims(whole_.report, result.report,
                           excuse_for(scenario_.name, dropped)),
                std::vector<std::string>{});
    }
  }

  // Apart from what hangs on legible passwords or the order of English dates,
  // where they are what was changed.
  static void expect_equal(const Result& changed, const Result& before,
                           Kind kind) {
    ASSERT_EQ(changed.report.is_null(), before.report.is_null());
    if (changed.report.is_null()) {
      return;
    }
    Json got = in_any_order(stated_part(changed.report));
    Json expected = in_any_order(stated_part(before.report));
    if (kind == Kind::kTranslate && has_open_logons(before.report)) {
      without_open_logons(got, expected);
    }
    if (kind == Kind::kMask) {
      got = without_legible_passwords(std::move(got));
      expected = without_legible_passwords(std::move(expected));
    }
    EXPECT_EQ(got, expected)
        << "got " << got.dump(2) << "\nexpected " << expected.dump(2);
  }

  // Every `step`-th of them; the name of the server says from which one on.
  void expect_all_equal(Kind kind, std::size_t step = 1) const {
    const std::vector<Mutation> all = mutations(capture_, kind);
    for (std::size_t i = GetParam().size() % step; i < all.size(); i += step) {
      SCOPED_TRACE(all[i].name);
      expect_equal(run(all[i]), whole_, kind);
    }
  }

  const Scenario scenario_ = load_any(GetParam());
  const Capture capture_ = load_capture(scenario_);
  const Result whole_ = run(capture_);
};

TEST_P(MutationTest, WithoutOneFileNothingMoreIsClaimed) {
  for (const Mutation& mutation : mutations(capture_, Kind::kDrop)) {
    SCOPED_TRACE(mutation.name);
    expect_no_more(run(mutation), {mutation.dropped});
  }
}

TEST_P(MutationTest, NamesAndOrderDoNotMatter) {
  expect_all_equal(Kind::kShuffle);
}

TEST_P(MutationTest, LanguagesOfNetUserDoNotMatter) {
  // Each language on a fifth of the servers, or on all.
  expect_all_equal(Kind::kTranslate, is_full() ? 1 : 5);
}

// Two at a time: the second adds nothing to the first either.
TEST_P(MutationTest, PairsClaimNothingMore) {
  const std::vector<Mutation> all = single_mutations(capture_);
  Pairs pairs;
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = i + 1; j < all.size(); ++j) {
      if (all[i].kind != all[j].kind || all[i].kind == Kind::kDrop) {
        pairs.emplace_back(i, j);
      }
    }
  }
  if (kSanitized || !is_full()) {
    pairs = sample(pairs);
  }
  for (const auto& [first, second] : pairs) {
    SCOPED_TRACE(all[first].name + ", then " + all[second].name);
    Capture changed = capture_;
    all[first].apply(changed);
    const Result once = run(changed);
    all[second].apply(changed);
    const Result twice = run(changed);
    if (all[second].kind == Kind::kDrop) {
      expect_no_more(twice, {all[first].dropped, all[second].dropped});
    } else {
      expect_equal(twice, once, all[second].kind);
    }
  }
}

TEST_P(MutationTest, MaskedPasswordsAreOnlyUnreadable) {
  expect_all_equal(Kind::kMask);
}

TEST_P(MutationTest, LineEndsDoNotMatter) { expect_all_equal(Kind::kLineEnds); }

TEST_P(MutationTest, EncodingsDoNotMatter) {
  expect_all_equal(Kind::kEncoding);
}

INSTANTIATE_TEST_SUITE_P(Every, MutationTest,
                         testing::ValuesIn(captured_servers()), test_name);

}  // namespace
}  // namespace iisdiag::test
