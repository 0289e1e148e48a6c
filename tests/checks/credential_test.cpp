// The credential test, as far as captured files alone decide it.
#include <gtest/gtest.h>

#include "support/servers.hpp"

namespace iisdiag::checks {
namespace {

using facts::Observed;
using facts::Server;
using facts::StoredPassword;

void store(Server& server, StoredPassword password) {
  identity(server).password.value = {password, at("iis.txt", 21)};
}
Server with_blank(std::string_view iis, std::string_view windows) {
  Server server = healthy(iis, windows);
  store(server, StoredPassword::kEmpty);
  server.machine.limit_blank_password_use =
      Observed<std::uint32_t>::absent(at("lsa.reg", 1));
  return server;
}

TEST(CredentialTest, MaskedPassword) {
  EXPECT_EQ(transcript(kCredentialTest, healthy("6.0", "2003")),
            "unknown: the stored password cannot be read, no logon on record\n"
            "unknown password-unreadable: the stored password cannot be read, "
            "no logon on record\n"
            "  the stored password is masked or encrypted [iis.txt, line "
            "21]\n");
}

TEST(CredentialTest, PasswordThatIsNotThere) {
  Server server = healthy("6.0", "2003");
  store(server, StoredPassword::kLost);
  EXPECT_EQ(transcript(kCredentialTest, server),
            "unknown: the stored password cannot be read, no logon on record\n"
            "unknown password-unreadable: the stored password cannot be read, "
            "no logon on record\n"
            "  the stored password is marked as no longer valid [iis.txt, line "
            "21]\n");
  identity(server).password.value =
      Observed<StoredPassword>::absent(at("iis.txt", 1));
  EXPECT_EQ(transcript(kCredentialTest, server),
            "unknown: the stored password cannot be read, no logon on record\n"
            "unknown password-unreadable: the stored password cannot be read, "
            "no logon on record\n"
            "  no password is stored [iis.txt, line 1]\n");
  identity(server).password.value = Observed<StoredPassword>::unknown(
      "W3SVC/1 was not shown", "", at("adsutil.txt", 3));
  EXPECT_EQ(transcript(kCredentialTest, server),
            "unknown: the stored password cannot be read, no logon on record\n"
            "unknown password-unreadable: the stored password cannot be read, "
            "no logon on record\n"
            "  W3SVC/1 was not shown [adsutil.txt, line 3]\n");
  identity(server).password.value = {};
  EXPECT_EQ(transcript(kCredentialTest, server),
            "unknown: the stored password cannot be read, no logon on record\n"
            "unknown password-unreadable: the stored password cannot be read, "
            "no logon on record\n");
}

TEST(CredentialTest, LegiblePasswordWithoutALogon) {
  Server server = healthy("10.0", "2019");
  store(server, StoredPassword::kClearText);
  EXPECT_EQ(transcript(kCredentialTest, server),
            "unknown: no logon is on record and none was made\n"
            "unknown logon-not-tried: no logon is on record and none was made\n"
            "  a password is stored in clear text [iis.txt, line 21]\n");
}

TEST(CredentialTest, BlankPassword) {
  Server server = with_blank("5.1", "xp");
  EXPECT_EQ(
      transcript(kCredentialTest, server),
      "failed: an empty password may be used at the console only\n"
      "fail blank-password-blocked: an empty password may be used at the "
      "console only\n"
      "  the stored password is empty [iis.txt, line 21]\n"
      "  LimitBlankPasswordUse is not set, which counts as 1 [lsa.reg, line "
      "1]\n");
  server.machine.limit_blank_password_use = {1, at("lsa.reg", 7)};
  EXPECT_EQ(transcript(kCredentialTest, server),
            "failed: an empty password may be used at the console only\n"
            "fail blank-password-blocked: an empty password may be used at the "
            "console only\n"
            "  the stored password is empty [iis.txt, line 21]\n"
            "  LimitBlankPasswordUse is 1 [lsa.reg, line 7]\n");
}

TEST(CredentialTest, BlankPasswordFromXpOn) {
  for (const auto& [iis, windows] :
       {std::pair{"5.1", "xp"}, std::pair{"6.0", "2003"},
        std::pair{"7.0", "vista"}, std::pair{"7.5", "2008r2"},
        std::pair{"10.0", "2025"}}) {
    EXPECT_EQ(outcome(kCredentialTest, with_blank(iis, windows)),
              "failed: blank-password-blocked")
        << windows;
  }
  for (const auto& [iis, windows] :
       {std::pair{"1.0", "nt3.51"}, std::pair{"4.0", "nt4"},
        std::pair{"5.0", "2000"}}) {
    Server server = with_blank(iis, windows);
    EXPECT_EQ(outcome(kCredentialTest, server), "unknown: logon-not-tried")
        << windows;
    // A value that this Windows does not know changes nothing.
    server.machine.limit_blank_password_use = known(1U);
    EXPECT_EQ(outcome(kCredentialTest, server), "unknown: logon-not-tried")
        << windows;
  }
}

TEST(CredentialTest, BlankPasswordThatMayBeUsed) {
  Server allowed = with_blank("6.0", "2003");
  allowed.machine.limit_blank_password_use = known(0U);
  EXPECT_EQ(transcript(kCredentialTest, allowed),
            "unknown: no logon is on record and none was made\n"
            "unknown logon-not-tried: no logon is on record and none was made\n"
            "  the stored password is empty [iis.txt, line 21]\n");
  // The limit is one for local accounts.
  Server domain = with_blank("6.0", "2003");
  use_domain_account(domain, "CORP\\web");
  EXPECT_EQ(outcome(kCredentialTest, domain), "unknown: logon-not-tried");
  Server controller = with_blank("6.0", "2003");
  make_controller(controller);
  EXPECT_EQ(outcome(kCredentialTest, controller), "unknown: logon-not-tried");
  // Not read is not "not set".
  Server unread = with_blank("6.0", "2003");
  unread.machine.limit_blank_password_use = {};
  EXPECT_EQ(outcome(kCredentialTest, unread), "unknown: logon-not-tried");
  Server version = with_blank("5.1", "xp");
  version.machine.windows = {};
  version.machine.iis = {};
  EXPECT_EQ(outcome(kCredentialTest, version), "unknown: logon-not-tried");
}

// A missing attribute is an empty password (FACTS.md B.2), from IIS 7 on.
TEST(CredentialTest, NoPasswordAttributeInIis7) {
  Server server = with_blank("10.0", "2019");
  identity(server).password.value =
      Observed<StoredPassword>::absent(at("applicationHost.config", 1));
  EXPECT_EQ(outcome(kCredentialTest, server), "failed: blank-password-blocked");
}

TEST(CredentialTest, SkippedWhereNoPasswordDecides) {
  EXPECT_EQ(transcript(kCredentialTest, with_account("10.0", "2019", "")),
            "skipped: IIS makes no logon of its own here\n");
  EXPECT_EQ(transcript(kCredentialTest, with_account("10.0", "2019", "IUSR")),
            "skipped: the built-in account has no password\n");
  Server missing = with_account("6.0", "2003", "IUSR_WEB01");
  list_accounts(missing, {"Administrator"});
  for (const Server& server : {missing, with_account("6.0", "2003", ""),
                               with_account("6.0", "2003", "OLD\\IUSR_OLD"),
                               with_account("6.0", "2003", "WEB01$")}) {
    EXPECT_EQ(transcript(kCredentialTest, server),
              "skipped: no such account\n");
  }
}

TEST(CredentialTest, SyncStandsForThePassword) {
  for (const auto& [iis, windows] :
       {std::pair{"4.0", "nt4"}, std::pair{"5.0", "2000"},
        std::pair{"5.1", "xp"}, std::pair{"6.0", "2003"}}) {
    Server server = with_sync(iis, windows);
    store(server, StoredPassword::kLost);
    EXPECT_EQ(transcript(kCredentialTest, server),
              "skipped: password sync is on, IIS vouches for it\n")
        << iis;
  }
  // Not where IIS 6.0 ignores the flag, ...
  Server ignored = with_sync("6.0", "2003");
  ignored.machine.subauthentication =
      Observed<std::string>::absent(at("system.reg", 30));
  EXPECT_EQ(outcome(kCredentialTest, ignored), "unknown: password-unreadable");
  // ... and not where it is not known.
  Server unread = with_sync("6.0", "2003");
  unread.machine.subauthentication = {};
  EXPECT_EQ(outcome(kCredentialTest, unread), "unknown: password-unreadable");
}

}  // namespace
}  // namespace iisdiag::checks
