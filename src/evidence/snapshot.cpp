// A snapshot (what a live server answered) and the manifest of a collection.
#include "evidence/snapshot.hpp"

#include <fmt/format.h>

#include <cstdlib>

#include "evidence/format.hpp"
#include "evidence/snapshot_reader.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

constexpr std::string_view kSchemaMember = "\"schema\"";

// The value of the first member "schema" near the beginning; empty where the
// text is no object or has none.
std::string_view schema_of(const Document& document) {
  constexpr std::size_t kProbe = 65536;
  std::string_view text = document.text().substr(0, kProbe);
  const auto skip_blanks = [&] {
    text.remove_prefix(
        std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  };
  skip_blanks();
  const auto member = text.find(kSchemaMember);
  if (!text.starts_with("{") || member == std::string_view::npos) {
    return {};
  }
  text.remove_prefix(member + kSchemaMember.size());
  skip_blanks();
  if (!text::consume(text, ":")) {
    return {};
  }
  skip_blanks();
  return text::consume(text, "\"") ? text.substr(0, text.find('"'))
                                   : std::string_view();
}

// "iisdiag-snapshot/" of any version: another one is told, not passed over.
bool is_of_schema(const Document& document, std::string_view schema) {
  return schema_of(document).starts_with(
      schema.substr(0, schema.find('/') + 1));
}

void check_offset(SnapshotReader& reader, const JsonNode& root,
                  SnapshotHeader& header) {
  constexpr int kFurthest = 14 * 60;  // no clock is further from UTC
  if (header.utc_offset_minutes < -kFurthest ||
      header.utc_offset_minutes > kFurthest) {
    reader.complain(root.find("utc_offset_minutes").value_or(root).line(),
                    "utc_offset_minutes: no clock is that far from UTC");
    header.utc_offset_minutes = 0;
    header.captured_at = 0;
  }
}

// The object that the document is, where it is of this schema; nothing of a
// later one is read, for it may mean something else.
std::optional<JsonNode> root_of(const JsonTree& tree, SnapshotReader& reader,
                                std::string_view schema) {
  if (!tree.fault().empty()) {
    reader.complain(tree.fault_line(), tree.fault());
  }
  const auto root = tree.root();
  if (!root || !root->is_object()) {
    return std::nullopt;
  }
  const auto member = root->find("schema");
  if (member && member->text() == schema) {
    return root;
  }
  if (member) {
    reader.complain(
        member->line(),
        fmt::format("schema: this iisdiag reads {} and no other: use the one "
                    "that wrote it, or a later one",
                    schema));
  }
  return std::nullopt;
}

void read_snapshot(const Document& document, FileFacts& facts) {
  const JsonTree tree(document);
  SnapshotReader reader(document);
  if (const auto root = root_of(tree, reader, kSnapshotSchema)) {
    SnapshotHeader header;
    reader.read_struct(*root, header, {"schema", "facts"});
    check_offset(reader, *root, header);
    if (header.captured_at != 0) {
      facts.captured = header;
    }
    if (const auto node = root->find("facts")) {
      reader.read_struct(*node, facts);
    } else if (tree.fault().empty()) {
      reader.complain(root->line(), "facts is missing");
    }
    // A part of the machine's answers beats nothing: copied files may hold
    // what is lost.
    facts.is_live = tree.fault().empty();
  }
  for (facts::Problem& problem : std::move(reader).take_problems()) {
    facts.problems.push_back(std::move(problem));
  }
}

void read_manifest(const Document& document, FileFacts& facts) {
  const JsonTree tree(document);
  SnapshotReader reader(document);
  if (const auto root = root_of(tree, reader, kCollectionSchema)) {
    CollectionManifest& manifest = facts.collection.emplace();
    reader.read_struct(*root, manifest, {"schema"});
    check_offset(reader, *root, manifest.header);
    manifest.origin = document.at(0);
  }
  facts.problems = std::move(reader).take_problems();
}

bool is_snapshot(const Document& document) {
  return is_of_schema(document, kSnapshotSchema);
}

bool is_manifest(const Document& document) {
  return is_of_schema(document, kCollectionSchema);
}

}  // namespace

const Format kSnapshot{"snapshot", "what a live server answered (snapshot)",
                       "iisdiag collect -o web01.zip", is_snapshot,
                       read_snapshot};

const Format kCollectionManifest{"collection-manifest",
                                 "the files of a collection (manifest)",
                                 "iisdiag collect -o web01.zip",
                                 is_manifest,
                                 read_manifest,
                                 false};

}  // namespace iisdiag::evidence
