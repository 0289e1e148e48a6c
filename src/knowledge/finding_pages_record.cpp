// The findings of the account lookup about the account's record.
#include <array>

#include "knowledge/finding_pages.hpp"

namespace iisdiag::knowledge {
namespace {

constexpr std::array kPages = {
    FindingPage{
        "account-disabled",
        "The account exists, and Windows logs nobody on with it (error "
        "1331).",
        "The account's record says that it is not active.",
        "It does not say who disabled it, or why: a security baseline may "
        "have done it on purpose. The password and the rights may be wrong "
        "as well; they are judged separately.",
        "net-user", anywhere},
    FindingPage{
        "account-locked",
        "Too many wrong passwords were tried and Windows has locked the "
        "account for a while, or until an administrator unlocks it (error "
        "1909). Usually IIS itself does it, with a stored password that is "
        "not the account's.",
        "The account's record says that it is locked.",
        "It does not say who sent the wrong passwords. Unlocking alone mends "
        "nothing: the account locks again. A lock can be over by the time "
        "you look.",
        "net-user", anywhere},
    FindingPage{
        "account-expired",
        "The account had an expiry date, and the date is past (error 1793).",
        "The expiry date lies before the time that the evidence speaks of.",
        "Where that time is not known and decides, it is not raised; "
        "account-not-read asks for the time instead.",
        "net-user", anywhere},
    FindingPage{
        "password-expired",
        "The account's password was valid for a limited time, which is over "
        "(error 1330). Nobody is asked for a new one when IIS logs the "
        "account on, so the logon fails.",
        "The date on which the password expires lies before the time that "
        "the evidence speaks of.",
        "It does not say that the stored password is wrong: with the mark "
        "\"never expires\" the present one counts again.",
        "net-user", anywhere},
    FindingPage{
        "password-must-change",
        "The account carries the order to change its password at the next "
        "logon (error 1907). IIS cannot do that.",
        "A logon on record was refused with 1907, or the account's own mark "
        "says so on a live system. The text of net user does not show it "
        "for certain.",
        "It does not say that the stored password is wrong: clearing the "
        "mark is enough where it is right.",
        "", anywhere},
    FindingPage{
        "password-will-expire",
        "The logon works now and will fail on the day on which the password "
        "expires.",
        "The account's record has a date on which the password expires, and "
        "that date was not past, or not for certain, at the time that the "
        "evidence speaks of.",
        "It is no reason for a refusal today.", "net-user", anywhere},
    FindingPage{
        "logon-hours",
        "The account may be logged on at certain hours only. Outside of them "
        "Windows refuses it (error 1328). It is a documented way to close a "
        "site at night, so it can be meant.",
        "As fail: the hours permit no time at all, or not the time that the "
        "evidence speaks of. As warning: the hours are restricted, and that "
        "time is permitted or not known.",
        "It does not say that the restriction is a mistake; ask before you "
        "lift it.",
        "net-user", anywhere},
    FindingPage{
        "workstation-restricted",
        "The account may be used from certain computers only, and the web "
        "server is none of them (error 1329).",
        "The account's record has a list of workstations, and the name of "
        "this computer is not in it.",
        "Where the computer's name is not known it is not raised; "
        "account-not-read asks for the name instead.",
        "net-user", anywhere},
};

}  // namespace

std::span<const FindingPage> account_record_pages() { return kPages; }

}  // namespace iisdiag::knowledge
