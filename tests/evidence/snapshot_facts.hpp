// Facts with every member of every struct in them, as a live server could tell
// them, and a snapshot's header.
#pragma once

#include "evidence/file_facts.hpp"

namespace iisdiag::evidence {

FileFacts full_facts();
SnapshotHeader full_header();

}  // namespace iisdiag::evidence
