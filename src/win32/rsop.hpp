// Which group policy defines a logon right.
#pragma once

#include "evidence/file_facts.hpp"
#include "win32/api.hpp"

namespace iisdiag::win32 {

// What the last application of group policy left in WMI (RSoP, Windows XP and
// 2003 and later), as gpresult /x tells it: a list for each policy that wins a
// logon right. Comes after read_rights(): what is in force in spite of a
// policy counts, with a note. Nothing where no policy defines a right, or this
// Windows keeps no such data; one problem where it could not be read.
void read_policy_rights(const Api& api, evidence::FileFacts& facts);

}  // namespace iisdiag::win32
