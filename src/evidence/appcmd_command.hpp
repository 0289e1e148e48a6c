// Which node the output of `appcmd list config` is about.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace iisdiag::evidence {

struct AppcmdPath {
  // As iis7_files.hpp names nodes; nothing where it is not known.
  std::optional<std::string> node;
  bool is_guess = false;  // by the file's name

  bool operator==(const AppcmdPath&) const = default;
};

// `MACHINE/WEBROOT/APPHOST/Default Web Site/app/` and `Default Web Site/app`
// are one node; nothing for a URL and for levels above the server's own.
std::optional<std::string> appcmd_node(std::string_view path);

// By the command line: options begin with / or -, words are quoted with either
// quote, and a command without a path is about the server as a whole.
AppcmdPath path_of_appcmd(std::string_view command);

// `appcmd_Default Web Site+app.txt` is of `Default Web Site/app`: a plus
// stands for the slash. Any other name tells nothing.
AppcmdPath path_of_appcmd_file(std::string_view file);

// By the path that /xml prints and the command, of which the deeper one
// counts: the section can be set further up than where it was asked for.
AppcmdPath path_of_appcmd_xml(std::string_view printed,
                              const AppcmdPath& asked);

}  // namespace iisdiag::evidence
