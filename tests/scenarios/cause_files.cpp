#include "cause_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace iisdiag::test {
namespace {

using Strings = std::vector<std::string>;

EvidenceFile file_of_lines(std::string path, const Strings& lines) {
  EvidenceFile file{std::move(path), {}};
  for (const std::string& line : lines) {
    file.bytes += line + "\r\n";
  }
  return file;
}

std::string field(std::string_view label, std::string_view value) {
  return fmt::format("{:<29}{}", label, value);
}

// "Backup Operators" is in net-localgroup-backup-operators.txt.
std::string file_name(std::string_view command, std::string name) {
  std::replace(name.begin(), name.end(), ' ', '-');
  return fmt::format("net-{}-{}.txt", command, name);
}

}  // namespace

EvidenceFile user_file(const Json& user, const CauseServer& server) {
  const std::string name = filled(user.at("name"), server);
  const bool is_in_domain = user.value("domain", false);
  Strings lines = {"", fmt::format("C:\\>net user {}{}", name,
                                   is_in_domain ? " /domain" : "")};
  if (is_in_domain) {
    lines.insert(lines.end(),
                 {"The request will be processed at a domain controller for "
                  "domain corp.example.",
                  ""});
  }
  if (user.value("missing", false)) {
    lines.insert(lines.end(),
                 {"The user name could not be found.", "",
                  "More help is available by typing NET HELPMSG 2221.", ""});
    return file_of_lines(file_name("user", name), lines);
  }
  constexpr std::string_view kSet = "2/12/1999 11:20 AM";
  lines.insert(lines.end(),
               {field("User name", name),
                field("Full Name", ""),
                field("Comment", ""),
                field("User's comment", ""),
                field("Country code", "000 (System Default)"),
                field("Account active", user.value("active", "Yes")),
                field("Account expires", "Never"),
                "",
                field("Password last set", kSet),
                field("Password expires", "Never"),
                field("Password changeable", kSet),
                field("Password required", user.value("required", "Yes")),
                field("User may change password", "No"),
                "",
                field("Workstations allowed", "All"),
                field("Logon script", ""),
                field("User profile", ""),
                field("Home directory", ""),
                field("Last logon", "Never"),
                "",
                field("Logon hours allowed", "All"),
                "",
                field("Local Group Memberships",
                      user.value("groups", is_in_domain ? "" : "*Guests")),
                field("Global Group memberships",
                      is_in_domain ? "*Domain Users" : "*None"),
                "The command completed successfully.",
                ""});
  return file_of_lines(file_name("user", name), lines);
}

EvidenceFile group_file(const Json& group) {
  const std::string name = group.at("name");
  Strings lines = {"",
                   fmt::format("C:\\>net localgroup \"{}\"", name),
                   fmt::format("Alias name     {}", name),
                   "Comment        ",
                   "",
                   "Members",
                   "",
                   std::string(79, '-')};
  for (const Json& member : group.at("members")) {
    lines.push_back(member);
  }
  lines.insert(lines.end(), {"The command completed successfully.", ""});
  return file_of_lines(file_name("localgroup", name), lines);
}

EvidenceFile web_log(const Json& rows, const CauseServer& server) {
  const bool has_substatus =
      server.generation != "4.0" && !server.generation.starts_with("5.");
  Strings lines = {
      "#Software: Microsoft Internet Information Services", "#Version: 1.0",
      fmt::format("#Date: {} 00:00:10", server.at),
      fmt::format("#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query "
                  "s-port cs-username c-ip sc-status {}sc-win32-status",
                  has_substatus ? "sc-substatus " : "")};
  for (const Json& row : rows) {
    std::istringstream words(filled(row, server));
    std::string time;
    std::string user;
    std::string url;
    std::string status;
    std::string substatus;
    std::string code;
    if (!(words >> time >> user >> url >> status >> substatus >> code)) {
      throw std::runtime_error("not a row: " + row.dump());
    }
    std::string client = "203.0.113.7";
    std::string query = "-";
    words >> client >> query;
    lines.push_back(fmt::format("{} {} 192.0.2.10 GET {} {} 80 {} {} {} {}{}",
                                server.at, time, url,
                                query.empty() ? "-" : query, user,
                                client.empty() ? "203.0.113.7" : client, status,
                                has_substatus ? substatus + " " : "", code));
  }
  return file_of_lines(server.site + "/ex.log", lines);
}

}  // namespace iisdiag::test
