#include "win32/local_server.hpp"

#include "evidence/newest_logs.hpp"
#include "text/strings.hpp"
#include "win32/accounts.hpp"
#include "win32/answer.hpp"
#include "win32/clock.hpp"
#include "win32/config_file.hpp"
#include "win32/event_log.hpp"
#include "win32/iis_config.hpp"
#include "win32/is_wine.hpp"
#include "win32/logon.hpp"
#include "win32/registry.hpp"
#include "win32/rights.hpp"
#include "win32/rsop.hpp"

namespace iisdiag::win32 {
namespace {

using facts::Observed;
using facts::Origin;

constexpr std::string_view kWineWhy = "this is Wine: its answers are made up";
constexpr std::string_view kWineTodo = "Run iisdiag on Windows.";

Origin from_wine() { return Origin::from_api("wine_get_version", 0); }

template <class T>
Observed<T> unknown_on_wine() {
  return Observed<T>::unknown(std::string(kWineWhy), std::string(kWineTodo),
                              from_wine());
}

// Where IIS writes logs if it is told nothing else. HTTP.sys and FTP 6.0 write
// below the system folder on every Windows.
std::vector<std::string> log_folders(const Api& api,
                                     const facts::Machine& machine) {
  const std::string system = system_folder(api);
  std::vector<std::string> folders;
  if (system.empty()) {
    return folders;
  }
  const std::string iis = machine.iis.value_or("");
  const auto major = text::to_integer(iis.substr(0, iis.find('.')));
  if (!major || *major >= 7) {
    constexpr std::size_t kDrive = 2;
    folders.push_back(system.substr(0, kDrive) + R"(\inetpub\logs\LogFiles)");
  }
  folders.push_back(system + R"(\LogFiles)");
  return folders;
}

}  // namespace

LocalServer::LocalServer(const Api& api, bool is_wine, ConfigReader read_config,
                         std::shared_ptr<const evidence::FileSystem> logs)
    : api_(api),
      is_wine_(is_wine),
      read_config_(std::move(read_config)),
      logs_(std::move(logs)) {}

facts::Moment LocalServer::now() { return server_time(api_); }

void LocalServer::read_configuration(evidence::FileFacts& facts) {
  read_registry(api_, facts);
  facts.machine.domain =
      is_wine_ ? unknown_on_wine<std::string>() : joined_domain(api_);
  const bool is_installed = read_config_ && read_config_(secrets_, facts);
  has_iis_ =
      is_installed || !facts.configs.empty() || facts.machine.iis.has_value();
}

void LocalServer::read_accounts(
    const std::vector<evidence::AccountQuestion>& questions,
    const facts::Machine& machine, evidence::FileFacts& facts) {
  if (!is_wine_) {
    win32::read_accounts(
        api_, questions,
        {now(), machine.role.is(facts::Role::kDomainController)}, facts);
    return;
  }
  for (const evidence::AccountQuestion& question : questions) {
    facts.accounts.failures.push_back({question.text(), 0, false,
                                       std::string(kWineWhy),
                                       std::string(kWineTodo), from_wine()});
  }
}

void LocalServer::read_rights(evidence::FileFacts& facts) {
  if (!is_wine_) {
    win32::read_rights(api_, facts);
    read_policy_rights(api_, facts);
    return;
  }
  facts::RightsList list;
  list.origin = from_wine();
  list.rights.fill(unknown_on_wine<std::vector<facts::Principal>>());
  facts.rights.push_back(std::move(list));
}

void LocalServer::read_records(const facts::Machine& machine,
                               evidence::FileFacts& facts) {
  if (is_wine_) {
    refuse_event_logs({std::string(kWineWhy), std::string(kWineTodo)},
                      from_wine(), facts);
  } else {
    read_event_logs(api_, now(), facts);
  }
  if (logs_ != nullptr) {
    evidence::read_newest_logs(*logs_, log_folders(api_, machine), facts);
  }
}

void LocalServer::try_logon(const evidence::AccountQuestion& account,
                            const text::Secret* given,
                            facts::LogonTrial& trial) {
  const text::Secret* stored = secrets_.find(trial.password_group);
  if (is_wine_) {
    trial.refrain = facts::LogonRefrain::kIsWine;
    trial.why = kWineWhy;
    trial.origin = from_wine();
    return;
  }
  if (given != nullptr) {
    trial.given_matches = stored != nullptr && *stored == *given;
    log_on(api_, account, *given, trial);
    return;
  }
  // No number: IIS 7.0 and later logs on with an empty password where none is
  // stored.
  static const text::Secret kEmpty;
  if (trial.password_group != 0 && stored == nullptr) {
    trial.refrain = facts::LogonRefrain::kUnreadable;
    trial.why = "the stored password is not at hand any more";
    return;
  }
  log_on(api_, account, stored == nullptr ? kEmpty : *stored, trial);
}

bool LocalServer::is_elevated() {
  if (api_.CheckTokenMembership == nullptr) {
    return false;
  }
  // S-1-5-32-544; a filtered token has it for denials only, and then the
  // answer is no.
  struct {
    SID sid;
    DWORD second;
  } administrators{
      {SID_REVISION, 2, {SECURITY_NT_AUTHORITY}, {SECURITY_BUILTIN_DOMAIN_RID}},
      DOMAIN_ALIAS_RID_ADMINS};
  BOOL is_member = FALSE;
  return api_.CheckTokenMembership(nullptr, &administrators.sid, &is_member) !=
             FALSE &&
         is_member != FALSE;
}

std::vector<evidence::ConfigFile> LocalServer::configuration_files() {
  const std::string folder = inetsrv_folder(api_);
  if (folder.empty()) {
    return {};
  }
  // IIS 7.0 and later; FTP 6.0 beside it keeps its metabase.
  const auto dot = iis_.value_or({}).find('.');
  const auto major = text::to_integer(iis_.value_or({}).substr(0, dot));
  const bool is_new = major && *major >= 7;
  const bool is_6 = major && *major == 6;
  return {
      {"applicationHost.config", folder + "\\config\\applicationHost.config",
       is_new},
      {"redirection.config", folder + "\\config\\redirection.config", is_new},
      {"administration.config", folder + "\\config\\administration.config",
       is_new},
      {"MetaBase.xml", folder + "\\MetaBase.xml", is_6}};
}

std::unique_ptr<evidence::LiveServer> local_server() {
  const Api api = system_api();
  auto disk = std::make_shared<const evidence::Disk>();
  return std::make_unique<LocalServer>(
      api, is_wine(),
      [api, disk](SecretTable& secrets, evidence::FileFacts& facts) {
        return read_iis_configuration(api, *disk, secrets, facts).has_iis;
      },
      disk);
}

}  // namespace iisdiag::win32
