#include "causes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <regex>
#include <set>
#include <stdexcept>

#include "cause_events.hpp"
#include "cause_files.hpp"
#include "support/full.hpp"

namespace iisdiag::test {
namespace {

namespace fs = std::filesystem;

using Strings = std::vector<std::string>;

Json read_json(const fs::path& path) {
  std::ifstream file(path);
  try {
    return Json::parse(file);
  } catch (const std::exception& error) {
    throw std::runtime_error(path.filename().string() + ": " + error.what());
  }
}

Strings strings(const Json& object, const char* member) {
  return object.value(member, Strings());
}

const CauseServer& find_server(const std::string& name) {
  for (const CauseServer& server : cause_servers()) {
    if (server.name == name) {
      return server;
    }
  }
  throw std::runtime_error("no such server: " + name);
}

// Names of servers, and generations in place of all their servers.
Strings servers_of(const Json& variant) {
  const Strings except = strings(variant, "except");
  Strings names;
  for (const std::string& word : strings(variant, "servers")) {
    const auto before = names.size();
    for (const CauseServer& server : cause_servers()) {
      if (server.name == word || server.generation == word) {
        names.push_back(server.name);
      }
    }
    if (names.size() == before) {
      throw std::runtime_error("no such server or generation: " + word);
    }
  }
  for (const std::string& name : except) {
    if (std::erase(names, name) == 0) {
      throw std::runtime_error("not among the servers: " + name);
    }
  }
  return names;
}

Variant read_variant(const Json& json) {
  Variant variant;
  variant.servers = servers_of(json);
  variant.edits = json.at("edits");
  variant.options = json.value("options", Json::array());
  variant.account = json.value("account", "");
  variant.roots = strings(json, "roots");
  variant.also = strings(json, "also");
  variant.shows = strings(json, "shows");
  variant.says = strings(json, "says");
  variant.details = strings(json, "details");
  return variant;
}

// A member that nobody reads would state something that nobody tests.
void expect_members(const Json& object, const std::set<std::string>& known) {
  for (const auto& [name, value] : object.items()) {
    if (!known.contains(name)) {
      throw std::runtime_error("unknown member: " + name);
    }
  }
}

Cause read_cause(const fs::path& path) {
  const Json json = read_json(path);
  try {
    expect_members(json, {"number", "title", "kind", "sources", "variants",
                          "scenarios", "not_applicable", "not_detectable"});
    Cause cause;
    cause.number = json.at("number");
    cause.title = json.at("title");
    cause.kind = json.at("kind");
    cause.sources = strings(json, "sources");
    cause.scenarios = strings(json, "scenarios");
    using Reasons = std::map<std::string, std::string>;
    cause.not_applicable = json.value("not_applicable", Reasons());
    cause.not_detectable = json.value("not_detectable", Reasons());
    for (const Json& variant : json.at("variants")) {
      expect_members(
          variant, {"servers", "except", "edits", "options", "account", "roots",
                    "also", "shows", "says", "details"});
      cause.variants.push_back(read_variant(variant));
    }
    return cause;
  } catch (const std::exception& error) {
    throw std::runtime_error(path.filename().string() + ": " + error.what());
  }
}

Json filled(Json options, const CauseServer& server) {
  for (Json& option : options) {
    option = filled(option.get<std::string>(), server);
  }
  return options;
}

// Edits
// ------------------------------------------------------------------------

// The one file whose path ends like this.
EvidenceFile& file_of(Capture& capture, const std::string& end) {
  EvidenceFile* found = nullptr;
  for (EvidenceFile& file : capture.files) {
    if (file.path.ends_with(end)) {
      if (found != nullptr) {
        throw std::runtime_error("several files end like this: " + end);
      }
      found = &file;
    }
  }
  if (found == nullptr) {
    throw std::runtime_error("no file ends like this: " + end);
  }
  return *found;
}

// A text, or several that follow each other.
std::string joined(const Json& text) {
  if (text.is_string()) {
    return text;
  }
  std::string whole;
  for (const Json& part : text) {
    whole += part.get<std::string>();
  }
  return whole;
}

void replace_in(Capture& capture, const CauseServer& server, const Json& edit) {
  const std::string pattern =
      filled(edit.at("pattern").get<std::string>(), server);
  const std::string with = filled(joined(edit.at("with")), server);
  EvidenceFile& file = file_of(capture, edit.at("file"));
  const bool is_text = change_text(file, [&](std::string& text) {
    const std::string changed =
        std::regex_replace(text, std::regex(pattern), with);
    if (changed == text) {
      throw std::runtime_error(file.path + " holds no " + pattern);
    }
    text = changed;
  });
  if (!is_text) {
    throw std::runtime_error(file.path + " is no text");
  }
}

// Lines become lines of Windows.
void write(Capture& capture, const CauseServer& server, const Json& edit) {
  EvidenceFile file{filled(edit.at("write"), server), {}};
  for (const Json& line : edit.at("lines")) {
    file.bytes += filled(line.get<std::string>(), server) + "\r\n";
  }
  capture.files.push_back(std::move(file));
}

void append(Capture& capture, const std::string& path,
            const std::string& bytes) {
  for (EvidenceFile& file : capture.files) {
    if (file.path == path) {
      file.bytes += bytes;
      return;
    }
  }
  capture.files.push_back({path, bytes});
}

void apply(Capture& capture, const CauseServer& server, const Json& edit) {
  const auto fill = [&](std::string text) {
    return filled(std::move(text), server);
  };
  if (edit.contains("pattern")) {
    expect_members(edit, {"file", "pattern", "with"});
    replace_in(capture, server, edit);
  } else if (edit.contains("write")) {
    expect_members(edit, {"write", "lines"});
    write(capture, server, edit);
  } else if (edit.contains("remove")) {
    expect_members(edit, {"remove"});
    const std::string path = file_of(capture, edit.at("remove")).path;
    std::erase_if(capture.files,
                  [&](const EvidenceFile& file) { return file.path == path; });
  } else if (edit.contains("user")) {
    expect_members(edit, {"user"});
    expect_members(edit.at("user"), {"name", "active", "domain", "groups",
                                     "missing", "required"});
    capture.files.push_back(user_file(edit.at("user"), server));
  } else if (edit.contains("group")) {
    expect_members(edit, {"group"});
    capture.files.push_back(group_file(edit.at("group")));
  } else if (edit.contains("rows")) {
    expect_members(edit, {"rows"});
    capture.files.push_back(web_log(edit.at("rows"), server));
  } else if (edit.contains("event")) {
    expect_members(edit, {"event"});
    append(capture, "system.xml",
           service_events(edit.at("event"), server, fill));
  } else if (edit.contains("logon")) {
    expect_members(edit, {"logon"});
    append(capture, "security.xml",
           logon_events(edit.at("logon"), server, fill));
  } else {
    throw std::runtime_error("no such edit: " + edit.dump());
  }
}

}  // namespace

const std::vector<Generation>& generations() {
  static const std::vector<Generation> all = {
      {"3.0", "NT 4, IIS 3"},      {"4.0", "NT 4, IIS 4"},
      {"5.0", "2000, IIS 5.0"},    {"5.1", "XP, IIS 5.1"},
      {"6.0", "2003, IIS 6"},      {"7", "2008 and R2, IIS 7"},
      {"8", "2012 and R2, IIS 8"}, {"10", "2016 to 2025, IIS 10"},
  };
  return all;
}

const std::vector<CauseServer>& cause_servers() {
  static const std::vector<CauseServer> all = [] {
    std::vector<CauseServer> servers;
    for (const Json& row :
         read_json(IISDIAG_SOURCE_DIR "/tests/causes/servers.json")) {
      expect_members(row, {"name", "scenario", "generation", "account",
                           "computer", "site", "at", "title"});
      servers.push_back({row.at("name"), row.at("scenario"),
                         row.at("generation"), row.at("account"),
                         row.at("computer"), row.at("site"), row.at("at"),
                         row.at("title")});
    }
    return servers;
  }();
  return all;
}

const std::vector<Cause>& all_causes() {
  static const std::vector<Cause> all = [] {
    std::vector<Cause> causes;
    for (const auto& entry :
         fs::directory_iterator(IISDIAG_SOURCE_DIR "/tests/causes")) {
      const std::string name = entry.path().filename().string();
      if (name.ends_with(".json") && name != "servers.json") {
        causes.push_back(read_cause(entry.path()));
      }
    }
    std::sort(causes.begin(), causes.end(),
              [](const Cause& one, const Cause& two) {
                return one.number < two.number;
              });
    return causes;
  }();
  return all;
}

const std::vector<CauseCase>& cause_cases() {
  static const std::vector<CauseCase> all = [] {
    std::vector<CauseCase> cases;
    for (const Cause& cause : all_causes()) {
      for (std::size_t i = 0; i < cause.variants.size(); ++i) {
        for (const std::string& server : cause.variants[i].servers) {
          cases.push_back(
              {fmt::format("c{:02}-{}-{}", cause.number, i + 1, server), &cause,
               &cause.variants[i], &find_server(server)});
        }
      }
    }
    return cases;
  }();
  return all;
}

std::vector<std::string> cause_sample() {
  std::map<std::pair<int, std::string>, Strings> names;
  for (const CauseCase& one : cause_cases()) {
    names[{one.cause->number, one.server->generation}].push_back(one.name);
  }
  Strings sample;
  for (const auto& [key, cases] : names) {
    // Another server for each cause.
    sample.push_back(cases[static_cast<std::size_t>(key.first) % cases.size()]);
  }
  return sample;
}

std::string filled(std::string text, const CauseServer& server) {
  const auto slash = server.account.find('\\');
  const std::pair<std::string_view, std::string> variables[] = {
      {"{ACCOUNT}", server.account},
      {"{NAME}", server.account.substr(slash + 1)},
      {"{DOMAIN}", server.account.substr(0, slash)},
      {"{COMPUTER}", server.computer},
      {"{SITE}", server.site},
      {"{DAY}", server.at},
  };
  for (const auto& [name, value] : variables) {
    for (auto at = text.find(name); at != std::string::npos;
         at = text.find(name, at + value.size())) {
      text.replace(at, name.size(), value);
    }
  }
  return text;
}

Capture edited(Capture capture, const CauseServer& server, const Json& edits) {
  for (const Json& edit : edits) {
    apply(capture, server, edit);
  }
  return capture;
}

std::string account_of(const CauseCase& one) {
  const std::string& account = one.variant->account;
  return account.empty() ? one.server->account : filled(account, *one.server);
}

std::optional<Scenario> load_cause_case(const std::string& name) {
  for (const CauseCase& one : cause_cases()) {
    if (one.name == name) {
      const Scenario healthy = load_scenario(one.server->scenario);
      Scenario scenario;
      scenario.name = name;
      scenario.expected["options"] = filled(one.variant->options, *one.server);
      try {
        scenario.capture =
            edited(load_capture(healthy), *one.server, one.variant->edits);
      } catch (const std::exception& error) {
        throw std::runtime_error(name + ": " + error.what());
      }
      return scenario;
    }
  }
  return std::nullopt;
}

std::vector<std::string> captured_servers() {
  Strings names = scenario_names();
  if (is_full()) {
    for (const CauseCase& one : cause_cases()) {
      names.push_back(one.name);
    }
    return names;
  }
#ifdef IISDIAG_SANITIZED
  return names;
#else
  // scripts/test has the folders in the tree with sanitizers.
  return cause_sample();
#endif
}

Scenario load_any(const std::string& name) {
  auto scenario = load_cause_case(name);
  return scenario ? std::move(*scenario) : load_scenario(name);
}

}  // namespace iisdiag::test
