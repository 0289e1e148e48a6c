#include "evidence/bundle.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "evidence/archive.hpp"
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
          if (!search_archive(path, {})) {
            // Where it lies can tell what it is about (web.config).
            add(path, base_name(path), path.substr(0, last > 0 ? last - 1 : 0));
          }
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
        if (!search_archive(path, shown)) {
          add(path, shown, folder.shown);
        }
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
    CapturedFile file;
    file.path = path;
    file.historical = is_history(path.substr(names_at_));
    file.name = std::move(shown);
    file.folder = std::move(folder);
    add(std::move(file));
  }

  void add(CapturedFile file) {
    if (bundle_.files.size() < kMaxFiles) {
      bundle_.files.push_back(std::move(file));
      return;
    }
    if (!full_) {
      problem(file.name, fmt::format("more than {} files: the rest is not read",
                                     kMaxFiles));
    }
    full_ = true;
  }

  // False where the file is no archive or cannot be read at all. `shown` is
  // empty for an archive that was named: its inner paths stand alone.
  bool search_archive(const std::string& path, const std::string& shown) {
    const auto start = files_.read_start(path);
    if (!start.value || !is_archive(*start.value)) {
      return false;
    }
    const auto source = files_.open(path);
    if (!source.value) {
      return false;
    }
    const auto bytes = archive_bytes(**source.value);
    if (!bytes.value) {
      return false;
    }
    if (shown.empty()) {
      names_at_ = path.size();
    }
    CapturedFile archive;
    archive.path = path;
    archive.archive = path;
    archive.name = shown;
    Unpacker unpacker;
    for (const ArchiveEntry& entry : entries_of(*bytes.value, archive)) {
      CapturedFile file = inside(archive, entry);
      const auto inner = is_archive_inside(*bytes.value, entry)
                             ? unpacker.unpack(*bytes.value, entry)
                             : FileSystem::Answer<std::string>{};
      if (!inner.value) {
        add(std::move(file));  // damage is told when it is read
        continue;
      }
      for (const ArchiveEntry& inner_entry : entries_of(*inner.value, file)) {
        add(inside(file, inner_entry));
      }
    }
    return true;
  }

  // What can be read in an archive; the rest is told.
  std::vector<ArchiveEntry> entries_of(std::string_view bytes,
                                       const CapturedFile& archive) {
    ArchiveListing listing = list_archive(bytes);
    const std::string name =
        archive.name.empty() ? base_name(archive.path) : archive.name;
    if (!listing.refusal.empty()) {
      CapturedFile file = archive;
      file.name = name;
      file.refusal = std::move(listing.refusal);
      add(std::move(file));
      return {};
    }
    for (std::size_t i = 0; i < listing.refused.size(); ++i) {
      if (i == kMaxProblemsPerFile) {
        problem(name, fmt::format("{} more problems in this archive",
                                  listing.refused.size() - i));
        break;
      }
      problem(below(archive) + listing.refused[i].name, listing.refused[i].why);
    }
    return std::move(listing.entries);
  }

  CapturedFile inside(const CapturedFile& archive,
                      const ArchiveEntry& entry) const {
    CapturedFile file = archive;
    file.name = below(archive) + entry.name;
    file.path += "/" + entry.name;
    file.inside.push_back(entry);
    const auto slash = file.name.rfind('/');
    file.folder = slash == std::string::npos ? "" : file.name.substr(0, slash);
    file.historical = is_history(std::string_view(file.path).substr(names_at_));
    return file;
  }

  static std::string below(const CapturedFile& archive) {
    return archive.name.empty() ? "" : archive.name + "/";
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

FileSystem::Answer<std::string> read_whole(ByteSource& source) {
  std::string bytes;
  const auto too_large = [] {
    return FileSystem::Answer<std::string>{std::nullopt,
                                           "larger than this program reads"};
  };
  if (source.size() > kMaxTextFile) {
    return too_large();
  }
  bytes.reserve(static_cast<std::size_t>(source.size()));
  for (bool is_last = false; !is_last;) {
    Piece piece = source.at(bytes.size(), ByteSource::kPiece);
    if (!piece.error.empty()) {
      return {std::nullopt, std::move(piece.error)};
    }
    if (bytes.size() + piece.bytes.size() > kMaxTextFile) {
      return too_large();
    }
    bytes.append(piece.bytes);
    is_last = piece.is_last;
  }
  return {std::move(bytes), {}};
}

FileSystem::Answer<std::string_view> archive_bytes(ByteSource& source) {
  Piece piece = source.at(0, ByteSource::kAll);
  if (!piece.error.empty() || !piece.is_last) {
    return {std::nullopt, piece.error.empty() ? "larger than this program reads"
                                              : std::move(piece.error)};
  }
  return {piece.bytes, {}};
}

FileSystem::Answer<std::unique_ptr<ByteSource>> Contents::open(
    const CapturedFile& file) {
  if (file.inside.empty()) {
    return files_.open(file.path);
  }
  if (archive_ != file.archive) {
    archive_ = file.archive;
    bytes_ = {};
    inner_ = {};
    inner_bytes_ = {};
    unpacker_ = {};
    auto source = files_.open(archive_);
    if (source.value) {
      source_ = std::move(*source.value);
      bytes_ = archive_bytes(*source_);
    } else {
      bytes_.error = std::move(source.error);
    }
  }
  if (!bytes_.value) {
    return {std::nullopt, std::exchange(bytes_.error, {})};
  }
  const ArchiveEntry& first = file.inside.front();
  if (file.inside.size() == 1) {
    return unpacker_.open(*bytes_.value, first);
  }
  if (inner_ != first) {
    inner_ = first;
    inner_bytes_ = {};
    inner_bytes_ = unpacker_.unpack(*bytes_.value, first);
  }
  if (!inner_bytes_.value) {
    return {std::nullopt, std::exchange(inner_bytes_.error, {})};
  }
  return unpacker_.open(*inner_bytes_.value, file.inside.back());
}

}  // namespace iisdiag::evidence
