// Output of appcmd list, IIS 7.0 and later (FORMATS.md 8.8). What it prints of
// a section is in force at the node that was asked for.
#include <algorithm>
#include <array>

#include "evidence/appcmd_command.hpp"
#include "evidence/format.hpp"
#include "evidence/sites_section.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

using facts::IisNode;
using facts::Observed;

constexpr std::string_view kSection =
    "system.webServer-security-authentication-anonymousAuthentication";

// `SITE "name" (id:1,...)`
struct ObjectLine {
  std::string_view name;
  std::string_view details;  // between the brackets
  bool closed = false;
};

std::optional<ObjectLine> object_line(std::string_view line,
                                      std::string_view object) {
  if (!text::consume(line, object) || !text::consume(line, " \"")) {
    return std::nullopt;
  }
  ObjectLine result;
  const auto end = line.find("\" (");
  result.name = line.substr(0, end);
  if (end != std::string_view::npos) {
    result.details = line.substr(end + 3);
    result.closed = result.details.ends_with(')');
    result.details.remove_suffix(result.closed ? 1 : 0);
  }
  return result;
}

bool is_object(std::string_view line) {
  constexpr std::array<std::string_view, 4> kObjects = {"SITE", "APP", "VDIR",
                                                        "APPPOOL"};
  return std::ranges::any_of(kObjects, [&](std::string_view object) {
    const auto found = object_line(line, object);
    return found && !found->name.empty() &&
           found->details.find(':') != std::string_view::npos;
  });
}

bool is_error(std::string_view line) {
  return line.starts_with("ERROR ( message:") ||
         line.starts_with("ERROR ( hresult:");
}

bool is_section_root(std::string_view name) {
  return name == "system.webServer" || name == "system.applicationHost" ||
         name == "appcmd";
}

bool is_appcmd_output(const Document& document) {
  if (const auto start = xml_start(document.text())) {
    // A dump of everything begins with one section or another.
    return is_section_root(start->root) ||
           (start->root.starts_with("system.") &&
            document.text().find("\n<system.webServer>") !=
                std::string_view::npos);
  }
  constexpr int kProbe = 60;
  int seen = 0;
  for (const Line& line : document.first_lines()) {
    const std::string_view trimmed = text::trim(line.text);
    if (is_object(trimmed) || is_error(trimmed)) {
      return true;
    }
    if (!trimmed.empty() && ++seen == kProbe) {
      break;
    }
  }
  return false;
}

// What is not printed has the default of the schema (FORMATS.md 4.2).
void complete(IisNode& node, bool ftp, const IisNode* above) {
  const auto fill = [&](auto& setting, const auto* inherited, auto value) {
    if (!setting.value.is_absent()) {
      return;
    }
    if (inherited != nullptr && !inherited->value.is_absent()) {
      setting.value = inherited->value;
    } else {
      setting.value = {std::move(value), node.origin};
    }
  };
  const auto up = [&](auto member) {
    return above == nullptr ? nullptr : &(above->*member);
  };
  fill(node.account, up(&IisNode::account), std::string("IUSR"));
  fill(node.anonymous, up(&IisNode::anonymous), !ftp);
  fill(node.logon_method, up(&IisNode::logon_method),
       facts::LogonMethod::kNetworkCleartext);
  if (ftp) {
    fill(node.other_scheme, up(&IisNode::other_scheme), false);
    fill(node.basic_scheme, up(&IisNode::basic_scheme), false);
    fill(node.logon_domain, up(&IisNode::logon_domain),
         std::string("NT AUTHORITY"));
  }
  if (node.password.value.is_absent() && above != nullptr) {
    node.password = above->password;
  }
  if (node.password.value.is_absent()) {
    node.password.value = Observed<facts::StoredPassword>::unknown(
        "appcmd does not tell whether a password is stored", {}, node.origin);
  }
}

// Of a damaged output nothing that is missing has its default.
void forget_absent(IisNode& node) {
  const auto forget = [&](auto& setting) {
    using Fact = std::decay_t<decltype(setting.value)>;
    if (setting.value.is_absent()) {
      setting.value =
          Fact::unknown("the output of appcmd is cut", {}, node.origin);
    }
  };
  forget(node.account);
  forget(node.password);
  forget(node.logon_method);
  forget(node.anonymous);
  forget(node.logon_domain);
  forget(node.other_scheme);
  forget(node.basic_scheme);
}

class AppcmdReader {
 public:
  AppcmdReader(const Document& document, FileFacts& facts)
      : document_(document), facts_(facts) {}

  void run() {
    bool has_xml = false;
    for (const Line& line : document_.lines()) {
      const std::string_view trimmed = text::trim(line.text);
      has_xml = has_xml || trimmed.starts_with('<');
      if (is_error(trimmed)) {
        error({line.number, trimmed, true});
      } else if (const auto site = object_line(trimmed, "SITE")) {
        read_site(*site, line);
      } else if (const auto folder = object_line(trimmed, "VDIR")) {
        read_folder(*folder, line);
      }
    }
    if (has_xml) {
      read_xml();
    }
  }

 private:
  // What stands behind a sign of equality can be the value of an attribute.
  void error(Line line) {
    if (line.text.find('=') != std::string_view::npos) {
      line.text = {};
    }
    facts_.problems.push_back(
        document_.problem("appcmd answered with an error", line));
  }

  void cut(const Line& line) {
    facts_.problems.push_back(
        document_.problem("the line of appcmd is cut: not read", line));
  }

  void name_site(std::string_view name, std::string_view id,
                 std::string_view bindings, const facts::Origin& origin) {
    bool web = false;
    bool ftp = false;
    for (const std::string_view binding : text::split(bindings, ',')) {
      const auto slash = binding.find('/');
      if (slash != std::string_view::npos) {
        const bool is_ftp = text::iequals(binding.substr(0, slash), "ftp");
        ftp = ftp || is_ftp;
        web = web || !is_ftp;
      }
    }
    if (ftp) {
      add_named(facts::Service::kFtp7, name, site_number(id), origin);
    }
    if (web || !ftp) {
      add_named(facts::Service::kWeb, name, site_number(id), origin);
    }
  }

  void add_named(facts::Service service, std::string_view name,
                 std::uint32_t id, const facts::Origin& origin) {
    if (is_too_deep(name)) {
      return;
    }
    IisNode node;
    node.service = service;
    node.path = name;
    node.shown = false;
    node.serves = true;
    node.site_id = id;
    node.origin = origin;
    facts_.iis7.named.push_back(std::move(node));
  }

  void read_site(const ObjectLine& site, const Line& line) {
    if (!site.closed || site.name.empty()) {
      cut(line);
      return;
    }
    constexpr std::string_view kBindings = "bindings:";
    std::string_view bindings;
    if (const auto start = site.details.find(kBindings);
        start != std::string_view::npos) {
      bindings = site.details.substr(start + kBindings.size());
      bindings = bindings.substr(0, bindings.rfind(",state:"));
    }
    std::string_view id = site.details;
    id = text::consume(id, "id:") ? id.substr(0, id.find(',')) : "";
    name_site(site.name, id, bindings, document_.at(line.number));
  }

  void read_folder(const ObjectLine& folder, const Line& line) {
    std::string_view path = folder.details;
    if (!folder.closed || !text::consume(path, "physicalPath:")) {
      cut(line);
      return;
    }
    add_folder(folder.name, path);
  }

  void add_folder(std::string_view name, std::string_view path) {
    if (auto node = appcmd_node(name); node && *node != kServerPath) {
      facts_.iis7.folders.push_back(
          {std::move(*node), std::string(path), false});
    }
  }

  void read_xml() {
    const Xml xml(document_, facts_);
    std::vector<pugi::xml_node> without_path;
    for (pugi::xml_node root = xml.root(); root; root = root.next_sibling()) {
      const std::string_view name = local_name(root);
      if (name == "appcmd") {
        for (const auto& object : root.children()) {
          read_object(xml, object);
        }
      } else if (name == "system.webServer") {
        const auto section = descend(
            root, {"security", "authentication", "anonymousAuthentication"});
        if (section) {
          without_path.push_back(section);
        }
      } else if (name == "system.applicationHost") {
        read_sites(xml, child(root, "sites"));
      }
    }
    if (without_path.empty()) {
      return;
    }
    const Line line{xml.at(without_path.back()).number(), {}, true};
    if (without_path.size() > 1) {
      facts_.problems.push_back(document_.problem(
          "anonymousAuthentication is printed twice, and nothing tells of "
          "which nodes: not read",
          line));
      return;
    }
    read_effective(xml, without_path.front(), path_of_output(), line);
  }

  AppcmdPath path_of_output() const {
    AppcmdPath path = path_of_appcmd(document_.command());
    return path.node ? path : path_of_appcmd_file(document_.name());
  }

  void read_object(const Xml& xml, const pugi::xml_node& object) {
    const std::string_view name = local_name(object);
    const Line line{xml.at(object).number(), {}, true};
    if (name == "ERROR") {
      error({line.number, object.attribute("message").value(), true});
    } else if (name == "SITE" && !xml.is_cut(object)) {
      name_site(object.attribute("SITE.NAME").value(),
                object.attribute("SITE.ID").value(),
                object.attribute("bindings").value(), xml.at(object));
    } else if (name == "VDIR" && !xml.is_cut(object)) {
      add_folder(object.attribute("VDIR.NAME").value(),
                 object.attribute("physicalPath").value());
    } else if (name == "CONFIG") {
      if (const auto section = child(object, kSection)) {
        read_effective(xml, section,
                       path_of_appcmd_xml(object.attribute("path").value(),
                                          path_of_appcmd(document_.command())),
                       line);
      }
      read_sites(xml, child(object, "system.applicationHost-sites"));
    }
  }

  void read_effective(const Xml& xml, const pugi::xml_node& section,
                      const AppcmdPath& path, const Line& line) {
    if (!path.node) {
      facts_.problems.push_back(document_.problem(
          "the output does not say which node it is of: capture the prompt "
          "with the command, or add /xml",
          line));
      return;
    }
    SectionReader sections(document_, xml, facts_);
    PrintedNode printed;
    printed.path_is_guess = path.is_guess;
    printed.node =
        unset_node(facts::Service::kWeb, *path.node, xml.at(section));
    sections.read(section, printed.node);
    printed.node.serves = *path.node != kServerPath;
    if (xml.is_cut(section)) {
      forget_absent(printed.node);
    } else {
      complete(printed.node, false, nullptr);
    }
    facts_.iis7.printed.push_back(std::move(printed));
  }

  void read_sites(const Xml& xml, const pugi::xml_node& sites) {
    if (sites.empty()) {
      return;
    }
    SectionReader sections(document_, xml, facts_);
    SitesReader reader(document_, xml, facts_, sections);
    std::vector<IisNode> nodes;
    reader.read(sites, nodes);
    const IisNode* above = nullptr;
    for (const IisNode& node : nodes) {
      above = node.path == kServerPath ? &node : above;
    }
    for (const IisNode& node : nodes) {
      if (!node.serves) {
        continue;
      }
      if (node.service == facts::Service::kWeb) {
        if (node.path.find('/') == std::string::npos) {
          add_named(node.service, node.path, node.site_id, node.origin);
        }
        continue;
      }
      PrintedNode printed{node, false};
      if (xml.is_whole()) {
        complete(printed.node, true, above);
      } else {
        forget_absent(printed.node);
      }
      facts_.iis7.printed.push_back(std::move(printed));
    }
    auto folders = reader.take_folders();
    std::move(folders.begin(), folders.end(),
              std::back_inserter(facts_.iis7.folders));
  }

  const Document& document_;
  FileFacts& facts_;
};

void read_appcmd(const Document& document, FileFacts& facts) {
  AppcmdReader(document, facts).run();
}

}  // namespace

const Format kAppcmd{
    "appcmd", "appcmd list output (IIS 7 and later)",
    R"(appcmd list config "Default Web Site" /section:anonymousAuthentication /xml > site.xml)",
    is_appcmd_output, read_appcmd};

}  // namespace iisdiag::evidence
