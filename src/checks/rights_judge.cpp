#include "checks/rights_judge.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "checks/logon_token.hpp"
#include "knowledge/well_known.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::checks {
namespace {

using facts::LogonRight;
using facts::Principal;
using facts::RightsList;
using knowledge::Tristate;

std::string holder_text(const Principal& holder) {
  return text::printable(holder.sid ? knowledge::name_of_sid(*holder.sid)
                                    : holder.name);
}

// "SeNetworkLogonRight lists A, B and 3 more".
Seen list_seen(LogonRight right,
               const facts::Observed<std::vector<Principal>>& holders) {
  constexpr std::size_t kShown = 8;
  const std::string name(facts::constant_name(right));
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
    names.push_back(holder_text(holder));
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
  if (list.cut == right && answer.covered != Tristate::kYes) {
    answer.covered = Tristate::kMaybe;
    answer.cover.open =
        fmt::format("{} is cut in the list of {}", list.origin.name(),
                    facts::constant_name(right));
  }
  return answer;
}

// What the lists of one server say together: policies that speak of the right
// before plain lists.
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
  for (const bool policy : {true, false}) {
    for (const RightsList& list : subject.server.rights) {
      if (list.is_policy != policy) {
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
      all.by_policy = policy;
      break;
    }
  }
  if (all.answers.empty()) {
    all.open = subject.server.rights.empty() ? "no rights list is in the "
                                               "evidence"
               : silent.empty()
                   ? fmt::format("no list in the evidence speaks of {}",
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
    all.open = "the lists in the evidence disagree";
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
      outcome_.found.push_back(list_seen(right, answer.list->holders(right)));
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
        {fmt::format("{} lists {}", facts::constant_name(deny_),
                     holder_text(by.holder)),
         by.list->holders(deny_).origin()});
    outcome_.found.insert(outcome_.found.end(), by.cover.how.begin(),
                          by.cover.how.end());
    if (by.cover.is_account) {
      outcome_.summary = fmt::format("{} is denied to the account", words());
      return;
    }
    const auto sid =
        by.holder.sid ? by.holder.sid : knowledge::sid_of_name(by.holder.name);
    outcome_.subject.group =
        sid ? (knowledge::is_builtin_group(*sid) ? knowledge::name_of_sid(*sid)
                                                 : sid->text())
            : by.holder.name;
    const std::string bare =
        sid ? std::string(knowledge::bare_name_of_sid(*sid)) : by.holder.name;
    outcome_.summary =
        fmt::format("{} is denied through {}{}", words(),
                    by.cover.how.empty() ? "" : "group ",
                    bare.empty() ? sid->text() : text::printable(bare));
    if (by.cover.how.empty()) {
      outcome_.found.push_back(
          {fmt::format("this logon carries {}", holder_text(by.holder)), {}});
    }
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
    outcome_.subject.file = policies.deciding().list->origin.name();
    for (const RightsList& list : subject_.server.rights) {
      if (list.is_policy) {
        continue;
      }
      const ListAnswer local = ask(list, grant_, token_, false);
      if (local.speaks && local.covered == Tristate::kYes) {
        outcome_.held_now = true;
        outcome_.found.push_back(list_seen(grant_, list.holders(grant_)));
      }
    }
    outcome_.summary = fmt::format(
        "a policy sets the list for {} without the account", words());
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
  const LogonToken token_;
  RightOutcome outcome_;
};

}  // namespace

RightOutcome judge_right(const Case& subject, LogonRight grant) {
  return RightJudge(subject, grant).run();
}

}  // namespace iisdiag::checks
