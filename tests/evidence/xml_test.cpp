// XML of hostile origin: refused, bounded, and told with the line and a caret
// but without any value.
#include "evidence/xml.hpp"

#include <gtest/gtest.h>

#include "evidence/limits.hpp"
#include "evidence/reading.hpp"

namespace iisdiag::evidence {
namespace {

// What is told about a metabase of these bytes.
std::string problems(const std::string& bytes) {
  return describe(read_as(kMetabaseXml, bytes).problems);
}

std::string metabase(std::string_view keys) {
  return "<configuration>\n<MBProperty>\n" + std::string(keys) +
         "\n</MBProperty>\n</configuration>\n";
}

TEST(XmlTest, DamageIsShownByItsLineWithoutValues) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"<a Location=\"/LM\" Broken>",
       "file, line 3: not well-formed XML: error parsing element attribute\n"
       "  <a Location=... ...\n"},
      {"<a Location=\"/LM\"",
       "file, line 4: not well-formed XML: error parsing start element tag\n"
       "  </MBProperty>\n"},
      {"<a b=c>",
       "file, line 3: not well-formed XML: error parsing element attribute\n"
       "  <a ...\n"},
      {"<a></b>",
       "file, line 3: not well-formed XML: start-end tags mismatch\n"
       "  <a></b>\n"},
      {"<!-- no end",
       "file, line 5: not well-formed XML: error parsing comment\n"},
  };
  for (const auto& [keys, expected] : cases) {
    const std::string told = problems(metabase(keys));
    EXPECT_EQ(told.substr(0, expected.size()), expected) << keys;
  }
}

TEST(XmlTest, TheCaretStandsAtTheFault) {
  EXPECT_EQ(
      problems(metabase("<IIsWebServer Location='/LM/W3SVC/1' x='y' z/>")),
      "file, line 3: not well-formed XML: error parsing element "
      "attribute\n"
      "  <IIsWebServer Location=... x=... ...\n"
      "                                      ^\n");
}

TEST(XmlTest, DocumentTypesAreRefused) {
  const std::string body =
      "<configuration><MBProperty>"
      "<IIsWebService Location='/LM/W3SVC' "
      "AnonymousUserName='&x;'/>"
      "</MBProperty></configuration>";
  for (const std::string_view start :
       {"<!DOCTYPE configuration [<!ENTITY x \"evil\">]>\n",
        "<?xml version=\"1.0\"?><!doctype configuration SYSTEM \"x\">\n",
        "<!-- c -->\n<!DOCTYPE configuration>"}) {
    const auto facts = read_as(kMetabaseXml, std::string(start) + body);
    EXPECT_EQ(facts.configs.size(), 0U) << start;
    ASSERT_EQ(facts.problems.size(), 1U) << start;
    EXPECT_EQ(facts.problems.front().text,
              "a document type declaration is not accepted: not read");
    EXPECT_EQ(facts.problems.front().line.find("evil"), std::string::npos);
  }
}

TEST(XmlTest, EntitiesStayAsTheyAre) {
  const auto facts = read_as(
      kMetabaseXml, metabase("<IIsWebService Location='/LM/W3SVC' "
                             "AnonymousUserName='&x;&amp;&lt;&#65;'/>"));
  EXPECT_EQ(*facts.configs.at(0).nodes.at(0).account.value, "&x;&<A");
}

TEST(XmlTest, Depth) {
  const auto nested = [](std::size_t depth) {
    std::string text;
    for (std::size_t i = 0; i < depth; ++i) {
      text += "<a>";
    }
    for (std::size_t i = 0; i < depth; ++i) {
      text += "</a>";
    }
    return metabase(text);
  };
  EXPECT_EQ(problems(nested(kMaxXmlDepth - 1)), "");
  EXPECT_EQ(problems(nested(kMaxXmlDepth)),
            "file, line 3: elements nested more than 200 deep: not read\n");
  EXPECT_EQ(problems(nested(300'000)),
            "file, line 3: elements nested more than 200 deep: not read\n");
}

TEST(XmlTest, Attributes) {
  const auto with = [](std::size_t count) {
    std::string text = "<a";
    for (std::size_t i = 0; i < count; ++i) {
      text += " x" + std::to_string(i) + "='1'";
    }
    return metabase(text + "/>");
  };
  EXPECT_EQ(problems(with(kMaxXmlAttributes)), "");
  EXPECT_EQ(problems(with(kMaxXmlAttributes + 1)),
            "file, line 3: an element with more than 1000 attributes: not "
            "read\n");
  const auto long_one = [](std::size_t size) {
    return metabase("<a x='" + std::string(size, 'x') + "'/>");
  };
  EXPECT_EQ(problems(long_one(kMaxXmlAttribute)), "");
  EXPECT_EQ(problems(long_one(kMaxXmlAttribute + 1)),
            "file, line 3: an attribute longer than 1048576 bytes: not read\n");
}

TEST(XmlTest, Tags) {
  std::string text;
  text.reserve(kMaxXmlTags * 2);
  for (std::size_t i = 0; i <= kMaxXmlTags; ++i) {
    text += "<";
  }
  EXPECT_EQ(problems("<configuration><MBProperty>" + text),
            "file: more than 4000000 tags: not read\n");
}

TEST(XmlTest, RefusedTextGivesNoConfiguration) {
  const auto facts = read_as(
      kMetabaseXml, metabase("<IIsWebService Location='/LM/W3SVC'/><a x='" +
                             std::string(kMaxXmlAttribute + 1, 'x') + "'/>"));
  EXPECT_EQ(describe(facts.configs), "");
}

// The file may have held more of the key in which it was cut.
TEST(XmlTest, TheElementThatWasCutProvesNoAbsence) {
  EXPECT_EQ(describe(read_as(kMetabaseXml, R"(<configuration><MBProperty>
<IIsComputer Location="/LM"/>
<IIsWebService Location="/LM/W3SVC" AnonymousUserName="a"/>
<IIsWebVirtualDir Location="/LM/W3SVC/1/ROOT" AuthFlags="1" AnonymousUserN)")
                         .configs),
            R"(metabase part with sites of IIS 6
  absent: isolation mode
W3SVC /LM/W3SVC @3
  account = a @3
  absent: password, sync, method, anonymous, domain, pool
W3SVC /LM/W3SVC/1/ROOT serves @4
  anonymous = yes @4
)");
}

TEST(XmlTest, WhatBeginsLikeXml) {
  struct Row {
    std::string_view text;
    std::string_view root;
    std::string_view child;
  };
  const Row rows[] = {
      {"<a/>", "a", ""},
      {"<a><b/></a>", "a", "b"},
      {" \n<?xml version='1.0'?><!-- <x> --><a b='<c>'> <!-- --> <d", "a", "d"},
      {"<x:a><y:b>", "a", "b"},
      {"<a></a>", "a", ""},
      {"<a>text<b/>", "a", ""},
      {"<a", "a", ""},
  };
  for (const Row& row : rows) {
    const auto start = xml_start(row.text);
    ASSERT_TRUE(start) << row.text;
    EXPECT_EQ(start->root, row.root) << row.text;
    EXPECT_EQ(start->child, row.child) << row.text;
  }
  for (const std::string_view text :
       {"", " ", "a", "<", "</a>", "<!-- <a>", "<?xml", "<>", "< a>"}) {
    EXPECT_FALSE(xml_start(text)) << text;
  }
}

TEST(XmlTest, LinesOfElementsInEveryLineEnd) {
  for (const std::string_view end : {"\n", "\r\n", "\r\r\n", "\r"}) {
    std::string text = "<configuration><MBProperty>";
    for (int i = 0; i < 3; ++i) {
      text.append(end);
    }
    text += "<IIsWebService Location='/LM/W3SVC'" + std::string(end) +
            "AuthFlags='1'/></MBProperty></configuration>";
    const auto facts = read_as(kMetabaseXml, text);
    const auto& node = facts.configs.at(0).nodes.at(0);
    EXPECT_EQ(node.origin.number(), 4U);
    EXPECT_EQ(node.anonymous.value.origin().number(), 5U);
  }
}

}  // namespace
}  // namespace iisdiag::evidence
