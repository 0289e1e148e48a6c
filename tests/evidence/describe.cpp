#include <fmt/format.h>

#include "evidence/reading.hpp"
#include "text/strings.hpp"

namespace iisdiag::evidence {
namespace {

using facts::Observed;

std::string show(const std::string& value) {
  return value.empty() ? "\"\"" : value;
}
std::string show(bool value) { return value ? "yes" : "no"; }
std::string show(int value) { return std::to_string(value); }
std::string show(std::uint32_t value) { return std::to_string(value); }
std::string show(facts::LogonMethod value) {
  return std::string(facts::method_name(value));
}
std::string show(facts::PoolAccount value) {
  return std::string(facts::pool_account_name(value));
}
std::string show(facts::StoredPassword value) {
  switch (value) {
    case facts::StoredPassword::kOpaque:
      return "opaque";
    case facts::StoredPassword::kClearText:
      return "clear text";
    case facts::StoredPassword::kEmpty:
      return "empty";
    case facts::StoredPassword::kLost:
      return "lost";
  }
  return "?";
}
std::string show(facts::Role value) {
  switch (value) {
    case facts::Role::kWorkstation:
      return "workstation";
    case facts::Role::kMember:
      return "member";
    case facts::Role::kDomainController:
      return "dc";
  }
  return "?";
}
std::string show(facts::TimeRange value) {
  const auto iso = [](facts::ClockSeconds clock) {
    return facts::iso_text({clock, {}});
  };
  return value.earliest == value.latest
             ? iso(value.earliest)
             : iso(value.earliest) + " or " + iso(value.latest);
}
std::string show(const facts::Deadline& value) {
  const auto* range = std::get_if<facts::TimeRange>(&value);
  return range != nullptr ? show(*range) : "never";
}
std::string show(const std::vector<std::string>& value) {
  return value.empty() ? "nobody" : text::join(value, ", ");
}
std::string show(const facts::LogonHours& value) {
  std::string result = value.all ? "all" : "limited";
  for (const facts::HoursSpan& span : value.spans) {
    result += fmt::format(" {}-{}:{}-{}", span.first_day, span.last_day,
                          span.from_minute, span.until_minute);
  }
  return result + " \"" + value.text + "\"";
}
std::string show(const std::vector<facts::Principal>& value) {
  std::vector<std::string> names;
  for (const facts::Principal& principal : value) {
    names.push_back((principal.sid ? "SID " : "name ") + principal.text());
  }
  return names.empty() ? "nobody" : text::join(names, ", ");
}

std::string at(const facts::Origin& origin) {
  return origin ? fmt::format(" @{}", origin.number()) : "";
}

// The lines of one thing: first what is known, then what is known to be absent.
class Lines {
 public:
  explicit Lines(std::string heading) : text_(std::move(heading) + "\n") {}

  template <class T>
  void add(std::string_view name, const Observed<T>& fact,
           std::string_view suffix = "") {
    if (fact.has_value()) {
      text_ += fmt::format("  {} = {}{}{}\n", name, show(*fact),
                           at(fact.origin()), suffix);
    } else if (fact.is_absent()) {
      absent_.emplace_back(name);
    } else if (!fact.reason().why.empty()) {
      text_ += fmt::format("  {}: {}{}{}\n", name, fact.reason().why,
                           at(fact.origin()), suffix);
    }
  }
  template <class T>
  void add(std::string_view name, const facts::Setting<T>& setting) {
    add(name, setting.value, setting.inherits ? "" : " (this node only)");
  }
  template <class T>
  void add(std::string_view name, const facts::InForce<T>& value) {
    add(name, value.value,
        value.is_default ? " (default)"
                         : (value.node.empty() ? "" : " from " + value.node));
  }
  void line(std::string_view text) { text_ += fmt::format("  {}\n", text); }

  std::string text() const {
    return absent_.empty()
               ? text_
               : text_ + "  absent: " + text::join(absent_, ", ") + "\n";
  }

 private:
  std::string text_;
  std::vector<std::string> absent_;
};

template <class T>
void add_settings(const T& of, Lines& lines) {
  lines.add("account", of.account);
  lines.add("password", of.password);
  lines.add("sync", of.password_sync);
  lines.add("method", of.logon_method);
  lines.add("anonymous", of.anonymous);
  lines.add("domain", of.logon_domain);
}

std::string store_name(facts::Store store) {
  switch (store) {
    case facts::Store::kRegistry:
      return "registry";
    case facts::Store::kMetabase:
      return "metabase";
    case facts::Store::kAppHost:
      return "apphost";
  }
  return "?";
}

std::string show(const SectionLock& lock) {
  std::string result;
  if (lock.locked) {
    result += *lock.locked ? " locked" : " unlocked";
  }
  result += lock.item ? " lockItem" : "";
  if (!lock.attributes.empty()) {
    result += " lockAttributes=" + text::join(lock.attributes, ",");
  }
  if (lock.all_except) {
    result += " lockAllAttributesExcept=" + text::join(*lock.all_except, ",");
  }
  return result;
}

// The settings of a node without what is absent.
std::string show(const std::string& heading, const facts::IisNode& node) {
  Lines lines(heading);
  add_settings(node, lines);
  const std::string all = lines.text();
  return all.substr(0, all.find("  absent: "));
}

std::string show(const std::string& heading, const AnonymousSection& section) {
  return show(
      heading + show(section.lock) +
          (section.not_in_child_applications ? " not in applications" : "") +
          at(section.origin),
      section.node);
}

std::string show(const SectionSource& source) {
  return fmt::format("  {} of {} {} is in {}{}\n", source.element,
                     facts::service_name(source.service), source.node,
                     source.where, at(source.origin));
}

std::string show(const ContentFolder& folder) {
  return fmt::format("  {} is {}{}\n", folder.folder, folder.node,
                     folder.is_application ? " (application)" : "");
}

std::string show(const Layout& layout) {
  std::string result = fmt::format(
      "layout of {} in \"{}\": {}, {}{}\n", layout.file, layout.folder,
      layout.complete ? "complete" : "part",
      layout.section_locked ? (*layout.section_locked ? "locked" : "unlocked")
                            : "not declared",
      layout.module_locked ? ", module locked" : "");
  for (const std::string& site : layout.web_sites) {
    result += "  site " + site + "\n";
  }
  for (const ContentFolder& folder : layout.folders) {
    result += show(folder);
  }
  for (const AnonymousSection& section : layout.locks) {
    result += "  " + section.node.path + show(section.lock) + "\n";
  }
  for (const AnonymousSection& section : layout.limited) {
    result += "  " + section.node.path + " not in applications\n";
  }
  for (const ModuleRule& rule : layout.modules) {
    result +=
        fmt::format("  module {} {}{}\n", rule.present ? "in" : "missing in",
                    rule.node, at(rule.origin));
  }
  for (const SectionSource& source : layout.sources) {
    result += show(source);
  }
  for (const facts::IisNode& node : layout.waiting) {
    result += show("waiting " + node.path, node);
  }
  return result;
}

}  // namespace

std::string describe(const Iis7Files& files) {
  std::string result;
  for (const Layout& layout : files.layouts) {
    result += show(layout);
  }
  for (const WebConfig& file : files.web_configs) {
    result += fmt::format("{} in \"{}\"{}\n", file.file, file.folder,
                          file.damaged ? " damaged" : "");
    for (const AnonymousSection& section : file.sections) {
      result += show("at \"" + section.node.path + "\"", section);
    }
    for (const SectionSource& source : file.sources) {
      result += show(source);
    }
    if (file.removes_module) {
      result += "removes the module" + at(*file.removes_module) + "\n";
    }
  }
  for (const SectionFile& file : files.section_files) {
    result += show(fmt::format("{} is {}{}", file.file, file.element,
                               file.damaged ? " damaged" : ""),
                   file.section);
    for (const facts::IisNode& node : file.nodes) {
      result += show(
          fmt::format("  {} {}", facts::service_name(node.service), node.path),
          node);
    }
    for (const ContentFolder& folder : file.folders) {
      result += show(folder);
    }
  }
  for (const PrintedNode& printed : files.printed) {
    result +=
        show(fmt::format("printed {} {}{}{}",
                         facts::service_name(printed.node.service),
                         printed.node.path,
                         printed.path_is_guess ? " by the file's name" : "",
                         at(printed.node.origin)),
             printed.node);
  }
  for (const facts::IisNode& node : files.named) {
    result += fmt::format("named {} {}{}\n", facts::service_name(node.service),
                          node.path, at(node.origin));
  }
  for (const ContentFolder& folder : files.folders) {
    result += show(folder);
  }
  return result;
}

std::string describe(const std::vector<facts::IisConfig>& configs) {
  std::string result;
  for (const facts::IisConfig& config : configs) {
    Lines head(store_name(config.store) + (config.whole ? " whole" : " part") +
               (config.names_sites ? " with sites" : "") +
               (config.is_iis6 ? " of IIS 6" : ""));
    head.add("isolation mode", config.isolation_mode);
    head.add("default pool identity", config.pool_default);
    for (const facts::IisPool& pool : config.pools) {
      head.add("pool " + pool.name, pool.runs_as);
    }
    result += head.text();
    for (const facts::IisNode& node : config.nodes) {
      Lines lines(fmt::format("{} {}{}{}{}", facts::service_name(node.service),
                              node.path, node.serves ? " serves" : "",
                              node.shown ? "" : " not shown", at(node.origin)));
      add_settings(node, lines);
      lines.add("pool", node.pool);
      result += lines.text();
    }
  }
  return result;
}

std::string describe(const facts::AccountDatabase& accounts) {
  std::string result;
  for (const facts::Account& account : accounts.accounts) {
    Lines lines((account.from_domain ? "domain account " : "account ") +
                account.name + at(account.origin));
    lines.add("active", account.active);
    lines.add("locked", account.locked);
    lines.add("expires", account.expires);
    lines.add("password expires", account.password_expires);
    lines.add("password set", account.password_last_set);
    lines.add("password required", account.password_required);
    lines.add("last logon", account.last_logon);
    lines.add("workstations", account.workstations);
    lines.add("hours", account.logon_hours);
    lines.add("local groups", account.local_groups);
    lines.add("global groups", account.global_groups);
    result += lines.text();
  }
  for (const facts::AccountList& list : accounts.lists) {
    result += fmt::format("{} list{}: {}\n", list.complete ? "whole" : "cut",
                          at(list.origin), text::join(list.names, ", "));
  }
  for (const facts::MissingAccount& missing : accounts.missing) {
    result += fmt::format(
        "no {} {}{}\n", missing.from_domain ? "domain account" : "account",
        missing.name ? *missing.name : "(whose name is not said)",
        at(missing.origin));
  }
  for (const facts::LocalGroup& group : accounts.groups) {
    Lines lines("group " + group.name + at(group.origin));
    lines.add("members", group.members);
    result += lines.text();
  }
  for (const facts::NamedSid& named : accounts.names) {
    result += fmt::format("{} is {}{}\n", named.sid.text(), named.name,
                          at(named.origin));
  }
  for (const bool domain : {false, true}) {
    const facts::AccountPolicy& policy =
        domain ? accounts.domain_policy : accounts.policy;
    if (policy != facts::AccountPolicy{}) {
      Lines lines(domain ? "domain policy" : "account policy");
      lines.add("lockout threshold", policy.lockout_threshold);
      lines.add("lockout minutes", policy.lockout_minutes);
      lines.add("lockout window", policy.lockout_window_minutes);
      lines.add("maximum password age", policy.max_password_age_days);
      result += lines.text();
    }
  }
  return result;
}

std::string describe(const std::vector<facts::RightsList>& rights) {
  std::string result;
  for (const facts::RightsList& list : rights) {
    Lines lines(std::string(list.is_policy ? "policy" : "rights") +
                (list.is_winner ? " that wins" : "") +
                (list.policy_id.empty() ? "" : " " + list.policy_id) +
                (list.policy_name.empty() ? "" : " " + list.policy_name));
    for (std::size_t i = 0; i < facts::kLogonRights; ++i) {
      const auto right = static_cast<facts::LogonRight>(i);
      lines.add(facts::constant_name(right), list.holders(right));
    }
    for (std::size_t i = 0; i < facts::kLogonRights; ++i) {
      const auto right = static_cast<facts::LogonRight>(i);
      if (list.is_cut(right)) {
        lines.line("cut in " + std::string(facts::constant_name(right)));
      }
    }
    result += lines.text();
  }
  return result;
}

std::string describe(const facts::Machine& machine) {
  Lines lines("machine");
  lines.add("computer", machine.computer);
  lines.add("host name", machine.host_name);
  lines.add("Windows", machine.windows);
  lines.add("Windows version", machine.windows_version);
  lines.add("build", machine.windows_build);
  lines.add("product", machine.product_name);
  lines.add("service pack", machine.service_pack);
  lines.add("role", machine.role);
  lines.add("IIS", machine.iis);
  lines.add("domain", machine.domain);
  lines.add("CrashOnAuditFail", machine.crash_on_audit_fail);
  lines.add("ForceGuest", machine.force_guest);
  lines.add("LimitBlankPasswordUse", machine.limit_blank_password_use);
  lines.add("Auth132", machine.subauthentication);
  lines.add("FTP AllowGuestAccess", machine.ftp_allow_guest_access);
  lines.add("web AllowGuestAccess", machine.web_allow_guest_access);
  return lines.text();
}

std::string describe(const std::vector<facts::Problem>& problems) {
  std::string result;
  for (const facts::Problem& problem : problems) {
    result += problem.origin.text() + ": " + problem.text + "\n";
    if (!problem.line.empty()) {
      result += "  " + problem.line + "\n" +
                std::string(2 + problem.column, ' ') + "^\n";
    }
  }
  return result;
}

std::string describe(const std::vector<facts::Note>& notes) {
  std::string result;
  for (const facts::Note& note : notes) {
    result += note.text + at(note.origin) + "\n";
  }
  return result;
}

std::string describe(const std::vector<facts::Elsewhere>& elsewhere) {
  std::string result;
  for (const facts::Elsewhere& place : elsewhere) {
    result +=
        fmt::format("{}: {}{}\n", place.what, place.where, at(place.origin));
  }
  return result;
}

std::string describe(const std::vector<facts::Identity>& identities) {
  std::string result;
  for (const facts::Identity& identity : identities) {
    Lines lines(fmt::format("{} identity at {}",
                            facts::service_name(identity.service),
                            text::join(identity.nodes, ", ")));
    add_settings(identity, lines);
    for (const facts::PoolUse& pool : identity.pools) {
      lines.add("pool " + (pool.name.empty() ? "?" : pool.name), pool.runs_as);
    }
    lines.add("isolation mode", identity.isolation_mode);
    for (const facts::Override& found : identity.overrides) {
      static constexpr std::string_view kKinds[] = {
          "own password, parent's account", "own account, parent's password",
          "stored pair, anonymous off"};
      lines.line(fmt::format("override: {} at {}{}",
                             kKinds[static_cast<std::size_t>(found.kind)],
                             found.node, at(found.origin)));
    }
    if (identity.without_configuration) {
      lines.line("without configuration: " +
                 identity.without_configuration->why);
    }
    result += lines.text();
  }
  return result;
}

}  // namespace iisdiag::evidence
