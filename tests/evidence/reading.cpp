#include "evidence/reading.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "evidence/console_text.hpp"

namespace iisdiag::evidence {

Document document(std::string_view bytes, std::string_view name) {
  auto decoded = decode_evidence(bytes);
  if (!decoded) {
    throw std::invalid_argument("the bytes are not text");
  }
  return {name, std::move(*decoded)};
}

FileFacts read_as(const Format& format, std::string_view bytes,
                  std::string_view name) {
  const Document whole = document(bytes, name);
  FileFacts facts;
  EXPECT_EQ(recognise(whole), &format) << bytes.substr(0, 200);
  format.read(whole, facts);
  return facts;
}

std::string_view format_of(std::string_view bytes, std::string_view name) {
  const Format* format = recognise(document(bytes, name));
  return format != nullptr ? format->id : "-";
}

std::string utf16le(std::string_view ascii) {
  std::string bytes;
  for (const char c : ascii) {
    bytes.append({c, '\0'});
  }
  return bytes;
}

std::string every_text(const FileFacts& facts) {
  std::string all = describe(facts.configs) + describe(facts.iis7) +
                    describe(facts.accounts) + describe(facts.rights) +
                    describe(facts.machine) + describe(facts.elsewhere) +
                    describe(facts.notes) + describe(facts.problems);
  for (const facts::Problem& problem : facts.problems) {
    all += problem.todo + "\n";
  }
  return all;
}

}  // namespace iisdiag::evidence
