#include "evidence/content_folders.hpp"

#include <algorithm>

#include "evidence/limits.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

// A folder that more sites share than this is told as shared by many.
constexpr std::size_t kMaxShared = 16;
// Of folders that were made to be many and deep the rest is not looked at.
constexpr std::size_t kMaxSteps = 1'000'000;

void append(std::string& node, const std::vector<std::string>& segments,
            std::size_t from) {
  for (std::size_t i = from; i < segments.size(); ++i) {
    node += "/" + segments[i];
  }
}

std::vector<std::string> split_path(std::string_view path) {
  std::vector<std::string> result;
  std::string slashes(path);
  std::replace(slashes.begin(), slashes.end(), '\\', '/');
  for (const std::string_view part : text::split(slashes, '/')) {
    const std::string_view segment = text::trim(part);
    if (segment.empty()) {
      continue;
    }
    if (segment == "." || segment == ".." || result.size() == kMaxPathNames) {
      return {};
    }
    result.emplace_back(segment);
  }
  return result;
}

}  // namespace

std::vector<std::string> path_segments(std::string_view path) {
  std::vector<std::string> result = split_path(path);
  const auto is_root = [](std::string_view segment) {
    return (segment.size() == 2 && segment[1] == ':') ||
           (segment.size() > 2 && segment.front() == '%' &&
            segment.back() == '%');
  };
  while (!result.empty() && is_root(result.front())) {
    result.erase(result.begin());
  }
  return result;
}

std::size_t ContentFolders::step(std::size_t from, const std::string& segment) {
  const auto [place, is_new] =
      steps_[from].next.emplace(text::fold_case(segment), steps_.size());
  const std::size_t to = place->second;
  if (is_new) {
    steps_.emplace_back();
  }
  return to;
}

void ContentFolders::add(const std::string& node, std::string_view folder,
                         bool by_name) {
  const auto segments = path_segments(folder);
  nodes_.insert(text::fold_case(node));
  if (segments.empty() || steps_.size() > kMaxSteps) {
    return;
  }
  std::size_t at = 0;
  for (std::size_t i = segments.size(); i > 0; --i) {
    at = step(at, segments[i - 1]);
    Step& here = steps_[at];
    here.several =
        here.several || (here.only && !text::same_name(here.only->node, node));
    if (!here.only) {
      here.only = Place{node, by_name};
    }
  }
  auto& ends = steps_[at].ends;
  const bool known =
      std::any_of(ends.begin(), ends.end(), [&](const Place& place) {
        return text::same_name(place.node, node) && place.by_name == by_name;
      });
  if (!known && ends.size() <= kMaxShared) {
    ends.push_back({node, by_name});
  }
}

// The rest of the path belongs to a virtual directory with another folder.
bool ContentFolders::is_shadowed(const std::string& node,
                                 std::size_t own) const {
  std::string up = text::fold_case(node);
  while (up.size() > own) {
    if (nodes_.contains(up)) {
      return true;
    }
    up.resize(up.rfind('/'));
  }
  return false;
}

ContentFolders::Match ContentFolders::find(std::string_view folder) const {
  Match best;
  std::size_t longest = 0;
  const auto segments = split_path(folder);
  std::vector<std::string> folded;
  folded.reserve(segments.size());
  for (const std::string& segment : segments) {
    folded.push_back(text::fold_case(segment));
  }
  const auto is_worse = [&](std::size_t length) {
    if (length > longest) {
      best = {};
      longest = length;
    }
    return length < longest;
  };
  const auto offer = [&](std::size_t length, const Place& place,
                         std::size_t rest) {
    std::string path = place.node;
    append(path, segments, rest);
    const bool shadowed =
        !place.by_name && is_shadowed(path, text::fold_case(place.node).size());
    if (shadowed || is_worse(length)) {
      return;
    }
    if (std::none_of(best.nodes.begin(), best.nodes.end(),
                     [&](const std::string& other) {
                       return text::same_name(other, path);
                     })) {
      best.nodes.push_back(std::move(path));
    }
  };
  for (std::size_t end = 1; end <= segments.size(); ++end) {
    std::size_t at = 0;
    std::size_t length = 0;
    while (length < end) {
      const auto& next = steps_[at].next;
      const auto found = next.find(folded[end - 1 - length]);
      if (found == next.end()) {
        break;
      }
      at = found->second;
      ++length;
      const auto& ends = steps_[at].ends;
      if (ends.size() > kMaxShared) {
        best.is_open = !is_worse(length);
        continue;
      }
      for (const Place& place : ends) {
        offer(length, place, end);
      }
    }
    if (at == 0 || length < end) {
      continue;
    }
    // The evidence shows no more of the folder: paths that go on fit as well.
    const Step& last = steps_[at];
    if (!last.several) {
      offer(length, *last.only, end);
    } else if (!last.next.empty() && !is_worse(length)) {
      best.is_open = true;
    }
  }
  return best;
}

}  // namespace iisdiag::evidence
