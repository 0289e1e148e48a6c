// What was typed, in every notation, and what it is taken for.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "knowledge/code_reading.hpp"
#include "text/strings.hpp"

namespace iisdiag::knowledge {
namespace {

struct Named {
  std::string operator()(const LogonCode* code) const {
    return fmt::format("{}", code->code);
  }
  std::string operator()(const SspiCode* code) const {
    return std::string(code->name);
  }
  std::string operator()(const StatusTriple& triple) const {
    return fmt::format("{}+{}", status_name(*triple.status), triple.win32);
  }
  std::string operator()(const HttpStatus* status) const {
    return status_name(*status);
  }
  std::string operator()(const EventCode* event) const {
    return fmt::format("{} {}", text::split(event->sources, ' ').front(),
                       event->id);
  }
  std::string operator()(const FindingPage* page) const {
    return std::string(page->id);
  }
  std::string operator()(const Article* article) const {
    return std::string(article->id);
  }
};

// "1326; HTTP 401.1 | Security 530; ? 9999".
std::string read(const std::vector<std::string>& words) {
  std::vector<std::string> parts;
  for (const Asked& asked : read_codes(words)) {
    std::vector<std::string> readings;
    for (const Reading& reading : asked.readings) {
      readings.push_back(std::visit(Named(), reading));
    }
    parts.push_back(readings.empty() ? "? " + asked.text
                                     : text::join(readings, " | "));
  }
  return text::join(parts, "; ");
}

std::vector<std::string> notations(const LogonCode& code) {
  const std::uint32_t hresult = 0x80070000U | code.code;
  const auto low = code.code & 0xFFU;
  const auto high = code.code >> 8U;
  std::vector<std::string> all = {
      fmt::format("{}", code.code),
      fmt::format("0x{:X}", code.code),
      fmt::format("0x{:x}", code.code),
      fmt::format("0X{:08X}", code.code),
      fmt::format("{:08x}", code.code),
      fmt::format("error {}", code.code),
      fmt::format("Error: {}.", code.code),
      fmt::format("code={}", code.code),
      fmt::format("({})", code.code),
      fmt::format("0x{:08X}", hresult),
      fmt::format("0x{:08x}", hresult),
      fmt::format("{:08X}", hresult),
      fmt::format("0xFFFFFFFF{:08X}", hresult),
      fmt::format("{}", hresult),
      fmt::format("{}", static_cast<std::int32_t>(hresult)),
      fmt::format("{:02X} {:02X} 00 00", low, high),
      fmt::format("{:02x} {:02x} 00 00", low, high),
      fmt::format("{:02x}{:02x}0000", low, high),
      fmt::format("0000: {:02X} {:02X} 00 00               ....", low, high),
      fmt::format("0000: {:08X}", code.code),
      std::string(code.name),
      text::to_lower(code.name)};
  if (code.status != 0) {
    all.push_back(fmt::format("0x{:08X}", code.status));
    all.push_back(fmt::format("{:08x}", code.status));
    all.push_back(fmt::format("status 0x{:08x}", code.status));
    all.push_back(status_name(code));
  }
  if (code.status >= 0x80000000U) {
    all.push_back(fmt::format("{}", code.status));
    all.push_back(fmt::format("{}", static_cast<std::int32_t>(code.status)));
  }
  return all;
}

TEST(CodeReading, TakesEveryNotationOfACode) {
  for (const LogonCode* code : all_logon_codes()) {
    for (const std::string& notation : notations(*code)) {
      EXPECT_EQ(read({notation}), fmt::format("{}", code->code)) << notation;
      // The shell cuts at blanks.
      std::vector<std::string> words;
      for (const auto word : text::split(notation, ' ')) {
        words.emplace_back(word);
      }
      EXPECT_EQ(read(words), fmt::format("{}", code->code)) << notation;
    }
  }
}

TEST(CodeReading, TakesEveryNotationOfASecurityPackage) {
  for (const SspiCode& code : sspi_codes()) {
    for (const std::string& notation :
         {std::string(code.name), fmt::format("0x{:08X}", code.code),
          fmt::format("{:08x}", code.code), fmt::format("{}", code.code),
          fmt::format("{}", static_cast<std::int32_t>(code.code))}) {
      EXPECT_EQ(read({notation}), code.name) << notation;
    }
  }
}

TEST(CodeReading, TakesEveryStatusEventFindingAndArticle) {
  for (const HttpStatus& status : http_statuses()) {
    const std::string name = status_name(status);
    EXPECT_EQ(read({name}), name);
    if (status.sub) {
      const std::string numbers = name.substr(name.find(' ') + 1);
      const auto words = text::split(numbers, '.');
      EXPECT_EQ(read({std::string(words[0]), std::string(words[1])})
                    .substr(0, name.size()),
                name);
    }
  }
  for (const EventCode& event : event_codes()) {
    const std::string wanted =
        fmt::format("{} {}", text::split(event.sources, ' ').front(), event.id);
    EXPECT_EQ(read({"event", fmt::format("{}", event.id)}), wanted);
    EXPECT_EQ(read({fmt::format("Event ID: {}", event.id)}), wanted);
    for (const auto source : text::split(event.sources, ' ')) {
      EXPECT_EQ(read({std::string(source), fmt::format("{}", event.id)}),
                wanted);
      EXPECT_EQ(
          read({fmt::format("Microsoft-Windows-{} {}", source, event.id)}),
          wanted);
    }
  }
  for (const FindingPage* page : all_finding_pages()) {
    EXPECT_EQ(read({std::string(page->id)}), page->id);
    EXPECT_EQ(read({text::to_upper(page->id)}), page->id);
  }
  for (const Article* article : all_articles()) {
    EXPECT_EQ(read({std::string(article->id)}), article->id);
    EXPECT_EQ(read({text::to_lower(article->id)}), article->id);
  }
}

struct Row {
  std::string_view typed;
  std::string_view read;
};

TEST(CodeReading, TakesTheLikeliestFirst) {
  for (const Row& row : {
           Row{"5", "5"},
           Row{"100", "W3SVC 100"},
           Row{"530", "FTP 530 | Security 530"},
           Row{"event 530", "Security 530"},
           Row{"ftp 530", "FTP 530"},
           Row{"Security 530", "Security 530"},
           Row{"1057", "W3SVC 1057"},
           Row{"WAS 5059", "WAS 5059"},
           Row{"W3SVC 1059", "W3SVC 1059"},
           Row{"4625", "Security-Auditing 4625"},
           Row{"MSFTPSVC 100", "W3SVC 100"},
           Row{"W3SVC event ID 100", "W3SVC 100"},
           Row{"Microsoft-Windows-IIS-W3SVC-WP 2216", "W3SVC-WP 2216"},
           Row{"401.1", "HTTP 401.1"},
           Row{"(401.1)", "HTTP 401.1"},
           Row{"401", "HTTP 401"},
           Row{"401 1", "HTTP 401.1"},
           Row{"401 503", "HTTP 401.503"},
           Row{"401 1 1326", "HTTP 401.1+1326"},
           Row{"401,1,1326", "HTTP 401.1+1326"},
           Row{"401.1 1326", "HTTP 401.1+1326"},
           Row{"401.1 0x8007052E", "HTTP 401.1+1326"},
           Row{"401 1 2147943726", "HTTP 401.1+1326"},
           Row{"401 1 0", "HTTP 401.1+0"},
           Row{"401 0 1326", "HTTP 401+1326"},
           Row{"401 1326", "HTTP 401+1326"},
           Row{"401 5", "HTTP 401.5 | HTTP 401+5"},
           Row{"401 3 5", "HTTP 401.3+5"},
           Row{"401 1 2148074252", "HTTP 401.1+2148074252"},
           Row{"500 19", "HTTP 500.19"},
           Row{"530 1326", "FTP 530+1326"},
           Row{"530 1 1326", "FTP 530+1326"},
           Row{"401 1 1326 1385", "HTTP 401.1+1326; 1385"},
           Row{"1326 1385", "1326; 1385"},
           Row{"86 87", "86; 87"},
           Row{"Q253204", "Q253204"},
           Row{"KB253204", "Q253204"},
           Row{"KB 909887", "KB909887"},
           Row{"909887", "KB909887"},
           Row{"LOGON_FAILURE", "1326"},
           Row{"%%2313", "1326"},
           Row{"%%2308", "1385"},
           Row{"52e", "1326"},
           Row{"C000006D C000006A", "1326; 86"},
           Row{"HTTP Error 401.1 - Unauthorized: Logon failed.", "HTTP 401.1"},
           Row{"2E 05 00 00 00 00", "1326; ? 00 00"},
           Row{"0000: 2E 05 00 00 69 05 00 00", "1326"},
       }) {
    EXPECT_EQ(read({std::string(row.typed)}), row.read) << row.typed;
  }
}

TEST(CodeReading, SaysWhatItDoesNotKnow) {
  for (const Row& row : {
           Row{"", ""},
           Row{" \t\r\n", ""},
           Row{"0", "? 0"},
           Row{"9999", "? 9999"},
           Row{"-", "? -"},
           Row{"0x", "? 0x"},
           Row{"0x123456789", "? 0x123456789"},
           Row{"4294967296", "? 4294967296"},
           Row{"-2147483649", "? -2147483649"},
           Row{"99999999999999999999", "? 99999999999999999999"},
           Row{"1.326", "? 1.326"},
           Row{"401.", "HTTP 401"},
           Row{"401.9", "? 401.9"},
           Row{"401.1.1", "? 401.1.1"},
           Row{"W3SVC", "? W3SVC"},
           Row{"W3SVC 101", "? W3SVC 101"},
           Row{"WAS 100", "? WAS 100"},
           Row{"event", "? event"},
           Row{"FF FF 00 00", "? FF FF 00 00"},
           Row{"%%", "? %%"},
           Row{"%%9999", "? %%9999"},
           Row{"Q999999", "? Q999999"},
           Row{"rigt-denied", "? rigt-denied"},
           Row{"no code at all", "? no code at all"},
           Row{"1326 9999", "1326; ? 9999"},
           Row{"\x01\xff", "? \x01\xff"},
       }) {
    EXPECT_EQ(read({std::string(row.typed)}), row.read) << row.typed;
  }
  EXPECT_EQ(read({}), "");
  // Words of different arguments stay apart.
  EXPECT_EQ(read({"foo", "bar"}), "? foo; ? bar");
}

TEST(CodeReading, TakesLongInput) {
  const std::string digits(1U << 20U, '1');
  EXPECT_EQ(read({digits}), "? " + digits);
  std::string many;
  for (int i = 0; i < 10000; ++i) {
    many += "1326 ";
  }
  EXPECT_EQ(read_codes({many}).size(), 10000U);
}

}  // namespace
}  // namespace iisdiag::knowledge
