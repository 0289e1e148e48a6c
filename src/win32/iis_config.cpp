#include "win32/iis_config.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "win32/apphost.hpp"
#include "win32/com.hpp"
#include "win32/config_file.hpp"
#include "win32/metabase.hpp"
#include "win32/registry.hpp"

namespace iisdiag::win32 {
namespace {

using evidence::FileFacts;

template <class T>
void move_to(std::vector<T>& to, std::vector<T>& from) {
  std::move(from.begin(), from.end(), std::back_inserter(to));
  from.clear();
}

// What reading a file told about the configuration, and nothing else of it.
void take(FileFacts& from, FileFacts& to) {
  move_to(to.configs, from.configs);
  move_to(to.iis7.layouts, from.iis7.layouts);
  move_to(to.elsewhere, from.elsewhere);
  move_to(to.notes, from.notes);
  move_to(to.problems, from.problems);
}

class IisConfigReader {
 public:
  IisConfigReader(const Api& api, const evidence::FileSystem& files,
                  SecretTable& secrets, FileFacts& facts)
      : api_(api),
        files_(files),
        secrets_(secrets),
        facts_(facts),
        inetsrv_(inetsrv_folder(api)) {}

  ConfigResult run() {
    const ComThread com(api_);
    ConfigResult result;
    const bool has_apphost =
        is_wow64(api_) ? read_apphost_files(true) : ask_apphost();
    const bool has_metabase = ask_metabase(!has_apphost);
    result.has_iis = has_apphost || has_metabase;
    return result;
  }

 private:
  bool ask_apphost() {
    AppHostReading reading = read_apphost(api_, files_, secrets_);
    if (!reading.is_there) {
      // Without IIS there is no file either.
      return read_apphost_files(false);
    }
    move_to(facts_.problems, reading.problems);
    move_to(facts_.notes, reading.notes);
    if (reading.is_refused || !reading.config) {
      if (!reading.elsewhere.empty()) {
        // The file at hand is not the one in force.
        move_to(facts_.elsewhere, reading.elsewhere);
        return true;
      }
      return read_apphost_files(false);
    }
    facts_.configs.push_back(std::move(*reading.config));
    move_to(facts_.iis7.layouts, reading.iis7.layouts);
    return true;
  }

  bool read_apphost_files(bool is_wow64) {
    FileFacts read;
    const std::string folder = inetsrv_ + R"(\config)";
    const std::string path = folder + R"(\applicationHost.config)";
    const bool found =
        read_config_file(files_, path, evidence::kApphostConfig, read);
    const bool redirects =
        read_config_file(files_, folder + R"(\redirection.config)",
                         evidence::kRedirectionConfig, read) &&
        read.redirects_configuration;
    if (redirects) {
      // What lies beside it is not in force (FORMATS.md 4.1).
      read.configs.clear();
      read.iis7 = {};
    }
    const bool is_there = found || redirects || !read.problems.empty();
    if (found && !redirects) {
      read.problems.push_back(instead_of_answer(path, is_wow64));
    }
    take(read, facts_);
    return is_there;
  }

  static facts::Problem instead_of_answer(const std::string& path,
                                          bool is_wow64) {
    return {
        "the file was read, and not what IIS itself tells: web.config "
        "files are left out, and no stored password could be read",
        facts::Origin::in_file(path, 0),
        {},
        0,
        is_wow64 ? "Run the 64-bit iisdiag on this 64-bit Windows."
                 : std::string{}};
  }

  bool ask_metabase(bool with_web) {
    MetabaseReading reading = read_metabase(api_, with_web, secrets_);
    if (!reading.is_there) {
      // A file that no service looks after is not in force.
      return is_wow64(api_) && read_metabase_file(with_web);
    }
    move_to(facts_.problems, reading.problems);
    if (reading.is_refused && read_metabase_file(with_web)) {
      return true;
    }
    if (reading.config) {
      facts_.configs.push_back(std::move(*reading.config));
      return true;
    }
    return reading.is_refused;
  }

  // MetaBase.xml of IIS 6.0, and of FTP 6 later on. IIS 4.0 and 5.x keep
  // theirs in a form that nobody documented.
  bool read_metabase_file(bool with_web) {
    FileFacts read;
    const std::string path = inetsrv_ + R"(\MetaBase.xml)";
    if (!read_config_file(files_, path, evidence::kMetabaseXml, read)) {
      move_to(facts_.problems, read.problems);
      return false;
    }
    for (facts::IisConfig& config : read.configs) {
      keep_services(with_web, config);
    }
    std::erase_if(read.configs, [](const facts::IisConfig& config) {
      return config.nodes.empty();
    });
    const bool found = !read.configs.empty();
    if (found) {
      read.problems.push_back(
          {"the file was read, and not what the metabase service tells: no "
           "stored password could be read",
           facts::Origin::in_file(path, 0),
           {},
           0,
           {}});
    }
    take(read, facts_);
    return found;
  }

  // Beside IIS 7 web sites in it are of no use to anybody.
  static void keep_services(bool with_web, facts::IisConfig& config) {
    if (!with_web) {
      std::erase_if(config.nodes, [](const facts::IisNode& node) {
        return node.service == facts::Service::kWeb;
      });
      config.pools.clear();
      config.is_iis6 = false;
    }
  }

  const Api& api_;
  const evidence::FileSystem& files_;
  SecretTable& secrets_;
  FileFacts& facts_;
  const std::string inetsrv_;
};

}  // namespace

ConfigResult read_iis_configuration(const Api& api,
                                    const evidence::FileSystem& files,
                                    SecretTable& secrets, FileFacts& facts) {
  return IisConfigReader(api, files, secrets, facts).run();
}

}  // namespace iisdiag::win32
