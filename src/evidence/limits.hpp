// How much of anything evidence may hold (FORMATS.md section 10): evidence is
// hostile, so that every dimension has a bound.
#pragma once

#include <cstddef>
#include <cstdint>

namespace iisdiag::evidence {

inline constexpr std::uint64_t kMaxTextFile = 256ULL << 20U;
inline constexpr std::size_t kMaxFiles = 20'000;
inline constexpr std::size_t kMaxFolderDepth = 64;
// Of a zip archive, an archive in it counted with it, or of a gzip file.
inline constexpr std::uint64_t kMaxArchiveTotal = 4ULL << 30U;
inline constexpr std::size_t kMaxArchiveName = 1'024;  // bytes
// Unpacked to packed, from this much on.
inline constexpr std::uint64_t kMaxArchiveRatio = 200;
inline constexpr std::uint64_t kArchiveRatioFrom = 64ULL << 20U;
inline constexpr std::size_t kMaxLine = 1U << 20U;
inline constexpr std::size_t kMaxXmlDepth = 200;
inline constexpr std::size_t kMaxXmlAttributes = 1'000;
inline constexpr std::size_t kMaxXmlAttribute = 1U << 20U;
inline constexpr std::size_t kMaxXmlEvent = 1U << 20U;  // of an event log
inline constexpr std::size_t kMaxXmlTags = 4'000'000;
inline constexpr std::size_t kMaxNodes = 1'000'000;  // keys of a metabase
inline constexpr std::size_t kMaxSites = 100'000;
inline constexpr std::size_t kMaxLocations = 100'000;
inline constexpr std::size_t kMaxPathNames = 128;  // of a folder, a location
inline constexpr std::size_t kMaxPrincipals = 10'000;
inline constexpr std::size_t kMaxProblemsPerFile = 20;
// Every line takes memory of its own, empty ones too.
inline constexpr std::size_t kMaxLines = 5'000'000;
inline constexpr std::size_t kMaxJsonDepth = 32;
inline constexpr std::size_t kMaxJsonValues = 4'000'000;
inline constexpr std::size_t kMaxJsonText = 1U << 20U;  // bytes of one text
// Of a snapshot: elements of a list, and the memory that the elements of all
// its lists take, in which a few bytes of text can ask for a kilobyte.
inline constexpr std::size_t kMaxSnapshotList = 100'000;
inline constexpr std::size_t kMaxSnapshotFacts = 512U << 20U;
// Accounts and sites of which logs alone tell.
inline constexpr std::size_t kMaxRecordedIdentities = 20;
// Groups of records that one log is summed up in.
inline constexpr std::size_t kMaxAttemptGroups = 20'000;
// Hours of all groups of one log, or of all logs of a live server, in all
// (LogonAttempt::hours): 3 MiB, and few enough for a snapshot to be read. While
// a log is read its groups may hold up to kMostHours each, and so 20,000 x 168
// x 16 bytes, 54 MB, where every group has records in as many hours: at least
// 3,360,000 of them.
inline constexpr std::size_t kMaxHours = 200'000;
// A log of rows with more columns than this is not one of IIS, whose logs have
// 26 and what an administrator adds.
inline constexpr std::size_t kMaxColumns = 256;
// Logons that succeeded fill most of a log, and only the newest of a site and
// folder counts: they are looked for in so many of the newest rows, and bytes,
// of each log. More would take longer than the search for refusals, and be kept
// in memory where a log comes in pieces.
inline constexpr std::uint64_t kSuccessRows = 100'000;
inline constexpr std::uint64_t kSuccessBytes = 16U << 20U;
inline constexpr std::size_t kMaxSuccesses = 5'000;
// Web logs of a live server: bytes that are read of all of them while a person
// waits; and groups of records after which no more logs are read, so that with
// those of one more log a snapshot of it can be read (kMaxSnapshotList).
inline constexpr std::uint64_t kMaxLiveLogs = 256ULL << 20U;
inline constexpr std::size_t kMaxLiveAttempts = 70'000;
static_assert(kMaxLiveAttempts + kMaxAttemptGroups + kMaxSuccesses <
              kMaxSnapshotList);

}  // namespace iisdiag::evidence
