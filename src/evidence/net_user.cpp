// `net user NAME`: one account (FORMATS.md 8.1), in the languages of
// net_words.hpp.
#include <fmt/format.h>

#include <algorithm>

#include "evidence/format.hpp"
#include "evidence/net_hours.hpp"
#include "evidence/net_record.hpp"
#include "evidence/net_text.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

using facts::Observed;

// The number is that of every language; German and Japanese go on behind it.
// Text that merely quotes the messages is not meant: the answer is two lines.
bool says_not_found(const std::vector<Line>& lines) {
  constexpr std::string_view kNumber = "NET HELPMSG 2221";
  constexpr std::size_t kAnswer = 3;  // with the line about the domain
  const auto filled = std::count_if(
      lines.begin(), lines.end(),
      [](const Line& line) { return !text::trim(line.text).empty(); });
  const bool is_short = static_cast<std::size_t>(filled) <= kAnswer;
  return std::any_of(lines.begin(), lines.end(), [&](const Line& line) {
    const std::string_view content = text::trim(line.text);
    if (text::istarts_with(content, "The user name could not be found")) {
      return true;
    }
    if (!text::icontains(content, kNumber)) {
      return false;
    }
    return is_short || content.substr(0, content.find_last_not_of(". ") + 1)
                           .ends_with("2221");
  });
}

bool is_net_user(const Document& document) {
  const auto lines = document.first_lines();
  return says_not_found(lines) || NetRecord::find(lines).has_value();
}

// "*Guests        *Power Users": names end where the next star begins.
std::vector<std::string> group_names(const NetField& field,
                                     const NetWords& words) {
  std::vector<std::string> names;
  for (const std::string_view value : field.values) {
    for (const std::string_view part : text::split(value, '*')) {
      const std::string_view name = text::trim(part);
      if (!name.empty() && !is_word(name, words.none) &&
          !is_word(name, english_words().none)) {
        names.emplace_back(name);
      }
    }
  }
  return names;
}

class NetUserReader {
 public:
  NetUserReader(const Document& document, FileFacts& facts)
      : document_(document), facts_(facts) {}

  void run() {
    const auto lines = document_.lines();
    record_ = NetRecord::find(lines);
    if (!record_) {
      if (says_not_found(lines)) {
        read_missing(lines);
      }
      return;
    }
    words_ = &record_->words();
    if (!record_->complete()) {
      facts_.problems.push_back(document_.problem(
          "the record has no end: what it does not show is not known",
          lines.back()));
    } else if (record_->are_groups_broken()) {
      facts_.problems.push_back(document_.problem(
          "the groups of the account cannot be read: lines are broken",
          record_->blocks().back().front().line));
    }
    learn_dates();
    facts::Account account;
    account.language = words_->language;
    account.from_domain = asked_a_domain(document_);
    account.origin = at(record_->head());
    if (const NetField* name = record_->name()) {
      account.name = name->values.front();
    } else if (const auto asked =
                   name_in_command(document_.command(), "user")) {
      account.name = *asked;
    } else {
      facts_.problems.push_back(document_.problem(
          "the beginning of the record is missing: it does not say whose it is",
          record_->head().line));
    }
    if (account.name.empty()) {
      return;
    }
    read_state(account);
    read_times(account);
    read_place(account);
    read_groups(account);
    facts_.accounts.accounts.push_back(std::move(account));
  }

 private:
  facts::Origin at(const NetField& field) const {
    return document_.at(field.line.number);
  }

  void read_missing(const std::vector<Line>& lines) {
    facts::MissingAccount missing;
    missing.name = name_in_command(document_.command(), "user");
    missing.from_domain = asked_a_domain(document_);
    const auto line =
        std::find_if(lines.begin(), lines.end(), [](const Line& candidate) {
          return !text::trim(candidate.text).empty();
        });
    missing.origin = document_.at(line == lines.end() ? 0 : line->number);
    facts_.accounts.missing.push_back(std::move(missing));
  }

  const NetField* find(NetLabel label) const { return record_->find(label); }

  void learn_dates() {
    for (const NetBlock& block : record_->blocks()) {
      for (const NetField& field : block) {
        dates_.learn(field.values.front());
      }
    }
  }

  void read_state(facts::Account& account) const {
    const NetField* active = find(NetLabel::kActive);
    if (active == nullptr) {
      return;
    }
    const std::string_view value = active->values.front();
    const bool locked = is_word(value, "Locked");
    if (const auto enabled = yes_or_no(value); enabled || locked) {
      account.active = {enabled.value_or(true), at(*active)};
      // A disabled account does not show whether it is locked as well.
      if (*account.active) {
        account.locked = {locked, at(*active)};
      }
    } else {
      account.active = unreadable<bool>(*active);
    }
  }

  void read_times(facts::Account& account) {
    if (const NetField* expires = find(NetLabel::kExpires)) {
      account.expires = deadline(*expires);
    }
    if (const NetField* expires = find(NetLabel::kPasswordExpires)) {
      account.password_expires = deadline(*expires);
    }
    account.password_last_set = past_time(NetLabel::kLastSet);
    account.last_logon = past_time(NetLabel::kLastLogon);
    if (const NetField* required = find(NetLabel::kRequired)) {
      if (const auto value = yes_or_no(required->values.front())) {
        account.password_required = {*value, at(*required)};
      }
    }
  }

  // Something that had happened when the record was made.
  Observed<facts::TimeRange> past_time(NetLabel label) {
    const NetField* field = find(label);
    const auto when =
        field != nullptr ? dates_.read(field->values.front()) : std::nullopt;
    if (!when) {
      return {};
    }
    facts_.happened(when->earliest);
    return {*when, at(*field)};
  }

  void read_place(facts::Account& account) const {
    if (const NetField* allowed = find(NetLabel::kWorkstations)) {
      account.workstations = workstations(*allowed);
    }
    if (const NetField* hours = find(NetLabel::kHours)) {
      account.logon_hours = net_logon_hours(hours->values, *words_, at(*hours));
    }
  }

  bool is_all(std::string_view value) const {
    return is_word(value, words_->all) || is_word(value, english_words().all);
  }

  Observed<std::vector<std::string>> workstations(
      const NetField& allowed) const {
    // A word for "all" that is not in the table would look like a computer: it
    // also stands at the logon hours, where a computer's name cannot stand.
    const NetField* hours = find(NetLabel::kHours);
    const std::string_view first = allowed.values.front();
    if (!is_all(first) && !first.empty() && hours != nullptr &&
        text::same_name(first, hours->values.front())) {
      return unreadable<std::vector<std::string>>(allowed);
    }
    std::vector<std::string> names;
    for (const std::string_view value : allowed.values) {
      for (const std::string_view part : text::split(value, ',')) {
        const std::string_view name = text::trim(part);
        if (!name.empty() && !is_all(name)) {
          names.emplace_back(name);
        }
      }
    }
    return {std::move(names), at(allowed)};
  }

  void read_groups(facts::Account& account) const {
    if (const NetField* local = find(NetLabel::kLocalGroups)) {
      account.local_groups = {group_names(*local, *words_), at(*local)};
    }
    // Every account has one, be it `*None`.
    const NetField* global = find(NetLabel::kGlobalGroups);
    if (global != nullptr && global->values.front().starts_with('*')) {
      account.global_groups = {group_names(*global, *words_), at(*global)};
    }
  }

  // Japanese and Russian show the English words.
  std::optional<bool> yes_or_no(std::string_view value) const {
    if (is_word(value, words_->yes) || is_word(value, english_words().yes)) {
      return true;
    }
    return is_word(value, words_->no) || is_word(value, english_words().no)
               ? std::optional(false)
               : std::nullopt;
  }

  template <class T>
  Observed<T> unreadable(const NetField& field) const {
    return Observed<T>::unknown(
        fmt::format("the value \"{}\" cannot be read",
                    text::printable(field.values.front())),
        {}, at(field));
  }

  Observed<facts::Deadline> deadline(const NetField& field) const {
    const std::string_view value = field.values.front();
    if (is_word(value, words_->never) ||
        is_word(value, english_words().never)) {
      return {facts::Deadline(facts::Never{}), at(field)};
    }
    if (const auto when = dates_.read(value)) {
      return {facts::Deadline(*when), at(field)};
    }
    return unreadable<facts::Deadline>(field);
  }

  const Document& document_;
  FileFacts& facts_;
  NetDateOrder dates_;
  std::optional<NetRecord> record_;
  const NetWords* words_ = nullptr;
};

void read_net_user(const Document& document, FileFacts& facts) {
  NetUserReader(document, facts).run();
}

}  // namespace

const Format kNetUser{"net-user", "an account (net user NAME)",
                      "net user IUSR_WEB01 > net-user.txt", is_net_user,
                      read_net_user};

}  // namespace iisdiag::evidence
