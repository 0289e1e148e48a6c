// Which members a struct has in a snapshot, and under which names: one list
// for the writer and the reader. An archive takes each member,
//   must(name, member)            which always stands there, or
//   may(name, member)             which is left out where it is T{}, or
//   may(name, flag, otherwise)    which is left out where it has this value.
// Names are pointers, for they take half of the room of views at each call.
// What the reader does not set and what the writer leaves out have to be the
// same: tests hold T{} of each struct to it.
//
// Every list unpacks the whole struct, so that a member that is added to it
// does not compile before it has a place here.
#pragma once

#include "evidence/file_facts.hpp"
#include "evidence/snapshot_fields_records.hpp"

namespace iisdiag::evidence {

void fields(auto& archive, Is<facts::TimeRange> auto& range) {
  auto& [earliest, latest] = range;
  archive.must("earliest", earliest);
  archive.must("latest", latest);
}

void fields(auto& archive, Is<facts::HoursSpan> auto& span) {
  auto& [first_day, last_day, from_minute, until_minute] = span;
  archive.must("first_day", first_day);
  archive.must("last_day", last_day);
  archive.must("from_minute", from_minute);
  archive.must("until_minute", until_minute);
}

void fields(auto& archive, Is<facts::LogonHours> auto& hours) {
  auto& [all, spans, text] = hours;
  archive.must("all", all);
  archive.may("spans", spans);
  archive.may("text", text);
}

void fields(auto& archive, Is<facts::Account> auto& account) {
  auto& [name, sid, from_domain, language, origin, active, locked, expires,
         password_expires, password_last_set, password_required,
         must_change_password, last_logon, workstations, logon_hours,
         local_groups, global_groups, token_groups, bad_logons] = account;
  archive.must("name", name);
  archive.may("sid", sid);
  archive.may("from_domain", from_domain);
  archive.may("language", language);
  archive.may("origin", origin);
  archive.may("active", active);
  archive.may("locked", locked);
  archive.may("expires", expires);
  archive.may("password_expires", password_expires);
  archive.may("password_last_set", password_last_set);
  archive.may("password_required", password_required);
  archive.may("must_change_password", must_change_password);
  archive.may("last_logon", last_logon);
  archive.may("workstations", workstations);
  archive.may("logon_hours", logon_hours);
  archive.may("local_groups", local_groups);
  archive.may("global_groups", global_groups);
  archive.may("token_groups", token_groups);
  archive.may("bad_logons", bad_logons);
}

void fields(auto& archive, Is<facts::AccountList> auto& list) {
  auto& [names, complete, origin] = list;
  archive.must("names", names);
  archive.may("complete", complete);
  archive.may("origin", origin);
}

void fields(auto& archive, Is<facts::MissingAccount> auto& missing) {
  auto& [name, from_domain, origin] = missing;
  archive.may("name", name);
  archive.may("from_domain", from_domain);
  archive.may("origin", origin);
}

void fields(auto& archive, Is<facts::NameLookup> auto& lookup) {
  auto& [name, domain, kind, sid, origin] = lookup;
  archive.must("name", name);
  archive.may("domain", domain);
  archive.must("kind", kind);
  archive.may("sid", sid);
  archive.may("origin", origin);
}

void fields(auto& archive, Is<facts::LookupFailure> auto& failure) {
  auto& [name, code, is_unreachable, why, todo, origin] = failure;
  archive.must("name", name);
  archive.must("code", code);
  archive.may("is_unreachable", is_unreachable);
  archive.may("why", why);
  archive.may("todo", todo);
  archive.may("origin", origin);
}

void fields(auto& archive, Is<facts::LocalGroup> auto& group) {
  auto& [name, language, members, origin] = group;
  archive.must("name", name);
  archive.may("language", language);
  archive.may("members", members);
  archive.may("origin", origin);
}

void fields(auto& archive, Is<facts::NamedSid> auto& named) {
  auto& [name, sid, origin] = named;
  archive.must("name", name);
  archive.must("sid", sid);
  archive.may("origin", origin);
}

void fields(auto& archive, Is<facts::AccountPolicy> auto& policy) {
  auto& [lockout_threshold, lockout_minutes, lockout_window_minutes,
         max_password_age_days] = policy;
  archive.may("lockout_threshold", lockout_threshold);
  archive.may("lockout_minutes", lockout_minutes);
  archive.may("lockout_window_minutes", lockout_window_minutes);
  archive.may("max_password_age_days", max_password_age_days);
}

void fields(auto& archive, Is<facts::AccountDatabase> auto& database) {
  auto& [accounts, lists, missing, groups, names, lookups, failures, policy,
         domain_policy] = database;
  archive.may("accounts", accounts);
  archive.may("lists", lists);
  archive.may("missing", missing);
  archive.may("groups", groups);
  archive.may("names", names);
  archive.may("lookups", lookups);
  archive.may("failures", failures);
  archive.may("policy", policy);
  archive.may("domain_policy", domain_policy);
}

void fields(auto& archive, Is<facts::IisNode> auto& node) {
  auto& [service, path, shown, serves, effective, site_id, origin, account,
         password, password_group, password_sync, logon_method, anonymous,
         logon_domain, pool, other_scheme, basic_scheme] = node;
  archive.must("service", service);
  archive.must("path", path);
  archive.may("shown", shown, true);
  archive.may("serves", serves);
  archive.may("effective", effective);
  archive.may("site_id", site_id);
  archive.may("origin", origin);
  archive.may("account", account);
  archive.may("password", password);
  archive.may("password_group", password_group);
  archive.may("password_sync", password_sync);
  archive.may("logon_method", logon_method);
  archive.may("anonymous", anonymous);
  archive.may("logon_domain", logon_domain);
  archive.may("pool", pool);
  archive.may("other_scheme", other_scheme);
  archive.may("basic_scheme", basic_scheme);
}

void fields(auto& archive, Is<facts::IisPool> auto& pool) {
  auto& [name, runs_as] = pool;
  archive.must("name", name);
  archive.may("runs_as", runs_as);
}

void fields(auto& archive, Is<facts::IisConfig> auto& config) {
  auto& [store, whole, names_sites, is_iis6, origin, nodes, pools, pool_default,
         isolation_mode] = config;
  archive.must("store", store);
  archive.may("whole", whole);
  archive.may("names_sites", names_sites);
  archive.may("is_iis6", is_iis6);
  archive.may("origin", origin);
  archive.may("nodes", nodes);
  archive.may("pools", pools);
  archive.may("pool_default", pool_default);
  archive.may("isolation_mode", isolation_mode);
}

void fields(auto& archive, Is<ContentFolder> auto& content) {
  auto& [node, folder, is_application] = content;
  archive.must("node", node);
  archive.must("folder", folder);
  archive.may("is_application", is_application);
}

void fields(auto& archive, Is<SectionLock> auto& lock) {
  auto& [locked, item, attributes, all_except] = lock;
  archive.may("locked", locked);
  archive.may("item", item);
  archive.may("attributes", attributes);
  archive.may("all_except", all_except);
}

void fields(auto& archive, Is<AnonymousSection> auto& section) {
  auto& [node, lock, not_in_child_applications, origin] = section;
  archive.may("node", node);
  archive.may("lock", lock);
  archive.may("not_in_child_applications", not_in_child_applications);
  archive.may("origin", origin);
}

void fields(auto& archive, Is<SectionSource> auto& source) {
  auto& [element, service, node, where, origin] = source;
  archive.must("element", element);
  archive.must("service", service);
  archive.must("node", node);
  archive.must("where", where);
  archive.may("origin", origin);
}

void fields(auto& archive, Is<ModuleRule> auto& rule) {
  auto& [node, present, origin] = rule;
  archive.must("node", node);
  archive.must("present", present);
  archive.may("origin", origin);
}

void fields(auto& archive, Is<Layout> auto& layout) {
  auto& [file, folder, complete, web_sites, folders, section_locked,
         module_locked, locks, limited, modules, sources, waiting] = layout;
  archive.must("file", file);
  archive.may("folder", folder);
  archive.may("complete", complete);
  archive.may("web_sites", web_sites);
  archive.may("folders", folders);
  archive.may("section_locked", section_locked);
  archive.may("module_locked", module_locked);
  archive.may("locks", locks);
  archive.may("limited", limited);
  archive.may("modules", modules);
  archive.may("sources", sources);
  archive.may("waiting", waiting);
}

void fields(auto& archive, Is<SchemeChange> auto& change) {
  auto& [path, is_basic, is_on, origin] = change;
  archive.may("path", path);
  archive.may("is_basic", is_basic);
  archive.may("is_on", is_on);
  archive.may("origin", origin);
}

void fields(auto& archive, Is<WebConfig> auto& config) {
  auto& [file, folder, origin, damaged, sections, sources, removes_module,
         schemes] = config;
  archive.must("file", file);
  archive.may("folder", folder);
  archive.may("origin", origin);
  archive.may("damaged", damaged);
  archive.may("sections", sections);
  archive.may("sources", sources);
  archive.may("removes_module", removes_module);
  archive.may("schemes", schemes);
}

void fields(auto& archive, Is<SectionFile> auto& section_file) {
  auto& [file, element, damaged, section, nodes, web_sites, folders] =
      section_file;
  archive.must("file", file);
  archive.must("element", element);
  archive.may("damaged", damaged);
  archive.may("section", section);
  archive.may("nodes", nodes);
  archive.may("web_sites", web_sites);
  archive.may("folders", folders);
}

void fields(auto& archive, Is<PrintedNode> auto& printed) {
  auto& [node, path_is_guess] = printed;
  archive.must("node", node);
  archive.may("path_is_guess", path_is_guess);
}

void fields(auto& archive, Is<Iis7Files> auto& files) {
  auto& [layouts, web_configs, section_files, printed, named, folders] = files;
  archive.may("layouts", layouts);
  archive.may("web_configs", web_configs);
  archive.may("section_files", section_files);
  archive.may("printed", printed);
  archive.may("named", named);
  archive.may("folders", folders);
}

void fields(auto& archive, Is<facts::LogonTrial> auto& trial) {
  auto& [account, sid, method, password_from, password_group, given,
         given_matches, refrain, why, code, origin] = trial;
  archive.must("account", account);
  archive.may("sid", sid);
  archive.must("method", method);
  archive.may("password_from", password_from);
  archive.may("password_group", password_group);
  archive.may("given", given);
  archive.may("given_matches", given_matches);
  archive.must("refrain", refrain);
  archive.may("why", why);
  archive.must("code", code);
  archive.may("origin", origin);
}

void fields(auto& archive, Is<facts::Principal> auto& principal) {
  auto& [sid, name] = principal;
  archive.may("sid", sid);
  archive.may("name", name);
}

void fields(auto& archive, Is<facts::RightsList> auto& list) {
  auto& [origin, is_policy, is_winner, policy_id, policy_name, cut, rights] =
      list;
  archive.may("origin", origin);
  archive.may("is_policy", is_policy);
  archive.may("is_winner", is_winner);
  archive.may("policy_id", policy_id);
  archive.may("policy_name", policy_name);
  for (std::size_t i = 0; i < facts::kLogonRights; ++i) {
    archive.right(constant_name(static_cast<facts::LogonRight>(i)),
                  rights.at(i), cut.at(i));
  }
}

void fields(auto& archive, Is<facts::Machine> auto& machine) {
  auto& [computer, host_name, windows, windows_version, windows_build,
         product_name, service_pack, role, iis, domain, crash_on_audit_fail,
         force_guest, limit_blank_password_use, subauthentication,
         ftp_allow_guest_access, web_allow_guest_access] = machine;
  archive.may("computer", computer);
  archive.may("host_name", host_name);
  archive.may("windows", windows);
  archive.may("windows_version", windows_version);
  archive.may("windows_build", windows_build);
  archive.may("product_name", product_name);
  archive.may("service_pack", service_pack);
  archive.may("role", role);
  archive.may("iis", iis);
  archive.may("domain", domain);
  archive.may("crash_on_audit_fail", crash_on_audit_fail);
  archive.may("force_guest", force_guest);
  archive.may("limit_blank_password_use", limit_blank_password_use);
  archive.may("subauthentication", subauthentication);
  archive.may("ftp_allow_guest_access", ftp_allow_guest_access);
  archive.may("web_allow_guest_access", web_allow_guest_access);
}

void fields(auto& archive, Is<facts::PolicyName> auto& policy) {
  auto& [id, name] = policy;
  archive.must("id", id);
  archive.must("name", name);
}

void fields(auto& archive, Is<facts::Elsewhere> auto& elsewhere) {
  auto& [where, what, origin] = elsewhere;
  archive.must("where", where);
  archive.must("what", what);
  archive.may("origin", origin);
}

void fields(auto& archive, Is<facts::Note> auto& note) {
  auto& [text, origin] = note;
  archive.must("text", text);
  archive.may("origin", origin);
}

void fields(auto& archive, Is<facts::Problem> auto& problem) {
  auto& [text, origin, line, column, todo, command] = problem;
  archive.must("text", text);
  archive.may("origin", origin);
  archive.may("line", line);
  archive.may("column", column);
  archive.may("todo", todo);
  archive.may("command", command);
}

// What belongs to the file itself (file, folder, historical, is_live) stands
// in no snapshot, captured in its header and collection in a manifest.
void fields(auto& archive, Is<FileFacts> auto& all) {
  auto& [file, folder, historical, machine, machine_is_template, configs, iis7,
         accounts, trials, records, is_live, captured, collection, rights,
         policies, policy_report, elsewhere, redirects_configuration,
         not_before, notes, problems] = all;
  archive.may("machine", machine);
  archive.may("machine_is_template", machine_is_template);
  archive.may("configs", configs);
  archive.may("iis7", iis7);
  archive.may("accounts", accounts);
  archive.may("trials", trials);
  archive.may("records", records);
  archive.may("rights", rights);
  archive.may("policies", policies);
  archive.may("policy_report", policy_report);
  archive.may("elsewhere", elsewhere);
  archive.may("redirects_configuration", redirects_configuration);
  archive.may("not_before", not_before);
  archive.may("notes", notes);
  archive.may("problems", problems);
}

void fields(auto& archive, Is<SnapshotHeader> auto& header) {
  auto& [version, computer, captured_at, utc_offset_minutes, elevated] = header;
  archive.must("version", version);
  archive.must("computer", computer);
  archive.utc("captured_at", captured_at);
  archive.must("utc_offset_minutes", utc_offset_minutes);
  archive.must("elevated", elevated);
}

void fields(auto& archive, Is<CollectedFile> auto& file) {
  auto& [name, size, sha256] = file;
  archive.must("name", name);
  archive.must("size", size);
  archive.must("sha256", sha256);
}

void fields(auto& archive, Is<NotRead> auto& not_read) {
  auto& [what, why, todo] = not_read;
  archive.must("what", what);
  archive.must("why", why);
  archive.may("todo", todo);
}

// The header stands beside the lists, as in a snapshot.
void fields(auto& archive, Is<CollectionManifest> auto& manifest) {
  auto& [header, files, not_read, origin] = manifest;
  fields(archive, header);
  archive.must("files", files);
  archive.must("not_read", not_read);
}

}  // namespace iisdiag::evidence
