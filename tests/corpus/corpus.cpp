#include "corpus.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "evidence/console_text.hpp"
#include "evidence/event_log_reading.hpp"
#include "evidence/reading.hpp"
#include "evidence/unread.hpp"
#include "text/strings.hpp"

namespace iisdiag::corpus {

namespace fs = std::filesystem;

std::optional<std::string> folder() {
  const char* said = std::getenv("IISDIAG_CORPUS");
  const fs::path path = said != nullptr && *said != '\0'
                            ? fs::path(said)
                            : fs::path(IISDIAG_SOURCE_DIR) / "../shared/corpus";
  std::error_code error;
  return fs::is_directory(path, error) ? std::optional(path.string())
                                       : std::nullopt;
}

std::vector<std::string> files_below(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) {
      names.push_back(entry.path().lexically_relative(folder).generic_string());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string golden_folder() {
  return IISDIAG_SOURCE_DIR "/tests/corpus/golden";
}

std::vector<std::string> golden_names() {
  std::vector<std::string> names;
  for (std::string name : files_below(golden_folder())) {
    if (name.ends_with(".txt")) {
      name.resize(name.size() - 4);
      names.push_back(std::move(name));
    }
  }
  return names;
}

std::string facts_of(std::string_view name, std::string_view bytes) {
  const evidence::LogFormat* log =
      evidence::recognise_log(bytes.substr(0, evidence::kLogStart));
  if (log == &evidence::kEvtx || log == &evidence::kEvt) {
    return std::string(log->id) + "\n" +
           evidence::describe_event_log(
               evidence::read_event_log(*log, bytes, name));
  }
  if (const auto why = evidence::why_not_read(name, bytes)) {
    return "refused: " + *why + "\n";
  }
  auto decoded = evidence::decode_evidence(bytes);
  if (!decoded) {
    return "binary, no evidence\n";
  }
  std::string all;
  evidence::Document whole(name, std::move(*decoded));
  for (const auto& part : std::move(whole).split_transcript()) {
    const evidence::Format* format = evidence::recognise(part);
    if (format == nullptr) {
      continue;
    }
    evidence::FileFacts facts;
    format->read(part, facts);
    all += std::string(format->id) + "\n" + evidence::describe(facts.configs) +
           evidence::describe(facts.accounts) +
           evidence::describe(facts.rights);
    if (facts.machine != facts::Machine{}) {
      all += evidence::describe(facts.machine);
    }
    all += evidence::describe(facts.elsewhere) +
           evidence::describe(facts.notes) + evidence::describe(facts.problems);
  }
  return all.empty() ? "text, no evidence\n" : all;
}

std::string test_name(std::string_view file) {
  std::string name(file);
  std::replace_if(
      name.begin(), name.end(),
      [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; },
      '_');
  return name;
}

}  // namespace iisdiag::corpus
