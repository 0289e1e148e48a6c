// What every format for people says in the same words. All of it is printable.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "render/renderer.hpp"
#include "report/report.hpp"

namespace iisdiag::render {

// The account; "none" where nothing logs on, else "not known".
std::string account_words(const report::Identity& identity);
// "W3SVC account WEB01\IUSR_WEB01", and its first node where the host has
// several identities: " at /LM/W3SVC and 2 more".
std::string identity_words(const report::Identity& identity,
                           const report::Host& host);
// "live", "demo q253204", "from a.xml b.inf".
std::string source_words(const report::Host& host);
// One sentence: how it ended for this server.
std::string verdict(const report::Host& host);
// What to do after a repair, one sentence.
std::string after_repair(const report::Host& host);

// A finding and the check that raised it.
struct Entry {
  const report::CheckResult* check = nullptr;
  const report::Finding* finding = nullptr;
};

// The failing and warning findings of one identity, what is mended first
// before what it brings about; or, with `unknown`, those that could not be
// checked.
std::vector<Entry> entries(const report::Identity& identity, bool unknown);
// The heading above them.
std::string_view entries_heading(const std::vector<Entry>& list);

// How a finding of `list` is mended; a cause that is not in the list is named
// by its id.
struct Mending {
  std::string cause;       // a sentence about the finding that explains it
  bool has_steps = false;  // its own steps, after that sentence
};
Mending mending(const std::vector<Entry>& list, const Entry& entry);

// What tells the steps of one finding from those of another.
std::string steps_fingerprint(const report::Finding& finding);
// Is the problem about a file that the finding was made in? Then it says why.
bool explains(const facts::Problem& problem, const report::Finding& finding);

// "Q253204 \"...\"", or the id alone.
std::string reference_words(const report::Reference& reference);
// Where the problem is: "x.xml:9: ", empty where its text says so.
std::string place_words(const facts::Problem& problem);
// What stands above the problems that no finding tells.
std::string_view problems_heading(const report::Host& host);

// The findings that change no status, and the notes of the host.
std::vector<facts::Note> all_notes(const report::Host& host);

// The rest is about several servers; the report has to have a fleet.

// One sentence: how it ended, "Failed: 3 of 50 servers (right-missing on 2,
// ...".
std::string fleet_verdict(const report::Report& report);
// "2 failed, 1 not checked, 47 passed"
std::string fleet_counts(const report::Fleet& fleet);
// Why the report does not speak of all servers; empty where it does.
std::string fleet_gap(const report::Fleet& fleet);
// "What to fix", "Could not be checked", "What to change".
std::string_view causes_heading(report::Severity severity);
// "WEB01, WEB02 and 39 more": the first `most` of the servers of a cause.
std::string servers_words(const report::Fleet& fleet,
                          const report::FleetCause& cause, std::size_t most);
// "41 servers"
std::string server_count(std::size_t count);
// Where the steps of a cause name one of its servers for all.
std::string example_words(const report::Fleet& fleet,
                          const report::FleetCause& cause);

// What a program that counts tests calls it (PRODUCT.md, "Statuses and exit
// codes"): --strict and --allow-incomplete bear on it, never on a status.
enum class Outcome : std::uint8_t { kPass, kSkip, kError, kFail };
Outcome outcome(report::Status status, const Options& options);

}  // namespace iisdiag::render
