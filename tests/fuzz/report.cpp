// A bundle of files for the whole path from evidence to every report.
//
// The first bytes say how `check` is called, the rest is files, each behind a
// line "%%file NAME".
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/call.hpp"
#include "fuzz/report_promises.hpp"
#include "fuzz/target.hpp"
#include "render/renderer.hpp"

namespace iisdiag::fuzz {
namespace {

constexpr std::string_view kFile = "%%file ";
constexpr std::string_view kNextFile = "\n%%file ";
constexpr std::size_t kHead = 2;

// A path that a folder of a disk or an archive could hold.
bool is_path(std::string_view name) {
  constexpr std::size_t kLongest = 300;
  const std::string inside = "/" + std::string(name) + "/";
  return name.size() <= kLongest && name.find('\0') == std::string_view::npos &&
         inside.find("//") == std::string::npos &&
         inside.find("/./") == std::string::npos &&
         inside.find("/../") == std::string::npos;
}

void add_files(std::string_view bytes, evidence::MemoryFiles& files) {
  while (bytes.starts_with(kFile)) {
    bytes.remove_prefix(kFile.size());
    const std::size_t name_end = std::min(bytes.find('\n'), bytes.size());
    const std::string_view name = bytes.substr(0, name_end);
    bytes.remove_prefix(std::min(name_end + 1, bytes.size()));
    const std::size_t end = std::min(bytes.find(kNextFile), bytes.size());
    if (is_path(name)) {
      files.add("evidence/" + std::string(name),
                std::string(bytes.substr(0, end)));
    }
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
  }
}

// One in each format that goes with the call.
void add_reports(bool is_fleet, std::vector<std::string>& arguments) {
  for (const auto* renderer : render::all_renderers()) {
    const std::string id(renderer->id);
    if (is_fleet || id != "jsonl") {
      arguments.insert(arguments.end(), {"--report", id + "=" + id});
    }
  }
}

struct Choice {
  unsigned bit = 0;
  std::vector<std::string> arguments;
};

}  // namespace

void fuzz_report(std::string_view /*id*/, std::string_view bytes) {
  if (bytes.size() < kHead) {
    return;
  }
  const unsigned how = static_cast<unsigned char>(bytes[0]);
  const unsigned more = static_cast<unsigned char>(bytes[1]);
  evidence::MemoryFiles files;
  add_files(bytes.substr(kHead), files);

  constexpr unsigned kIsFleet = 128;
  const bool is_fleet = (more & kIsFleet) != 0;
  std::vector<std::string> arguments = {"check", "evidence"};
  if (is_fleet) {
    arguments.insert(arguments.end(), {"--each", "nowhere"});
  }
  add_reports(is_fleet, arguments);
  const std::vector<Choice> choices = {
      {1, {"--quiet"}},
      {2, {"--verbose"}},
      {4, {"--strict"}},
      {8, {"--allow-incomplete"}},
      {16, {"--color=always"}},
      {64, {"--account", "IUSR_WEB01"}},
      {128, {"--skip", "user-rights"}},
  };
  for (const Choice& choice : choices) {
    // --quiet and --verbose exclude each other.
    if ((how & choice.bit) != 0 && !(choice.bit == 2 && (how & 1) != 0)) {
      arguments.insert(arguments.end(), choice.arguments.begin(),
                       choice.arguments.end());
    }
  }
  constexpr unsigned kIsTerminal = 32;
  constexpr unsigned kWidths = 128;
  const Terminal terminal{.is_terminal = (how & kIsTerminal) != 0,
                          .width = more % kWidths};
  expect_sound_reports(call(arguments, files, terminal));
}

// A report that a stranger sent, merged with what came of it; and compared with
// itself it has not changed.
void fuzz_merge(std::string_view /*id*/, std::string_view bytes) {
  evidence::MemoryFiles files;
  files.add("sent.json", std::string(bytes));
  std::vector<std::string> arguments = {"merge", "sent.json"};
  add_reports(true, arguments);
  const Outcome merged = call(arguments, files, {});
  expect_sound_reports(merged);
  files.add("merged.json", merged.files.at("json"));
  const Outcome again = call({"merge", "merged.json", "-f", "json"}, files, {});
  expect(again.out == merged.files.at("json"),
         "a merged report is read as it was written", again.out);
  expect(call({"diff", "merged.json", "merged.json"}, files, {}).code == 0,
         "a report is no worse than itself", merged.files.at("json"));
}

}  // namespace iisdiag::fuzz
