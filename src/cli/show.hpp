// Where reports go: standard output, and the files of --report.
#pragma once

#include "cli/console.hpp"
#include "cli/options.hpp"
#include "render/renderer.hpp"
#include "report/report.hpp"

namespace iisdiag::cli {

// How the report on standard output looks.
render::Options look_of(const OutputOptions& options, const Console& console);
// How those in files do.
render::Options plain_look(const OutputOptions& options);

// The exit code: that of the report or of its format, or kExitInternal where
// one of them could not be written, which standard error says.
int show(const report::Report& report, const OutputOptions& options,
         Console& console);

// The same for several servers, whose exit code is judged here: kExitInternal
// where the run was stopped, which standard error says. `out_is_written`: null,
// or whether standard output was written well already.
int show_fleet(report::Report report, const OutputOptions& options,
               const bool* out_is_written, Console& console);

}  // namespace iisdiag::cli
