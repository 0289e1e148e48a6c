#include "checks/rights_judge.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "checks/logon_token.hpp"
#include "checks/names.hpp"
#include "knowledge/well_known.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::checks {
namespace {

using facts::LogonRight;
using facts::Principal;
using facts::RightsList;
using knowledge::Tristate;

std::string holder_text(const Principal& holder, const Names& names) {
  return text::printable(holder.sid ? names.text_of(*holder.sid) : holder.name);
}

// "SeNetworkLogonRight", with the policy that defines it where it is known.
std::string right_name(LogonRight right, const RightsList& list) {
  return list.policy_name.empty()
             ? std::string(facts::constant_name(right))
             : fmt::format("{} of the policy \"{}\"",
                           facts::constant_name(right),
                           text::printable(list.policy_name));
}

// "SeNetworkLogonRight lists A, B and 3 more".
Seen list_seen(LogonRight right, const RightsList& list,
               const Names& server_names) {
  constexpr std::size_t kShown = 8;
  const auto& holders = list.holders(right);
  const std::string name = right_name(right, list);
  if (!holders.has_value()) {
    return {name + " is not in the list, so nobody holds it", holders.origin()};
  }
  if (holders->empty()) {
    return {name + " is set for nobody", holders.origin()};
  }
  std::vector<std::string> names;
  for (const Principal& holder : *holders) {
    if (names.size() == kShown) {
      names.push_back(fmt::format("{} more", holders->size() - kShown));
      break;
    }
    names.push_back(holder_text(holder, server_names));
  }
  return {fmt::format("{} lists {}", name, text::join_words(names)),
          holders.origin()};
}

// What one list says of one right.
struct ListAnswer {
  Tristate covered = Tristate::kMaybe;
  bool speaks = false;  // the list says something of the right
  const RightsList* list = nullptr;
  Principal holder;  // kYes: the entry that covers
  Cover cover;
};

ListAnswer ask(const RightsList& list, LogonRight right,
               const LogonToken& token, bool deny) {
  ListAnswer answer;
  answer.list = &list;
  const auto& holders = list.holders(right);
  if (holders.is_unknown()) {
    answer.cover.open = holders.reason().why;
    return answer;
  }
  answer.speaks = true;
  answer.covered = Tristate::kNo;
  if (holders.has_value()) {
    for (const Principal& holder : *holders) {
      Cover cover = token.covers(holder, deny);
      if (cover.covers > answer.covered ||
          (cover.is_account && !answer.cover.is_account)) {
        answer.covered = cover.covers;
        answer.holder = holder;
        answer.cover = std::move(cover);
      }
    }
  }
  if (list.is_cut(right) && answer.covered != Tristate::kYes) {
    answer.covered = Tristate::kMaybe;
    answer.cover.open =
        fmt::format("{} is cut in the list of {}", list.origin.name(),
                    facts::constant_name(right));
  }
  return answer;
}

// What counts before what: the winners of a policy report, the policies that
// may apply, lists of what was in force.
enum class Tier : std::uint8_t { kWinner, kPolicy, kPlain };

Tier tier_of(const RightsList& list) {
  return list.is_winner ? Tier::kWinner
                        : (list.is_policy ? Tier::kPolicy : Tier::kPlain);
}

// What the lists of one server say together.
struct Answers {
  Tristate covered = Tristate::kMaybe;
  bool by_policy = false;
  std::vector<ListAnswer> answers;
  std::string open;  // kMaybe: why

  const ListAnswer& deciding() const {
    const auto found = std::find_if(
        answers.begin(), answers.end(),
        [&](const ListAnswer& answer) { return answer.covered == covered; });
    return found == answers.end() ? answers.front() : *found;
  }
};

Answers ask_all(const Case& subject, LogonRight right, const LogonToken& token,
                bool deny) {
  Answers all;
  std::string silent;
  for (const Tier tier : {Tier::kWinner, Tier::kPolicy, Tier::kPlain}) {
    // A whole report leaves nothing to what other policies define.
    if (tier == Tier::kPolicy && subject.server.policy_report) {
      continue;
    }
    for (const RightsList& list : subject.server.rights) {
      if (tier_of(list) != tier) {
        continue;
      }
      ListAnswer answer = ask(list, right, token, deny);
      if (answer.speaks) {
        all.answers.push_back(std::move(answer));
      } else if (silent.empty()) {
        silent = answer.cover.open;
      }
    }
    if (!all.answers.empty()) {
      all.by_policy = tier != Tier::kPlain;
      break;
    }
  }
  if (all.answers.empty()) {
    all.open = subject.server.rights.empty() ? "no rights list was read"
               : silent.empty()
                   ? fmt::format("no list that was read speaks of {}",
                                 facts::constant_name(right))
                   : silent;
    return all;
  }
  const auto count = [&](Tristate covered) {
    return std::count_if(
        all.answers.begin(), all.answers.end(),
        [&](const auto& answer) { return answer.covered == covered; });
  };
  const auto yes = count(Tristate::kYes);
  const auto no = count(Tristate::kNo);
  if (yes > 0 && no > 0) {
    all.open = "the lists that were read disagree";
  } else if (yes > 0) {
    all.covered = Tristate::kYes;
  } else if (count(Tristate::kMaybe) > 0) {
    all.open = all.deciding().cover.open;
  } else {
    all.covered = Tristate::kNo;
  }
  return all;
}

class RightJudge {
 public:
  RightJudge(const Case& subject, LogonRight grant)
      : subject_(subject),
        grant_(grant),
        deny_(facts::deny_of(grant)),
        names_(subject.names),
        token_(subject, grant) {}

  RightOutcome run() {
    outcome_.subject.right = grant_;
    const Answers grants = ask_all(subject_, grant_, token_, false);
    const bool denies_exist = subject_.windows_agree([](const auto& rules) {
      return rules.deny_rights;
    }) != false;
    const Answers denies =
        denies_exist ? ask_all(subject_, deny_, token_, true) : no_denials();
    if (denies.covered == Tristate::kYes) {
      denied(denies);
    } else if (grants.covered == Tristate::kNo) {
      grants.by_policy ? overwritten(grants) : missing(grants);
    } else if (grants.covered == Tristate::kMaybe) {
      open(grants, grant_);
    } else if (denies.covered == Tristate::kMaybe) {
      open(denies, deny_);
      outcome_.is_granted = true;
      if (!denies.answers.empty()) {
        const Principal& holder = denies.deciding().holder;
        outcome_.open_denial = holder.sid ? group_of(*holder.sid) : holder.name;
      }
    } else {
      outcome_.kind = RightOutcome::Kind::kHeld;
      outcome_.summary =
          denies_exist
              ? fmt::format("{} allowed, no deny right applies", words())
              : fmt::format("{} allowed", words());
    }
    return std::move(outcome_);
  }

 private:
  std::string_view words() const { return logon_words(grant_); }

  static Answers no_denials() {
    Answers none;
    none.covered = Tristate::kNo;
    return none;
  }

  void show(const Answers& answers, LogonRight right) {
    for (const ListAnswer& answer : answers.answers) {
      outcome_.found.push_back(list_seen(right, *answer.list, names_));
    }
  }

  void show_groups() {
    const facts::Account* record = subject_.account.record;
    if (record == nullptr || !record->local_groups.has_value()) {
      return;
    }
    std::vector<std::string> names;
    for (const std::string& name : *record->local_groups) {
      names.push_back(text::printable(name));
    }
    outcome_.found.push_back(
        {names.empty()
             ? fmt::format("{} is a member of no local group", account())
             : fmt::format("{} is a member of {}", account(),
                           text::join_words(names)),
         record->local_groups.origin()});
  }

  std::string account() const {
    return text::printable(subject_.account.name.name);
  }

  void denied(const Answers& denies) {
    const ListAnswer& by = denies.deciding();
    outcome_.kind = RightOutcome::Kind::kDenied;
    outcome_.found.push_back(
        {fmt::format("{} lists {}", right_name(deny_, *by.list),
                     holder_text(by.holder, names_)),
         by.list->holders(deny_).origin()});
    outcome_.subject.policy = by.list->policy_name;
    outcome_.found.insert(outcome_.found.end(), by.cover.how.begin(),
                          by.cover.how.end());
    if (by.cover.is_account) {
      outcome_.summary = fmt::format("{} is denied to the account", words());
      return;
    }
    const auto sid =
        by.holder.sid ? by.holder.sid : names_.sid_of(by.holder.name);
    outcome_.subject.group_sid = sid;
    outcome_.subject.group = sid ? group_of(*sid) : by.holder.name;
    const std::string bare = sid ? bare_name(*sid) : by.holder.name;
    outcome_.summary =
        fmt::format("{} is denied through {}{}", words(),
                    by.cover.how.empty() ? "" : "group ",
                    bare.empty() ? sid->text() : text::printable(bare));
    if (by.cover.how.empty()) {
      outcome_.found.push_back(
          {fmt::format("this logon carries {}", holder_text(by.holder, names_)),
           {}});
    }
  }

  // As remedies name it: a built-in group by what this server calls it.
  std::string group_of(const facts::Sid& sid) const {
    if (knowledge::is_builtin_group(sid)) {
      const std::string local = names_.local_name_of(sid);
      return local == knowledge::bare_name_of_sid(sid)
                 ? knowledge::name_of_sid(sid)
                 : local;
    }
    const std::string* name = sid.is_account() ? names_.named(sid) : nullptr;
    return name != nullptr ? *name : sid.text();
  }

  std::string bare_name(const facts::Sid& sid) const {
    if (knowledge::is_builtin_group(sid)) {
      return names_.local_name_of(sid);
    }
    const std::string_view known = knowledge::bare_name_of_sid(sid);
    const std::string* name = names_.named(sid);
    return !known.empty()    ? std::string(known)
           : name != nullptr ? *name
                             : std::string();
  }

  void missing(const Answers& grants) {
    outcome_.kind = RightOutcome::Kind::kMissing;
    outcome_.summary = fmt::format("{} is not granted to the account", words());
    show(grants, grant_);
    show_groups();
  }

  void overwritten(const Answers& policies) {
    outcome_.kind = RightOutcome::Kind::kOverwritten;
    show(policies, grant_);
    const RightsList& policy = *policies.deciding().list;
    outcome_.subject.file = policy.origin.name();
    outcome_.subject.policy = policy.policy_name;
    for (const RightsList& list : subject_.server.rights) {
      if (list.is_policy) {
        continue;
      }
      const ListAnswer local = ask(list, grant_, token_, false);
      if (local.speaks && local.covered == Tristate::kYes) {
        outcome_.held_now = true;
        outcome_.found.push_back(list_seen(grant_, list, names_));
      }
    }
    outcome_.summary =
        fmt::format("{} sets the list for {} without the account",
                    policy.policy_name.empty()
                        ? std::string("a policy")
                        : fmt::format("the policy \"{}\"",
                                      text::printable(policy.policy_name)),
                    words());
    show_groups();
  }

  void open(const Answers& answers, LogonRight right) {
    outcome_.kind = RightOutcome::Kind::kUnknown;
    outcome_.summary = answers.open;
    outcome_.subject.right = right;
    show(answers, right);
  }

  const Case& subject_;
  const LogonRight grant_;
  const LogonRight deny_;
  const Names names_;
  const LogonToken token_;
  RightOutcome outcome_;
};

}  // namespace

RightOutcome judge_right(const Case& subject, LogonRight grant) {
  return RightJudge(subject, grant).run();
}

}  // namespace iisdiag::checks
