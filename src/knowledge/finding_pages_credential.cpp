// The findings of the credential test.
#include <array>

#include "knowledge/finding_pages.hpp"

namespace iisdiag::knowledge {
namespace {

bool limits_blank_passwords(const IisRules& /*iis*/,
                            const WindowsRules& windows) {
  return windows.blank_password_limited;
}
// Only these ask for a privilege of the caller (Q207671).
bool asks_the_caller(const IisRules& /*iis*/, const WindowsRules& windows) {
  return windows.tools == Tools::kNt || windows.tools == Tools::k2000;
}

constexpr std::array kPages = {
    FindingPage{
        "wrong-password",
        "IIS shows a password that is not the account's. Nothing keeps the "
        "two in step: whoever changes one has to change the other.",
        "A logon that IIS made, or one made with its stored password, was "
        "refused for a wrong password, or with 1326 while the account is "
        "known to exist.",
        "It proves nothing about the rights, which are looked at only after "
        "name and password.",
        "", anywhere},
    FindingPage{
        "blank-password-blocked",
        "The account has an empty password, and Windows accepts that at the "
        "computer's own console only (error 1327).",
        "The stored password is empty, the account is a local one, and "
        "LimitBlankPasswordUse is not 0. Not set counts as 1.",
        "It does not say that the account's own password is empty: if it is "
        "not, the stored one is simply wrong.",
        "adsutil metabase-xml apphost-config appcmd registry-export "
        "secedit-inf",
        limits_blank_passwords},
    FindingPage{
        "logon-type-refused",
        "Name and password are right, and this kind of logon is not granted "
        "to the account (error 1385 or 1380).",
        "A logon on record, or one that was made, was refused with this "
        "code.",
        "It does not say whether a grant is missing or a Deny right covers "
        "the account; the user-rights check does, where the rights were "
        "captured.",
        "", anywhere},
    FindingPage{
        "logon-refused",
        "The logon was refused for another reason. The code says which, and "
        "usually belongs to a finding of another check.",
        "A logon on record, or one that was made, was refused with any other "
        "code. A refused password that was typed for the test is told here, "
        "too, and says nothing about the stored one.",
        "A record can be older than a repair: see when it was written.", "",
        anywhere},
    FindingPage{
        "logon-undecided",
        "There was a refusal, and it cannot be told what it refused: the "
        "name or the password, the logon of IIS or that of a visitor.",
        "A refusal with 1326 is on record, and nothing beside it tells the "
        "cases apart.",
        "It does not say that the stored password is wrong.", "", anywhere},
    FindingPage{
        "lockout-risk",
        "Trying the logon could have helped to lock the account, so it was "
        "not tried.",
        "The account database locks accounts after a number of bad logons, "
        "and the count of this account is not 0, the number is below 3, or "
        "one of the two could not be read.",
        "It says nothing about the stored password.", "", anywhere},
    FindingPage{
        "logon-not-tried",
        "A password is stored that could be tried, but no logon was made and "
        "none is on record.",
        "The evidence was captured, so that there is no system to log on to; "
        "or the test was left out with --no-logon.",
        "It says nothing about the password. To leave the check out of the "
        "exit code use --skip credential-test.",
        "", anywhere},
    FindingPage{
        "caller-lacks-privilege",
        "Windows NT 4.0 and 2000 let only the system itself, or whoever has "
        "a special privilege, log others on. The one who ran the test has it "
        "not (error 1314).",
        "The logon test was refused with 1314.",
        "It says nothing about the account or its password: they were not "
        "looked at.",
        "", asks_the_caller},
    FindingPage{
        "password-unreadable",
        "A password is stored, and the files do not show it: it is masked, "
        "encrypted, or kept where they cannot reach. This is the usual end "
        "of a healthy server's files.",
        "The stored password cannot be read, or its presence is not known, "
        "and no logon is on record.",
        "It says nothing about the password. The other checks can all have "
        "passed while the stored password is wrong.",
        "", anywhere},
};

}  // namespace

std::span<const FindingPage> credential_test_pages() { return kPages; }

}  // namespace iisdiag::knowledge
