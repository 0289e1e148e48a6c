#include "cli/collect.hpp"

#include <stdexcept>

#include "evidence/archive.hpp"
#include "knowledge/versions.hpp"

namespace iisdiag::cli {
namespace {

std::string unpacked_script(std::string_view name) {
  const std::string_view archive = embedded_scripts();
  for (const auto& entry : evidence::list_archive(archive).entries) {
    if (entry.name == name) {
      auto bytes = evidence::Unpacker().unpack(archive, entry);
      if (bytes.value) {
        return std::move(*bytes.value);
      }
    }
  }
  throw std::logic_error("the scripts are damaged");
}

}  // namespace

CollectScript collect_script(std::string_view windows) {
  const auto* rules = knowledge::find_windows(windows);
  const bool is_new =
      rules == nullptr || rules->tools == knowledge::Tools::k2008;
  CollectScript script;
  script.about =
      is_new ? "a script for Windows Vista, Server 2008 and later; for NT 4.0 "
               "to 2003 add --windows 2003"
             : "a script for Windows NT 4.0, 2000, XP and 2003; for Vista, "
               "Server 2008 and later leave --windows out";
  for (const char c :
       unpacked_script(is_new ? "collect-2008.cmd" : "collect-nt4.cmd")) {
    if (c == '\n') {
      script.text += '\r';
    }
    script.text += c;
  }
  return script;
}

}  // namespace iisdiag::cli
