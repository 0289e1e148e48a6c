// The help texts: examples first, 80 columns.
#pragma once

#include <string>

namespace iisdiag::cli {

std::string program_help();
std::string check_help();
std::string collect_help();
std::string explain_help();
std::string merge_help();
std::string diff_help();
std::string list_help();

}  // namespace iisdiag::cli
