// Captured files of IIS 7 and later as literals, and what comes of them.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "evidence/load.hpp"
#include "evidence/reading.hpp"

namespace iisdiag::evidence {
using CapturedFiles = std::vector<std::pair<std::string, std::string>>;

inline facts::Server load_all(const CapturedFiles& captured) {
  MemoryFiles files;
  for (const auto& [name, bytes] : captured) {
    files.add("case/" + name, bytes);
  }
  return load(files, {"case"}, {}, "").server;
}

inline std::string section(std::string_view attributes) {
  return "<system.webServer><security><authentication>"
         "<anonymousAuthentication " +
         std::string(attributes) +
         "/></authentication></security></system.webServer>\n";
}

// Default Web Site in inetpub\wwwroot with an application, and Shop.
inline std::string apphost(std::string_view mode, std::string_view rest = "") {
  return "<configuration><configSections><sectionGroup "
         "name='system.webServer'><sectionGroup name='security'><sectionGroup "
         "name='authentication'><section name='anonymousAuthentication' "
         "overrideModeDefault='" +
         std::string(mode) +
         "'/></sectionGroup></sectionGroup></sectionGroup></configSections>\n"
         "<system.applicationHost><sites>\n"
         "<site name='Default Web Site'><application path='/'>"
         "<virtualDirectory path='/' "
         "physicalPath='%SystemDrive%\\inetpub\\wwwroot'/>"
         "<virtualDirectory path='/img' physicalPath='D:\\pictures'/>"
         "</application><application path='/app'><virtualDirectory path='/' "
         "physicalPath='C:\\apps\\app'/></application></site>\n"
         "<site name='Shop'><application path='/'><virtualDirectory path='/' "
         "physicalPath='E:\\sites\\shop\\wwwroot'/></application></site>\n"
         "</sites></system.applicationHost>\n" +
         std::string(rest) + "</configuration>\n";
}

inline std::string web_config(std::string_view inside) {
  return "<configuration>\n" + std::string(inside) + "</configuration>\n";
}

inline std::string location(std::string_view attributes,
                            std::string_view inside) {
  return "<location " + std::string(attributes) + ">" + std::string(inside) +
         "</location>\n";
}

// "account at nodes" of each identity.
inline std::string accounts(const facts::Server& server) {
  std::string result;
  for (const facts::Identity& identity : server.identities) {
    const auto& account = identity.account.value;
    result += account.has_value()
                  ? *account + " (" + account.origin().text() + ")"
                  : "? " + account.reason().why;
    result += identity.anonymous.value.is_unknown() ? " maybe" : "";
    result += " at";
    for (const std::string& node : identity.nodes) {
      result += " [" + node + "]";
    }
    result += "\n";
  }
  return result;
}

inline std::string told(const facts::Server& server) {
  return describe(server.problems) + describe(server.notes);
}

}  // namespace iisdiag::evidence
