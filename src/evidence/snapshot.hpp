// The documents that a collection is made of, besides copied files: what a
// live server answered, and the manifest. docs/iisdiag-snapshot.schema.json
// and docs/iisdiag-collection.schema.json describe them. Their readers are the
// formats kSnapshot and kCollectionManifest.
#pragma once

#include <string>
#include <string_view>

#include "evidence/capture.hpp"
#include "evidence/file_facts.hpp"

namespace iisdiag::evidence {

inline constexpr std::string_view kSnapshotSchema = "iisdiag-snapshot/1";
inline constexpr std::string_view kCollectionSchema = "iisdiag-collection/1";

// Both: pure ASCII JSON, indented by two blanks, the same text for the same
// facts. Nothing secret is in it: no type of the facts can hold a password.

// Everything but what belongs to the file that the facts are read from: its
// name, its folder, and whether it is live or an old copy. Reading it gives
// these facts again, is_live and captured.
std::string write_snapshot(const FileFacts& facts,
                           const SnapshotHeader& header);

std::string write_manifest(const CollectionManifest& manifest);

}  // namespace iisdiag::evidence
