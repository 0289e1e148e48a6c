// `systeminfo` (FORMATS.md 8.9). It is localised: read by the order of its
// lines and the shape of its third one.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "evidence/format.hpp"
#include "evidence/system_version.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

using facts::Observed;
using facts::Role;

struct Item {
  std::string label;
  std::string value;
  Line line;
};

// `"Host Name","OS Name",...`; a quote in a field is doubled.
std::vector<std::string> csv_fields(std::string_view row) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (row[i] == '"') {
      if (quoted && row.substr(i + 1).starts_with('"')) {
        fields.back().push_back('"');
        ++i;
      } else {
        quoted = !quoted;
      }
    } else if (row[i] == ',' && !quoted) {
      fields.emplace_back();
    } else {
      fields.back().push_back(row[i]);
    }
  }
  return fields;
}

// The form of /fo csv: a row of labels and a row of values.
std::vector<Item> csv_items(const std::vector<Line>& lines) {
  std::vector<Item> items;
  const auto is_row = [](const Line& line) {
    return line.text.starts_with("\"");
  };
  const auto labels = std::find_if(lines.begin(), lines.end(), is_row);
  if (labels == lines.end() || labels + 1 == lines.end() ||
      !is_row(labels[1])) {
    return items;
  }
  const auto names = csv_fields(labels->text);
  const auto values = csv_fields(labels[1].text);
  // A row that is cut shows only what stands before its last comma.
  const bool whole = names.size() == values.size() && labels[1].ended;
  const std::size_t count =
      whole ? values.size() : std::min(names.size(), values.size() - 1);
  for (std::size_t i = 0; i < count; ++i) {
    items.push_back({names[i], values[i], {labels[1].number, {}, true}});
  }
  return items;
}

// `Label:   value`; what begins with a blank belongs to the line above.
std::vector<Item> list_items(const std::vector<Line>& lines) {
  std::vector<Item> items;
  for (const Line& line : lines) {
    const auto colon = line.text.find(':');
    if (colon == std::string_view::npos || line.text.starts_with(' ')) {
      continue;
    }
    items.push_back({std::string(text::trim(line.text.substr(0, colon))),
                     std::string(text::trim(line.text.substr(colon + 1))),
                     line});
  }
  return items;
}

struct Found {
  std::vector<Item> items;
  std::size_t version = 0;  // which of them is "OS Version"
};

std::optional<Found> find_items(const std::vector<Line>& lines) {
  constexpr std::size_t kProbe = 12;
  for (auto items : {csv_items(lines), list_items(lines)}) {
    for (std::size_t i = 2; i < std::min(items.size(), kProbe); ++i) {
      if (systeminfo_version(items[i].value) &&
          items[i - 1].value.find("Windows") != std::string::npos &&
          !items[i - 2].value.empty()) {
        return Found{std::move(items), i};
      }
    }
  }
  return std::nullopt;
}

bool is_system_info(const Document& document) {
  return find_items(document.first_lines()).has_value();
}

// What "OS Configuration" says. Other languages than English only as far as
// their words for a domain controller are known.
struct Configuration {
  std::optional<Role> role;
  std::optional<bool> joined;
};

Configuration configuration(std::string_view value) {
  struct Row {
    std::string_view words;
    Configuration means;
  };
  static constexpr std::array kRows = {
      Row{"Standalone Workstation", {Role::kWorkstation, false}},
      Row{"Member Workstation", {Role::kWorkstation, true}},
      Row{"Standalone Server", {Role::kMember, false}},
      Row{"Member Server", {Role::kMember, true}},
      Row{"Primary Domain Controller", {Role::kDomainController, true}},
      Row{"Backup Domain Controller", {Role::kDomainController, true}},
      Row{"Additional Domain Controller", {Role::kDomainController, true}},
      Row{"Additional/Backup Domain Controller",
          {Role::kDomainController, true}}};
  for (const Row& row : kRows) {
    if (text::iequals(value, row.words)) {
      return row.means;
    }
  }
  for (const std::string_view word :
       {"omänencontroller", "ontrôleur", "ontrolador de dom",
        "ontroller di dominio"}) {
    if (value.find(word) != std::string_view::npos) {
      return {Role::kDomainController, true};
    }
  }
  return {};
}

// The line above the one of the logon server, `\\DC01`.
const Item* domain_item(const std::vector<Item>& items) {
  constexpr std::array<std::string_view, 8> kLabels = {
      "Domain",  "Domäne", "Domaine", "Dominio",
      "Domínio", "Domein", "Домен",   "ドメイン"};
  for (const Item& item : items) {
    if (std::any_of(kLabels.begin(), kLabels.end(),
                    [&](std::string_view label) {
                      return text::same_name(item.label, label);
                    })) {
      return &item;
    }
  }
  return nullptr;
}

void read_domain(const Document& document, const Found& found, bool joined,
                 facts::Machine& machine) {
  if (!joined) {
    machine.domain = Observed<std::string>::absent(
        document.at(found.items[found.version + 2].line.number));
    return;
  }
  const Item* item = domain_item(found.items);
  if (item == nullptr || item->value.empty() || !item->line.ended) {
    return;
  }
  if (item->value.find('.') != std::string::npos) {
    // Accounts are written with the domain's NetBIOS name.
    machine.domain = Observed<std::string>::unknown(
        fmt::format("{} shows the domain's DNS name alone",
                    text::printable(document.name())),
        {}, document.at(item->line.number));
    return;
  }
  machine.domain = {item->value, document.at(item->line.number)};
}

void read_system_info(const Document& document, FileFacts& facts) {
  const auto found = find_items(document.lines());
  if (!found) {
    return;
  }
  facts::Machine& machine = facts.machine;
  const auto& items = found->items;
  const Item& host = items[found->version - 2];
  const Item& name = items[found->version - 1];
  const Item& version = items[found->version];
  constexpr std::size_t kNetbiosName = 15;
  machine.host_name = {host.value, document.at(host.line.number)};
  if (text::length(host.value) <= kNetbiosName) {
    machine.computer = machine.host_name;
  }
  machine.product_name = {name.value, document.at(name.line.number)};
  const auto parsed = systeminfo_version(version.value);
  set_windows_version(*parsed, document.at(version.line.number), machine);
  if (parsed->service_pack) {
    machine.service_pack = {*parsed->service_pack,
                            document.at(version.line.number)};
  }
  if (found->version + 2 < items.size()) {
    const Item& item = items[found->version + 2];
    const Configuration means = configuration(item.value);
    if (means.role) {
      machine.role = {*means.role, document.at(item.line.number)};
    }
    if (means.joined) {
      read_domain(document, *found, *means.joined, machine);
    }
  }
}

}  // namespace

const Format kSystemInfo{"systeminfo", "the system (systeminfo)",
                         "systeminfo > systeminfo.txt", is_system_info,
                         read_system_info};

}  // namespace iisdiag::evidence
