#include "evidence/newest_logs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

#include "evidence/bundle.hpp"
#include "evidence/hour_counts.hpp"
#include "evidence/limits.hpp"
#include "evidence/log_rows.hpp"
#include "evidence/read_file.hpp"
#include "text/sort.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

using facts::LogKind;
using facts::Origin;

struct Service {
  std::string_view folder;  // begins with it
  LogKind kind{};
};

constexpr Service kServices[] = {{"W3SVC", LogKind::kWeb},
                                 {"MSFTPSVC", LogKind::kFtp},
                                 {"FTPSVC", LogKind::kFtp},
                                 {"HTTPERR", LogKind::kHttpErrors}};

// A day without requests has no log, and the last one may have just begun.
constexpr std::size_t kNewest = 2;

struct Found {
  std::string folder;
  std::string path;
  LogKind kind{};
};

// Greater for what is newer. A date of two digits for the year has six digits
// or more, and "991231" is older than "261122": IIS is of 1996.
std::tuple<bool, std::size_t, std::string_view> age(std::string_view name,
                                                    std::size_t start) {
  constexpr std::size_t kDate = 6;
  const std::size_t end = name.find_first_not_of("0123456789", start);
  const std::string_view number = name.substr(start, end - start);
  return {number.size() < kDate || number.front() != '9', number.size(),
          number};
}

// Names of logs by what stands before their number, which is a date or counts
// up: each form of log and each period has letters of its own.
std::vector<std::string> newest_of(const std::vector<std::string>& names) {
  std::map<std::string, std::vector<std::string>> forms;
  for (const std::string& name : names) {
    if (text::iends_with(name, ".log")) {
      const std::size_t digit = name.find_first_of("0123456789");
      forms[text::to_lower(name.substr(0, digit))].push_back(name);
    }
  }
  std::vector<std::string> newest;
  for (auto& [form, logs] : forms) {
    const std::size_t start = std::min(form.size(), logs.front().size());
    text::sort_stably(logs,
                      [start](const std::string& one, const std::string& two) {
                        return age(one, start) > age(two, start);
                      });
    logs.resize(std::min(logs.size(), kNewest));
    std::move(logs.begin(), logs.end(), std::back_inserter(newest));
  }
  return newest;
}

class NewestLogsReader {
 public:
  NewestLogsReader(const FileSystem& files, FileFacts& facts)
      : files_(files), contents_(files), facts_(facts) {}

  void run(const std::vector<std::string>& folders) {
    for (const std::string& folder : folders) {
      search(folder);
    }
    if (sites_.empty() && !folders.empty() && !is_refused_) {
      facts_.notes.push_back(
          {fmt::format("no web log is in {}, where IIS writes them if it is "
                       "told nothing else: requests on record are not known",
                       text::join(folders, " or ")),
           Origin::in_file(folders.front(), 0)});
    }
    // Of all sites the newest log before the second of any.
    for (std::size_t round = 0, left = 1; left > 0; ++round) {
      left = 0;
      for (const std::vector<Found>& logs : sites_) {
        if (round < logs.size()) {
          ++left;
          read(logs[round]);
        }
      }
    }
    limit_hours(facts_.records.attempts, kMaxHours);
    if (left_out_ > 0) {
      facts_.problems.push_back(
          {fmt::format("{} of the newest web logs left out: they are too "
                       "large or too many. The first of them is {}",
                       left_out_, text::printable(first_left_out_)),
           Origin::in_file(first_left_out_, 0),
           {},
           0,
           "Check them by themselves: name them to iisdiag check.",
           {}});
    }
  }

 private:
  // Nothing where it is not there.
  std::vector<std::string> list(const std::string& folder) {
    if (files_.status(folder).kind != FileSystem::Kind::kFolder) {
      return {};
    }
    auto names = files_.list(folder);
    if (!names.value) {
      is_refused_ = true;
      facts_.problems.push_back(
          {"web logs were not looked for: " + names.error,
           Origin::in_file(folder, 0),
           {},
           0,
           "Run iisdiag from an elevated prompt (Run as administrator).",
           {}});
      return {};
    }
    return std::move(*names.value);
  }

  static std::string join(const std::string& folder, const std::string& name) {
    const bool is_windows = folder.find('\\') != std::string::npos;
    return folder + (is_windows ? '\\' : '/') + name;
  }

  void search(const std::string& root) {
    for (const std::string& name : list(root)) {
      const auto* service = std::find_if(
          std::begin(kServices), std::end(kServices), [&](const auto& one) {
            return text::istarts_with(name, one.folder);
          });
      if (service == std::end(kServices)) {
        continue;
      }
      const std::string folder = join(root, name);
      std::vector<Found> logs;
      for (const std::string& log : newest_of(list(folder))) {
        logs.push_back({folder, join(folder, log), service->kind});
      }
      if (!logs.empty()) {
        sites_.push_back(std::move(logs));
      }
    }
  }

  void read(const Found& log) {
    const std::uint64_t size = files_.status(log.path).size;
    if (size > kMaxLiveLogs - bytes_ ||
        facts_.records.attempts.size() > kMaxLiveAttempts) {
      leave_out(log);
      if (++left_out_ == 1) {
        first_left_out_ = log.path;
      }
      return;
    }
    bytes_ += size;
    CapturedFile file;
    file.name = log.path;
    file.folder = log.folder;
    file.path = log.path;
    FileReading reading = read_file(contents_, file, nullptr);
    if (!reading.error.empty()) {
      leave_out(log);
      facts_.problems.push_back({std::move(reading.error),
                                 Origin::in_file(log.path, 0),
                                 {},
                                 0,
                                 {},
                                 {}});
    }
    for (FileFacts& part : reading.facts) {
      if (!part.records.logs.empty()) {
        add(std::move(part));
      }
    }
  }

  void add(FileFacts part) {
    const auto append = [](auto& to, auto& from) {
      std::move(from.begin(), from.end(), std::back_inserter(to));
    };
    append(facts_.records.attempts, part.records.attempts);
    append(facts_.records.logs, part.records.logs);
    append(facts_.notes, part.notes);
    append(facts_.problems, part.problems);
  }

  void leave_out(const Found& log) {
    facts::LogSpan span;
    span.kind = log.kind;
    span.site = site_of_folder(log.folder);
    span.is_whole = false;
    span.has_time = false;
    span.origin = Origin::in_file(log.path, 0);
    facts_.records.logs.push_back(std::move(span));
  }

  const FileSystem& files_;
  Contents contents_;
  FileFacts& facts_;
  std::vector<std::vector<Found>> sites_;
  bool is_refused_ = false;
  std::uint64_t bytes_ = 0;
  std::size_t left_out_ = 0;
  std::string first_left_out_;
};

}  // namespace

void read_newest_logs(const FileSystem& files,
                      const std::vector<std::string>& folders,
                      FileFacts& facts) {
  NewestLogsReader(files, facts).run(folders);
}

}  // namespace iisdiag::evidence
