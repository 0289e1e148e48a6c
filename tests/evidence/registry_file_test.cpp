// .reg exports: how keys and values are written.
#include <gtest/gtest.h>

#include "evidence/limits.hpp"
#include "evidence/reading.hpp"

namespace iisdiag::evidence {
namespace {

constexpr std::string_view kVersion4 = "REGEDIT4\n\n";
constexpr std::string_view kVersion5 =
    "Windows Registry Editor Version 5.00\n\n";
constexpr std::string_view kComputer =
    "[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\ComputerName\\"
    "ComputerName]\n";

FileFacts read(std::string_view head, std::string_view values) {
  return read_as(kRegistryExport, std::string(head) + std::string(kComputer) +
                                      std::string(values));
}

// The computer's name, as the values give it, and what was wrong with them.
std::string told(std::string_view head, std::string_view values) {
  const auto facts = read(head, values);
  const auto& name = facts.machine.computer;
  return (name.has_value() ? *name + "\n" : std::string("no name\n")) +
         describe(facts.problems);
}

TEST(RegistryFileTest, StringsInEveryWriting) {
  struct Row {
    std::string_view head;
    std::string_view values;
    std::string_view name;
  };
  const Row rows[] = {
      {kVersion4, "\"ComputerName\"=\"WEB01\"\n", "WEB01"},
      {kVersion5, "\"ComputerName\"=\"WEB01\"\n", "WEB01"},
      {kVersion5, "  \"computername\" = \"WEB01\"  \n", "WEB01"},
      {kVersion5, "\"ComputerName\"=\"a\\\\b \\\"c\\\"\"\n", "a\\b \"c\""},
      {kVersion5, "\"Computer\\Name\"=\"a\"\n", "a"},
      {kVersion5, "\"ComputerName\"=\"a = b ; c\"\n", "a = b ; c"},
      {kVersion5, "; \"ComputerName\"=\"no\"\n\"ComputerName\"=\"yes\"\n",
       "yes"},
      {kVersion5, "\"ComputerName\"=\"a\"\n\"ComputerName\"=\"b\"\n", "b"},
      {kVersion5, "\"ComputerName\"=hex(1):57,00,45,00,42,00,00,00\n", "WEB"},
      {kVersion5,
       "\"ComputerName\"=hex(2):57,00,\\\n  45,00,42,\\\n  00,00,00\n", "WEB"},
      {kVersion5, "\"ComputerName\"=hex(1):dc,00,62,00\n",
       "\xC3\x9C"
       "b"},
      // What lies behind the first NUL is what happened to be in memory.
      {kVersion5, "\"ComputerName\"=hex(1):57,00,00,00,45,00,42,00\n", "W"},
      {kVersion4, "\"ComputerName\"=hex(2):57,45,42,00\n", "WEB"},
      {kVersion4, "\"ComputerName\"=hex(2):57,45,42\n", "WEB"},
      {kVersion4, "\"ComputerName\"=hex(2):dc,62,00\n",
       "\xC3\x9C"
       "b"},
      {kVersion4, "\"ComputerName\"=hex(2):57,00,45,42,00\n", "W"},
      {kVersion5, "\"ComputerName\"=\"first\nsecond\"\n", "first\nsecond"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(told(row.head, row.values), std::string(row.name) + "\n")
        << row.values;
  }
}

TEST(RegistryFileTest, ValuesAndKeysCanBeRemoved) {
  EXPECT_EQ(told(kVersion5, "\"ComputerName\"=\"a\"\n\"ComputerName\"=-\n"),
            "no name\n");
  EXPECT_EQ(told(kVersion5,
                 "\"ComputerName\"=\"a\"\n[-HKEY_LOCAL_MACHINE\\SYSTEM\\"
                 "CurrentControlSet\\Control\\ComputerName]\n"),
            "no name\n");
  EXPECT_EQ(told(kVersion5,
                 "\"ComputerName\"=\"a\"\n[-HKEY_LOCAL_MACHINE\\"
                 "SYSTEM\\CurrentControlSet\\Control\\Computer]\n"),
            "a\n");
  // Values of a key that is removed belong to nobody.
  EXPECT_EQ(
      told(kVersion5, "[-HKEY_LOCAL_MACHINE\\A]\n\"ComputerName\"=\"a\"\n"),
      "no name\n");
}

TEST(RegistryFileTest, ExportsCanBeConcatenated) {
  EXPECT_EQ(
      told(kVersion5, "\"ComputerName\"=\"a\"\n\n" + std::string(kVersion4) +
                          std::string(kComputer) +
                          "\"ComputerName\"=hex(2):62,00\n"),
      "b\n");
}

TEST(RegistryFileTest, EncodingsDoNotMatter) {
  const std::string text = std::string(kVersion5) + std::string(kComputer) +
                           "\"ComputerName\"=\"WEB01\"\n";
  for (const std::string& bytes : {text, "\xEF\xBB\xBF" + text,
                                   "\xFF\xFE" + utf16le(text), utf16le(text)}) {
    EXPECT_EQ(describe(read_as(kRegistryExport, bytes).machine),
              "machine\n  computer = WEB01 @4\n");
  }
}

TEST(RegistryFileTest, DamagedLinesAreToldWithoutTheirData) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"\"ComputerName\"=\"a\n[HKLM\\x]\n",
       "no name\nfile, line 4: data that cannot be read\n"
       "  \"ComputerName\"=\n  ^\n"},
      {"\"ComputerName\"=\"a",
       "no name\nfile, line 4: data that cannot be read\n"
       "  \"ComputerName\"=\n  ^\n"},
      {"\"ComputerName\"=a\n",
       "no name\nfile, line 4: data that cannot be read\n"
       "  \"ComputerName\"=\n  ^\n"},
      {"\"x\"=dword:\n",
       "no name\nfile, line 4: data that cannot be read\n  \"x\"=\n  ^\n"},
      {"\"x\"=dword:100000000\n",
       "no name\nfile, line 4: data that cannot be read\n  \"x\"=\n  ^\n"},
      {"\"x\"=dword:-1\n",
       "no name\nfile, line 4: data that cannot be read\n  \"x\"=\n  ^\n"},
      {"\"x\"=hex:1,2,zz\n",
       "no name\nfile, line 4: data that cannot be read\n  \"x\"=\n  ^\n"},
      {"\"x\"=hex:100\n",
       "no name\nfile, line 4: data that cannot be read\n  \"x\"=\n  ^\n"},
      {"\"x\"=hex\n",
       "no name\nfile, line 4: data that cannot be read\n  \"x\"=\n  ^\n"},
      {"ComputerName=\"a\"\n",
       "no name\nfile, line 4: neither a key nor a value\n"},
      {"\"ComputerName\" \"a\"\n",
       "no name\nfile, line 4: a value without \"=\"\n"},
      {"[HKLM\\x\n",
       "no name\nfile, line 4: a key without its closing bracket\n"},
      {"\"x\"=hex(ffffffff):00\n\"ComputerName\"=\"a\"\n", "a\n"},
      {"\"x\"=hex:\n\"y\"=hex(7):\n\"ComputerName\"=\"a\"\n", "a\n"},
      {"\"x\"=hex:00,\\\n",
       "no name\nfile, line 4: data that cannot be read\n  \"x\"=\n  ^\n"},
  };
  for (const auto& [values, expected] : cases) {
    EXPECT_EQ(told(kVersion5, values), expected) << values;
  }
}

// One problem that stands in every line is not told for every line.
TEST(RegistryFileTest, ProblemsOfOneFileAreBounded) {
  std::string lines;
  for (int i = 0; i < 1000; ++i) {
    lines += "neither\n";
  }
  EXPECT_EQ(read(kVersion5, lines).problems.size(), kMaxProblemsPerFile);
}

// The quote that never closes reaches to the next key at most, and reading it
// takes a time that grows with the file, not with its square.
TEST(RegistryFileTest, OpenQuotesBeforeManyLines) {
  std::string lines = "\"ComputerName\"=\"";
  for (std::size_t i = 0; i < kMaxLine / 2; ++i) {
    lines += "x\n";
  }
  const auto facts =
      read(kVersion5, lines +
                          "[HKEY_LOCAL_MACHINE\\SYSTEM\\"
                          "CurrentControlSet\\Services\\Tcpip"
                          "\\Parameters]\n\"Hostname\"=\"web\"\n");
  EXPECT_FALSE(facts.machine.computer.has_value());
  EXPECT_EQ(*facts.machine.host_name, "web");
}

}  // namespace
}  // namespace iisdiag::evidence
