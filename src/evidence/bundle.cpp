#include "evidence/bundle.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "evidence/limits.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

using Kind = FileSystem::Kind;

bool is_separator(char c) { return c == '/' || c == '\\'; }

std::string_view without_last_separator(std::string_view path) {
  while (path.size() > 1 && is_separator(path.back())) {
    path.remove_suffix(1);
  }
  return path;
}

std::size_t start_of_last_name(std::string_view path) {
  const auto slash = without_last_separator(path).find_last_of("/\\");
  return slash == std::string_view::npos ? 0 : slash + 1;
}

std::string base_name(std::string_view path) {
  return std::string(
      without_last_separator(path).substr(start_of_last_name(path)));
}

// Folders in which IIS keeps old configurations (PRODUCT.md, EVIDENCE).
bool is_history(std::string_view name) {
  std::string path = text::to_lower(name);
  std::replace(path.begin(), path.end(), '\\', '/');
  bool below_temp = false;
  for (const std::string_view part : text::split(path, '/')) {
    if (part == "history" || part == "metaback" ||
        part.starts_with("cfghistory_") || (below_temp && part == "apppools")) {
      return true;
    }
    below_temp = part == "temp";
  }
  return false;
}

class Finder {
 public:
  explicit Finder(const FileSystem& files) : files_(files) {}

  Bundle run(const std::vector<std::string>& paths) {
    for (const std::string& path : paths) {
      const auto status = files_.status(path);
      // Folders further up are where somebody keeps the evidence.
      const std::size_t last = start_of_last_name(path);
      names_at_ = status.kind == Kind::kFile
                      ? start_of_last_name(path.substr(0, last))
                      : last;
      switch (status.kind) {
        case Kind::kMissing:
          bundle_.missing = path;
          return std::move(bundle_);
        case Kind::kFile:
          add(path, base_name(path), {});
          break;
        case Kind::kFolder:
          search(path, status.identity);
          break;
        case Kind::kOther:
          problem(path, "neither a file nor a folder: not opened");
          break;
      }
    }
    tell_names_apart();
    return std::move(bundle_);
  }

 private:
  struct Pending {
    std::string path;
    std::string shown;  // below the folder that was named
    std::size_t depth;
  };

  void search(const std::string& root, const std::string& identity) {
    if (!seen_.insert(identity).second) {
      return;
    }
    // Depth first with a stack of our own, in the order of the names.
    std::vector<Pending> stack{{root, {}, 0}};
    while (!stack.empty()) {
      const Pending folder = std::move(stack.back());
      stack.pop_back();
      const auto names = files_.list(folder.path);
      if (!names.value) {
        problem(folder.shown.empty() ? folder.path : folder.shown, names.error);
        continue;
      }
      std::vector<Pending> below;
      for (const std::string& name : *names.value) {
        const std::string path =
            folder.path +
            (!folder.path.empty() && is_separator(folder.path.back()) ? ""
                                                                      : "/") +
            name;
        const std::string shown =
            folder.shown.empty() ? name : folder.shown + "/" + name;
        visit(path, shown, folder, below);
      }
      std::move(below.rbegin(), below.rend(), std::back_inserter(stack));
    }
  }

  void visit(const std::string& path, const std::string& shown,
             const Pending& folder, std::vector<Pending>& below) {
    const auto status = files_.status(path);
    switch (status.kind) {
      case Kind::kFile:
        add(path, shown, folder.shown);
        break;
      case Kind::kFolder:
        if (folder.depth >= kMaxFolderDepth) {
          problem(shown, fmt::format("deeper than {} folders: not searched",
                                     kMaxFolderDepth));
        } else if (seen_.insert(status.identity).second) {
          below.push_back({path, shown, folder.depth + 1});
        }
        break;
      case Kind::kMissing:
        problem(shown, "a link that leads nowhere");
        break;
      case Kind::kOther:
        break;  // a pipe in a folder of evidence is nobody's evidence
    }
  }

  void add(const std::string& path, std::string shown, std::string folder) {
    if (bundle_.files.size() == kMaxFiles) {
      if (!full_) {
        problem(shown, fmt::format("more than {} files: the rest is not read",
                                   kMaxFiles));
      }
      full_ = true;
      return;
    }
    CapturedFile file;
    file.path = path;
    file.historical = is_history(path.substr(names_at_));
    file.name = std::move(shown);
    file.folder = std::move(folder);
    bundle_.files.push_back(std::move(file));
  }

  // Two arguments can bring files of one name: then the paths are shown.
  void tell_names_apart() {
    std::set<std::string> once;
    std::set<std::string> twice;
    for (const CapturedFile& file : bundle_.files) {
      if (!once.insert(file.name).second) {
        twice.insert(file.name);
      }
    }
    for (CapturedFile& file : bundle_.files) {
      if (twice.contains(file.name)) {
        file.name = file.path;
        file.folder = file.path.substr(0, file.path.find_last_of("/\\"));
      }
    }
  }

  void problem(std::string_view where, std::string what) {
    bundle_.problems.push_back(
        {std::move(what), facts::Origin::in_file(where, 0), {}, 0, {}});
  }

  const FileSystem& files_;
  Bundle bundle_;
  // Where in the paths the names begin that can tell a history folder.
  std::size_t names_at_ = 0;
  std::set<std::string> seen_;
  bool full_ = false;
};

}  // namespace

Bundle find_files(const FileSystem& files,
                  const std::vector<std::string>& paths) {
  return Finder(files).run(paths);
}

}  // namespace iisdiag::evidence
