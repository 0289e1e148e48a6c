#include "cause_events.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

namespace iisdiag::test {
namespace {

constexpr int kMinutesPerHour = 60;
constexpr int kFirstOfVista = 4000;

// "10:07" and so many minutes, on the server's day.
std::string time_of(const Json& event, const CauseServer& server, int later) {
  const std::string start = event.value("time", "10:00");
  const int minutes = std::stoi(start.substr(0, 2)) * kMinutesPerHour +
                      std::stoi(start.substr(3)) + later;
  return fmt::format("{}T{:02}:{:02}:00.000000000Z", server.at,
                     minutes / kMinutesPerHour, minutes % kMinutesPerHour);
}

std::string escaped(std::string_view text) {
  std::string xml;
  for (const char c : text) {
    switch (c) {
      case '&':
        xml += "&amp;";
        break;
      case '<':
        xml += "&lt;";
        break;
      default:
        xml += c;
    }
  }
  return xml;
}

std::string bytes_of_code(std::uint32_t code) {
  constexpr unsigned kByte = 8;
  constexpr std::uint32_t kLow = 0xFF;
  std::string hex;
  for (unsigned i = 0; i < sizeof code; ++i) {
    hex += fmt::format("{:02X}", (code >> (i * kByte)) & kLow);
  }
  return hex;
}

std::string system_part(std::string_view provider, std::string_view id,
                        const std::string& time, int record,
                        std::string_view channel, const CauseServer& server) {
  return fmt::format(
      "<System><Provider Name='{}'/>{}<Level>3</Level><Task>0</Task>"
      "<Keywords>0x80000000000000</Keywords><TimeCreated SystemTime='{}'/>"
      "<EventRecordID>{}</EventRecordID><Channel>{}</Channel>"
      "<Computer>{}</Computer><Security/></System>",
      provider, id, time, record, channel, server.computer);
}

std::string event_of(const std::string& system, const std::string& data) {
  return "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/"
         "event'>" +
         system + "<EventData>" + data + "</EventData></Event>\r\n";
}

std::string unnamed(std::string_view value) {
  return "<Data>" + escaped(value) + "</Data>";
}

std::string named(std::string_view name, std::string_view value) {
  return fmt::format("<Data Name='{}'>{}</Data>", name, escaped(value));
}

int record_of(const Json& event, const CauseServer& server, int later) {
  constexpr int kFirst = 400;
  const std::string time = time_of(event, server, later);
  // In the order of time within the day.
  return kFirst + std::stoi(time.substr(11, 2)) * kMinutesPerHour +
         std::stoi(time.substr(14, 2));
}

std::vector<std::pair<std::string_view, std::string>> strings_of_logon(
    const Json& event, const CauseServer& server, const std::string& account,
    const std::string& domain) {
  return {{"SubjectUserSid", "S-1-5-18"},
          {"SubjectUserName", server.computer + "$"},
          {"SubjectDomainName", "WORKGROUP"},
          {"SubjectLogonId", "0x3e7"},
          {"TargetUserSid", "S-1-0-0"},
          {"TargetUserName", account},
          {"TargetDomainName", domain},
          {"Status", event.at("status")},
          {"FailureReason", "%%2313"},
          {"SubStatus", event.value("substatus", "0x0")},
          {"LogonType", std::to_string(event.value("type", 8))},
          {"LogonProcessName", "Advapi  "},
          {"AuthenticationPackageName", "Negotiate"},
          {"WorkstationName", server.computer},
          {"TransmittedServices", "-"},
          {"LmPackageName", "-"},
          {"KeyLength", "0"},
          {"ProcessId", "0x1f4c"},
          {"ProcessName", "C:\\Windows\\System32\\inetsrv\\" +
                              event.value("process", "w3wp.exe")},
          {"IpAddress", "-"},
          {"IpPort", "-"}};
}

// What the events before Vista tell, in their order (FORMATS.md 2.3).
std::vector<std::string> strings_of_old_logon(const Json& event,
                                              const CauseServer& server,
                                              const std::string& account,
                                              const std::string& domain) {
  constexpr std::string_view kPackage = "MICROSOFT_AUTHENTICATION_PACKAGE_V1_0";
  const std::string package(kPackage);
  const std::string type = std::to_string(event.value("type", 2));
  const std::string process = event.value("process", "IIS     ");
  switch (event.at("id").get<int>()) {
    case 528:
    case 540:
      return {account, domain,  "(0x0,0x1F4C)", type,
              process, package, server.computer};
    case 680:
    case 681:
      return {package, account, server.computer, event.at("status")};
    default:
      return {account, domain, type, process, package, server.computer};
  }
}

}  // namespace

std::string service_events(const Json& event, const CauseServer& server,
                           const Fill& fill) {
  std::string all;
  for (int i = 0; i < event.value("times", 1); ++i) {
    std::string data;
    if (event.contains("code")) {
      data = unnamed(fill(event.value("account", "{NAME}"))) + unnamed("-") +
             "<Binary>" + bytes_of_code(event.at("code")) + "</Binary>";
    }
    all += event_of(
        system_part(event.at("source").get<std::string>(),
                    fmt::format("<EventID Qualifiers='32768'>{}</EventID>",
                                event.at("id").get<int>()),
                    time_of(event, server, i), record_of(event, server, i),
                    "System", server),
        data);
  }
  return all;
}

std::string logon_events(const Json& event, const CauseServer& server,
                         const Fill& fill) {
  const int id = event.at("id");
  const std::string account = fill(event.value("account", "{NAME}"));
  const std::string domain = fill(event.value("domain", "{DOMAIN}"));
  std::string all;
  for (int i = 0; i < event.value("times", 1); ++i) {
    std::string data;
    if (id < kFirstOfVista) {
      for (const std::string& text :
           strings_of_old_logon(event, server, account, domain)) {
        data += unnamed(text);
      }
    } else {
      for (const auto& [name, value] :
           strings_of_logon(event, server, account, domain)) {
        data += named(name, value);
      }
    }
    all += event_of(
        system_part(id < kFirstOfVista ? "Security"
                                       : "Microsoft-Windows-Security-Auditing",
                    fmt::format("<EventID>{}</EventID>", id),
                    time_of(event, server, i), record_of(event, server, i),
                    "Security", server),
        data);
  }
  return all;
}

}  // namespace iisdiag::test
