// One captured file: a log in pieces, or a text with whatever parts it has.
#pragma once

#include <string>
#include <vector>

#include "evidence/bundle.hpp"
#include "evidence/file_facts.hpp"
#include "evidence/progress.hpp"

namespace iisdiag::evidence {

struct FileReading {
  // What it holds; empty where it is no evidence.
  std::vector<FileFacts> facts;
  bool was_read = false;
  // It tells something about the server.
  bool is_evidence = false;
  // Why it was not read; empty where that was told of another file already.
  std::string error;
};

// Damage becomes a problem in the facts. `progress` may be null.
FileReading read_file(Contents& contents, const CapturedFile& file,
                      Progress* progress);

}  // namespace iisdiag::evidence
