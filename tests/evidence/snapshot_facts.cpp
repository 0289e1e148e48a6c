#include "evidence/snapshot_facts.hpp"

namespace iisdiag::evidence {
namespace {

using facts::Origin;

const Origin kApi = Origin::from_api("NetUserGetInfo", 5);
const Origin kKey = Origin::in_registry("HKLM\\SYSTEM\\Lsa\\forceguest");

facts::Sid sid(std::string_view text) { return *facts::Sid::parse(text); }

facts::Machine machine() {
  facts::Machine machine;
  machine.computer = {"WEB01", Origin::from_api("GetComputerName", 0)};
  machine.host_name = {"web01-\u00e4", kKey};
  machine.windows = {"2003", kKey};
  machine.windows_version = {"5.2", kKey};
  machine.windows_build = {3790, kKey};
  machine.product_name = {"Windows Server 2003", kKey};
  machine.service_pack = {2, kKey};
  machine.role = {facts::Role::kDomainController, kKey};
  machine.iis = {"6.0", kKey};
  machine.domain = facts::Observed<std::string>::absent(kApi);
  machine.crash_on_audit_fail = {0xFFFFFFFF, kKey};
  machine.force_guest = facts::Observed<std::uint32_t>::unknown(
      "access is denied", "Run it as administrator.", kKey);
  machine.limit_blank_password_use =
      facts::Observed<std::uint32_t>::absent(kKey);
  machine.subauthentication = {"IISSUBA", kKey};
  machine.ftp_allow_guest_access = {0, kKey};
  machine.web_allow_guest_access = {1, kKey};
  return machine;
}

facts::IisNode node() {
  facts::IisNode node;
  node.service = facts::Service::kFtp6;
  node.path = "/LM/MSFTPSVC/1";
  node.shown = false;
  node.serves = true;
  node.effective = true;
  node.site_id = 4294967295;
  node.origin = Origin::from_api("GetAllData", 0);
  node.account.value = {"", node.origin};
  node.account.inherits = false;
  node.password.value = {facts::StoredPassword::kClearText, node.origin};
  node.password_group = 7;
  node.password_sync.value = {true, node.origin};
  node.logon_method.value = {facts::LogonMethod::kNetworkCleartext,
                             node.origin};
  node.anonymous.value = facts::Observed<bool>::absent(node.origin);
  node.logon_domain.value =
      facts::Observed<std::string>::unknown("not read", "", node.origin);
  node.pool.value = {"DefaultAppPool", {}};
  node.other_scheme.value = {true, node.origin};
  node.other_scheme.inherits = false;
  node.basic_scheme.value = {false, node.origin};
  return node;
}

facts::IisConfig config() {
  facts::IisConfig config;
  config.store = facts::Store::kAppHost;
  config.whole = true;
  config.names_sites = true;
  config.is_iis6 = true;
  config.origin = Origin::in_file("applicationHost.config", 0);
  config.nodes = {node(), {}};
  config.pools = {{"a", {facts::PoolAccount::kSpecificUser, kApi}}, {"b", {}}};
  config.pool_default = {facts::PoolAccount::kApplicationPoolIdentity, kApi};
  config.isolation_mode = {false, kApi};
  return config;
}

Iis7Files iis7() {
  AnonymousSection section;
  section.node = node();
  section.lock = {true, true, {"userName"}, std::vector<std::string>{}};
  section.not_in_child_applications = true;
  section.origin = kApi;
  const SectionSource source{"sites", facts::Service::kFtp7, "Default Web Site",
                             "sites.config", kApi};
  const ContentFolder folder{"Default Web Site/app", "C:\\app", true};
  Iis7Files files;
  Layout layout;
  layout.file = "applicationHost.config";
  layout.folder = "config";
  layout.complete = true;
  layout.web_sites = {"Default Web Site"};
  layout.folders = {folder};
  layout.section_locked = false;
  layout.module_locked = true;
  layout.locks = {section};
  layout.limited = {section};
  layout.modules = {{"Default Web Site", true, kApi}};
  layout.sources = {source};
  layout.waiting = {node()};
  files.layouts = {layout};
  files.web_configs = {{"web.config",
                        "wwwroot",
                        kApi,
                        true,
                        {section},
                        {source},
                        kApi,
                        {{"app", true, true, kApi}}}};
  files.section_files = {
      {"a.config", "sites", true, section, {node()}, {"a"}, {folder}}};
  files.printed = {{node(), true}};
  files.named = {node()};
  files.folders = {folder};
  return files;
}

facts::Account account() {
  facts::Account account;
  account.name = "IUSR_WEB01";
  account.sid = sid("S-1-5-21-1-2-3-1001");
  account.from_domain = true;
  account.language = "de";
  account.origin = kApi;
  account.active = {true, kApi};
  account.locked = {false, kApi};
  account.expires = {facts::Never{}, kApi};
  account.password_expires = {facts::TimeRange{1, 1795341600}, kApi};
  account.password_last_set = {facts::TimeRange{-5, -5}, kApi};
  account.password_required = {true, kApi};
  account.must_change_password = {false, kApi};
  account.last_logon = facts::Observed<facts::TimeRange>::absent(kApi);
  account.workstations = {std::vector<std::string>{"WEB01", "WEB02"}, kApi};
  account.logon_hours = {
      facts::LogonHours{false, {{1, 5, 480, 1440}}, "Mon-Fri 8:00-24:00"},
      kApi};
  account.local_groups = {std::vector<std::string>{}, kApi};
  account.global_groups = {std::vector<std::string>{"Domain Users"}, kApi};
  account.token_groups = {
      std::vector<facts::Sid>{sid("S-1-1-0"), sid("S-1-5-32-546")}, kApi};
  account.bad_logons = {2U, kApi};
  return account;
}

facts::AccountDatabase accounts() {
  facts::AccountDatabase database;
  database.accounts = {account()};
  database.lists = {{{"Administrator", "IUSR_WEB01"}, true, kApi}};
  database.missing = {{"gone", true, kApi}, {std::nullopt, false, kApi}};
  database.groups = {
      {"Guests", "en", {std::vector<std::string>{"S-1-1-0"}, kApi}, kApi}};
  database.names = {{"CORP\\web", sid("S-1-5-21-9-9-9-1105"), kApi}};
  database.lookups = {{"WEB01\\IUSR_WEB01", "WEB01", facts::AccountKind::kUser,
                       sid("S-1-5-21-1-2-3-1001"), kApi},
                      {"NT AUTHORITY", "", facts::AccountKind::kDomain,
                       facts::Sid{5, {}}, kApi},
                      {"x", "", facts::AccountKind::kLogonSession, {}, {}}};
  database.failures = {
      {"CORP\\web", 1355, true, "no controller", "Try again.", kApi}};
  database.policy.lockout_threshold = {5U, kApi};
  database.policy.lockout_minutes = facts::Observed<std::uint32_t>::absent({});
  database.policy.lockout_window_minutes = {30U, kApi};
  database.policy.max_password_age_days = {42U, kApi};
  database.domain_policy.lockout_threshold = {0U, kApi};
  return database;
}

facts::LogonTrial trial() {
  facts::LogonTrial trial;
  trial.account = "WEB01\\IUSR_WEB01";
  trial.sid = sid("S-1-5-21-1-2-3-1001");
  trial.method = facts::LogonMethod::kBatch;
  trial.password_from = "/LM/W3SVC";
  trial.password_group = 7;
  trial.given = true;
  trial.given_matches = true;
  trial.refrain = facts::LogonRefrain::kIsWine;
  trial.why = "under Wine";
  trial.code = 1326;
  trial.origin = Origin::from_api("LogonUser", 1326);
  return trial;
}

facts::LogonAttempt attempt() {
  facts::LogonAttempt attempt;
  attempt.kind = facts::RecordKind::kLogon;
  attempt.event = 529;
  attempt.service = "W3SVC";
  attempt.account = "IUSR_WEB01";
  attempt.domain = "WEB01";
  attempt.sid = "S-1-0-0";
  attempt.code = 1326;
  attempt.logon_type = 8;
  attempt.logon_process = "Advapi";
  attempt.process = "w3wp.exe";
  attempt.workstation = "WEB01";
  attempt.right = "SeBatchLogonRight";
  attempt.site = "W3SVC1";
  attempt.url = "/app";
  attempt.status = 401;
  attempt.substatus = 1;
  attempt.has_substatus = true;
  attempt.reason = "AppOffline";
  attempt.first = -1795341599;
  attempt.last = 1795341600;
  attempt.is_local = true;
  attempt.has_time = false;
  attempt.count = 9223372036854775807U;
  attempt.hours = {{-1795341600, 1}, {1795341600, 9223372036854775807U}};
  attempt.first_origin = Origin::in_record("SecEvent.evt", 7);
  attempt.last_origin = Origin::in_file("ex060516.log", 12);
  return attempt;
}

facts::LogonRecords records() {
  facts::LogonRecords records;
  records.attempts = {attempt(), {}};
  records.logs = {
      {facts::LogKind::kHttpErrors, "WEB01", "W3SVC1", 9223372036854775807U, -1,
       1795341600, true, false, false, Origin::in_file("httperr1.log", 0)},
      {}};
  return records;
}

std::vector<facts::RightsList> rights() {
  facts::RightsList own;
  own.origin = Origin::from_api("LsaEnumerateAccountsWithUserRight", 0);
  own.holders(facts::LogonRight::kNetwork) = {
      std::vector<facts::Principal>{{sid("S-1-1-0"), ""},
                                    {std::nullopt, "web admins"}},
      own.origin};
  own.mark_cut(facts::LogonRight::kNetwork);
  own.mark_cut(facts::LogonRight::kDenyBatch);
  own.holders(facts::LogonRight::kBatch) =
      facts::Observed<std::vector<facts::Principal>>::absent(own.origin);
  facts::RightsList policy;
  policy.is_policy = true;
  policy.is_winner = true;
  policy.policy_id = "{31B2F340-016D-11D2-945F-00C04FB984F9}";
  policy.policy_name = "Default Domain Policy";
  for (const auto right :
       {facts::LogonRight::kInteractive, facts::LogonRight::kDenyInteractive,
        facts::LogonRight::kDenyNetwork}) {
    policy.holders(right) = {std::vector<facts::Principal>{},
                             Origin::in_file("gpresult.xml", 40)};
  }
  return {own, policy};
}

}  // namespace

FileFacts full_facts() {
  FileFacts facts;
  facts.machine = machine();
  facts.machine_is_template = true;
  facts.configs = {config(), {}};
  facts.iis7 = iis7();
  facts.accounts = accounts();
  facts.trials = {trial(), {}};
  facts.records = records();
  facts.rights = rights();
  facts.policies = {{"{31B2F340-016D-11D2-945F-00C04FB984F9}", "Default"}};
  facts.policy_report = Origin::in_file("gpresult.xml", 12);
  facts.elsewhere = {{"\\\\share\\c", "shared configuration", kApi}};
  facts.redirects_configuration = true;
  facts.not_before = 1795341599;
  facts.notes = {{"a note", Origin::in_record("System", 412)}};
  facts.problems = {
      {"access is denied", kApi, "a line", 3, "Elevate.", "runas /user:x cmd"}};
  return facts;
}

SnapshotHeader full_header() {
  return {"1.0.0", "WEB01", 1795341600, 60, true};
}

}  // namespace iisdiag::evidence
