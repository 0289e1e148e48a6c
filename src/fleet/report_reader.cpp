#include "fleet/report_reader.hpp"

#include <fmt/format.h>

#include <iterator>

#include "evidence/console_text.hpp"
#include "evidence/document.hpp"
#include "evidence/json_tree.hpp"
#include "fleet/host_reader.hpp"
#include "fleet/json_members.hpp"
#include "report/report.hpp"
#include "text/unicode.hpp"

namespace iisdiag::fleet {
namespace {

using evidence::JsonNode;
using evidence::JsonTree;

// Why the document is no report that can be read; empty where it is one.
std::string fault_of(const JsonTree& tree) {
  const auto root = tree.root();
  const auto schema =
      root && root->is_object() ? root->find("schema") : std::nullopt;
  const std::string_view name =
      schema ? schema->text().value_or("") : std::string_view();
  if (name.empty()) {
    return tree.fault().empty() ? "it is no report of iisdiag" : tree.fault();
  }
  if (name != report::kSchema) {
    return fmt::format("its schema is {}, and this iisdiag reads {}",
                       text::printable(name), report::kSchema);
  }
  const auto hosts = root->find("hosts");
  if (tree.fault().empty() && (!hosts || !hosts->is_list())) {
    return "it names no hosts";
  }
  return tree.fault().empty()
             ? std::string()
             : fmt::format("line {}: {}", tree.fault_line(), tree.fault());
}

// How many servers a run that was stopped left out: one at least, where it says
// that it was and not how many.
std::size_t missing_of(const JsonNode& root) {
  constexpr std::int64_t kMost =
      1'000'000;  // of a run, as `check --each` has it
  const auto fleet = root.find("fleet");
  if (!fleet || !fleet->is_object()) {
    return 0;
  }
  const std::uint64_t expected =
      number_of(*fleet, "expected", kMost).value_or(0);
  const std::uint64_t checked =
      number_of(*fleet, "checked", kMost).value_or(expected);
  if (expected > checked) {
    return static_cast<std::size_t>(expected - checked);
  }
  const auto complete = fleet->find("complete");
  return complete && !complete->flag().value_or(true) ? 1 : 0;
}

void read_document(text::Decoded decoded, ReadReport& result) {
  const evidence::Document document("report", std::move(decoded));
  const JsonTree tree(document);
  result.fault = fault_of(tree);
  const auto root = tree.root();
  if (!root || !root->is_object() ||
      text_of(*root, "schema") != report::kSchema) {
    return;
  }
  result.missing = missing_of(*root);
  const auto checked_at = facts::parse_iso(text_of(*root, "checked_at"));
  for_each(*root, "hosts", [&](const JsonNode& node) {
    if (node.is_open()) {
      return;  // cut in the middle: nobody knows what is missing
    }
    if (!node.is_object()) {
      result.fault = "one of its hosts is none";
      return;
    }
    report::Host host = host_of(node);
    if (host.checked_at == 0 && checked_at) {
      host.checked_at = checked_at->clock;
    }
    result.hosts.push_back(std::move(host));
  });
}

}  // namespace

ReadReport read_report(std::string_view bytes) {
  ReadReport result;
  auto decoded = evidence::decode_evidence(bytes);
  if (!decoded) {
    result.fault = "it is no text";
    return result;
  }
  // Reports a line each: the first line is a whole document.
  const std::string text = std::move(decoded->text);
  std::string_view rest = text;
  const auto end = rest.find('\n');
  const std::string_view first = rest.substr(0, end);
  const auto last = first.find_last_not_of(" \t\r");
  const bool are_lines =
      first.starts_with('{') && last != 0 && first[last] == '}';
  while (!rest.empty()) {
    const auto cut = are_lines ? rest.find('\n') : std::string_view::npos;
    const std::string_view one = rest.substr(0, cut);
    rest.remove_prefix(cut == std::string_view::npos ? rest.size() : cut + 1);
    if (one.find_first_not_of(" \t\r\n") == std::string_view::npos) {
      continue;
    }
    ReadReport part;
    text::Decoded piece = *decoded;
    piece.text = std::string(one);
    read_document(std::move(piece), part);
    std::move(part.hosts.begin(), part.hosts.end(),
              std::back_inserter(result.hosts));
    result.missing += part.missing;
    if (!part.fault.empty()) {
      result.fault = std::move(part.fault);
    }
  }
  if (result.hosts.empty() && result.fault.empty()) {
    result.fault = text.find_first_not_of(" \t\r\n") == std::string::npos
                       ? "it is empty"
                       : "it names no hosts";
  }
  return result;
}

}  // namespace iisdiag::fleet
