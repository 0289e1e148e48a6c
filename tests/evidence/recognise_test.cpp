// Formats are told by content, never by the name of the file.
#include <gtest/gtest.h>

#include <set>

#include "evidence/load.hpp"
#include "evidence/reading.hpp"
#include "evidence/samples.hpp"
#include "evidence/unread.hpp"

namespace iisdiag::evidence {
namespace {

TEST(RecogniseTest, EveryFormatHasASample) {
  std::set<std::string_view> formats;
  std::set<std::string_view> sampled;
  for (const Format* format : all_formats()) {
    formats.insert(format->id);
    EXPECT_FALSE(format->title.empty()) << format->id;
    EXPECT_FALSE(format->capture.empty()) << format->id;
  }
  for (const Sample& sample : samples()) {
    sampled.insert(sample.format);
  }
  EXPECT_EQ(formats, sampled);
  EXPECT_EQ(formats.size(), all_formats().size());
}

TEST(RecogniseTest, NamesDoNotMatter) {
  for (const Sample& sample : samples()) {
    for (const Sample& other : samples()) {
      EXPECT_EQ(format_of(sample.bytes, other.name), sample.format);
    }
    EXPECT_EQ(format_of(sample.bytes, "a.exe"), sample.format);
  }
}

TEST(RecogniseTest, OneFormatEach) {
  for (const Sample& sample : samples()) {
    const Document whole = document(sample.bytes);
    for (const Format* format : all_formats()) {
      // redirection.config is asked before applicationHost.config, which
      // shares its root.
      EXPECT_EQ(format->recognises(whole), format->id == sample.format)
          << sample.format << " " << format->id;
    }
  }
}

TEST(RecogniseTest, BlankLinesInFrontAreNothing) {
  for (const Sample& sample : samples()) {
    EXPECT_EQ(format_of("\r\n\n  \r\n" + std::string(sample.bytes)),
              sample.format)
        << sample.format;
  }
}

TEST(RecogniseTest, NearMisses) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"Hello, these are the files of WEB01.", "-"},
      {"<", "-"},
      {"<>", "-"},
      {"<!-- <configuration><MBProperty> -->", "-"},
      {"<html><MBProperty/></html>", "-"},
      {"<configuration>", "web-config"},
      {"<configuration><x/><MBProperty/></configuration>", "-"},
      {"<Configuration><MBProperty/></Configuration>", "-"},
      {"<!-- x --><?y?>\n<configuration><!-- z --><MBProperty/>",
       "metabase-xml"},
      {"<configuration a='>'><MBProperty/>", "metabase-xml"},
      {"<configuration><system.webServer/></configuration>", "web-config"},
      {"<configuration><configSections/><moduleProviders/></configuration>",
       "admin-config"},
      {"<configuration><!-- system.applicationHost --><moduleProviders/>",
       "apphost-config"},
      {"<anonymousAuthentication/>", "config-section"},
      {"<sites>", "config-section"},
      {"<applicationPools><add/></applicationPools>", "config-section"},
      {"<site/>", "-"},
      {"<appcmd/>", "appcmd"},
      {"<system.webServer><security/></system.webServer>", "appcmd"},
      {"<system.net/>\n<system.webServer>", "appcmd"},
      {"<system.net/>", "-"},
      {"SITE \"a\" (id:1,bindings:http/*:80:,state:Started)", "appcmd"},
      {"APPPOOL \"a\" (MgdVersion:v4.0,state:Started)", "appcmd"},
      {"SITE a (id:1)", "-"},
      {"SITE \"a\" is down", "-"},
      {"ERROR ( message:Cannot find SITE object with identifier \"a\". )",
       "appcmd"},
      {"ERROR: no", "-"},
      {"REGEDIT4", "registry-export"},
      {"REGEDIT5", "-"},
      {"regedit4", "-"},
      {"x\nREGEDIT4", "-"},
      {"Windows Registry Editor Version 5.00", "registry-export"},
      {"Windows Registry Editor Version 6.00", "-"},
      {"[privilege rights]", "secedit-inf"},
      {"  [SYSTEM ACCESS]  ", "secedit-inf"},
      {"[Version]", "-"},
      {"see [Privilege Rights]", "-"},
      {"[Privilege Rights", "-"},
      {"AuthFlags : (INTEGER) 1", "adsutil"},
      {"AuthFlags : 1", "-"},
      {"Auth Flags : (INTEGER) 1", "-"},
      {"AuthFlags : INTEGER 1", "-"},
      {"[/W3SVC/1]", "adsutil"},
      {"[W3SVC/1]", "-"},
      {"The parameter \"X\" is not set at this node.", "adsutil"},
      {"ErrNumber: -2147463162 (0x80005006)", "adsutil"},
      {"User name\nAccount active", "net-user"},
      {"user NAME   a\naccount ACTIVE  Yes", "net-user"},
      {"A user name\nAccount active", "-"},
      {"User name only", "-"},
      {"The user name could not be found.", "net-user"},
      {"More help is available by typing NET HELPMSG 2221.", "net-user"},
      {"More help is available by typing NET HELPMSG 3774.", "-"},
      {"2221", "-"},
      {"User accounts for \\\\WEB01", "-"},
      {"Alias name     Guests", "net-localgroup"},
      {"Group name     Domain Guests", "-"},
      {"Aliases for \\\\WEB01", "-"},
      {"", "-"},
      {"\n\n\n", "-"},
  };
  for (const auto& [bytes, expected] : cases) {
    EXPECT_EQ(format_of(bytes), expected) << bytes;
  }
}

TEST(RecogniseTest, AListOfAccountsNeedsItsDashes) {
  const std::string heading = "User accounts for \\\\WEB01\n";
  EXPECT_EQ(format_of(heading + std::string(79, '-')), "net-user-list");
  EXPECT_EQ(format_of(heading + std::string(78, '-')), "-");
}

// FORMATS.md 0.3: the first 60 lines that are not blank.
TEST(RecogniseTest, SectionsFarBelowAreNotLookedFor) {
  std::string text;
  for (int i = 0; i < 59; ++i) {
    text += "; a comment\n\n";
  }
  EXPECT_EQ(format_of(text + "[Privilege Rights]\n"), "secedit-inf");
  EXPECT_EQ(format_of(text + "; one more\n[Privilege Rights]\n"), "-");
}

TEST(UnreadTest, FilesThatAreKnownForWhatTheyAre) {
  using namespace std::string_view_literals;
  struct Row {
    std::string_view name;
    std::string_view bytes;
    std::string_view why;
  };
  const Row rows[] = {
      {"a", ""sv, "an empty file"},
      {"a", "regf\x01"sv,
       "a registry hive: export the keys with reg export instead"},
      {"a", "MSCF"sv, "a cabinet file: unpack it first"},
      {"a", "Rar!"sv, "a RAR archive: unpack it first"},
      {"a", "7z\xBC\xAF"sv, "a 7-Zip archive: unpack it first"},
      {"a", "\0\0\0\0\xEF\xCD\xAB\x89"sv,
       "a security database: run secedit /export instead"},
      {"a", "version https://git-lfs.github.com/spec/v1\noid sha256:1"sv,
       "a Git LFS pointer: the file itself is not here"},
      {"x/MetaBase.BIN", "a\0b"sv,
       "the binary metabase of IIS 4 and 5, whose layout is not documented: "
       "run cscript adsutil.vbs ENUM W3SVC instead"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(why_not_read(row.name, row.bytes), row.why) << row.bytes;
    MemoryFiles files;
    files.add(std::string(row.name), std::string(row.bytes));
    const Loaded loaded = load(files, {std::string(row.name)}, {}, "");
    EXPECT_EQ(loaded.evidence_files, 0U) << row.bytes;
    ASSERT_EQ(loaded.server.problems.size(), 1U) << row.bytes;
    EXPECT_EQ(loaded.server.problems.front().text, row.why);
  }
  for (const std::string_view bytes :
       {"ElfFile"sv, "LfLe"sv, "PK"sv, "hello"sv, "reg"sv}) {
    EXPECT_EQ(why_not_read("a", bytes), std::nullopt) << bytes;
  }
  EXPECT_EQ(why_not_read("metabase.bin", "<configuration>"), std::nullopt);
  EXPECT_EQ(why_not_read("other.bin", "a\0b"sv), std::nullopt);
}

}  // namespace
}  // namespace iisdiag::evidence
