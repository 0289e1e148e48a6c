// A host as JSON, for the report and to keep it until the report is written.
#pragma once

#include "render/renderer.hpp"
#include "text/json_writer.hpp"

namespace iisdiag::render {

// `with_known`: what only --verbose tells too, which the report has not.
void write_host(text::JsonWriter& json, const report::Host& host,
                bool with_known);

// A report on this host alone, in one line and with its line end.
std::string host_line(const report::Host& host, const Options& options);

}  // namespace iisdiag::render
