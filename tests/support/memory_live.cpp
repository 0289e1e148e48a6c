#include "support/memory_live.hpp"

#include <stdexcept>

#include "text/strings.hpp"

namespace iisdiag::test {
namespace {

using evidence::FileFacts;
using facts::Observed;
using facts::Origin;

class MemoryLive final : public evidence::LiveServer {
 public:
  explicit MemoryLive(std::shared_ptr<LiveWorld> world)
      : world_(std::move(world)) {}

  facts::Moment now() override { return {1795348800, 120}; }
  bool has_iis() override { return world_->has_iis; }
  void read_configuration(FileFacts& facts) override {
    world_->calls.emplace_back("configuration");
    facts.machine = world_->configuration.machine;
    facts.configs = world_->configuration.configs;
    facts.problems = world_->configuration.problems;
  }
  void read_accounts(const std::vector<evidence::AccountQuestion>& questions,
                     const facts::Machine& /*machine*/,
                     FileFacts& facts) override {
    std::vector<std::string> asked;
    for (const auto& question : questions) {
      asked.push_back(question.text() +
                      (question.in_domain ? " of a domain" : ""));
    }
    world_->calls.push_back("accounts " + text::join(asked, ", "));
    if (world_->throws) {
      throw std::runtime_error("out of memory");
    }
    facts.accounts = world_->accounts.accounts;
  }
  void read_rights(FileFacts& facts) override {
    world_->calls.emplace_back("rights");
    facts.rights = world_->rights.rights;
  }
  void read_records(const facts::Machine& /*machine*/,
                    FileFacts& facts) override {
    world_->calls.emplace_back("records");
    facts.records = world_->records.records;
    for (const facts::Problem& problem : world_->records.problems) {
      facts.problems.push_back(problem);
    }
    for (const facts::Note& note : world_->records.notes) {
      facts.notes.push_back(note);
    }
  }
  void try_logon(const evidence::AccountQuestion& account,
                 const text::Secret* given, facts::LogonTrial& trial) override {
    world_->calls.push_back("logon " + account.text() +
                            (given == nullptr ? "" : " with a given password"));
    trial.code = world_->logon_code;
    trial.origin = Origin::from_api("LogonUserW", trial.code);
    trial.given_matches = given != nullptr && world_->given_matches;
  }
  void forget_passwords() override { world_->calls.emplace_back("forget"); }
  bool is_elevated() override { return true; }
  std::vector<evidence::ConfigFile> configuration_files() override {
    return {{"MetaBase.xml", "inetsrv/MetaBase.xml", true},
            {"redirection.config", "inetsrv/redirection.config", false}};
  }

 private:
  std::shared_ptr<LiveWorld> world_;
};

template <class T>
Observed<T> told(T value, std::string_view function) {
  return {std::move(value), Origin::from_api(function, 0)};
}

facts::IisConfig configuration() {
  const auto get_data = [](auto value) {
    return told(std::move(value), "IMSAdminBase::GetData /LM/W3SVC");
  };
  facts::IisConfig config;
  config.store = facts::Store::kMetabase;
  config.whole = true;
  config.names_sites = true;
  config.origin = Origin::from_api("IMSAdminBase", 0);
  facts::IisNode service;
  service.path = "/LM/W3SVC";
  service.origin = config.origin;
  service.account.value = get_data(std::string("IUSR_WEB01"));
  service.password.value = get_data(facts::StoredPassword::kClearText);
  service.password_group = 1;
  service.password_sync.value = get_data(false);
  service.logon_method.value = get_data(facts::LogonMethod::kNetworkCleartext);
  service.anonymous.value = get_data(true);
  config.nodes.push_back(std::move(service));
  facts::IisNode root;
  root.path = "/LM/W3SVC/1/ROOT";
  root.serves = true;
  root.origin = config.origin;
  config.nodes.push_back(std::move(root));
  return config;
}

facts::Account account() {
  const auto told_user = [](auto value) {
    return told(std::move(value), "NetUserGetInfo");
  };
  facts::Account account;
  account.name = "IUSR_WEB01";
  account.sid = facts::Sid::parse("S-1-5-21-1-2-3-1001");
  account.origin = Origin::from_api("NetUserGetInfo", 0);
  account.active = told_user(true);
  account.locked = told_user(false);
  account.expires = told_user(facts::Deadline(facts::Never{}));
  account.password_expires = account.expires;
  account.password_required = told_user(true);
  account.must_change_password = told_user(false);
  account.bad_logons = told_user(std::uint32_t{0});
  account.workstations = told_user(std::vector<std::string>{});
  facts::LogonHours all;
  all.all = true;
  all.text = "All";
  account.logon_hours = told_user(all);
  account.token_groups =
      told(std::vector<facts::Sid>{*facts::Sid::parse("S-1-5-32-546")},
           "AuthzInitializeContextFromSid");
  return account;
}

}  // namespace

std::unique_ptr<evidence::LiveServer> memory_live(
    const std::shared_ptr<LiveWorld>& world) {
  return std::make_unique<MemoryLive>(world);
}

facts::LogonRecords refused_on_record() {
  constexpr std::string_view kLog = "Security event log";
  facts::LogonAttempt attempt;
  attempt.kind = facts::RecordKind::kLogon;
  attempt.event = 529;
  attempt.account = "IUSR_WEB01";
  attempt.domain = "WEB01";
  attempt.code = 1326;
  attempt.logon_type = 8;
  attempt.logon_process = "Advapi";
  attempt.workstation = "WEB01";
  attempt.first = attempt.last = 1795338000;
  attempt.first_origin = attempt.last_origin = Origin::in_record(kLog, 4711);
  facts::LogSpan span;
  span.kind = facts::LogKind::kSecurityEvents;
  span.computer = "WEB01";
  span.records = 80;
  span.first = 1795000000;
  span.last = 1795341000;
  span.origin = Origin::in_file(kLog, 0);
  return {{attempt}, {span}};
}

std::shared_ptr<LiveWorld> healthy_live() {
  auto world = std::make_shared<LiveWorld>();
  auto& machine = world->configuration.machine;
  const auto key = [](auto value, std::string_view name) {
    return Observed<decltype(value)>(std::move(value),
                                     Origin::in_registry(name));
  };
  machine.computer = key(std::string("WEB01"), "ComputerName");
  machine.windows_version = key(std::string("5.2"), "CurrentVersion");
  machine.windows_build = key(3790, "CurrentBuildNumber");
  machine.service_pack = key(2, "CSDVersion");
  machine.role = key(facts::Role::kMember, "ProductType");
  machine.iis = key(std::string("6.0"), "MajorVersion");
  machine.domain = Observed<std::string>::absent(
      Origin::from_api("LsaQueryInformationPolicy", 0));
  world->configuration.configs.push_back(configuration());

  auto& accounts = world->accounts.accounts;
  accounts.accounts.push_back(account());
  accounts.lookups.push_back({"WEB01\\IUSR_WEB01", "WEB01",
                              facts::AccountKind::kUser,
                              *facts::Sid::parse("S-1-5-21-1-2-3-1001"),
                              Origin::from_api("LookupAccountNameW", 0)});
  accounts.policy.lockout_threshold =
      told(std::uint32_t{5}, "NetUserModalsGet");

  facts::RightsList rights;
  rights.origin = Origin::from_api("LsaEnumerateAccountsWithUserRight", 0);
  rights.rights.fill({{}, rights.origin});
  rights.holders(facts::LogonRight::kNetwork) = {
      {{facts::Sid::parse("S-1-1-0"), {}}}, rights.origin};
  world->rights.rights.push_back(std::move(rights));
  return world;
}

}  // namespace iisdiag::test
