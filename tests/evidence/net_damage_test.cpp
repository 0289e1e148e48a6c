// Records of `net user NAME` that were cut, wrapped, or written to deceive.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <set>

#include "evidence/reading.hpp"
#include "support/full.hpp"
#include "support/net_languages.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

using test::Language;

test::NetUser rich_user() {
  test::NetUser user;
  user.comment = "Built-in account for anonymous access to the web server";
  user.expires = "12/31/2007 12:00 AM";
  user.hours = {"Monday - Friday 8:00 AM - 5:00 PM",
                "Sunday 8:00 AM - 12:00 PM"};
  user.local_groups = {"Guests", "Web operators of Berlin", "Users",
                       "People who may log on", "Readers"};
  user.global_groups = {"Domain Guests", "Some more of them here"};
  return user;
}

std::string told(std::string_view text) {
  const Document whole = document(text);
  FileFacts facts;
  if (recognise(whole) == &kNetUser) {
    kNetUser.read(whole, facts);
  }
  return describe(facts.accounts);
}

// Without the numbers of the lines.
std::string without_lines(const std::string& described) {
  std::string result;
  for (const std::string_view line : text::split(described, '\n')) {
    result += std::string(line.substr(0, line.rfind(" @"))) + "\n";
  }
  return result;
}

// A terminal of 80 cells; copying loses the blanks at the end of its lines.
std::string wrapped(std::string_view text, bool keeps_blanks) {
  std::string result;
  for (std::string_view line : text::split(text, '\n')) {
    do {
      const std::string_view part = text::prefix_of_width(line, 80);
      result += keeps_blanks ? part : text::trim_right(part);
      result += '\n';
      line.remove_prefix(part.size());
    } while (!line.empty());
  }
  return result;
}

TEST(NetDamageTest, CutAtAnyLineNothingBecomesFalse) {
  for (const Language language : test::kLanguages) {
    const std::string text = test::net_user_text(rich_user(), language);
    const std::string whole = told(text);
    const auto lines = text::split(whole, '\n');
    const std::set<std::string_view> facts(lines.begin(), lines.end());
    for (std::size_t end = 0; end < text.size(); end += 5) {
      const std::string left = told(text.substr(0, end));
      for (const std::string_view fact : text::split(left, '\n')) {
        ASSERT_TRUE(facts.contains(fact) ||
                    fact.find(": ") != std::string_view::npos)
            << test::language_name(language) << " cut at " << end << ": "
            << fact;
      }
    }
  }
}

// The same at the head: what is left is of nobody, or of the right one.
TEST(NetDamageTest, ACutHeadIsNobodys) {
  for (const Language language : test::kLanguages) {
    const std::string text = test::net_user_text(rich_user(), language);
    const std::string whole = without_lines(told(text));
    const auto lines = text::split(whole, '\n');
    const std::set<std::string_view> facts(lines.begin(), lines.end());
    std::string_view rest = text;
    for (std::size_t line = 1; line < 20; ++line) {
      rest = rest.substr(rest.find('\n') + 1);
      EXPECT_EQ(told(rest), "")
          << test::language_name(language) << " without " << line;
      auto parts = document("C:\\>net user IUSR_WEB01\n" + std::string(rest))
                       .split_transcript();
      FileFacts found;
      if (recognise(parts.front()) != &kNetUser) {
        continue;
      }
      kNetUser.read(parts.front(), found);
      const std::string left = without_lines(describe(found.accounts));
      for (const std::string_view fact : text::split(left, '\n')) {
        ASSERT_TRUE(facts.contains(fact))
            << test::language_name(language) << " without " << line << ": "
            << fact;
      }
    }
  }
}

TEST(NetDamageTest, AnyLineMissingInTheMiddleMakesNothingFalse) {
  for (const Language language : test::kLanguages) {
    const std::string text = test::net_user_text(rich_user(), language);
    const std::string whole = without_lines(told(text));
    const auto facts_list = text::split(whole, '\n');
    const std::set<std::string_view> facts(facts_list.begin(),
                                           facts_list.end());
    const auto lines = text::split(text, '\n');
    // Groups and hours that run over several lines may lose one; nobody can
    // see that.
    for (std::size_t gone = 1; gone < 20; ++gone) {
      std::string rest;
      for (std::size_t i = 0; i < lines.size(); ++i) {
        rest += i == gone ? "" : std::string(lines[i]) + "\n";
      }
      const std::string left = without_lines(told(rest));
      for (const std::string_view fact : text::split(left, '\n')) {
        EXPECT_TRUE(facts.contains(fact) ||
                    fact.find(": ") != std::string_view::npos)
            << test::language_name(language) << " without " << lines[gone]
            << "\n"
            << fact;
      }
    }
  }
}

TEST(NetDamageTest, WrappedTerminals) {
  for (const Language language : test::kLanguages) {
    test::NetUser user = rich_user();
    user.workstations =
        "WEB01,WEB02,WEB03,WEB04,WEB05,WEB06,WEB07,WEB08,WEB09,WEB10,WEB11,"
        "WEB12";
    const std::string text = test::net_user_text(user, language);
    const std::string whole = without_lines(told(text));
    EXPECT_NE(whole.find("WEB11, WEB12"), std::string::npos);
    EXPECT_NE(whole.find("People who may log on, Readers"), std::string::npos);
    for (const bool keeps_blanks : {true, false}) {
      EXPECT_EQ(without_lines(told(wrapped(text, keeps_blanks))), whole)
          << test::language_name(language) << keeps_blanks;
    }
  }
}

TEST(NetDamageTest, TabsAndOtherBlanks) {
  for (const Language language : test::kLanguages) {
    const std::string text = test::net_user_text(rich_user(), language);
    const std::string whole = told(text);
    std::string tabs;
    std::string narrow;
    std::string no_break;
    for (const std::string_view line : text::split(text, '\n')) {
      const auto gap = line.find("  ");
      const auto value = line.find_first_not_of(' ', gap);
      const bool has_value = gap != std::string_view::npos &&
                             value != std::string_view::npos && gap > 0;
      const std::string head(line.substr(0, gap));
      const std::string tail(has_value ? line.substr(value) : "");
      tabs += has_value ? head + "\t" + tail : std::string(line);
      narrow += has_value ? head + "    " + tail : std::string(line);
      tabs += "\n";
      narrow += "\n";
      no_break += line.empty() ? "\xC2\xA0\n" : std::string(line) + "\n";
    }
    EXPECT_EQ(told(tabs), whole) << test::language_name(language);
    EXPECT_EQ(told(narrow), whole) << test::language_name(language);
    EXPECT_EQ(told(no_break), whole) << test::language_name(language);
  }
}

TEST(NetDamageTest, NamesAndCommentsThatDeceive) {
  for (const Language language : test::kLanguages) {
    const std::string plain = test::net_user_text(rich_user(), language);
    const std::string whole = told(plain);
    const auto lines = text::split(plain, '\n');
    const std::string active(lines[5].substr(0, lines[5].find("  ")));
    const std::string locals(lines[23].substr(0, lines[23].find("  ")));
    const std::string end =
        test::translate_net_user("The command completed", language);
    for (const std::string& comment : std::vector<std::string>{
             active + "    No", "*", "a  *b  *c", "x  *  " + active, locals,
             end, "Yes", "000 (x)", "1/1/2030", std::string(200, '*')}) {
      test::NetUser user = rich_user();
      user.comment = comment;
      EXPECT_EQ(told(test::net_user_text(user, language)), whole)
          << test::language_name(language) << " " << comment;
    }
    for (const std::string& name :
         {active, locals, std::string("two  blanks"), std::string("Yes")}) {
      test::NetUser user = rich_user();
      user.name = name;
      EXPECT_EQ(told(test::net_user_text(user, language)),
                "account " + name + whole.substr(whole.find(" @1")))
          << test::language_name(language);
    }
  }
}

// A name that a narrow window broke: whether one group or two, nobody knows.
TEST(NetDamageTest, BrokenGroupsAreUnknown) {
  const std::string text = test::net_user_text({}, Language::kEnglish);
  for (const std::string_view line :
       {"operators\n", "*Power Users\n", "        operators\n"}) {
    std::string broken = text;
    broken.insert(broken.find("Global"), line);
    const auto facts = read_as(kNetUser, broken);
    EXPECT_FALSE(facts.accounts.accounts.at(0).local_groups.has_value())
        << line;
    EXPECT_FALSE(facts.accounts.accounts.at(0).global_groups.has_value());
    EXPECT_EQ(describe(facts.problems),
              "file, line 23: the groups of the account cannot be read: lines "
              "are broken\n  Local Group Memberships      *Guests"
              "               \n  ^\n");
  }
}

TEST(NetDamageTest, LinesOfAMegabyteTakeNoTime) {
  const auto start = std::chrono::steady_clock::now();
  const std::string text = test::net_user_text({}, Language::kEnglish);
  const auto at = text.find("Global");
  const std::string big(1U << 20U, 'a');
  std::string many;
  std::string stars;
  std::string blanks;
  for (int i = 0; i < 200000; ++i) {
    many += "abc\n";
    stars += "                             *abc\n";
    blanks += "\n";
  }
  // At each place, or at one of them in turn.
  const std::size_t step = test::is_full() ? 1 : 3;
  std::size_t turn = 0;
  for (const std::string& filling :
       {big, big + "\n" + big, many, stars, blanks, std::string(1U << 20U, '*'),
        std::string(1U << 20U, ' '), std::string(1U << 20U, '\n')}) {
    const std::array hostile = {
        text.substr(0, at) + filling + "\n" + text.substr(at),
        filling + "\n" + text, text.substr(0, 40) + filling + text.substr(40)};
    for (std::size_t i = turn++ % step; i < hostile.size(); i += step) {
      told(hostile.at(i));
    }
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(60));
}

}  // namespace
}  // namespace iisdiag::evidence
