// The registry of this server.
#include "win32/registry.hpp"

#include <gtest/gtest.h>

#include "win32/fake_windows.hpp"

namespace iisdiag::win32 {
namespace {

using evidence::FileFacts;

constexpr const wchar_t* kLsa = L"SYSTEM\\CurrentControlSet\\Control\\Lsa";
constexpr const wchar_t* kNames =
    L"SYSTEM\\CurrentControlSet\\Control\\ComputerName\\";

FileFacts ask(const FakeWindows& windows) {
  FileFacts facts;
  read_registry(windows.api(), facts);
  EXPECT_EQ(windows.open, 0);
  EXPECT_FALSE(windows.is_broken);
  return facts;
}

void install(FakeWindows& windows) {
  windows.registry[std::wstring(kNames) + L"ActiveComputerName"] = {
      {L"ComputerName", L"WEB01"}};
  windows.registry[std::wstring(kNames) + L"ComputerName"] = {
      {L"ComputerName", L"AFTER-RESTART"}};
  windows.registry[L"SYSTEM\\CurrentControlSet\\Control\\ProductOptions"] = {
      {L"ProductType", L"ServerNT"}};
  windows.registry[L"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion"] = {
      {L"CurrentVersion", L"5.2"},
      {L"CurrentBuildNumber", L"3790"},
      {L"CSDVersion", L"Service Pack 2"},
      {L"DigitalProductId", std::vector<BYTE>{1, 2, 3}}};
  windows.registry[L"SOFTWARE\\Microsoft\\InetStp"] = {
      {L"MajorVersion", DWORD{6}}, {L"MinorVersion", DWORD{0}}};
  windows.registry[kLsa] = {{L"forceguest", DWORD{0}},
                            {L"LimitBlankPasswordUse", DWORD{1}}};
}

TEST(RegistryTest, AServer) {
  FakeWindows windows;
  install(windows);
  const FileFacts facts = ask(windows);
  const facts::Machine& machine = facts.machine;
  EXPECT_TRUE(machine.computer.is("WEB01"));
  EXPECT_EQ(machine.computer.origin().text(),
            "HKLM\\SYSTEM\\CurrentControlSet\\Control\\ComputerName\\"
            "ActiveComputerName\\ComputerName");
  EXPECT_TRUE(machine.role.is(facts::Role::kMember));
  EXPECT_TRUE(machine.windows_version.is("5.2"));
  EXPECT_TRUE(machine.windows_build.is(3790));
  EXPECT_TRUE(machine.service_pack.is(2));
  EXPECT_TRUE(machine.iis.is("6.0"));
  EXPECT_TRUE(machine.force_guest.is(0));
  EXPECT_TRUE(machine.limit_blank_password_use.is(1));
  EXPECT_TRUE(machine.crash_on_audit_fail.is_absent());
  EXPECT_TRUE(machine.subauthentication.is_unknown());
  EXPECT_TRUE(facts.problems.empty());
  EXPECT_TRUE(facts.configs.empty());
}

TEST(RegistryTest, NothingIsThere) {
  FakeWindows windows;
  const FileFacts facts = ask(windows);
  EXPECT_EQ(facts.machine, facts::Machine{});
  EXPECT_TRUE(facts.problems.empty());
}

TEST(RegistryTest, AKeyIsRefused) {
  FakeWindows windows;
  install(windows);
  windows.refusals["RegOpenKeyExW SYSTEM\\CurrentControlSet\\Control\\Lsa"] =
      ERROR_ACCESS_DENIED;
  const FileFacts facts = ask(windows);
  EXPECT_TRUE(facts.machine.force_guest.is_unknown());
  ASSERT_EQ(facts.problems.size(), 1U);
  EXPECT_EQ(facts.problems[0].text, "the key was not read: access is denied");
  EXPECT_EQ(facts.problems[0].origin.text(),
            "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa");
  EXPECT_EQ(facts.problems[0].todo,
            "Run iisdiag from an elevated prompt (Run as administrator).");
}

// Behind a value that was refused another may stand.
TEST(RegistryTest, AValueIsRefused) {
  FakeWindows windows;
  install(windows);
  windows.refusals["RegEnumValueW LimitBlankPasswordUse"] = ERROR_ACCESS_DENIED;
  const FileFacts facts = ask(windows);
  EXPECT_TRUE(facts.machine.limit_blank_password_use.is_unknown());
  EXPECT_TRUE(facts.machine.crash_on_audit_fail.is_unknown());
}

// Too large to be one of those that are looked for; those behind it are read.
TEST(RegistryTest, AValueIsTooLarge) {
  FakeWindows windows;
  windows.registry[kLsa] = {{L"a", std::vector<BYTE>(100000)},
                            {L"forceguest", DWORD{1}}};
  const FileFacts facts = ask(windows);
  EXPECT_TRUE(facts.machine.force_guest.is(1));
  EXPECT_TRUE(facts.machine.crash_on_audit_fail.is_unknown());
}

TEST(RegistryTest, AValueOfAnotherType) {
  FakeWindows windows;
  windows.registry[kLsa] = {{L"forceguest", L"1"}};
  EXPECT_EQ(ask(windows).machine.force_guest.reason().why,
            "the value has another type");
}

TEST(RegistryTest, Iis3KeepsItsConfigurationHere) {
  FakeWindows windows;
  install(windows);
  windows.registry[L"SYSTEM\\CurrentControlSet\\Services\\W3SVC\\Parameters"] =
      {{L"AnonymousUserName", L"IUSR_WEB01"},
       {L"LogonMethod", DWORD{0}},
       {L"Authorization", DWORD{5}}};
  const FileFacts facts = ask(windows);
  ASSERT_EQ(facts.configs.size(), 1U);
  EXPECT_EQ(facts.configs[0].store, facts::Store::kRegistry);
  EXPECT_TRUE(facts.configs[0].nodes.at(0).account.value.is("IUSR_WEB01"));
  EXPECT_EQ(facts.configs[0].nodes.at(0).account.value.origin().text(),
            "HKLM\\SYSTEM\\CurrentControlSet\\Services\\W3SVC\\Parameters\\"
            "AnonymousUserName");
}

TEST(RegistryTest, AThirtyTwoBitProgramReadsTheViewOfWindows) {
  FakeWindows windows;
  install(windows);
  windows.is_wow64 = true;
  ask(windows);
  EXPECT_EQ(windows.count("RegOpenKeyExW SOFTWARE\\Microsoft\\InetStp 64"), 1U);
  windows.calls.clear();
  windows.refusals["IsWow64Process"] = ERROR_INVALID_HANDLE;
  ask(windows);
  EXPECT_EQ(windows.count("RegOpenKeyExW SOFTWARE\\Microsoft\\InetStp 64"), 0U);
  windows.missing = {"IsWow64Process"};  // Windows 2000
  windows.calls.clear();
  ask(windows);
  EXPECT_EQ(windows.count("RegOpenKeyExW SOFTWARE\\Microsoft\\InetStp"), 1U);
  EXPECT_EQ(windows.count("RegOpenKeyExW SOFTWARE\\Microsoft\\InetStp 64"), 0U);
}

}  // namespace
}  // namespace iisdiag::win32
