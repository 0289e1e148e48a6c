#include "evidence/w3c_reference.hpp"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "evidence/describe_log.hpp"
#include "evidence/log_rows.hpp"
#include "text/strings.hpp"

namespace iisdiag::evidence {
namespace {

using Strings = std::vector<std::string>;

Strings cut_line(const std::string& line, char at) {
  Strings parts(1);
  for (const char c : line) {
    if (c == at) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

bool digits(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return c >= '0' && c <= '9';
  });
}

bool address(const std::string& text) {
  const std::string front = text.substr(0, text.find('%'));
  return front.find_first_not_of("0123456789abcdefABCDEF.:") ==
             std::string::npos &&
         front.find_first_of(".:") != std::string::npos;
}

struct Row {
  Strings fields;
  const Strings* names = nullptr;

  int column(const std::string& name) const {
    const auto found = std::find(names->begin(), names->end(), name);
    return found == names->end() ? -1
                                 : static_cast<int>(found - names->begin());
  }
  int extra() const {
    return static_cast<int>(fields.size()) - static_cast<int>(names->size());
  }
  // The place of a column's field.
  int place(const std::string& name) const {
    const int at = column(name);
    if (at < 0) {
      return -1;
    }
    if (extra() > 0) {
      std::set<int> loose;
      for (const char* wide : {"cs(User-Agent)", "cs(Cookie)", "cs(Referer)"}) {
        loose.insert(column(wide));
      }
      loose.erase(-1);
      if (loose.empty()) {
        for (const char* wide :
             {"cs-uri-stem", "cs-uri-query", "cs-username"}) {
          loose.insert(column(wide));
        }
        loose.erase(-1);
      }
      if (!loose.empty() && at > *loose.rbegin()) {
        return at + extra();
      }
      if (!loose.empty() && at >= *loose.begin()) {
        return -1;
      }
    }
    return at < static_cast<int>(fields.size()) ? at : -1;
  }
  std::string value(const std::string& name) const {
    const int at = place(name);
    return at < 0 ? "" : fields[static_cast<std::size_t>(at)];
  }
  std::string left(const std::string& name) const {
    const int at = column(name);
    return at < 0 || at >= static_cast<int>(fields.size())
               ? ""
               : fields[static_cast<std::size_t>(at)];
  }
};

std::optional<facts::ClockSeconds> time_of(const Row& row) {
  std::string time = row.left("time");
  if (time.size() == 7) {
    time = "0" + time;
  }
  const std::string date = row.left("date");
  if (date.size() != 10 || time.size() != 8) {
    return std::nullopt;
  }
  const auto moment = facts::parse_iso(date + "T" + time);
  return moment ? std::optional(moment->clock) : std::nullopt;
}

struct Read {
  std::string user;
  std::string status;
  std::string substatus;
  std::string win32;
};

std::optional<Read> read_row(const Row& row, bool is_cut) {
  Read read;
  if (row.extra() != 0) {
    const std::string path = row.value("cs-uri-stem");
    if (!time_of(row) || (is_cut && row.extra() > 0) ||
        (!path.empty() && path != "-" && path != "*" && path[0] != '/')) {
      return std::nullopt;
    }
  }
  const int user = row.place("cs-username");
  read.user = user < 0 ? "" : row.fields[static_cast<std::size_t>(user)];
  if (row.extra() != 0 && user >= 0 && row.column("c-ip") == user + 1) {
    std::string name;
    bool found = false;
    for (int more = 0; more <= std::max(0, row.extra()) && !found; ++more) {
      const auto client = static_cast<std::size_t>(user + 1 + more);
      if (client >= row.fields.size()) {
        break;
      }
      name += (more == 0 ? "" : " ") + row.fields[client - 1];
      found = address(row.fields[client]);
    }
    if (!found) {
      return std::nullopt;
    }
    read.user = name.substr(std::min(name.find_first_not_of(' '), name.size()));
  }
  read.status = row.value("sc-status");
  read.substatus = row.value("sc-substatus");
  read.win32 = row.value("sc-win32-status");
  if ((!read.substatus.empty() && read.substatus != "-" &&
       (!digits(read.substatus) || read.substatus.size() > 5)) ||
      (!read.win32.empty() && read.win32 != "-" && !digits(read.win32) &&
       !(read.win32[0] == '-' && digits(read.win32.substr(1))))) {
    return std::nullopt;
  }
  if (is_cut) {
    for (const char* name : {"cs-username", "cs-uri-stem", "sc-status",
                             "sc-substatus", "sc-win32-status"}) {
      if (row.column(name) >= static_cast<int>(row.fields.size()) - 1) {
        return std::nullopt;
      }
    }
  }
  if (read.user == "-") {
    read.user.clear();
  }
  return read;
}

std::optional<std::uint32_t> code_of(const std::string& win32) {
  if (!digits(win32)) {
    return std::nullopt;
  }
  std::uint64_t value = 0;
  for (const char c : win32) {
    value = std::min<std::uint64_t>(
        value * 10 + static_cast<std::uint64_t>(c - '0'), 1ULL << 40U);
  }
  if (value >> 16U == 0x8007) {
    value &= 0xFFFF;
  }
  return value == 0 || value >> 32U != 0
             ? std::nullopt
             : std::optional(static_cast<std::uint32_t>(value));
}

}  // namespace

FileFacts read_plainly(std::string_view bytes) {
  FileFacts facts;
  facts::LogSpan span;
  span.kind = facts::LogKind::kWeb;
  span.has_time = false;
  std::string first_site;
  std::string last_site;
  std::map<std::string, std::size_t> groups;
  std::map<std::string, facts::LogonAttempt> successes;
  Strings names;
  std::uint64_t number = 0;
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    bool is_cut = end == bytes.size();
    std::string line(bytes.substr(0, end));
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    ++number;
    while (line.ends_with('\r')) {
      line.pop_back();
      is_cut = false;
    }
    if (line.find_first_not_of(" \t\r") == std::string::npos) {
      continue;
    }
    if (line[0] == '#') {
      if (text::istarts_with(line, "#fields:")) {
        names = cut_line(line.substr(8), ' ');
        std::erase(names, "");
      }
      continue;
    }
    ++span.records;
    Row row{cut_line(line, ' '), &names};
    const auto time = time_of(row);
    if (time) {
      std::string site = row.left("s-sitename");
      site = site == "-" || (is_cut && line.ends_with(site)) ? "" : site;
      first_site = span.has_time ? first_site : site;
      last_site = site;
      span.first = span.has_time ? span.first : *time;
      span.last = *time;
      span.has_time = true;
    }
    if (line.ends_with(' ') && !is_cut) {
      row.fields.pop_back();
    }
    const auto read = read_row(row, is_cut);
    if (!read) {
      continue;
    }
    facts::LogonAttempt attempt;
    attempt.kind = facts::RecordKind::kWebLog;
    attempt.account = read->user;
    attempt.site =
        row.value("s-sitename") == "-" ? "" : row.value("s-sitename");
    const std::string path = row.value("cs-uri-stem");
    attempt.url = url_prefix(path);
    attempt.status = status_of(read->status);
    attempt.has_substatus = digits(read->substatus);
    attempt.substatus =
        attempt.has_substatus
            ? static_cast<std::uint32_t>(std::stoul(read->substatus))
            : 0;
    attempt.code = code_of(read->win32);
    attempt.has_time = time.has_value();
    attempt.first = time.value_or(0);
    attempt.last = attempt.first;
    if (time) {
      count_hour(attempt, *time);
    }
    attempt.first_origin = facts::Origin::in_file("log", number);
    attempt.last_origin = attempt.first_origin;
    const std::uint32_t sub =
        attempt.has_substatus ? attempt.substatus : 99'999;
    const std::string status =
        std::to_string(attempt.status) + "." + std::to_string(sub);
    if (attempt.status == 401 || attempt.status == 503 || status == "500.19") {
      std::string key = attempt.site + '\n' + attempt.url + '\n' + status +
                        (attempt.account.empty() ? "-" : "+") +
                        (attempt.has_time ? "t" : "n");
      key += attempt.code ? std::to_string(*attempt.code) : "none";
      const auto [known, is_new] =
          groups.try_emplace(key, facts.records.attempts.size());
      if (is_new) {
        facts.records.attempts.push_back(attempt);
      } else {
        facts::LogonAttempt& group = facts.records.attempts[known->second];
        ++group.count;
        if (time) {
          count_hour(group, *time);
        }
        if (attempt.first < group.first) {
          group.first = attempt.first;
          group.first_origin = attempt.first_origin;
        }
        if (attempt.last >= group.last) {
          group.last = attempt.last;
          group.last_origin = attempt.last_origin;
        }
      }
    }
    if (row.column("cs-username") >= 0 && attempt.account.empty() &&
        (attempt.status == 200 || attempt.status == 206 ||
         attempt.status == 304 || status == "404.0" || status == "401.3")) {
      attempt.code = 0;
      successes[attempt.site + '\n' + attempt.url] = attempt;
    }
  }
  std::vector<facts::LogonAttempt> newest;
  for (const auto& [key, success] : successes) {
    newest.push_back(success);
  }
  std::sort(newest.begin(), newest.end(), [](const auto& a, const auto& b) {
    return a.first_origin.number() < b.first_origin.number();
  });
  for (const auto& success : newest) {
    facts.records.attempts.push_back(success);
  }
  span.site = first_site == last_site ? first_site : "";
  facts.records.logs.push_back(span);
  return facts;
}

}  // namespace iisdiag::evidence
