#include "evidence/collection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "evidence/limits.hpp"
#include "text/sha256.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

struct Listed {
  const CollectedFile* file = nullptr;
  const facts::Origin* manifest = nullptr;
  bool found = false;
};

// By key(), which tells a place.
using List = std::map<std::string, Listed>;

std::string key(std::string path) {
  std::replace(path.begin(), path.end(), '\\', '/');
  return text::fold_case(path);
}

List list_files(const Bundle& bundle, const std::vector<FileFacts>& all) {
  // Names as the report shows them can be cut in front; paths cannot.
  std::map<std::string_view, std::string_view> paths;
  for (const CapturedFile& file : bundle.files) {
    paths.emplace(file.name, file.path);
  }
  List list;
  for (const FileFacts& facts : all) {
    if (!facts.collection) {
      continue;
    }
    const std::string_view path = paths[facts.file];
    const std::string below(path.substr(0, path.find_last_of("/\\") + 1));
    for (const CollectedFile& file : facts.collection->files) {
      list.emplace(key(below + file.name),
                   Listed{&file, &facts.collection->origin, false});
    }
  }
  return list;
}

std::optional<facts::Problem> compare(const CapturedFile& captured,
                                      const Listed& listed,
                                      Contents& contents) {
  if (!captured.refusal.empty()) {
    return std::nullopt;  // told already
  }
  const auto source = contents.open(captured);
  if (!source.value) {
    return std::nullopt;
  }
  const auto bytes = read_whole(**source.value);
  if (!bytes.value ||
      (bytes.value->size() == listed.file->size &&
       text::iequals(text::sha256_hex(*bytes.value), listed.file->sha256))) {
    return std::nullopt;
  }
  facts::Problem problem;
  problem.text = fmt::format(
      "changed since it was collected: it has not the size and the SHA-256 "
      "that {} lists",
      text::printable(listed.manifest->name()));
  problem.origin = facts::Origin::in_file(captured.name, 0);
  problem.todo = "Copy the collection again, or collect again.";
  return problem;
}

facts::Problem gone(const Listed& listed) {
  facts::Problem problem;
  problem.text = fmt::format("{} is listed, and not in the evidence",
                             text::printable(listed.file->name));
  problem.origin = *listed.manifest;
  problem.todo = "Copy the whole collection again, or collect again.";
  return problem;
}

// What the machine's own answers tell, as {what, why}.
std::set<std::pair<std::string, std::string>> told_by_snapshots(
    const std::vector<FileFacts>& all) {
  std::set<std::pair<std::string, std::string>> told;
  for (const FileFacts& facts : all) {
    if (facts.is_live) {
      for (const facts::Problem& problem : facts.problems) {
        told.emplace(problem.origin.text(), problem.text);
      }
    }
  }
  return told;
}

// No more of a kind than a reader tells of a file.
class Problems {
 public:
  void add(facts::Problem problem) {
    if (++count_ <= kMaxProblemsPerFile) {
      problems_.push_back(std::move(problem));
    } else {
      last_ = problem.origin;
    }
  }
  std::vector<facts::Problem> take() && {
    if (count_ > kMaxProblemsPerFile) {
      facts::Problem more;
      more.text = fmt::format("{} more problems in this collection",
                              count_ - kMaxProblemsPerFile);
      more.origin = last_;
      problems_.push_back(std::move(more));
    }
    return std::move(problems_);
  }

 private:
  std::vector<facts::Problem> problems_;
  std::size_t count_ = 0;
  facts::Origin last_;
};

}  // namespace

std::vector<facts::Problem> check_collections(
    const FileSystem& files, const Bundle& bundle,
    const std::vector<FileFacts>& all) {
  Problems problems;
  const auto told = told_by_snapshots(all);
  for (const FileFacts& facts : all) {
    if (!facts.collection) {
      continue;
    }
    for (const NotRead& not_read : facts.collection->not_read) {
      // Once, as a live run tells it.
      if (!told.contains({not_read.what, not_read.why})) {
        problems.add(
            {fmt::format("{} was not read: {}", not_read.what, not_read.why),
             facts.collection->origin,
             {},
             0,
             not_read.todo});
      }
    }
  }
  List list = list_files(bundle, all);
  if (!list.empty()) {
    // Another one than read the files: what it unpacks is counted.
    Contents contents(files);
    for (const CapturedFile& captured : bundle.files) {
      const auto listed = list.find(key(captured.path));
      if (listed == list.end()) {
        continue;
      }
      listed->second.found = true;
      if (auto problem = compare(captured, listed->second, contents)) {
        problems.add(std::move(*problem));
      }
    }
  }
  for (const auto& [name, listed] : list) {
    if (!listed.found) {
      problems.add(gone(listed));
    }
  }
  return std::move(problems).take();
}

}  // namespace iisdiag::evidence
