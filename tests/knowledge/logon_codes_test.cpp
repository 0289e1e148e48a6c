// The table of codes, whose numbers come from FACTS.md D.
#include <gtest/gtest.h>

#include <array>
#include <set>
#include <string>
#include <string_view>

#include "knowledge/logon_codes.hpp"

namespace iisdiag::knowledge {
namespace {

struct Row {
  std::uint32_t code;
  std::uint32_t status;
  std::string_view name;
  std::string_view status_name;
};

constexpr std::array kRows = {
    Row{5, 0xC0000022, "ERROR_ACCESS_DENIED", "STATUS_ACCESS_DENIED"},
    Row{86, 0xC000006A, "ERROR_INVALID_PASSWORD", "STATUS_WRONG_PASSWORD"},
    Row{87, 0, "ERROR_INVALID_PARAMETER", ""},
    Row{126, 0xC0000135, "ERROR_MOD_NOT_FOUND", "STATUS_DLL_NOT_FOUND"},
    Row{1219, 0, "ERROR_SESSION_CREDENTIAL_CONFLICT", ""},
    Row{1300, 0x106, "ERROR_NOT_ALL_ASSIGNED", "STATUS_NOT_ALL_ASSIGNED"},
    Row{1311, 0xC000005E, "ERROR_NO_LOGON_SERVERS", "STATUS_NO_LOGON_SERVERS"},
    Row{1314, 0xC0000061, "ERROR_PRIVILEGE_NOT_HELD",
        "STATUS_PRIVILEGE_NOT_HELD"},
    Row{1315, 0xC0000062, "ERROR_INVALID_ACCOUNT_NAME",
        "STATUS_INVALID_ACCOUNT_NAME"},
    Row{1317, 0xC0000064, "ERROR_NO_SUCH_USER", "STATUS_NO_SUCH_USER"},
    Row{1323, 0, "ERROR_WRONG_PASSWORD", ""},
    Row{1324, 0xC000006B, "ERROR_ILL_FORMED_PASSWORD",
        "STATUS_ILL_FORMED_PASSWORD"},
    Row{1325, 0xC000006C, "ERROR_PASSWORD_RESTRICTION",
        "STATUS_PASSWORD_RESTRICTION"},
    Row{1326, 0xC000006D, "ERROR_LOGON_FAILURE", "STATUS_LOGON_FAILURE"},
    Row{1327, 0xC000006E, "ERROR_ACCOUNT_RESTRICTION",
        "STATUS_ACCOUNT_RESTRICTION"},
    Row{1328, 0xC000006F, "ERROR_INVALID_LOGON_HOURS",
        "STATUS_INVALID_LOGON_HOURS"},
    Row{1329, 0xC0000070, "ERROR_INVALID_WORKSTATION",
        "STATUS_INVALID_WORKSTATION"},
    Row{1330, 0xC0000071, "ERROR_PASSWORD_EXPIRED", "STATUS_PASSWORD_EXPIRED"},
    Row{1331, 0xC0000072, "ERROR_ACCOUNT_DISABLED", "STATUS_ACCOUNT_DISABLED"},
    Row{1332, 0xC0000073, "ERROR_NONE_MAPPED", "STATUS_NONE_MAPPED"},
    Row{1351, 0xC00000DA, "ERROR_CANT_ACCESS_DOMAIN_INFO",
        "STATUS_CANT_ACCESS_DOMAIN_INFO"},
    Row{1352, 0xC00000DC, "ERROR_INVALID_SERVER_STATE",
        "STATUS_INVALID_SERVER_STATE"},
    Row{1353, 0xC00000DD, "ERROR_INVALID_DOMAIN_STATE",
        "STATUS_INVALID_DOMAIN_STATE"},
    Row{1355, 0xC00000DF, "ERROR_NO_SUCH_DOMAIN", "STATUS_NO_SUCH_DOMAIN"},
    Row{1359, 0xC00000E5, "ERROR_INTERNAL_ERROR", "STATUS_INTERNAL_ERROR"},
    Row{1380, 0xC0000155, "ERROR_LOGON_NOT_GRANTED",
        "STATUS_LOGON_NOT_GRANTED"},
    Row{1383, 0xC0000158, "ERROR_INTERNAL_DB_ERROR",
        "STATUS_INTERNAL_DB_ERROR"},
    Row{1385, 0xC000015B, "ERROR_LOGON_TYPE_NOT_GRANTED",
        "STATUS_LOGON_TYPE_NOT_GRANTED"},
    Row{1396, 0, "ERROR_WRONG_TARGET_NAME", ""},
    Row{1398, 0xC0000133, "ERROR_TIME_SKEW", "STATUS_TIME_DIFFERENCE_AT_DC"},
    Row{1785, 0, "ERROR_UNRECOGNIZED_MEDIA", ""},
    Row{1786, 0xC000018A, "ERROR_NO_TRUST_LSA_SECRET",
        "STATUS_NO_TRUST_LSA_SECRET"},
    Row{1787, 0xC000018B, "ERROR_NO_TRUST_SAM_ACCOUNT",
        "STATUS_NO_TRUST_SAM_ACCOUNT"},
    Row{1788, 0xC000018C, "ERROR_TRUSTED_DOMAIN_FAILURE",
        "STATUS_TRUSTED_DOMAIN_FAILURE"},
    Row{1789, 0xC000018D, "ERROR_TRUSTED_RELATIONSHIP_FAILURE",
        "STATUS_TRUSTED_RELATIONSHIP_FAILURE"},
    Row{1790, 0xC0000190, "ERROR_TRUST_FAILURE", "STATUS_TRUST_FAILURE"},
    Row{1792, 0xC0000192, "ERROR_NETLOGON_NOT_STARTED",
        "STATUS_NETLOGON_NOT_STARTED"},
    Row{1793, 0xC0000193, "ERROR_ACCOUNT_EXPIRED", "STATUS_ACCOUNT_EXPIRED"},
    Row{1807, 0xC0000198, "ERROR_NOLOGON_INTERDOMAIN_TRUST_ACCOUNT",
        "STATUS_NOLOGON_INTERDOMAIN_TRUST_ACCOUNT"},
    Row{1808, 0xC0000199, "ERROR_NOLOGON_WORKSTATION_TRUST_ACCOUNT",
        "STATUS_NOLOGON_WORKSTATION_TRUST_ACCOUNT"},
    Row{1809, 0xC000019A, "ERROR_NOLOGON_SERVER_TRUST_ACCOUNT",
        "STATUS_NOLOGON_SERVER_TRUST_ACCOUNT"},
    Row{1907, 0xC0000224, "ERROR_PASSWORD_MUST_CHANGE",
        "STATUS_PASSWORD_MUST_CHANGE"},
    Row{1908, 0xC0000233, "ERROR_DOMAIN_CONTROLLER_NOT_FOUND",
        "STATUS_DOMAIN_CONTROLLER_NOT_FOUND"},
    Row{1909, 0xC0000234, "ERROR_ACCOUNT_LOCKED_OUT",
        "STATUS_ACCOUNT_LOCKED_OUT"},
    Row{1935, 0xC0000413, "ERROR_AUTHENTICATION_FIREWALL_FAILED",
        "STATUS_AUTHENTICATION_FIREWALL_FAILED"},
    Row{2202, 0, "NERR_BadUsername", ""},
    Row{2221, 0, "NERR_UserNotFound", ""},
    Row{2239, 0, "NERR_AccountExpired", ""},
    Row{2240, 0, "NERR_InvalidWorkstation", ""},
    Row{2241, 0, "NERR_InvalidLogonHours", ""},
    Row{2242, 0, "NERR_PasswordExpired", ""},
    Row{2245, 0, "NERR_PasswordTooShort", ""},
};

TEST(LogonCodes, AreThoseOfTheFacts) {
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.name);
    const LogonCode* code = find_logon_code(row.code);
    ASSERT_NE(code, nullptr);
    EXPECT_EQ(code->code, row.code);
    EXPECT_EQ(code->name, row.name);
    EXPECT_EQ(code->status, row.status);
    EXPECT_EQ(status_name(*code), row.status_name);
    if (row.status != 0) {
      EXPECT_EQ(win32_of_status(row.status), row.code);
    }
  }
  EXPECT_EQ(all_logon_codes().size(), kRows.size());
}

TEST(LogonCodes, StandInTheTableOnce) {
  std::set<std::uint32_t> codes;
  std::set<std::uint32_t> statuses;
  std::set<std::string> names;
  for (const LogonCode* code : all_logon_codes()) {
    EXPECT_TRUE(codes.insert(code->code).second) << code->code;
    EXPECT_TRUE(code->status == 0 || statuses.insert(code->status).second)
        << code->code;
    EXPECT_TRUE(names.insert(std::string(code->name)).second) << code->name;
  }
}

TEST(LogonCodes, OthersAreNotKnown) {
  for (const std::uint32_t code : {0U, 1U, 6U, 1325U + 4096U, 0xC000006DU}) {
    EXPECT_EQ(find_logon_code(code), nullptr) << code;
  }
  EXPECT_EQ(win32_of_status(0), 0U);
  EXPECT_EQ(win32_of_status(0xC0000001), 0xC0000001U);
  EXPECT_EQ(win32_of_status(1326), 1326U);
}

TEST(LogonCodes, Text) {
  EXPECT_EQ(logon_code_text(1326),
            "error 1326, unknown user name or wrong password");
  EXPECT_EQ(logon_code_text(6), "error 6");
  EXPECT_EQ(logon_code_text(0xC0000001), "status 0xC0000001");
}

}  // namespace
}  // namespace iisdiag::knowledge
