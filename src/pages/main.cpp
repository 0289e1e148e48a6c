// Writes the manual page and the completions to where a program's share/ folder
// has them. A tool of the build, no part of the program.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "pages/pages.hpp"

namespace {

bool write(const std::filesystem::path& file, const std::string& text) {
  std::error_code ignored;
  std::filesystem::create_directories(file.parent_path(), ignored);
  std::ofstream out(file, std::ios::binary);
  out << text;
  if (!out.flush()) {
    std::cerr << file.string() << ": cannot be written\n";
    return false;
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv, std::next(argv, argc));
  if (arguments.size() != 3) {
    std::cerr << "usage: iisdiag_pages FOLDER DATE\n";
    return 2;
  }
  namespace pages = iisdiag::pages;
  const std::filesystem::path folder = arguments[1];
  return write(folder / "man/man1/iisdiag.1", pages::man_page(arguments[2])) &&
                 write(folder / "bash-completion/completions/iisdiag",
                       pages::bash_completion()) &&
                 write(folder / "zsh/site-functions/_iisdiag",
                       pages::zsh_completion()) &&
                 write(folder / "fish/vendor_completions.d/iisdiag.fish",
                       pages::fish_completion())
             ? 0
             : 1;
}
