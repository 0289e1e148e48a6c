// systeminfo and ver (FORMATS.md 8.9).
#include <gtest/gtest.h>

#include "evidence/load.hpp"
#include "evidence/reading.hpp"
#include "evidence/system_version.hpp"

namespace iisdiag::evidence {
namespace {

std::string ver(std::string_view line) {
  return describe(read_as(kVer, "\r\n" + std::string(line) + "\r\n").machine);
}

TEST(VerTest, EveryGeneration) {
  EXPECT_EQ(ver("Microsoft Windows [Version 10.0.17763.1]"),
            "machine\n  Windows version = 10.0 @2\n  build = 17763 @2\n");
  EXPECT_EQ(ver("Microsoft Windows 2000 [Version 5.00.2195]"),
            "machine\n  Windows version = 5.0 @2\n  build = 2195 @2\n");
  EXPECT_EQ(ver("Windows NT Version 4.0"),
            "machine\n  Windows version = 4.0 @2\n");
  EXPECT_EQ(ver("Windows NT Version 3.51"),
            "machine\n  Windows version = 3.51 @2\n");
}

TEST(VerTest, AnyLanguageAndCodePage) {
  for (const char* word : {"Version", "vers\xC3\xA3o", "vers\xC6o",
                           "\xD0\x92\xD0\xB5\xD1\x80\xD1\x81\xD0\xB8\xD1\x8F",
                           "\x8F\xA0\xE0\xE1\xA8\xEF"}) {
    EXPECT_EQ(ver("Microsoft Windows [" + std::string(word) + " 6.1.7601]"),
              "machine\n  Windows version = 6.1 @2\n  build = 7601 @2\n");
  }
}

TEST(VerTest, OtherLines) {
  for (const char* line :
       {"Microsoft Windows [Version 10.0.17763.1",
        "Microsoft Windows 10.0.17763]", "Microsoft Windows [Version]",
        "Microsoft Windows [Version 10.0.99999999999999999999]",
        "Windows NT 4.0 is not a version x", "Version 5.0"}) {
    EXPECT_EQ(format_of(std::string(line) + "\n"), "-") << line;
  }
  EXPECT_EQ(format_of("Windows NT Version 3.5"), "-");  // cut
}

TEST(SystemVersionTest, ShapesOfSysteminfo) {
  const auto version = [](std::string_view value) {
    const auto parsed = systeminfo_version(value);
    return parsed
               ? parsed->number + " " + std::to_string(parsed->build) + " sp" +
                     std::to_string(parsed->service_pack.value_or(-1))
               : "-";
  };
  EXPECT_EQ(version("10.0.17763 N/A Build 17763"), "10.0 17763 sp0");
  EXPECT_EQ(version("5.2.3790 Service Pack 2 Build 3790"), "5.2 3790 sp2");
  EXPECT_EQ(version("6.1.7601 Service Pack 1 version 7601"), "6.1 7601 sp1");
  EXPECT_EQ(version("10.0.17763 Nicht zutreffend Build 17763"),
            "10.0 17763 sp0");
  EXPECT_EQ(version("5.2.3790 Update 7 Build 3790"), "5.2 3790 sp-1");
  EXPECT_EQ(version("10.0.17763 N/A Build 1776"), "-");
  EXPECT_EQ(version("10.0.17763"), "-");
  EXPECT_EQ(version("10.0 Build 0"), "-");
  EXPECT_EQ(version("1.2.3 BIOS 4"), "-");
  EXPECT_EQ(version(""), "-");
}

std::string system(std::string_view configuration, std::string_view domain) {
  return "\nHost Name:           WEB01\n"
         "OS Name:             Microsoft Windows Server 2019 Standard\n"
         "OS Version:          10.0.17763 N/A Build 17763\n"
         "OS Manufacturer:     Microsoft Corporation\n"
         "OS Configuration:    " +
         std::string(configuration) +
         "\nDomain:              " + std::string(domain) +
         "\nLogon Server:        \\\\DC01\n";
}

TEST(SystemInfoTest, AMember) {
  EXPECT_EQ(
      describe(read_as(kSystemInfo, system("Member Server", "CORP")).machine),
      R"(machine
  computer = WEB01 @2
  host name = WEB01 @2
  Windows version = 10.0 @4
  build = 17763 @4
  product = Microsoft Windows Server 2019 Standard @3
  service pack = 0 @4
  role = member @6
  domain = CORP @7
)");
}

TEST(SystemInfoTest, RolesAndDomains) {
  const auto end = [](std::string_view configuration, std::string_view domain) {
    const std::string all =
        describe(read_as(kSystemInfo, system(configuration, domain)).machine);
    return all.substr(all.find("  service pack = 0 @4\n") + 22);
  };
  EXPECT_EQ(end("Standalone Server", "WORKGROUP"),
            "  role = member @6\n  absent: domain\n");
  EXPECT_EQ(end("Standalone Workstation", "WORKGROUP"),
            "  role = workstation @6\n  absent: domain\n");
  EXPECT_EQ(end("Member Workstation", "CORP"),
            "  role = workstation @6\n  domain = CORP @7\n");
  EXPECT_EQ(end("Primary Domain Controller", "CORP"),
            "  role = dc @6\n  domain = CORP @7\n");
  EXPECT_EQ(end("Backup Domain Controller", "CORP"),
            "  role = dc @6\n  domain = CORP @7\n");
  EXPECT_EQ(end("Primärer Domänencontroller", "CORP"),
            "  role = dc @6\n  domain = CORP @7\n");
  // Words that are not known here tell nothing.
  EXPECT_EQ(end("Serveur quelconque", "CORP"), "");
  EXPECT_EQ(end("Member Server", "corp.example"),
            "  role = member @6\n  domain: file shows the domain's DNS name "
            "alone @7\n");
}

TEST(SystemInfoTest, AnotherLanguage) {
  EXPECT_EQ(describe(read_as(kSystemInfo, R"(
Hostname:                                      WEB01
Betriebssystemname:                            Microsoft Windows Server 2008 R2
Betriebssystemversion:                         6.1.7601 Service Pack 1 Build 7601
Betriebssystemhersteller:                      Microsoft Corporation
Betriebssystemkonfiguration:                   Etwas anderes
)")
                         .machine),
            R"(machine
  computer = WEB01 @2
  host name = WEB01 @2
  Windows version = 6.1 @4
  build = 7601 @4
  product = Microsoft Windows Server 2008 R2 @3
  service pack = 1 @4
)");
}

TEST(SystemInfoTest, AsCsv) {
  EXPECT_EQ(describe(read_as(kSystemInfo,
                             "\"Host Name\",\"OS Name\",\"OS Version\",\"OS "
                             "Manufacturer\",\"OS Configuration\",\"Domain\"\n"
                             "\"WEB01\",\"Microsoft(R) Windows(R) Server 2003, "
                             "Standard Edition\",\"5.2.3790 Service Pack 2 "
                             "Build 3790\",\"Microsoft Corporation\","
                             "\"Standalone Server\",\"WORKGROUP\"\n")
                         .machine),
            R"(machine
  computer = WEB01 @2
  host name = WEB01 @2
  Windows version = 5.2 @2
  build = 3790 @2
  product = Microsoft(R) Windows(R) Server 2003, Standard Edition @2
  service pack = 2 @2
  role = member @2
  absent: domain
)");
}

TEST(SystemInfoTest, BesideTheRegistryAndVer) {
  MemoryFiles files;
  files.add("a/systeminfo.txt", system("Member Server", "CORP"));
  files.add("a/ver.txt", "\r\nMicrosoft Windows [Version 10.0.17763.1]\r\n");
  files.add("a/windows.reg",
            "REGEDIT4\n\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows "
            "NT\\CurrentVersion]\n\"CurrentVersion\"=\"6.3\"\n"
            "\"CurrentBuildNumber\"=\"17763\"\n"
            "\"ProductName\"=\"Windows Server 2019 Standard\"\n");
  const Loaded loaded = load(files, {"a"}, {}, "");
  EXPECT_EQ(describe(loaded.server.problems), "");
  EXPECT_TRUE(loaded.server.machine.windows.is("2019"));
}

}  // namespace
}  // namespace iisdiag::evidence
