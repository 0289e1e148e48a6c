// The folder of real files: $IISDIAG_CORPUS, else ../shared/corpus beside the
// source tree. It is no part of the project and may be absent.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace iisdiag::corpus {

// Where it is, or nothing. `kAbsent` says so when a test is skipped.
std::optional<std::string> folder();
inline constexpr const char* kAbsent =
    "there is no folder of real files: set IISDIAG_CORPUS";

// Files below a folder, as "apphost/x.config", sorted.
std::vector<std::string> files_below(const std::string& folder);
std::string read_file(const std::string& path);

// tests/corpus/golden, and the names of the corpus files that it has a golden
// file for.
std::string golden_folder();
std::vector<std::string> golden_names();

// What the readers make of one file, in lines: its format, or why it is not
// read, or that it is no evidence; then every fact.
std::string facts_of(std::string_view name, std::string_view bytes);

// A name that a test may have: letters, digits and underscores.
std::string test_name(std::string_view file);

}  // namespace iisdiag::corpus
