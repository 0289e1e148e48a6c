// What parallel_for needs of a system.
#pragma once

#include <cstddef>

namespace iisdiag::evidence {

// 0 where the system does not say.
std::size_t hardware_threads();

// Calls `run(with)` on the caller's thread and on `more` others, and returns
// when all have. Where the system refuses threads there are fewer of them.
// Precondition: `run` throws nothing.
void run_on_threads(std::size_t more, void (*run)(void*), void* with);

}  // namespace iisdiag::evidence
