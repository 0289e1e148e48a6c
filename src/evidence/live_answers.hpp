// What the machine itself answered, in a snapshot or just now, and what files
// beside it say: the machine counts, files fill what it leaves open.
#pragma once

#include <optional>
#include <vector>

#include "evidence/file_facts.hpp"

namespace iisdiag::evidence {

// What several files tell together.
struct Answers {
  facts::Machine machine;
  facts::AccountDatabase accounts;
  std::vector<facts::RightsList> rights;
  std::optional<facts::Origin> policy_report;

  bool operator==(const Answers&) const = default;
};

// Of several snapshots of one computer the newest counts; a note says so.
void keep_newest_snapshot(std::vector<FileFacts>& files,
                          std::vector<facts::Note>& notes);

// A configuration of the machine's own beats all of the same store.
void drop_beside_live(std::vector<FileFacts>& files);

// `own` stays as it is: what `others` say otherwise is dropped without a
// problem, and only what `own` does not know is taken from them.
void fill_from(Answers& own, Answers others);

// When the evidence was captured, by the newest snapshot or manifest that is
// of this computer (empty: not known).
std::optional<facts::Moment> captured_at(const std::vector<FileFacts>& files,
                                         const std::string& computer);

}  // namespace iisdiag::evidence
