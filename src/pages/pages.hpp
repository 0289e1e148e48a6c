// What belongs to the program where it is installed, made from its tables: a
// manual page and what shells need to complete its command line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/option_table.hpp"

namespace iisdiag::pages {

// mdoc(7). `date` is that of the page, "November 28, 2026".
std::string man_page(std::string_view date);

std::string bash_completion();
std::string zsh_completion();
std::string fish_completion();

// All notations of an option: "-a", "--account".
std::vector<std::string> notations(const cli::OptionInfo& option);

// Words with blanks between them.
std::string blank_separated(const std::vector<std::string_view>& words);

// A word in single quotes, as bash and zsh read them; fish has a way of its
// own.
std::string single_quoted(std::string_view text);

}  // namespace iisdiag::pages
