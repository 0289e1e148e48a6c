// Every format cut, mutated and mis-encoded: nothing crashes or hangs, what is
// wrong is told, and what was not read is never taken for absent.
#include <gtest/gtest.h>

#include <array>
#include <random>

#include "evidence/limits.hpp"
#include "evidence/load.hpp"
#include "evidence/reading.hpp"
#include "evidence/samples.hpp"
#include "support/full.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

Loaded load_one(std::string_view name, std::string bytes) {
  MemoryFiles files;
  files.add(std::string(name), std::move(bytes));
  return load(files, {std::string(name)}, {}, "");
}

// What holds for whatever the bytes are.
void expect_sound(const Loaded& loaded, std::string_view bytes) {
  const facts::Server& server = loaded.server;
  EXPECT_EQ(loaded.files_read, 1U);
  EXPECT_LE(loaded.evidence_files, 1U);
  std::string narrow(bytes);
  std::erase(narrow, '\0');
  const bool is_manifest =
      narrow.find("iisdiag-collection/") != std::string::npos;
  if (loaded.evidence_files == 0 && !is_manifest) {
    // administration.config is known, and tells nothing but that.
    EXPECT_EQ(
        loaded.ignored.size() + server.problems.size() + server.notes.size(),
        1U)
        << bytes;
  }
  for (const facts::Problem& problem : server.problems) {
    EXPECT_FALSE(problem.text.empty()) << bytes;
    EXPECT_FALSE(problem.origin.name().empty()) << bytes;
    EXPECT_LE(problem.column, text::length(problem.line)) << bytes;
    EXPECT_EQ(problem.line.find('\n'), std::string::npos) << bytes;
  }
}

// A cut file is told of, or it reads as nothing that the whole did not say.
TEST(DamageTest, EveryFormatCutAtEveryLength) {
  for (const Sample& sample : samples()) {
    const std::string whole = describe(
        load_one(sample.name, std::string(sample.bytes)).server.problems);
    // A web.config by itself belongs to no site.
    EXPECT_EQ(whole.empty(), sample.format != "web-config") << whole;
    for (std::size_t length = 0; length < sample.bytes.size(); ++length) {
      const std::string bytes(sample.bytes.substr(0, length));
      SCOPED_TRACE(bytes);
      const Loaded loaded = load_one(sample.name, bytes);
      expect_sound(loaded, bytes);
      if ((sample.bytes.starts_with('<') || sample.bytes.starts_with('{')) &&
          loaded.evidence_files == 1 &&
          !sample.bytes.substr(length).starts_with('\n')) {
        EXPECT_FALSE(loaded.server.problems.empty());
      }
    }
  }
}

std::string every_fact(const Format& format, std::string_view bytes,
                       std::string_view name) {
  FileFacts facts;
  format.read(document(bytes, name), facts);
  return describe(facts.configs) + describe(facts.iis7) +
         describe(facts.accounts) + describe(facts.rights) +
         describe(facts.machine) + describe(facts.elsewhere);
}

// What stands in front of the cut counts, and half a value is none: a cut file
// says nothing that the whole one does not say. (The right in whose list an INF
// was cut is marked as such: SeceditDamageTest.)
TEST(DamageTest, ACutFileSaysNothingElse) {
  for (const Sample& sample : samples()) {
    const Format* format = recognise(document(sample.bytes));
    ASSERT_NE(format, nullptr);
    const std::string whole = every_fact(*format, sample.bytes, sample.name);
    for (std::size_t length = 0; length < sample.bytes.size(); ++length) {
      const std::string_view bytes = sample.bytes.substr(0, length);
      if (recognise(document(bytes)) != format) {
        continue;
      }
      const std::string cut = every_fact(*format, bytes, sample.name);
      for (const Line& line : split_lines(cut)) {
        if (line.text.find(" = ") != std::string_view::npos &&
            cut.find("  cut in ") == std::string::npos) {
          EXPECT_NE(whole.find(std::string(line.text) + "\n"),
                    std::string::npos)
              << bytes << "|\n"
              << line.text;
        }
      }
    }
  }
}

TEST(DamageTest, EveryFormatCutAsUtf16) {
  // At every byte, or at each third: the first half and the second of units.
  const std::size_t step = test::is_full() ? 1 : 3;
  for (const Sample& sample : samples()) {
    const std::string whole = "\xFF\xFE" + utf16le(sample.bytes);
    for (std::size_t length = 0; length <= whole.size(); length += step) {
      const std::string bytes = whole.substr(0, length);
      expect_sound(load_one(sample.name, bytes), bytes);
    }
  }
}

TEST(DamageTest, EveryByteReplaced) {
  constexpr std::array kOthers = {'\0', '\n', '"', '<',  '>',    '=',
                                  '*',  '[',  ']', '\\', '\x1B', '\xFF'};
  // All at each place, or three of them in turn.
  const std::size_t step = test::is_full() ? 1 : 4;
  for (const Sample& sample : samples()) {
    for (std::size_t i = 0; i < sample.bytes.size(); ++i) {
      for (std::size_t other = i % step; other < kOthers.size();
           other += step) {
        std::string bytes(sample.bytes);
        bytes[i] = kOthers.at(other);
        expect_sound(load_one(sample.name, bytes), bytes);
      }
    }
  }
}

TEST(DamageTest, BytesTakenOutAndDoubled) {
  for (const Sample& sample : samples()) {
    for (std::size_t i = 0; i < sample.bytes.size(); ++i) {
      std::string shorter(sample.bytes);
      shorter.erase(i, 1);
      expect_sound(load_one(sample.name, shorter), shorter);
      std::string longer(sample.bytes);
      longer.insert(i, 1, longer[i]);
      expect_sound(load_one(sample.name, longer), longer);
    }
  }
}

TEST(DamageTest, LinesInAnotherOrderAndTwice) {
  for (const Sample& sample : samples()) {
    std::vector<std::string> lines;
    for (const Line& line : split_lines(sample.bytes)) {
      lines.push_back(std::string(line.text) + "\n");
    }
    for (std::uint32_t seed = 0; seed < 200; ++seed) {
      std::minstd_rand random(seed);
      std::string bytes;
      for (std::size_t i = 0; i < lines.size(); ++i) {
        bytes += lines[random() % lines.size()];
      }
      expect_sound(load_one(sample.name, bytes), bytes);
    }
  }
}

// One format's text inside another's: cut at every seventh byte, or at each
// fifth of those.
TEST(DamageTest, FilesGluedTogether) {
  const std::size_t step = test::is_full() ? 7 : 35;
  std::size_t pair = 0;
  for (const Sample& one : samples()) {
    for (const Sample& other : samples()) {
      for (std::size_t cut = 7 * pair++ % step; cut < one.bytes.size();
           cut += step) {
        const std::string bytes =
            std::string(one.bytes.substr(0, cut)) + std::string(other.bytes);
        expect_sound(load_one(one.name, bytes), bytes);
      }
    }
  }
}

TEST(DamageTest, MisEncodedBytes) {
  for (const Sample& sample : samples()) {
    const std::string text(sample.bytes);
    const std::string wide = utf16le(sample.bytes);
    for (const std::string& bytes :
         {"\xFF\xFE" + text, "\xFE\xFF" + text, "\xFE\xFF" + wide,
          "\xEF\xBB\xBF" + wide, text + wide, "\xFF\xFE" + wide + text,
          wide.substr(1), "\xEF\xBB" + text, text + "\xC3",
          text + "\xED\xA0\x80", text + "\xF8\x88\x80\x80\x80",
          "\xFF\xFE" + wide + "\x00\xD8"}) {
      expect_sound(load_one(sample.name, bytes), bytes);
    }
  }
}

// A NUL in 8-bit text means that it is binary: ignored, and counted as such.
TEST(DamageTest, NulBytesMakeAFileBinary) {
  for (const Sample& sample : samples()) {
    const std::string bytes = std::string(sample.bytes) + '\0';
    const Loaded loaded = load_one(sample.name, bytes);
    EXPECT_EQ(loaded.evidence_files, 0U) << sample.format;
    EXPECT_EQ(loaded.ignored,
              std::vector<std::string>{std::string(sample.name)});
  }
}

TEST(DamageTest, LinesOfMegabytes) {
  constexpr std::array kFillings = {'x', '*', '\xE4'};
  // Of each, or of one of them in turn.
  const std::size_t step = test::is_full() ? 1 : kFillings.size();
  std::size_t turn = 0;
  for (const Sample& sample : samples()) {
    for (std::size_t i = turn++ % step; i < kFillings.size(); i += step) {
      const std::string bytes = std::string(sample.bytes) +
                                std::string(3 * kMaxLine, kFillings.at(i));
      const Loaded loaded = load_one(sample.name, bytes);
      EXPECT_EQ(loaded.evidence_files,
                sample.format == "admin-config" ||
                        sample.format == "collection-manifest"
                    ? 0U
                    : 1U)
          << sample.format;
      for (const facts::Problem& problem : loaded.server.problems) {
        EXPECT_LE(problem.line.size(), 1000U) << sample.format;
      }
    }
  }
}

TEST(DamageTest, ProblemsOfOneFileAreBounded) {
  std::string sites;
  for (int i = 0; i < 500; ++i) {
    sites += "<site/>\n";
  }
  const Loaded loaded =
      load_one("applicationHost.config",
               "<configuration><system.applicationHost><sites>\n" + sites +
                   "</sites></system.applicationHost></configuration>\n");
  ASSERT_EQ(loaded.server.problems.size(), kMaxProblemsPerFile + 1);
  EXPECT_EQ(loaded.server.problems.back().text,
            "480 more problems in this file");
}

}  // namespace
}  // namespace iisdiag::evidence
