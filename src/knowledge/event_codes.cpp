#include "knowledge/event_codes.hpp"

#include <algorithm>
#include <array>

#include "knowledge/logon_codes.hpp"
#include "text/strings.hpp"

namespace iisdiag::knowledge {
namespace {

constexpr std::string_view kSystem = "System";
constexpr std::string_view kSecurity = "Security";
constexpr std::string_view kOfIis = "W3SVC MSFTPSVC GOPHERSVC";
constexpr std::string_view kSubauth = "W3SVC-WP W3SVC";
constexpr std::string_view kWas = "WAS";
constexpr std::string_view kW3svc = "W3SVC";
constexpr std::string_view kAuditing = "Security-Auditing";

constexpr std::string_view kNotIis =
    "Not that it was IIS: see the logon process (IIS, Advapi) or the process "
    "(w3wp.exe, inetinfo.exe).";
constexpr std::string_view kPool =
    "The account of an application pool, not the anonymous account. Its sites "
    "answer 503.";
constexpr std::string_view kMendPool =
    "Mend name and password of the pool's identity, and its right to log on as "
    "a batch job.";
constexpr std::string_view kNothingOfAnonymous =
    "Nothing about the anonymous account.";
constexpr std::string_view kSyncIgnored =
    "IIS then ignores the flag and uses the stored password. That the event "
    "has this id is not certain; go by its text.";
constexpr std::string_view kPasswordMayFit =
    "Not that the stored password is wrong.";
constexpr std::string_view kAccepted =
    "Not that the next logon succeeds as well: IIS keeps a logon for minutes.";

constexpr std::string_view kRightChanged =
    "It names the right and the SID of the account or group.";
constexpr std::string_view kRightCauses = "right-missing right-overwritten";
constexpr std::string_view kNotAllChanges =
    "Not what the account holds now: a later policy can have changed it.";

// Up to Windows Server 2003 each reason had an event of its own.
constexpr EventCode refused(std::uint32_t id, std::uint32_t code,
                            std::string_view here = {}) {
  return {id, kSecurity, kSecurity, {}, {here, {}, kNotIis, {}}, code};
}

constexpr EventCode of_pool(std::uint32_t id, std::string_view sources,
                            std::string_view text) {
  return {
      id, sources, kSystem, text, {kPool, "", kNothingOfAnonymous, kMendPool}};
}

constexpr std::array kEvents = {
    EventCode{100,
              kOfIis,
              kSystem,
              "IIS could not log an account on",
              {"The text ends in the error, and the data holds its number. It "
               "is written up to IIS 6.0 and by FTP 6; that later versions "
               "write none is not documented.",
               "wrong-password account-missing right-denied right-missing "
               "account-locked account-disabled sync-module-missing",
               "Not that the anonymous account is meant: visitors of FTP and "
               "of Basic authentication get it, too. See the name.",
               "Explain its code: iisdiag explain 2E 05 00 00"}},
    EventCode{2216,
              kSubauth,
              kSystem,
              "password sync of IIS 6.0 is on and its module is not registered",
              {kSyncIgnored, "sync-not-effective", kPasswordMayFit,
               "Turn sync off and store the account's password."}},
    EventCode{2217,
              kSubauth,
              kSystem,
              "the same as 2216, at the domain controller",
              {kSyncIgnored, "sync-not-effective", kPasswordMayFit,
               "Turn sync off and store the account's password."}},
    EventCode{528,
              kSecurity,
              kSecurity,
              "a logon was accepted",
              {"Up to Windows Server 2003.", "", kAccepted, ""}},
    refused(529, kLogonFailure),
    refused(530, 1328),
    refused(531, 1331),
    refused(532, 1793),
    refused(533, 1329),
    refused(534, kLogonTypeNotGranted,
            "Its logon type says which right: 2 local, 3 and 8 network, 4 "
            "batch."),
    refused(535, 1330),
    refused(536, 1792),
    EventCode{537,
              kSecurity,
              kSecurity,
              "a logon failed for another reason",
              {"With Windows Server 2003 its status says why.", "logon-refused",
               kNotIis, "Explain its status."}},
    refused(539, kLockedOut),
    EventCode{540,
              kSecurity,
              kSecurity,
              "a network logon was accepted",
              {"Windows 2000 to Server 2003.", "", kAccepted, ""}},
    EventCode{644,
              kSecurity,
              kSecurity,
              "an account was locked out",
              {"It names the computer that the wrong passwords came from.",
               "account-locked wrong-password stale-override",
               "Not which program on it sent them.",
               "First mend the stored password, then unlock."}},
    EventCode{608,
              kSecurity,
              kSecurity,
              "a right was granted",
              {kRightChanged, "", kNotAllChanges, ""}},
    EventCode{609,
              kSecurity,
              kSecurity,
              "a right was taken away",
              {kRightChanged, kRightCauses, kNotAllChanges, ""}},
    EventCode{621,
              kSecurity,
              kSecurity,
              "a logon right was granted",
              {kRightChanged, "", kNotAllChanges, ""}},
    EventCode{622,
              kSecurity,
              kSecurity,
              "a logon right was taken away",
              {kRightChanged, kRightCauses, kNotAllChanges, ""}},
    EventCode{675,
              kSecurity,
              kSecurity,
              "Kerberos refused a password",
              {"Written by a domain controller; failure code 0x18 is a wrong "
               "password.",
               "wrong-password", kNotIis, ""}},
    EventCode{680,
              kSecurity,
              kSecurity,
              "an account was looked at (NTLM)",
              {"In Windows 2000 a success, in Server 2003 either: the error "
               "code beside it says which, 0x0 is success.",
               "", "Nothing about the logon rights: they come later.", ""}},
    EventCode{681,
              kSecurity,
              kSecurity,
              "an account was refused (NTLM)",
              {"Windows 2000. It writes the NTSTATUS in decimal: 3221225578 is "
               "a wrong password.",
               "wrong-password account-missing account-locked", kNotIis,
               "Explain the number that it names."}},
    EventCode{4624,
              kAuditing,
              kSecurity,
              "a logon was accepted",
              {"Windows Vista and later.", "", kAccepted, ""}},
    EventCode{4625,
              kAuditing,
              kSecurity,
              "a logon was refused",
              {"Status and sub status say why; the sub status is nearer, "
               "unless it is 0x0.",
               "wrong-password account-missing right-denied right-missing "
               "account-locked account-disabled",
               kNotIis, "Explain its codes: iisdiag explain 0xC000006A"}},
    EventCode{4717,
              kAuditing,
              kSecurity,
              "a logon right was granted",
              {kRightChanged, "", kNotAllChanges, ""}},
    EventCode{4718,
              kAuditing,
              kSecurity,
              "a logon right was taken away",
              {kRightChanged, kRightCauses, kNotAllChanges, ""}},
    EventCode{4740,
              kAuditing,
              kSecurity,
              "an account was locked out",
              {"It names the computer that the wrong passwords came from.",
               "account-locked wrong-password stale-override",
               "Not which program on it sent them.",
               "First mend the stored password, then unlock."}},
    EventCode{4771,
              kAuditing,
              kSecurity,
              "Kerberos refused a password",
              {"Written by a domain controller; failure code 0x18 is a wrong "
               "password.",
               "wrong-password", kNotIis, ""}},
    EventCode{4776,
              kAuditing,
              kSecurity,
              "an account was looked at (NTLM)",
              {"Its error code says whether it was accepted: 0x0 is success.",
               "wrong-password account-missing account-locked",
               "Nothing about the logon rights: they come later.", ""}},
    EventCode{10004,
              "DCOM DistributedCOM",
              kSystem,
              "a COM program could not log its account on",
              {"With IIS 4.0 and 5.x mostly IWAM_, which runs applications of "
               "their own; visitors get 500, not 401.1.",
               "", kNothingOfAnonymous,
               "Put the passwords of IWAM_ in step: synciwam.vbs."}},
    of_pool(5021, kWas, "the identity of a pool cannot be used"),
    of_pool(5057, kWas, "a pool was disabled: its identity"),
    of_pool(5059, kWas, "a pool was disabled: it does not start"),
    of_pool(1021, kW3svc, "the identity of a pool cannot be used"),
    of_pool(1057, kW3svc, "the identity of a pool cannot be used"),
    of_pool(1059, kW3svc, "a pool was disabled: it does not start"),
};

// "W3SVC" of "Microsoft-Windows-IIS-W3SVC", "Security-Auditing" of its long
// names.
std::string_view short_source(std::string_view source) {
  for (const std::string_view prefix :
       {"Microsoft-Windows-IIS-", "Microsoft-Windows-"}) {
    if (text::istarts_with(source, prefix)) {
      return source.substr(prefix.size());
    }
  }
  return text::istarts_with(source, "Microsoft Windows security auditing")
             ? kAuditing
             : source;
}

bool is_of(const EventCode& event, std::string_view source) {
  const auto names = text::split(event.sources, ' ');
  // The log's name is that of the source, up to Windows Server 2003.
  return (event.log == kSecurity && text::iequals(source, kSecurity)) ||
         std::any_of(names.begin(), names.end(), [&](std::string_view name) {
           return text::iequals(name, source);
         });
}

}  // namespace

std::span<const EventCode> event_codes() { return kEvents; }

std::string_view text_of(const EventCode& event) {
  const LogonCode* code =
      event.text.empty() ? find_logon_code(event.code) : nullptr;
  return code == nullptr ? event.text : code->text;
}

std::vector<const EventCode*> find_events(std::uint32_t id,
                                          std::string_view source) {
  std::vector<const EventCode*> found;
  for (const EventCode& event : kEvents) {
    if (event.id == id &&
        (source.empty() || is_of(event, short_source(source)))) {
      found.push_back(&event);
    }
  }
  return found;
}

bool is_event_source(std::string_view word) {
  return std::any_of(kEvents.begin(), kEvents.end(), [&](const auto& event) {
    return is_of(event, short_source(word));
  });
}

}  // namespace iisdiag::knowledge
