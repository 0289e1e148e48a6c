// JSON as it is written: layout, numbers, escapes, bytes that are no UTF-8.
#include "text/json_writer.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <string_view>

namespace iisdiag::text {
namespace {

std::string written(std::string_view text) {
  JsonWriter json(JsonWriter::kCompact);
  json.text(text);
  return json.take();
}

template <class T>
std::string number(T value) {
  JsonWriter json(JsonWriter::kCompact);
  json.number(value);
  return json.take();
}

// Every kind of value, in an array and in an object, empty and not.
void write_sample(JsonWriter& json) {
  json.begin_object();
  json.key("text").text("a");
  json.key("none").null();
  json.key("yes").flag(true);
  json.key("list").begin_array();
  json.text("b");
  json.begin_array();
  json.end_array();
  json.begin_object();
  json.end_object();
  json.begin_object();
  json.key("no").flag(false);
  json.key("number").number(-7);
  json.end_object();
  json.begin_array();
  json.number(1U);
  json.null();
  json.end_array();
  json.end_array();
  json.key("empty").begin_object();
  json.end_object();
  json.key("nothing").begin_array();
  json.end_array();
  json.end_object();
}

constexpr std::string_view kIndented = R"({
   "text": "a",
   "none": null,
   "yes": true,
   "list": [
      "b",
      [],
      {},
      {
         "no": false,
         "number": -7
      },
      [
         1,
         null
      ]
   ],
   "empty": {},
   "nothing": []
})";

constexpr std::string_view kCompactSample =
    R"({"text":"a","none":null,"yes":true,"list":["b",[],{},)"
    R"({"no":false,"number":-7},[1,null]],"empty":{},"nothing":[]})";

TEST(JsonWriterTest, IndentsEachLevel) {
  JsonWriter json(3);
  write_sample(json);
  EXPECT_EQ(json.take(), kIndented);
}

TEST(JsonWriterTest, CompactHasNoBlanks) {
  JsonWriter json(JsonWriter::kCompact);
  write_sample(json);
  EXPECT_EQ(json.take(), kCompactSample);
}

TEST(JsonWriterTest, LaysOutAsTheLibraryDoes) {
  const auto sample = nlohmann::ordered_json::parse(kIndented);
  EXPECT_EQ(sample.dump(3), kIndented);
  EXPECT_EQ(sample.dump(), kCompactSample);
}

TEST(JsonWriterTest, EmptyOnesAtTheTop) {
  JsonWriter list(2);
  list.begin_array();
  list.end_array();
  EXPECT_EQ(list.take(), "[]");
  JsonWriter object(2);
  object.begin_object();
  object.end_object();
  EXPECT_EQ(object.take(), "{}");
}

TEST(JsonWriterTest, MayBeTakenInParts) {
  JsonWriter json(1);
  json.begin_array();
  json.number(1);
  EXPECT_EQ(json.take(), "[\n 1");
  EXPECT_EQ(json.take(), "");
  json.begin_object();
  json.key("a");
  EXPECT_EQ(json.take(), ",\n {\n  \"a\": ");
  json.text("b");
  json.end_object();
  EXPECT_EQ(json.take(), "\"b\"\n }");
  json.end_array();
  EXPECT_EQ(json.take(), "\n]");
}

TEST(JsonWriterTest, KeysAreEscaped) {
  JsonWriter json(JsonWriter::kCompact);
  json.begin_object();
  json.key("a\"\n\u00e4").text("");
  json.end_object();
  EXPECT_EQ(json.take(), R"({"a\"\n\u00e4":""})");
}

TEST(JsonWriterTest, NumbersAtTheirLimits) {
  EXPECT_EQ(number(0), "0");
  EXPECT_EQ(number(std::numeric_limits<std::int64_t>::min()),
            "-9223372036854775808");
  EXPECT_EQ(number(std::numeric_limits<std::int64_t>::max()),
            "9223372036854775807");
  EXPECT_EQ(number(std::numeric_limits<std::uint64_t>::max()),
            "18446744073709551615");
  EXPECT_EQ(number(std::numeric_limits<std::int32_t>::min()), "-2147483648");
  EXPECT_EQ(number(std::numeric_limits<std::uint32_t>::max()), "4294967295");
  EXPECT_EQ(number(std::uint8_t{200}), "200");
  EXPECT_EQ(number(std::size_t{65}), "65");
}

TEST(JsonWriterTest, AsciiIsItselfOrEscaped) {
  std::string all;
  for (char c = '\0'; c < '\x7F'; ++c) {
    all += c;
  }
  all += '\x7F';
  EXPECT_EQ(written(all), R"("\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007)"
                          R"(\b\t\n\u000b\f\r\u000e\u000f)"
                          R"(\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017)"
                          R"(\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f)"
                          R"( !\"#$%&'()*+,-./0123456789:;<=>?@)"
                          R"(ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`)"
                          R"(abcdefghijklmnopqrstuvwxyz{|}~\u007f")");
}

TEST(JsonWriterTest, OtherCharactersAreUnitsOfUtf16) {
  EXPECT_EQ(written("\u0080\u00e4\u07ff\u0800\u20ac\ud7ff\ue000\ufffd\uffff"),
            R"("\u0080\u00e4\u07ff\u0800\u20ac\ud7ff\ue000\ufffd\uffff")");
  EXPECT_EQ(written("a\U0001F600b"), R"("a\ud83d\ude00b")");
  EXPECT_EQ(written("\U00010000\U0010FFFF"), R"("\ud800\udc00\udbff\udfff")");
}

struct BrokenCase {
  std::string_view bytes;
  std::string_view expected;  // between a and b
};

constexpr BrokenCase kBroken[] = {
    // What begins no character.
    {"\x80", R"(\ufffd)"},
    {"\xBF\x80", R"(\ufffd\ufffd)"},
    {"\xF5\x80\x80\x80", R"(\ufffd\ufffd\ufffd\ufffd)"},
    {"\xFE\xFF", R"(\ufffd\ufffd)"},
    // Too long for what they say.
    {"\xC0\x80", R"(\ufffd\ufffd)"},
    {"\xC1\xBF", R"(\ufffd\ufffd)"},
    {"\xE0\x9F\xBF", R"(\ufffd\ufffd\ufffd)"},
    {"\xF0\x8F\xBF\xBF", R"(\ufffd\ufffd\ufffd\ufffd)"},
    // Surrogates, and past the last character.
    {"\xED\xA0\x80", R"(\ufffd\ufffd\ufffd)"},
    {"\xED\xA0\xBD\xED\xB8\x80", R"(\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd)"},
    {"\xF4\x90\x80\x80", R"(\ufffd\ufffd\ufffd\ufffd)"},
    // Broken off: one for all of it.
    {"\xC3", R"(\ufffd)"},
    {"\xE2\x82", R"(\ufffd)"},
    {"\xED\x9F", R"(\ufffd)"},
    {"\xE0\xA0", R"(\ufffd)"},
    {"\xF0\x9F", R"(\ufffd)"},
    {"\xF0\x9F\x98", R"(\ufffd)"},
    {"\xF4\x8F\xBF", R"(\ufffd)"},
    // The next character is whole.
    {"\xE2\x82\xE2\x82\xAC", R"(\ufffd\u20ac)"},
    {"\xF0\x9F\x98\xC3\xA4", R"(\ufffd\u00e4)"},
    {"\xF0\xC3\xA4", R"(\ufffd\u00e4)"},
    {"\xC3\xC3\xA4", R"(\ufffd\u00e4)"},
    {"\xC3\n", R"(\ufffd\n)"},
};

TEST(JsonWriterTest, WhatIsNoUtf8IsReplaced) {
  for (const auto& [bytes, expected] : kBroken) {
    const std::string broken(bytes);
    const std::string replaced(expected);
    EXPECT_EQ(written(broken), '"' + replaced + '"');
    EXPECT_EQ(written("a" + broken + "b"), "\"a" + replaced + "b\"");
  }
}

std::string written_by_library(const std::string& bytes) {
  using Json = nlohmann::json;
  return Json(bytes).dump(-1, ' ', true, Json::error_handler_t::replace);
}

// Bytes at which characters begin, go on, break off.
std::string random_bytes(std::mt19937& random) {
  constexpr std::string_view kBytes =
      "a\"\\\n\x01\x7F\x80\x8F\x90\x9F\xA0\xBF\xC1\xC2\xC3\xDF\xE0\xE2\xED\xEF"
      "\xF0\xF1\xF4\xF5\xFF";
  std::uniform_int_distribution<std::size_t> length(0, 24);
  std::uniform_int_distribution<std::size_t> one_of(0, kBytes.size() - 1);
  std::uniform_int_distribution<int> any(0, 255);
  std::string bytes;
  for (std::size_t left = length(random); left > 0; --left) {
    bytes +=
        left % 8 == 0 ? static_cast<char>(any(random)) : kBytes[one_of(random)];
  }
  return bytes;
}

TEST(JsonWriterTest, EscapesAsTheLibraryDoes) {
  std::mt19937 random(20261129);
  for (int i = 0; i < 5000; ++i) {
    const std::string bytes = random_bytes(random);
    ASSERT_EQ(written(bytes), written_by_library(bytes)) << i;
  }
}

// All that there is of two bytes.
TEST(JsonWriterTest, EscapesTwoBytesAsTheLibraryDoes) {
  for (unsigned i = 0; i < 0x10000; ++i) {
    const std::string bytes = {static_cast<char>(i >> 8U),
                               static_cast<char>(i & 0xFFU)};
    ASSERT_EQ(written(bytes), written_by_library(bytes)) << i;
  }
}

}  // namespace
}  // namespace iisdiag::text
