#include "cli/collection.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/live.hpp"
#include "evidence/archive_writer.hpp"
#include "evidence/console_text.hpp"
#include "evidence/limits.hpp"
#include "evidence/redact.hpp"
#include "evidence/snapshot.hpp"
#include "text/sha256.hpp"

namespace iisdiag::cli {
namespace {

using evidence::ArchiveFile;

class Collector {
 public:
  Collector(evidence::LiveServer& live, const evidence::FileSystem& files)
      : live_(live), files_(files) {}

  Collection run() {
    LiveOptions options;
    options.may_log_on = false;
    const Live told = read_live(live_, options);
    result_.has_iis = told.has_iis;
    if (!told.has_iis) {
      return std::move(result_);
    }
    describe(told);
    add("snapshot.json",
        evidence::write_snapshot(told.facts, manifest_.header));
    for (const evidence::ConfigFile& file : live_.configuration_files()) {
      copy(file);
    }
    result_.not_read = manifest_.not_read;
    // The last one, for it lists the others.
    entries_.push_back({"manifest.json", evidence::write_manifest(manifest_)});
    if (auto archive = evidence::write_archive(entries_)) {
      result_.archive = std::move(*archive);
    }
    return std::move(result_);
  }

 private:
  void describe(const Live& told) {
    manifest_.header = told.facts.captured.value();
    result_.captured_at = manifest_.header.moment();
    result_.computer = manifest_.header.computer;
    // Without a configuration the report can say nothing.
    result_.refused = told.facts.problems.size() +
                      told.facts.accounts.failures.size() +
                      (told.facts.configs.empty() ? 1 : 0);
  }

  void add(std::string name, std::string bytes) {
    manifest_.files.push_back({name, bytes.size(), text::sha256_hex(bytes)});
    entries_.push_back({std::move(name), std::move(bytes)});
  }

  void copy(const evidence::ConfigFile& file) {
    auto bytes = files_.read(file.path, evidence::kMaxTextFile);
    if (!bytes.value) {
      // A server has one kind of configuration, and not the files of others.
      if (!bytes.error.empty() && file.is_expected) {
        leave_out(file, bytes.error);
      }
      return;
    }
    const auto decoded = evidence::decode_evidence(*bytes.value);
    auto clean =
        decoded ? evidence::without_secrets(decoded->text) : std::nullopt;
    if (clean) {
      add("config/" + file.name, std::move(*clean));
    } else {
      leave_out(
          file,
          "it is no well-formed XML: what is secret in it cannot be told");
    }
  }

  void leave_out(const evidence::ConfigFile& file, std::string why) {
    manifest_.not_read.push_back({file.path, std::move(why), {}});
  }

  evidence::LiveServer& live_;
  const evidence::FileSystem& files_;
  Collection result_;
  evidence::CollectionManifest manifest_;
  std::vector<ArchiveFile> entries_;
};

}  // namespace

Collection collect(evidence::LiveServer& live,
                   const evidence::FileSystem& files) {
  return Collector(live, files).run();
}

std::string archive_name(const Collection& collection) {
  std::string name;
  for (const char c : collection.computer) {
    const bool is_plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                          (c >= '0' && c <= '9') || c == '-' || c == '_';
    name += is_plain ? c : '_';
  }
  // "2026-11-22T11:00:00+01:00"
  std::string when = facts::iso_text({collection.captured_at.clock, {}});
  std::erase_if(when, [](char c) { return c == '-' || c == ':'; });
  std::replace(when.begin(), when.end(), 'T', '-');
  constexpr std::size_t kToMinutes = 13;
  return fmt::format("{}-{}.zip", name.empty() ? "server" : name,
                     when.substr(0, kToMinutes));
}

}  // namespace iisdiag::cli
