// .reg exports: what the keys mean.
#include <gtest/gtest.h>

#include "evidence/reading.hpp"

namespace iisdiag::evidence {
namespace {

constexpr std::string_view kHead =
    "Windows Registry Editor Version 5.00\r\n\r\n";

FileFacts read(std::string_view keys) {
  return read_as(kRegistryExport, std::string(kHead) + std::string(keys),
                 "server.reg");
}

std::string machine(std::string_view keys) {
  const auto facts = read(keys);
  EXPECT_EQ(describe(facts.problems), "") << keys;
  return describe(facts.machine);
}

TEST(RegistryExportTest, WhatTheMachineIs) {
  EXPECT_EQ(
      machine(
          R"([HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion]
"CurrentVersion"="5.2"
"CurrentBuildNumber"="3790"
"ProductName"="Microsoft Windows Server 2003"
"CSDVersion"="Service Pack 2"

[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\InetStp]
"MajorVersion"=dword:00000006
"MinorVersion"=dword:00000000

[HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\ComputerName\ComputerName]
@="mnmsrvc"
"ComputerName"="WEB01"

[HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\ProductOptions]
"ProductType"="ServerNT"

[HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\Lsa]
"crashonauditfail"=dword:00000002
"forceguest"=dword:00000000
"LimitBlankPasswordUse"=dword:00000001

[HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\Lsa\MSV1_0]
"Auth132"="IISSUBA"

[HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters]
"Hostname"="web01-in-frankfurt"
)"),
      R"(machine
  computer = WEB01 @15
  host name = web01-in-frankfurt @29
  Windows version = 5.2 @4
  build = 3790 @5
  product = Microsoft Windows Server 2003 @6
  service pack = 2 @7
  role = member @18
  IIS = 6.0 @10
  CrashOnAuditFail = 2 @21
  ForceGuest = 0 @22
  LimitBlankPasswordUse = 1 @23
  Auth132 = IISSUBA @26
)");
}

TEST(RegistryExportTest, RolesByProductType) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"WinNT", "  role = workstation @4\n"},
      {"winnt", "  role = workstation @4\n"},
      {"ServerNT", "  role = member @4\n"},
      {"LanmanNT", "  role = dc @4\n"},
      {"Toaster", ""},
      {"", ""},
  };
  for (const auto& [type, expected] : cases) {
    EXPECT_EQ(machine("[HKLM\\SYSTEM\\ControlSet001\\Control\\ProductOptions]\n"
                      "\"ProductType\"=\"" +
                      std::string(type) + "\"\n"),
              "machine\n" + std::string(expected))
        << type;
  }
}

// A value that its key does not hold is absent, one whose key was not
// exported is not spoken of, and one of another type is not known.
TEST(RegistryExportTest, AbsentUnknownAndNotExported) {
  EXPECT_EQ(machine("[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\"
                    "Lsa]\n\"forceguest\"=\"1\"\n"),
            R"(machine
  ForceGuest: the value has another type @4
  absent: CrashOnAuditFail, LimitBlankPasswordUse
)");
  EXPECT_EQ(machine("[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\"
                    "Lsa\\MSV1_0]\n"),
            "machine\n  absent: Auth132\n");
  EXPECT_EQ(machine("[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\"
                    "CurrentVersion]\n"),
            "machine\n  service pack = 0 @3\n");
}

// In a key with a line that cannot be read nothing is known to be absent, and
// a number or a list of bytes that was cut is no value.
TEST(RegistryExportTest, DamagedKeysProveNoAbsence) {
  const std::string lsa =
      "[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Lsa]\n"
      "\"forceguest\"=dword:00000001\n";
  const std::string_view expected = R"(machine
  CrashOnAuditFail: the key is damaged @3
  ForceGuest = 1 @4
  LimitBlankPasswordUse: the key is damaged @3
)";
  for (const std::string_view damage :
       {"\"crashonauditfail\"=dword:0000000", "\"crashonauditfail\"=dword:x\n",
        "\"crashonauditf", "crashonauditfail\"=dword:00000002\n",
        "\"crashonauditfail\"=dword:2\n\"crashonauditfail\"=hex:z\n"}) {
    const auto facts = read(lsa + std::string(damage));
    EXPECT_EQ(describe(facts.machine), expected) << damage;
    EXPECT_EQ(facts.problems.size(), 1U) << damage;
  }
}

TEST(RegistryExportTest, IisVersions) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"\"MajorVersion\"=dword:00000004\n\"MinorVersion\"=dword:00000000\n",
       "4.0"},
      {"\"MajorVersion\"=dword:00000005\n\"MinorVersion\"=dword:00000001\n",
       "5.1"},
      {"\"MajorVersion\"=dword:00000007\n\"MinorVersion\"=dword:00000005\n",
       "7.5"},
      {"\"MajorVersion\"=dword:0000000a\n\"MinorVersion\"=dword:00000000\n",
       "10.0"},
      {"\"MajorVersion\"=dword:0000000A\n", "10.0"},
  };
  for (const auto& [values, version] : cases) {
    EXPECT_EQ(machine("[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\INetStp]\n" +
                      std::string(values)),
              "machine\n  IIS = " + std::string(version) + " @4\n");
  }
  const auto facts = read(
      "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\InetStp]\n"
      "\"MajorVersion\"=dword:00000009\n");
  EXPECT_EQ(describe(facts.machine), "machine\n");
  EXPECT_EQ(describe(facts.problems),
            "server.reg, line 4: IIS version 9.0 is not one that this program "
            "knows\n");
}

TEST(RegistryExportTest, ControlSets) {
  // The current one before a numbered one, of these the lowest; hives of
  // another system that were loaded under any name; keys in any case.
  EXPECT_EQ(
      machine("[HKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet001\\Control\\Lsa]\n"
              "\"forceguest\"=dword:1\n"
              "[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\"
              "Lsa]\n\"forceguest\"=dword:2\n"),
      "machine\n  ForceGuest = 2 @6\n"
      "  absent: CrashOnAuditFail, LimitBlankPasswordUse\n");
  EXPECT_EQ(machine("[hklm\\offline\\controlset003\\control\\lsa]\n"
                    "\"FORCEGUEST\"=dword:3\n"
                    "[HKLM\\OFFLINE\\ControlSet002\\Control\\Lsa]\n"
                    "\"ForceGuest\"=dword:2\n"),
            "machine\n  ForceGuest = 2 @6\n"
            "  absent: CrashOnAuditFail, LimitBlankPasswordUse\n");
  EXPECT_EQ(machine("[HKLM\\OFFLINE\\NoControlSet\\Control\\Lsa]\n"
                    "\"ForceGuest\"=dword:2\n"
                    "[HKLM\\Control\\Lsa]\n\"ForceGuest\"=dword:2\n"),
            "machine\n");
}

TEST(RegistryExportTest, TheNativeViewBeforeThatOf32BitPrograms) {
  EXPECT_EQ(machine("[HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\InetStp]\n"
                    "\"MajorVersion\"=dword:6\n"
                    "[HKLM\\SOFTWARE\\Microsoft\\InetStp]\n"
                    "\"MajorVersion\"=dword:8\n"),
            "machine\n  IIS = 8.0 @6\n");
  EXPECT_EQ(machine("[HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\InetStp]\n"
                    "\"MajorVersion\"=dword:6\n"),
            "machine\n  IIS = 6.0 @4\n");
}

TEST(RegistryExportTest, ServicesOfIis3) {
  const auto facts = read_as(kRegistryExport, R"(REGEDIT4

[HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\W3SVC\Parameters]
"AnonymousUserName"="IUSR_NTWEB"
"LogonMethod"=dword:00000000
"Authorization"=dword:00000005
"AllowGuestAccess"=dword:00000001

[HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\MSFTPSVC\Parameters]
"AnonymousUserName"="guest"
"LogonMethod"=dword:00000007
"AllowAnonymous"=dword:00000000
"DefaultLogonDomain"="CORP"

[HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\GOPHERSVC\Parameters]
"AnonymousUserName"="IUSR_NTWEB"
"Authorization"=dword:00000004
)");
  EXPECT_EQ(describe(facts.configs), R"(registry part
W3SVC /LM/W3SVC serves @3
  account = IUSR_NTWEB @4
  password = opaque @4
  method = interactive @5
  anonymous = yes @6
  absent: sync, domain
registry part
MSFTPSVC /LM/MSFTPSVC serves @9
  account = guest @10
  password = opaque @10
  method: LogonMethod 7 has no meaning @11
  anonymous = no @12
  domain = CORP @13
  absent: sync
registry part
GOPHERSVC /LM/GOPHERSVC serves @15
  account = IUSR_NTWEB @16
  password = opaque @16
  anonymous = no @17
  absent: sync, method, domain
)");
  EXPECT_EQ(describe(facts.machine), R"(machine
  web AllowGuestAccess = 1 @7
  absent: FTP AllowGuestAccess
)");
}

TEST(RegistryExportTest, ServicePacks) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"Service Pack 4", "  service pack = 4 @4\n"},
      {"Service Pack 6a", "  service pack = 6 @4\n"},
      {"Service Pack 12, v.668", "  service pack = 12 @4\n"},
      {"", ""},
      {"Beta", ""},
      {"Service Pack 4294967296", ""},
  };
  for (const auto& [text, expected] : cases) {
    EXPECT_EQ(
        machine("[HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion]\n"
                "\"CSDVersion\"=\"" +
                std::string(text) + "\"\n"),
        "machine\n" + std::string(expected))
        << text;
  }
}

}  // namespace
}  // namespace iisdiag::evidence
