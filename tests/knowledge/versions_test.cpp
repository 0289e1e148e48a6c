// The one table of what differs between versions, against the figures of the
// knowledge base (FACTS.md A.1, C.1, C.2).
#include "knowledge/versions.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>

#include "knowledge/finding.hpp"
#include "text/strings.hpp"

namespace iisdiag::knowledge {
namespace {

using facts::LogonMethod;
using facts::Machine;
using facts::Store;

constexpr std::array kTristates = {"no", "maybe", "yes"};
constexpr std::array kTools = {"nt", "2000", "2003", "2008"};
constexpr std::array kStores = {"registry", "metabase", "apphost"};
constexpr std::array kSyncs = {"none", "works", "needs-registration"};

template <class Value, std::size_t kCount>
std::string_view word(const std::array<const char*, kCount>& words,
                      Value value) {
  return words.at(static_cast<std::size_t>(value));
}

std::string join_ids(const auto& possible) {
  std::vector<std::string> ids;
  for (const auto* rules : possible) {
    ids.emplace_back(rules->id);
  }
  return text::join(ids, " ");
}

TEST(Versions, IisTable) {
  std::string table;
  for (const IisRules& rules : all_iis()) {
    table += fmt::format(
        "{}: {}; {}; sync {}; {}; {}{}{}\n", rules.id, rules.windows,
        word(kStores, rules.store), word(kSyncs, rules.sync),
        facts::method_name(rules.default_method), rules.default_account,
        rules.builtin_iusr ? " (built in)" : "",
        rules.regrants_rights ? "; re-grants" : "");
  }
  EXPECT_EQ(
      table,
      "1.0: nt3.51; registry; sync none; interactive; IUSR_<computer>\n"
      "2.0: nt4; registry; sync none; interactive; IUSR_<computer>\n"
      "3.0: nt4; registry; sync none; interactive; IUSR_<computer>\n"
      "4.0: nt4; metabase; sync works; interactive; IUSR_<computer>\n"
      "5.0: 2000; metabase; sync works; interactive; IUSR_<computer>; "
      "re-grants\n"
      "5.1: xp; metabase; sync works; interactive; IUSR_<computer>; "
      "re-grants\n"
      "6.0: 2003; metabase; sync needs-registration; network-cleartext; "
      "IUSR_<computer>\n"
      "7.0: vista 2008; apphost; sync none; network-cleartext; IUSR (built "
      "in)\n"
      "7.5: 7 2008r2; apphost; sync none; network-cleartext; IUSR (built in)\n"
      "8.0: 8 2012; apphost; sync none; network-cleartext; IUSR (built in)\n"
      "8.5: 8.1 2012r2; apphost; sync none; network-cleartext; IUSR (built "
      "in)\n"
      "10.0: 10 2016 2019 2022 11 2025; apphost; sync none; "
      "network-cleartext; IUSR (built in)\n");
}

// Batch logons failed before Service Pack 4 of NT 4.0 (Q190015).
TEST(Versions, BatchNeedsAServicePackInIis4Only) {
  for (const IisRules& rules : all_iis()) {
    EXPECT_EQ(rules.batch_needs_service_pack, rules.id == "4.0" ? 4 : 0)
        << rules.id;
  }
}

// IIS 1 to 3 answer with HTTP 500 (FACTS.md A.2).
TEST(Versions, WhatVisitorsSee) {
  for (const IisRules& rules : all_iis()) {
    EXPECT_EQ(rules.symptom, rules.store == Store::kRegistry
                                 ? "HTTP 500 with the system's text"
                                 : "401.1 Unauthorized: Logon failed")
        << rules.id;
    EXPECT_NE(rules.source, "") << rules.id;
  }
}

TEST(Versions, WindowsTable) {
  std::string table;
  for (const WindowsRules& rules : all_windows()) {
    table += fmt::format(
        "{} {} {}: tools {}{}{}{}; S-1-5-113 {}{}{}{}\n", rules.id,
        rules.version, rules.name, word(kTools, rules.tools),
        rules.deny_rights ? "; deny" : "",
        rules.allow_log_on ? "; allow log on" : "",
        rules.users_hold_all ? "; users hold all" : "",
        word(kTristates, rules.local_account_sid),
        rules.guest_is_authenticated ? "; guest is authenticated" : "",
        rules.blank_password_limited ? "; blank limited" : "",
        rules.force_guest ? "; force guest" : "");
    EXPECT_NE(rules.source, "") << rules.id;
  }
  const std::string since_xp = "; blank limited; force guest\n";
  const auto since_2008 = [&](std::string_view name, std::string_view sid) {
    return fmt::format(
        "{}: tools 2008; deny; allow log on; users hold all; S-1-5-113 {}{}",
        name, sid, since_xp);
  };
  EXPECT_EQ(
      table,
      "nt3.51 3.51 Windows NT 3.51: tools nt; S-1-5-113 no; guest is "
      "authenticated\n"
      "nt4 4.0 Windows NT 4.0: tools nt; S-1-5-113 no; guest is "
      "authenticated\n"
      "2000 5.0 Windows 2000: tools 2000; deny; users hold all; S-1-5-113 no; "
      "guest is authenticated\n"
      "xp 5.1 Windows XP: tools 2003; deny; users hold all; S-1-5-113 no" +
          since_xp +
          "2003 5.2 Windows Server 2003: tools 2003; deny; allow log on; users "
          "hold all; "
          "S-1-5-113 no" +
          since_xp + since_2008("vista 6.0 Windows Vista", "no") +
          since_2008("2008 6.0 Windows Server 2008", "no") +
          since_2008("7 6.1 Windows 7", "maybe") +
          since_2008("2008r2 6.1 Windows Server 2008 R2", "maybe") +
          since_2008("8 6.2 Windows 8", "maybe") +
          since_2008("2012 6.2 Windows Server 2012", "maybe") +
          since_2008("8.1 6.3 Windows 8.1", "yes") +
          since_2008("2012r2 6.3 Windows Server 2012 R2", "yes") +
          since_2008("10 10.0 Windows 10", "yes") +
          since_2008("2016 10.0 Windows Server 2016", "yes") +
          since_2008("2019 10.0 Windows Server 2019", "yes") +
          since_2008("2022 10.0 Windows Server 2022", "yes") +
          since_2008("11 10.0 Windows 11", "yes") +
          since_2008("2025 10.0 Windows Server 2025", "yes"));
}

// What a row says where it is from: "" where each key is an article, or says
// by name that no document is behind it.
std::string fault_of_source(std::string_view source,
                            std::string_view undocumented) {
  if (source == kPlatformKnowledge) {
    return undocumented.empty() ? "does not say what is not documented" : "";
  }
  for (const std::string_view key : text::split(source, ',')) {
    if (find_article(text::trim(key)) == nullptr) {
      return "no article: " + std::string(key);
    }
  }
  return undocumented.ends_with('.') ? "ends with a mark" : "";
}

TEST(Versions, EveryRowSaysWhereItIsFrom) {
  for (const IisRules& rules : all_iis()) {
    EXPECT_EQ(fault_of_source(rules.source, rules.undocumented), "")
        << rules.id;
  }
  for (const WindowsRules& rules : all_windows()) {
    EXPECT_EQ(fault_of_source(rules.source, rules.undocumented), "")
        << rules.id;
  }
  EXPECT_EQ(fault_of_source("", ""), "no article: ");
  EXPECT_EQ(fault_of_source("Q187506, Q9", ""), "no article:  Q9");
  EXPECT_EQ(fault_of_source("FACTS.md A.4", ""), "no article: FACTS.md A.4");
  EXPECT_EQ(fault_of_source(kPlatformKnowledge, ""),
            "does not say what is not documented");
}

// What no document says: FACTS.md marks it [K].
TEST(Versions, SourcesAsReportsShowThem) {
  EXPECT_EQ(source_text(*find_iis("4.0")),
            "Q187506, Q190015, Q216828, Q218756, Q259353");
  EXPECT_EQ(source_text(*find_iis("5.1")),
            "platform knowledge: that it is as IIS 5.0");
  EXPECT_EQ(source_text(*find_iis("3.0")),
            "Q142639, Q142715, Q142868, Q190005; platform knowledge: that "
            "LogonMethod 2 is the network logon");
  EXPECT_EQ(source_text(*find_windows("nt4")),
            "Q245207; platform knowledge: what Users and Guest hold");
}

TEST(Versions, EveryIisRunsOnWindowsThatIsInTheTable) {
  for (const IisRules& rules : all_iis()) {
    for (const std::string_view id : text::split(rules.windows, ' ')) {
      EXPECT_NE(find_windows(id), nullptr) << rules.id << " on " << id;
    }
  }
}

TEST(Versions, FoundById) {
  for (const IisRules& rules : all_iis()) {
    EXPECT_EQ(find_iis(rules.id), &rules);
  }
  EXPECT_EQ(find_iis("10")->id, "10.0");
  EXPECT_EQ(find_iis("4")->id, "4.0");
  EXPECT_EQ(find_iis("5")->id, "5.0");
  for (const WindowsRules& rules : all_windows()) {
    EXPECT_EQ(find_windows(rules.id), &rules);
  }
  EXPECT_EQ(find_windows("2008R2")->id, "2008r2");
  EXPECT_EQ(find_windows("NT3.51")->id, "nt3.51");
}

TEST(Versions, UnknownIds) {
  for (const std::string_view id : {"", "0", "9", "9.0", "4.00", "10.00", "10.",
                                    ".0", " 5.0", "5.0 ", "five"}) {
    EXPECT_EQ(find_iis(id), nullptr) << id;
  }
  for (const std::string_view id :
       {"", "nt", "95", "98", "me", "2002", "nt4.0", "2008 r2", " 2003"}) {
    EXPECT_EQ(find_windows(id), nullptr) << id;
  }
}

TEST(Versions, WindowsByVersionNumber) {
  struct Row {
    const char* version;
    int build;
    std::optional<bool> server;
    const char* id;  // null: that does not settle it
  };
  for (const Row& row : {
           Row{"3.51", 1057, true, "nt3.51"},
           Row{"4.0", 1381, {}, "nt4"},
           Row{"5.0", 2195, {}, "2000"},
           Row{"5.1", 2600, {}, "xp"},
           Row{"5.2", 3790, true, "2003"},
           Row{"5.2", 3790, false, "xp"},  // the 64-bit edition
           Row{"5.2", 3790, {}, nullptr},
           Row{"6.0", 6002, false, "vista"},
           Row{"6.0", 6002, true, "2008"},
           Row{"6.0", 6002, {}, nullptr},
           Row{"6.1", 7601, false, "7"},
           Row{"6.1", 7601, true, "2008r2"},
           Row{"6.2", 9200, true, "2012"},
           Row{"6.2", 9200, false, "8"},
           Row{"6.3", 9600, true, "2012r2"},
           Row{"6.3", 9600, false, "8.1"},
           Row{"10.0", 10240, false, "10"},
           Row{"10.0", 14393, true, "2016"},
           Row{"10.0", 14393, false, "10"},
           Row{"10.0", 17763, true, "2019"},
           Row{"10.0", 19045, false, "10"},
           Row{"10.0", 20348, true, "2022"},
           Row{"10.0", 22000, false, "11"},
           Row{"10.0", 26100, true, "2025"},
           Row{"10.0", 26100, false, "11"},
           Row{"10.0", 26100, {}, nullptr},
           // CurrentVersion still says 6.3 there, for old programs.
           Row{"6.3", 17763, true, "2019"},
           Row{"6.3", 22631, false, "11"},
           Row{"", 17763, true, "2019"},
           Row{"10.0", 0, true, nullptr},
           Row{"", 0, true, nullptr},
           Row{"4.10", 2222, false, nullptr},  // Windows 98
           Row{"6.1.7601", 0, true, nullptr},
       }) {
    const WindowsRules* found =
        windows_by_version(row.version, row.build, row.server);
    EXPECT_EQ(found == nullptr ? "" : found->id,
              row.id == nullptr ? "" : row.id)
        << row.version << " build " << row.build;
  }
}

Machine machine(std::string_view iis, std::string_view windows) {
  const auto origin = facts::Origin::in_file("evidence", 1);
  Machine result;
  if (!iis.empty()) {
    result.iis = {std::string(iis), origin};
  }
  if (!windows.empty()) {
    result.windows = {std::string(windows), origin};
  }
  return result;
}

TEST(Versions, WhatTheEvidenceLeavesOpen) {
  struct Row {
    const char* said_iis;
    const char* said_windows;
    std::optional<Store> store;
    const char* iis;
    const char* windows;
  };
  constexpr const char* kAll =
      "1.0 2.0 3.0 4.0 5.0 5.1 6.0 7.0 7.5 8.0 8.5 "
      "10.0";
  for (const Row& row : {
           Row{"5.0", "2000", Store::kMetabase, "5.0", "2000"},
           Row{"5.0", "", Store::kMetabase, "5.0", "2000"},
           Row{"10.0", "", Store::kAppHost, "10.0",
               "10 2016 2019 2022 11 2025"},
           Row{"", "2000", Store::kMetabase, "5.0", "2000"},
           Row{"", "2012r2", {}, "8.5", "2012r2"},
           Row{"", "nt4", {}, "2.0 3.0 4.0", "nt4"},
           Row{"", "nt4", Store::kRegistry, "2.0 3.0", "nt4"},
           Row{"", "nt4", Store::kMetabase, "4.0", "nt4"},
           Row{"", "", Store::kRegistry, "1.0 2.0 3.0", "nt3.51 nt4"},
           Row{"", "", Store::kMetabase, "4.0 5.0 5.1 6.0", "nt4 2000 xp 2003"},
           Row{"",
               "",
               {},
               kAll,
               "nt3.51 nt4 2000 xp 2003 vista 2008 7 2008r2 8 2012 8.1 2012r2 "
               "10 2016 2019 2022 11 2025"},
           Row{"", "xp", Store::kMetabase, "5.1", "xp"},
           Row{"", "xp", {}, "5.1", "xp"},
           // XP x64 Edition carries IIS 6.0.
           Row{"6.0", "xp", Store::kMetabase, "6.0", "xp"},
           // FTP 6 beside IIS 7 keeps the metabase of IIS 6.0.
           Row{"7.0", "2008", Store::kMetabase, "6.0", "2008"},
           Row{"", "2008", Store::kMetabase, "6.0", "2008"},
           Row{"", "2012r2", Store::kMetabase, "6.0", "2012r2"},
           // What is said of IIS wins over what is said of Windows.
           Row{"6.0", "2000", {}, "6.0", "2000"},
           Row{"4.0", "2022", Store::kMetabase, "4.0", "2022"},
           Row{"", "2000", Store::kAppHost, "7.0 7.5 8.0 8.5 10.0", "2000"},
           Row{"", "2003", Store::kRegistry, "1.0 2.0 3.0", "2003"},
           Row{"", "xp", Store::kAppHost, "7.0 7.5 8.0 8.5 10.0", "xp"},
           // A store that does not fit the version that was said.
           Row{"10.0", "", Store::kRegistry, "1.0 2.0 3.0", "nt3.51 nt4"},
           Row{"3.0", "", Store::kMetabase, "4.0 5.0 5.1 6.0",
               "nt4 2000 xp 2003"},
           // Ids that no table knows are as good as none.
           Row{"9.9", "", Store::kRegistry, "1.0 2.0 3.0", "nt3.51 nt4"},
       }) {
    const Machine said = machine(row.said_iis, row.said_windows);
    EXPECT_EQ(join_ids(possible_iis(said, row.store)), row.iis)
        << row.said_iis << " on " << row.said_windows;
    EXPECT_EQ(join_ids(possible_windows(said, row.store)), row.windows)
        << row.said_iis << " on " << row.said_windows;
  }
}

// The 64-bit edition of XP carries IIS 6.0 (FACTS.md A.1); its version number
// is that of Server 2003.
TEST(Versions, XpOf64BitsRunsIis6) {
  Machine said = machine("", "xp");
  const auto version = [&](std::string_view text) {
    said.windows_version = {std::string(text),
                            facts::Origin::in_file("evidence", 1)};
  };
  version("5.2");
  EXPECT_EQ(join_ids(possible_iis(said, std::nullopt)), "6.0");
  EXPECT_EQ(join_ids(possible_iis(said, Store::kMetabase)), "6.0");
  version("5.1");
  EXPECT_EQ(join_ids(possible_iis(said, std::nullopt)), "5.1");
  EXPECT_EQ(join_ids(possible_iis(said, Store::kMetabase)), "5.1");
}

TEST(Versions, NeverNone) {
  for (const auto* const iis : {"", "1.0", "5.0", "6.0", "10.0", "x"}) {
    for (const auto* const windows : {"", "nt4", "xp", "2003", "2025", "x"}) {
      for (const auto store :
           {std::optional<Store>(), std::optional(Store::kRegistry),
            std::optional(Store::kMetabase), std::optional(Store::kAppHost)}) {
        const Machine said = machine(iis, windows);
        EXPECT_FALSE(possible_iis(said, store).empty());
        EXPECT_FALSE(possible_windows(said, store).empty());
      }
    }
  }
}

TEST(Versions, Agreed) {
  const auto sync = [](const IisRules& rules) { return rules.sync; };
  const std::vector<const IisRules*> same = {find_iis("4.0"), find_iis("5.1")};
  const std::vector<const IisRules*> differ = {find_iis("5.1"),
                                               find_iis("6.0")};
  const std::vector<const IisRules*> none;
  EXPECT_EQ(agreed(same, sync), SyncSupport::kWorks);
  EXPECT_EQ(agreed(differ, sync), std::nullopt);
  EXPECT_EQ(agreed(none, sync), std::nullopt);
}

}  // namespace
}  // namespace iisdiag::knowledge
