// `net accounts`: nine lines in one order (FORMATS.md 8.3).
#include <gtest/gtest.h>

#include "evidence/reading.hpp"

namespace iisdiag::evidence {
namespace {

constexpr std::string_view kEnglish =
    R"(Force user logoff how long after time expires?:       Never
Minimum password age (days):                          0
Maximum password age (days):                          42
Minimum password length:                              0
Length of password history maintained:                None
Lockout threshold:                                    5
Lockout duration (minutes):                           30
Lockout observation window (minutes):                 20
Computer role:                                        SERVER
The command completed successfully.

)";

constexpr std::string_view kSpanish =
    R"(Forzar cierre de sesión después de la hora:               Nunca
Duración mín. de contraseña (días)                        0
Duración máx. de contraseña (días)                        Ilimitada
Longitud mínima de contraseña                             0
Duración del historial de contraseñas                     Ninguno
Umbral de bloqueo                                         Nunca
Duración de bloqueo (minutos)                             30
Ventana de obs. de bloqueo (minutos)                      30
Rol del servidor                                          WORKSTATION
Se ha completado el comando correctamente.

)";

std::string replaced(std::string_view text, std::string_view from,
                     std::string_view to) {
  std::string result(text);
  const auto at = result.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? result : result.replace(at, from.size(), to);
}

TEST(NetAccountsTest, ReadsPolicyAndRole) {
  const auto facts = read_as(kNetAccounts, kEnglish);
  EXPECT_EQ(describe(facts.accounts), R"(account policy
  lockout threshold = 5 @6
  lockout minutes = 30 @7
  lockout window = 20 @8
  maximum password age = 42 @3
)");
  EXPECT_EQ(describe(facts.machine), "machine\n  role = member @9\n");
  EXPECT_EQ(describe(facts.problems), "");
}

TEST(NetAccountsTest, OtherLanguagesByPosition) {
  for (const std::string_view language : {"", "es"}) {
    const std::string text =
        language.empty()
            ? replaced(kSpanish, "Umbral de bloqueo", "Palabras ajenas x")
            : std::string(kSpanish);
    const auto facts = read_as(kNetAccounts, text);
    EXPECT_EQ(describe(facts.accounts), R"(account policy
  lockout threshold = 0 @6
  lockout minutes = 30 @7
  lockout window = 30 @8
  absent: maximum password age
)");
    EXPECT_EQ(describe(facts.machine), "machine\n  role = workstation @9\n");
  }
}

TEST(NetAccountsTest, Roles) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"WORKSTATION", "  role = workstation @9\n"},
      {"STATION", "  role = workstation @9\n"},
      {"SERVER", "  role = member @9\n"},
      {"PRIMARY", "  role = dc @9\n"},
      {"BACKUP", "  role = dc @9\n"},
      {"ARBEITSSTATION", ""},
  };
  for (const auto& [role, expected] : cases) {
    const auto facts =
        read_as(kNetAccounts, replaced(kEnglish, "SERVER", role));
    EXPECT_EQ(describe(facts.machine), "machine\n" + std::string(expected));
    EXPECT_TRUE(facts.accounts.policy.lockout_threshold.is(5)) << role;
  }
}

TEST(NetAccountsTest, Values) {
  const auto policy = [](std::string_view from, std::string_view to) {
    return read_as(kNetAccounts, replaced(kEnglish, from, to)).accounts.policy;
  };
  EXPECT_TRUE(policy("   5", "   Never").lockout_threshold.is(0));
  EXPECT_TRUE(policy("   5", "   Niemals").lockout_threshold.is(0));
  EXPECT_TRUE(policy("   5", "   0").lockout_threshold.is(0));
  EXPECT_TRUE(policy("   30", "   Never").lockout_minutes.is_absent());
  EXPECT_TRUE(policy("   30", "   0").lockout_minutes.is_absent());
  EXPECT_TRUE(
      policy("   42", "   Unlimited").max_password_age_days.is_absent());
  // Unknown, with the text.
  for (const std::string_view value :
       {"5x", "-5", "99999999999", "1.5", "N?e"}) {
    const auto found = policy("   5", "   " + std::string(value));
    ASSERT_TRUE(found.lockout_threshold.is_unknown()) << value;
    EXPECT_EQ(found.lockout_threshold.reason().why,
              "the value \"" + std::string(value) + "\" cannot be read");
  }
  EXPECT_TRUE(policy("   30", "   always").lockout_minutes.is_unknown());
  EXPECT_TRUE(policy("   42", "   often").max_password_age_days.is_unknown());
  EXPECT_TRUE(policy("   20", "   Never").lockout_window_minutes.is_unknown());
}

TEST(NetAccountsTest, ADomainsPolicyAndNotThisMachinesRole) {
  for (const std::string_view heading :
       {"The request will be processed at a domain controller for domain "
        "CORP.\n\n",
        "Die Anforderung wird auf einem Domänencontroller bearbeitet.\n\n"}) {
    const auto facts =
        read_as(kNetAccounts,
                std::string(heading) + replaced(kEnglish, "SERVER", "PRIMARY"));
    EXPECT_EQ(describe(facts.accounts), R"(domain policy
  lockout threshold = 5 @8
  lockout minutes = 30 @9
  lockout window = 20 @10
  maximum password age = 42 @5
)");
    EXPECT_EQ(describe(facts.machine), "machine\n");
  }
}

TEST(NetAccountsTest, AHeadingNobodyUnderstandsLeavesAllOpen) {
  const auto facts = read_as(
      kNetAccounts, "Något annat står här.\n\n" + std::string(kEnglish));
  EXPECT_EQ(describe(facts.accounts), "");
  EXPECT_EQ(describe(facts.machine), "machine\n");
  EXPECT_EQ(describe(facts.problems),
            "file, line 1: a heading that is not understood: the policy below "
            "may be that of a domain, and is left out\n"
            "  Något annat står här.\n  ^\n");
}

TEST(NetAccountsTest, WhatLacksALineIsNone) {
  const auto lines = split_lines(kEnglish);
  for (std::size_t gone = 0; gone < 9; ++gone) {
    std::string text;
    std::string start;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      text += i == gone ? "" : std::string(lines[i].text) + "\n";
      start += i < gone ? std::string(lines[i].text) + "\n" : "";
    }
    EXPECT_EQ(format_of(text), "-") << gone;
    EXPECT_EQ(format_of(start.empty() ? "x" : start), "-") << gone;
  }
  EXPECT_EQ(format_of(replaced(kEnglish, "days):                          0",
                               "days):                          none")),
            "-");
}

}  // namespace
}  // namespace iisdiag::evidence
