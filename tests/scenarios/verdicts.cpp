#include "verdicts.hpp"

#include <algorithm>

#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::test {
namespace {

using Verdicts = std::vector<const IdentityVerdict*>;

std::string bare(std::string_view account) {
  return text::fold_case(account.substr(account.rfind('\\') + 1));
}

bool is_below(const std::string& node, const std::string& other) {
  return text::istarts_with(node, other) &&
         (node.size() == other.size() || node[other.size()] == '/');
}

bool any_nodes(const IdentityVerdict& one, const IdentityVerdict& two,
               bool (*fit)(const std::string&, const std::string&)) {
  return std::any_of(one.nodes.begin(), one.nodes.end(), [&](const auto& a) {
    return std::any_of(two.nodes.begin(), two.nodes.end(),
                       [&](const auto& b) { return fit(a, b); });
  });
}

Verdicts where(const std::vector<IdentityVerdict>& all,
               const std::function<bool(const IdentityVerdict&)>& fits) {
  Verdicts found;
  for (const IdentityVerdict& one : all) {
    if (fits(one)) {
      found.push_back(&one);
    }
  }
  return found;
}

Verdicts counterparts(const std::vector<IdentityVerdict>& all,
                      const IdentityVerdict& identity) {
  Verdicts found = where(all, [&](const auto& other) {
    return any_nodes(identity, other, [](const auto& one, const auto& two) {
      return text::iequals(one, two);
    });
  });
  if (found.empty()) {
    found = where(all, [&](const auto& other) {
      return any_nodes(identity, other, [](const auto& one, const auto& two) {
        return is_below(one, two) || is_below(two, one);
      });
    });
  }
  if (found.empty()) {
    found = where(all, [&](const auto& other) {
      return !identity.account.empty() &&
             bare(identity.account) == bare(other.account);
    });
  }
  return found.empty() ? where(all, [](const auto&) { return true; }) : found;
}

const CheckVerdict& same_check(const IdentityVerdict& identity,
                               const CheckVerdict& check) {
  return *std::find_if(identity.checks.begin(), identity.checks.end(),
                       [&](const auto& one) { return one.id == check.id; });
}

// That it passes, which every counterpart has to bear out.
void judge_pass(const CheckVerdict& check, const Verdicts& all,
                const Excuse& excused, std::vector<std::string>& claims) {
  for (const IdentityVerdict* identity : all) {
    const CheckVerdict& whole = same_check(*identity, check);
    if (whole.status == "passed") {
      continue;
    }
    std::vector<std::string> against = whole.findings;
    if (against.empty()) {
      against.emplace_back();
    }
    for (const std::string& finding : against) {
      if (!excused({Claim::Kind::kPasses, check.id, finding})) {
        claims.push_back(check.id + " passes; it was " + whole.status + " (" +
                         finding + ") for " + identity->account);
      }
    }
  }
}

// What fails has to fail for the same reason in a counterpart.
void judge_failures(const CheckVerdict& check, const Verdicts& all,
                    const Excuse& excused, std::vector<std::string>& claims) {
  for (const std::string& finding : check.failing) {
    const bool known =
        std::any_of(all.begin(), all.end(), [&](const auto* identity) {
          const auto& failing = same_check(*identity, check).failing;
          return std::find(failing.begin(), failing.end(), finding) !=
                 failing.end();
        });
    if (!known && !excused({Claim::Kind::kFails, check.id, finding})) {
      claims.push_back(check.id + " fails anew with " + finding);
    }
  }
}

}  // namespace

std::vector<IdentityVerdict> verdicts(const Json& report) {
  std::vector<IdentityVerdict> all;
  for (const Json& host : report.at("hosts")) {
    for (const Json& identity : host.at("identities")) {
      IdentityVerdict& verdict = all.emplace_back();
      verdict.service = identity.at("service").is_null()
                            ? ""
                            : identity.at("service").get<std::string>();
      verdict.account = identity.at("account").is_null()
                            ? ""
                            : identity.at("account").get<std::string>();
      for (const Json& node : identity.at("nodes")) {
        verdict.nodes.push_back(node.get<std::string>());
      }
      for (const Json& check : identity.at("checks")) {
        CheckVerdict& one = verdict.checks.emplace_back();
        one.id = check.at("id").get<std::string>();
        one.status = check.at("status").get<std::string>();
        for (const Json& finding : check.at("findings")) {
          const auto id = finding.at("id").get<std::string>();
          const Json& severity = finding.at("severity");
          if (severity != "info") {
            one.findings.push_back(id);
          }
          if (severity == "fail") {
            one.failing.push_back(id);
          }
        }
      }
    }
  }
  return all;
}

std::vector<std::string> overclaims(const Json& all, const Json& less,
                                    const Excuse& excused) {
  const auto whole = verdicts(all);
  const auto changed = verdicts(less);
  std::vector<std::string> claims;
  if (changed.empty() && !whole.empty()) {
    claims.emplace_back("nothing is left to check");
  }
  for (const IdentityVerdict& identity : changed) {
    const Verdicts others = counterparts(whole, identity);
    for (const CheckVerdict& check : identity.checks) {
      const std::size_t before = claims.size();
      if (check.status == "passed") {
        judge_pass(check, others, excused, claims);
      }
      judge_failures(check, others, excused, claims);
      for (std::size_t i = before; i < claims.size(); ++i) {
        claims[i].insert(0, identity.account + ": ");
      }
    }
  }
  return claims;
}

}  // namespace iisdiag::test
