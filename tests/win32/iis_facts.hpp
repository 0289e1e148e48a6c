// What of a configuration two sources have to agree in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evidence/file_facts.hpp"
#include "evidence/format.hpp"

namespace iisdiag::win32 {

// What the reader makes of a captured text.
evidence::FileFacts read_captured(const evidence::Format& format,
                                  const std::string& text);
// A file of a captured server in tests/scenarios.
std::string captured_file(std::string_view scenario, std::string_view file);

// One line for each identity of the configurations, without the places where
// they were read. A password that one source reads and the other does not is
// "stored" in both.
std::string identities(const std::vector<facts::IisConfig>& configs,
                       std::string_view iis, std::string_view windows);

}  // namespace iisdiag::win32
