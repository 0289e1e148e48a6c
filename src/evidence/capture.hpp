// What a collection says about itself: when and of what it was made, and what
// it could not read.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "facts/origin.hpp"
#include "facts/time.hpp"

namespace iisdiag::evidence {

// How a snapshot, or a collection, came about.
struct SnapshotHeader {
  std::string version;                  // of the program that wrote it
  std::string computer;                 // as the report names it
  facts::ClockSeconds captured_at = 0;  // UTC; 0 where it could not be read
  // How far the server's own clock is from UTC, in minutes east.
  int utc_offset_minutes = 0;
  // Asked with the rights of an administrator: without them more is unknown.
  bool elevated = false;

  // On the server's own clock, as a live run tells it.
  facts::Moment moment() const {
    return {captured_at + utc_offset_minutes * facts::kMinute,
            utc_offset_minutes};
  }

  bool operator==(const SnapshotHeader&) const = default;
};

// One file of a collection as it was written.
struct CollectedFile {
  std::string name;  // below the manifest's own folder, with `/`
  std::uint64_t size = 0;
  std::string sha256;  // 64 hexadecimal digits, lower case

  bool operator==(const CollectedFile&) const = default;
};

struct NotRead {
  std::string what;  // a file, a registry key, a function
  std::string why;
  std::string todo;  // what makes it known; may be empty

  bool operator==(const NotRead&) const = default;
};

struct CollectionManifest {
  SnapshotHeader header;
  std::vector<CollectedFile> files;
  std::vector<NotRead> not_read;
  facts::Origin origin{};  // of what was read; not written

  bool operator==(const CollectionManifest&) const = default;
};

}  // namespace iisdiag::evidence
