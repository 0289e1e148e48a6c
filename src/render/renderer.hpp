// The output formats, one file each: a report to text. They decide nothing.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "report/report.hpp"

namespace iisdiag::render {

struct Options {
  bool quiet = false;
  bool verbose = false;
  bool color = false;
  std::size_t width = 80;  // cells of a line
  // Nothing is longer than a line, paths and names are cut: for a terminal.
  bool is_terminal = false;
  // They bear on the exit code and, where a format counts tests, on what it
  // calls an outcome; never on a status.
  bool strict = false;
  bool allow_incomplete = false;
};

// Takes a report piece by piece, a host or so at a time: that of thousands of
// servers is never whole in memory.
using Sink = std::function<void(std::string_view piece)>;

struct Renderer {
  std::string_view id;  // as --format takes it
  std::string_view title;
  void (*render)(const report::Report& report, const Options& options,
                 const Sink& sink) = nullptr;
  // For a protocol with exit codes of its own: that of a report. Null: the
  // report's own.
  int (*exit_code)(const report::Report& report) = nullptr;
  // For such a protocol: the text and the exit code where there is no report,
  // since the command line is wrong or there is nothing to check.
  std::string (*no_report)(std::string_view why) = nullptr;
  int no_report_code = 0;
};

// Each in its own file.
#define IISDIAG_RENDERER(name) extern const Renderer name;
#include "render/renderers.def"
#undef IISDIAG_RENDERER

// In the order of renderers.def.
std::span<const Renderer* const> all_renderers();
// Nothing for an unknown id.
const Renderer* find_renderer(std::string_view id);
// The whole report as one text.
std::string rendered(const Renderer& renderer, const report::Report& report,
                     const Options& options = {});

}  // namespace iisdiag::render
