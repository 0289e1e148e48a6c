#include "cli/merge.hpp"

#include <fmt/format.h>

#include "cli/file_list.hpp"
#include "cli/show.hpp"
#include "cli/subject.hpp"
#include "evidence/limits.hpp"
#include "fleet/gather.hpp"
#include "fleet/report_reader.hpp"
#include "fleet/unread.hpp"
#include "text/strings.hpp"

namespace iisdiag::cli {

int merge_reports(const MergeOptions& options, Console& console,
                  const evidence::FileSystem& files) {
  const facts::ClockSeconds now = console.now();
  fleet::Gatherer gatherer;
  const auto add = [&](const report::Host& host) {
    gatherer.add(host, fleet::pack(host, options.verbose));
  };
  console.expect_interrupt();
  std::size_t expected = 0;
  for (const std::string& path :
       expand_lists(options.files, "reports", files)) {
    if (console.is_interrupted()) {
      // At least one server in each report that was not read.
      ++expected;
      continue;
    }
    const auto read = files.read(path, evidence::kMaxTextFile);
    fleet::ReadReport report;
    if (read.value) {
      report = fleet::read_report(*read.value);
    } else {
      report.fault = read.error;
    }
    std::string name = base_name(path);
    if (text::iends_with(name, ".json")) {
      name.resize(name.size() - std::string_view(".json").size());
    }
    for (report::Host& host : report.hosts) {
      // It has to be called somehow.
      host.name = host.name.empty() ? name : host.name;
      // A report that does not say when it was made is as old as it is read.
      host.checked_at = host.checked_at == 0 ? now : host.checked_at;
      add(host);
    }
    expected += report.hosts.size() + report.missing;
    if (!report.fault.empty()) {
      add(fleet::unread_host(
          {name, path,
           fmt::format("this report was not read: {}", report.fault),
           "Make it again on that server: iisdiag check --format json."},
          now));
      ++expected;
    }
  }
  return show_fleet(std::move(gatherer).finish(expected, now), options, nullptr,
                    console);
}

}  // namespace iisdiag::cli
