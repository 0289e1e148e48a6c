#include "evidence/log_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "evidence/limits.hpp"
#include "text/sort.hpp"
#include "text/strings.hpp"

namespace iisdiag::evidence {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_digit);
}

}  // namespace

bool is_number(std::string_view field) {
  return !field.empty() && all_digits(field);
}

bool is_address(std::string_view field) {
  bool divided = false;
  for (const char c : field.substr(0, field.find('%'))) {
    const bool mark = c == '.' || c == ':';
    divided = divided || mark;
    if (!mark && !is_digit(c) && !(c >= 'a' && c <= 'f') &&
        !(c >= 'A' && c <= 'F')) {
      return false;
    }
  }
  return divided;
}

std::string_view url_prefix(std::string_view path) {
  if (!path.starts_with('/')) {
    return {};
  }
  path = path.substr(0, path.find('?'));
  constexpr int kNames = 3;
  std::size_t end = 0;
  int names = 0;
  while (end < path.size() && names < kNames) {
    end = std::min(path.find('/', end + 1), path.size());
    ++names;
  }
  std::string_view prefix = path.substr(0, end);
  if (end == path.size()) {
    const std::size_t last = prefix.rfind('/');
    const std::string_view name = prefix.substr(last + 1);
    if (name.empty() || name.find('.') != std::string_view::npos) {
      prefix = prefix.substr(0, last);
    }
  }
  constexpr std::size_t kMost = 256;
  return prefix.empty() ? path.substr(0, 1) : cut_text(prefix, kMost);
}

std::string site_of_folder(std::string_view folder) {
  while (folder.ends_with('/') || folder.ends_with('\\')) {
    folder.remove_suffix(1);
  }
  const std::size_t slash = folder.find_last_of("/\\");
  if (slash != std::string_view::npos) {
    folder.remove_prefix(slash + 1);
  }
  for (const std::string_view service : {"W3SVC", "MSFTPSVC", "FTPSVC"}) {
    constexpr std::size_t kDigits = 10;
    if (text::istarts_with(folder, service)) {
      const std::string_view number = folder.substr(service.size());
      if (!number.empty() && number.size() <= kDigits && all_digits(number)) {
        return text::to_upper(folder);
      }
    }
  }
  return {};
}

bool is_ftp_service(std::string_view name) {
  constexpr std::string_view kServices[] = {"MSFTPSVC", "FTPSVC"};
  return std::any_of(std::begin(kServices), std::end(kServices),
                     [&](std::string_view service) {
                       return text::istarts_with(name, service) &&
                              all_digits(name.substr(service.size()));
                     });
}

bool is_ftp_method(std::string_view method) {
  if (method.size() > 2 && method[0] == '[' && is_digit(method[1])) {
    return true;
  }
  constexpr std::string_view kMethods[] = {
      "USER", "PASS", "QUIT", "RETR", "STOR", "CWD",  "PWD", "PASV",
      "EPSV", "TYPE", "SYST", "FEAT", "AUTH", "OPTS", "LIST"};
  return std::find(std::begin(kMethods), std::end(kMethods), method) !=
             std::end(kMethods) ||
         method.starts_with("ControlChannel") ||
         method.starts_with("DataChannel");
}

std::uint32_t status_of(std::string_view field) {
  if (field.size() != 3 || !all_digits(field)) {
    return 0;
  }
  std::uint32_t status = 0;
  for (const char digit : field) {
    status = status * 10 + static_cast<std::uint32_t>(digit - '0');
  }
  return status;
}

std::optional<std::uint32_t> error_of(std::string_view field) {
  std::uint32_t value = 0;
  const char* const end = field.data() + field.size();
  const auto [stop, error] = std::from_chars(field.data(), end, value);
  if (error != std::errc{} || stop != end) {
    return std::nullopt;
  }
  constexpr std::uint32_t kHigh = 0xFFFF0000U;
  constexpr std::uint32_t kOfWin32 = 0x80070000U;
  if ((value & kHigh) == kOfWin32) {
    value &= ~kHigh;
  }
  return value == 0 ? std::nullopt : std::optional(value);
}

bool is_web_refusal(const LogRow& row) {
  return row.status == 401 || row.status == 503 ||
         (row.status == 500 && row.has_substatus && row.substatus == 19);
}

bool is_web_success(const LogRow& row) {
  if (!row.user.empty() || !row.has_user) {
    return false;
  }
  switch (row.status) {
    case 200:
    case 206:
    case 304:
      return true;
    case 404:
      return row.has_substatus && row.substatus == 0;
    case 401:
      return row.has_substatus && row.substatus == 3;
    default:
      return false;
  }
}

bool is_http_refusal(const LogRow& row) {
  // "Connection_Abandoned_By_AppPool" has a form for the queue.
  return text::istarts_with(row.reason, "Connection_Abandoned_By_") ||
         row.status == 503;
}

GroupedRow web_refusal(const LogRow& row) {
  GroupedRow result;
  result.kind = facts::RecordKind::kWebLog;
  result.site = row.site;
  result.url = url_prefix(row.path);
  result.account = row.user;
  result.is_anonymous = row.user.empty();
  result.status = row.status;
  result.substatus = row.substatus;
  result.has_substatus = row.has_substatus;
  result.code = error_of(row.win32);
  return result;
}

GroupedRow http_refusal(const LogRow& row) {
  GroupedRow result;
  result.kind = facts::RecordKind::kHttpErrors;
  result.site = row.site;
  result.url = url_prefix(row.path);
  result.status = row.status;
  result.reason = row.reason;
  return result;
}

GroupedRow ftp_refusal(const LogRow& row, std::string_view user) {
  GroupedRow result;
  result.kind = facts::RecordKind::kFtpLog;
  result.site = row.site;
  result.account = user;
  result.is_anonymous = is_anonymous_name(user);
  result.status = row.status;
  result.substatus = row.substatus;
  result.has_substatus = row.has_substatus;
  result.code = error_of(row.win32);
  return result;
}

void Successes::offer(facts::RecordKind kind, const LogRow& row,
                      std::uint64_t number) {
  constexpr std::size_t kMostSite = 256;
  std::string key(cut_text(row.site, kMostSite));
  key += '\0';
  if (kind == facts::RecordKind::kWebLog) {
    key += url_prefix(row.path);
  }
  keep(std::move(key),
       Success{kind, std::string(cut_text(row.user, kMostSite)), row.status,
               row.substatus, row.has_substatus, row.time, row.line, number});
}

void Successes::keep(std::string key, Success success) {
  const auto known = newest_.find(key);
  if (known != newest_.end()) {
    if (known->second.number < success.number) {
      known->second = std::move(success);
    }
    return;
  }
  if (newest_.size() >= kMaxSuccesses) {
    std::erase_if(newest_, [&](const auto& one) {
      return one.second.number + kSuccessRows < success.number;
    });
    if (newest_.size() >= kMaxSuccesses) {
      return;
    }
  }
  newest_.emplace(std::move(key), std::move(success));
}

void Successes::join(const Successes& other) {
  for (const auto& [key, success] : other.newest_) {
    keep(key, success);
  }
}

std::vector<facts::LogonAttempt> Successes::attempts(
    const facts::Origin::Name& file, bool is_local, std::uint64_t rows) const {
  std::vector<const std::pair<const std::string, Success>*> order;
  for (const auto& one : newest_) {
    if (one.second.number + kSuccessRows >= rows) {
      order.push_back(&one);
    }
  }
  text::sort_stably(order, [](const auto* left, const auto* right) {
    return left->second.number < right->second.number;
  });
  std::vector<facts::LogonAttempt> result;
  result.reserve(order.size());
  for (const auto* one : order) {
    const auto& [key, success] = *one;
    facts::LogonAttempt& attempt = result.emplace_back();
    const std::size_t nul = key.find('\0');
    attempt.kind = success.kind;
    attempt.account = success.account;
    attempt.code = 0;
    attempt.site = key.substr(0, nul);
    attempt.url = key.substr(nul + 1);
    attempt.status = success.status;
    attempt.substatus = success.substatus;
    attempt.has_substatus = success.has_substatus;
    attempt.has_time = success.time.has_value();
    attempt.first = success.time.value_or(0);
    attempt.last = attempt.first;
    if (success.time) {
      attempt.hours = {{facts::start_of_hour(*success.time), 1}};
    }
    attempt.is_local = is_local;
    attempt.first_origin = facts::Origin::in_file(file, success.line);
    attempt.last_origin = attempt.first_origin;
  }
  return result;
}

bool is_anonymous_name(std::string_view user) {
  return text::iequals(user, "anonymous") || text::iequals(user, "ftp");
}

std::string_view FtpSessions::logon_of(const LogRow& row) {
  // "[12]PASS" by IIS 6 and earlier: the number tells the session.
  std::string_view method = row.method;
  std::string_view number;
  if (method.starts_with('[')) {
    const std::size_t end = method.find(']');
    if (end != std::string_view::npos) {
      number = method.substr(0, end);
      method.remove_prefix(end + 1);
    }
  }
  const bool is_user = text::iequals(method, "USER");
  if (!is_user && !text::iequals(method, "PASS")) {
    return {};
  }
  constexpr std::uint64_t kFactor = 0x100000001B3U;
  constexpr std::uint64_t kStart = 0xCBF29CE484222325U;
  std::uint64_t id = kStart;
  for (const std::string_view part : {row.session, number}) {
    for (const char c : part) {
      id = (id ^ static_cast<unsigned char>(c)) * kFactor;
    }
    id = id * kFactor;
  }
  Session& session =
      sessions_[static_cast<std::size_t>((id >> 32U) % sessions_.size())];
  constexpr std::size_t kMostUser = 256;
  if (is_user) {
    session.id = id;
    session.user = cut_text(row.path, kMostUser);
  }
  // 530 after USER: the account, or the address, may not log on at all.
  if (row.status != 530 && (is_user || row.status != 230)) {
    return {};
  }
  if (session.id == id && !session.user.empty()) {
    return session.user;
  }
  return row.user;
}

void Troubles::add(Trouble trouble, std::uint64_t line, std::uint64_t count) {
  Counted& counted = counted_[static_cast<std::size_t>(trouble)];
  if (counted.count == 0) {
    counted.line = line;
  }
  counted.count += count;
}

void Troubles::join(const Troubles& next, std::uint64_t lines) {
  for (std::size_t i = 0; i < kTroubles; ++i) {
    const Counted& more = next.counted_[i];
    if (more.count > 0) {
      add(static_cast<Trouble>(i), more.line + lines, more.count);
    }
  }
}

bool Troubles::any_loss() const {
  for (std::size_t i = 0; i < kTroubles; ++i) {
    if (counted_[i].count > 0 && static_cast<Trouble>(i) != Trouble::kNoTime) {
      return true;
    }
  }
  return false;
}

void Troubles::report(const facts::Origin::Name& file, FileFacts& facts) const {
  struct Words {
    std::string_view one;
    std::string_view more;  // behind their number
  };
  constexpr std::array<Words, kTroubles> kWords = {{
      {"a row does not fit the columns of its header and was left out",
       "rows do not fit the columns of their header and were left out"},
      {"a line is longer than 1 MiB and was cut",
       "lines are longer than 1 MiB and were cut"},
      {"zero bytes stand in front of a row",
       "rows have zero bytes in front of them"},
      {"no #Fields: what the columns of a row mean is not known",
       "rows have no #Fields that tells what their columns mean"},
      {"a row of Advanced Logging or with quoted values is not supported",
       "rows of Advanced Logging or with quoted values are not supported"},
      {"a row has more columns than are supported",
       "rows have more columns than are supported"},
      {"a row does not tell its status, for there is no column sc-status",
       "rows do not tell their status, for there is no column sc-status"},
      {"the day of a row is not known", "rows do not tell their day"},
      {"a row was left out, for there are too many kinds of them",
       "rows were left out, for there are too many kinds of them"},
  }};
  for (std::size_t i = 0; i < kTroubles; ++i) {
    const Counted& counted = counted_[i];
    if (counted.count == 0) {
      continue;
    }
    facts::Problem problem;
    problem.text = counted.count == 1
                       ? std::string(kWords[i].one)
                       : fmt::format("{} {}, from this line on", counted.count,
                                     kWords[i].more);
    problem.origin = facts::Origin::in_file(file, counted.line);
    facts.problems.push_back(std::move(problem));
  }
}

}  // namespace iisdiag::evidence
