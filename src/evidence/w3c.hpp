// Logs in the W3C extended format: of web and FTP sites, and of HTTP.sys.
#pragma once

#include <cstddef>
#include <memory>

#include "evidence/log_format.hpp"

namespace iisdiag::evidence {

// The reader of kW3cLog, which reads the log in blocks of about this size; what
// it finds is the same for all sizes. Tests use small ones.
// Precondition: 0 < block <= LogBlocks::kBlock.
std::unique_ptr<LogReader> open_w3c_log(const LogFile& file, std::size_t block);

}  // namespace iisdiag::evidence
