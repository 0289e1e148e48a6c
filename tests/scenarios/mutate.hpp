// Changes to a captured server that a capture goes through on its way: files
// get lost, are renamed, pass through editors, come from Windows in another
// language. None of them adds anything to what the files tell.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "scenario.hpp"

namespace iisdiag::test {

// All files of a scenario, by path.
Capture load_capture(const Scenario& scenario);

// Changes what a file says and keeps its encoding; false for a file that is no
// text.
bool change_text(EvidenceFile& file,
                 const std::function<void(std::string&)>& change);

// In the order in which two of them are applied one after the other: files go
// before they are changed, and keep their names until they are.
enum class Kind : std::uint8_t {
  kDrop,       // without one file
  kTranslate,  // `net user NAME` in another language
  kMask,       // no stored password legible; empty ones stay
  kLineEnds,
  kEncoding,
  kShuffle,  // other names, another order
};

struct Mutation {
  Kind kind = Kind::kDrop;
  std::string name;
  std::string dropped;  // kDrop: the path
  std::function<void(Capture&)> apply;
};

// All of one kind that this capture has.
std::vector<Mutation> mutations(const Capture& capture, Kind kind);
// Of every kind; translations in one encoding only.
std::vector<Mutation> single_mutations(const Capture& capture);

}  // namespace iisdiag::test
