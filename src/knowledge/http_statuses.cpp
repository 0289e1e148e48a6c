#include "knowledge/http_statuses.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "knowledge/logon_codes.hpp"
#include "knowledge/sspi_codes.hpp"

namespace iisdiag::knowledge {
namespace {

constexpr std::string_view kLogonCauses =
    "wrong-password account-missing account-disabled account-locked "
    "right-denied right-missing";
constexpr std::string_view kSeeTheCode =
    "Look for the code beside it: sc-win32-status of the web log, event 100, "
    "or 4625 (before Windows Vista 529 to 539). \"iisdiag check\" does it.";
constexpr std::string_view kLoggedOn =
    "The anonymous account was logged on, so its logon is no fault.";
constexpr std::string_view kByAddress =
    "A rule about the client's address or host name refused the request.";
constexpr std::string_view kNoLogonTried =
    "Nothing about the anonymous account: no logon was tried.";
constexpr std::string_view kNotAnonymous =
    "Nothing about the anonymous account: it takes no part in this.";
constexpr std::string_view kSeeRules =
    "Look at IP Address and Domain Restrictions of the site.";

constexpr std::array kStatuses = {
    HttpStatus{401,
               {},
               "Unauthorized",
               {"The number behind the point says why; IIS 4.0 and 5.x show "
                "it in the browser only, IIS 6.0 and later log it.",
                "", "Nothing without that number.",
                "Find it: 401.1 is a refused logon, 401.2 a scheme that is "
                "off, 401.3 a file that may not be read."}},
    HttpStatus{401,
               1,
               "a logon was refused",
               {"Where anonymous access is the only way in, it is the logon "
                "of the anonymous account.",
                kLogonCauses,
                "Not whose logon it was: with other schemes on it may be a "
                "client's password, or a step of a normal handshake.",
                kSeeTheCode}},
    HttpStatus{401,
               2,
               "the client offered no way in that the site takes",
               {"Anonymous access is off there, or it is the first step of a "
                "normal handshake of Windows authentication.",
                "", kNoLogonTried,
                "If visitors are meant to get in without a name, turn "
                "anonymous access on."}},
    HttpStatus{401,
               3,
               "the permissions of the file refuse the account",
               {kLoggedOn, "", "Not that the logon failed: it succeeded.",
                "Let the account read the files: NTFS permissions."}},
    HttpStatus{401,
               4,
               "a filter refused the request",
               {"An ISAPI filter of the site.", "", kNoLogonTried,
                "Look at the filters of the site and at their own logs."}},
    HttpStatus{401,
               5,
               "the application itself refused the request",
               {"An ISAPI or CGI program.", "",
                "Nothing about the logon of the anonymous account.",
                "Look at the program and at its own logs."}},
    HttpStatus{401,
               7,
               "a policy for URLs refused the request",
               {"URL authorization, IIS 6.0 only.", "",
                "Nothing about the logon of the anonymous account.",
                "Look at the authorization rules of that place."}},
    HttpStatus{401,
               501,
               "too many requests at once from one address",
               {kByAddress, "", kNoLogonTried, kSeeRules}},
    HttpStatus{401,
               502,
               "too many requests in a time from one address",
               {kByAddress, "", kNoLogonTried, kSeeRules}},
    HttpStatus{401,
               503,
               "the address of the client is on the deny list",
               {kByAddress, "", kNoLogonTried, kSeeRules}},
    HttpStatus{401,
               504,
               "the host name of the client is on the deny list",
               {kByAddress, "", kNoLogonTried, kSeeRules}},
    HttpStatus{500,
               {},
               "an error of the server",
               {"IIS 1.0 to 3.0 know no 401.1: a refused anonymous logon is a "
                "500 with the text of Windows. Later versions mean something "
                "else.",
                kLogonCauses,
                "Nothing about the anonymous account with IIS 4.0 and later.",
                "With IIS 1.0 to 3.0 read the text that stands with it, and "
                "event 100."}},
    HttpStatus{500,
               19,
               "the configuration cannot be used",
               {"A locked section in a web.config, or an encrypted value that "
                "this computer cannot read.",
                "stored-password-lost", kNoLogonTried,
                "Read the detail that IIS prints beside it: file, line and "
                "reason."}},
    HttpStatus{503,
               {},
               "the application pool does not run",
               {"Often its own identity cannot be logged on: see events 5021, "
                "5057 and 5059 of WAS, with IIS 6.0 1021, 1057 and 1059 of "
                "W3SVC.",
                "", "Nothing about the anonymous account.",
                "Mend name and password of the pool's identity."}},
    HttpStatus{
        530,
        {},
        "the FTP logon was refused",
        {"For the user anonymous it is the logon of the anonymous "
         "account; for others that of the visitor.",
         "wrong-password account-missing right-missing "
         "sync-module-missing sync-blocks-ftp guest-access-blocked "
         "wrong-logon-domain",
         "Not whose logon it was, unless the log names the user.", kSeeTheCode},
        true},
};

// Together they mean something of their own (FACTS.md F).
struct Row {
  std::uint16_t status = 0;
  std::uint16_t sub = 0;  // 0: the log has none
  std::uint32_t win32 = 0;
  Explanation more;
};
constexpr Explanation kHandshake = {
    "A step of a normal handshake of Windows authentication: the server "
    "refuses, and the browser asks again with a name.",
    "", "No fault, as long as a request with a user name follows.",
    "Nothing to do."};
constexpr Row kRows[] = {
    {401,
     0,
     5,
     {"IIS 4.0 and 5.x do not log the number behind the point. With 5 it is "
      "mostly 401.2 (no way in that the client used, or the first step of a "
      "handshake) or 401.3 (permissions of the file).",
      "", "Not that a logon was refused.",
      "See which schemes the site has on, and whether the account may read "
      "the file."}},
    {401, 0, 0x8009030E, kHandshake},
    {401,
     1,
     0,
     {"A refused logon that wrote no code. It is reported for a wrong stored "
      "password of an own anonymous account, and is a step of a handshake "
      "where Windows authentication is on.",
      "wrong-password",
      "Not that the anonymous account is in order: the 0 clears nothing.",
      "Run \"iisdiag check\", or look in the Security log at that minute."}},
    {401,
     1,
     5,
     {"A refused logon with \"access is denied\". What exactly refused it is "
      "not certain.",
      "right-missing right-denied",
      "Not that the anonymous account is meant: see the user field, and which "
      "schemes are on.",
      "Look in the Security log at that minute for the code of the logon."}},
    {401, 1, 0x8009030E, kHandshake},
    {401, 2, 0x8009030E, kHandshake},
    {401,
     2,
     5,
     {"The site offers no way in that the client used: anonymous access is "
      "off, or it is the first step of a handshake of Windows "
      "authentication.",
      "", "Nothing about the anonymous account: no logon was tried.",
      "If visitors are meant to get in without a name, turn anonymous access "
      "on."}},
    {401,
     1,
     0x8009030C,
     {"The name and password of a client were refused in Windows "
      "authentication.",
      "", kNotAnonymous,
      "Look at the account of that client; from the server itself to a name "
      "of its own, at the loopback check (KB896861)."}},
    {401,
     3,
     5,
     {"The account was logged on, and the permissions of the file refuse it.",
      "", "Not that the logon failed: it succeeded.",
      "Let the account read the files: NTFS permissions."}},
};

const Row* find_row(const StatusTriple& triple) {
  const auto* const found =
      std::find_if(std::begin(kRows), std::end(kRows), [&](const Row& row) {
        return row.status == triple.status->status &&
               row.sub == triple.status->sub.value_or(0) &&
               row.win32 == triple.win32;
      });
  return found == std::end(kRows) ? nullptr : found;
}

// What ends with it is, or may be, a refused logon.
bool is_logon(const HttpStatus& status) {
  return status.is_ftp || status.sub == 1 ||
         (!status.sub && status.status != 503);
}

}  // namespace

std::span<const HttpStatus> http_statuses() { return kStatuses; }

const HttpStatus* find_http_status(std::uint32_t status,
                                   std::optional<std::uint32_t> sub) {
  const auto* const found = std::find_if(
      kStatuses.begin(), kStatuses.end(),
      [&](const auto& row) { return row.status == status && row.sub == sub; });
  return found == kStatuses.end() ? nullptr : found;
}

std::string status_name(const HttpStatus& status) {
  return fmt::format("{} {}{}", status.is_ftp ? "FTP" : "HTTP", status.status,
                     status.sub ? fmt::format(".{}", *status.sub) : "");
}

Explanation explain_triple(const StatusTriple& triple) {
  if (const Row* row = find_row(triple)) {
    return row->more;
  }
  Explanation more = triple.status->more;
  if (code_decides(triple)) {
    more = {triple.status->is_ftp
                ? "The FTP logon was refused with that code. For the user "
                  "anonymous it is the logon of the anonymous account."
                : "A logon was refused with that code. Where anonymous access "
                  "is the only way in and the user field is \"-\", it is the "
                  "logon of the anonymous account.",
            {},
            find_http_status(triple.status->status, 1) != nullptr
                ? find_http_status(triple.status->status, 1)->more.proves_not
                : more.proves_not,
            {}};
  } else if (is_logon(*triple.status) &&
             find_sspi_code(triple.win32) != nullptr) {
    more = {"Windows authentication of a client, and no anonymous logon.",
            {},
            kNotAnonymous,
            {}};
  }
  return more;
}

bool code_decides(const StatusTriple& triple) {
  return find_row(triple) == nullptr && is_logon(*triple.status) &&
         find_logon_code(triple.win32) != nullptr;
}

}  // namespace iisdiag::knowledge
