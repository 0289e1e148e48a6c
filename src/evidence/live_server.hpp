// The door to a live server: the facts of FileFacts from the machine itself.
// The real one is win32::LocalServer; tests have a twin in memory.
#pragma once

#include <string>
#include <vector>

#include "evidence/file_facts.hpp"
#include "facts/logon.hpp"
#include "facts/time.hpp"
#include "text/secret.hpp"

namespace iisdiag::evidence {

// An account to ask for. Both parts are in the form that Windows takes.
struct AccountQuestion {
  std::string domain;  // the computer's name for an account of its own
  std::string name;    // or `name@domain`, then without a domain
  // Not of the machine's own account database (on a domain controller that
  // database is the domain's).
  bool in_domain = false;

  // `DOMAIN\name`, as NameLookup::name has it.
  std::string text() const {
    return domain.empty() ? name : domain + "\\" + name;
  }

  bool operator==(const AccountQuestion&) const = default;
};

// A configuration file of this server, for a copy.
struct ConfigFile {
  std::string name;  // in the collection
  std::string path;
  // Of the kind of configuration that this server has.
  bool is_expected = false;
};

// Every question is asked once; what Windows refuses becomes an unknown fact or
// a problem that says why and what to do, and stops nothing. Nothing is changed
// on the server but by try_logon. Not to be used from two threads.
class LiveServer {
 public:
  LiveServer() = default;
  LiveServer(const LiveServer&) = delete;
  LiveServer& operator=(const LiveServer&) = delete;
  LiveServer(LiveServer&&) = delete;
  LiveServer& operator=(LiveServer&&) = delete;
  virtual ~LiveServer() = default;

  // What the server's own clock shows, with its offset from UTC.
  virtual facts::Moment now() = 0;
  // A configuration or a version of IIS was found; else there is nothing to
  // check. Only after read_configuration.
  virtual bool has_iis() = 0;
  // Machine, versions and the configuration of IIS. Passwords that are read on
  // the way stay behind this door until the end of its life, or until
  // forget_passwords.
  virtual void read_configuration(FileFacts& facts) = 0;
  // `server` is what is known already: the computer and its role.
  virtual void read_accounts(const std::vector<AccountQuestion>& questions,
                             const facts::Machine& machine,
                             FileFacts& facts) = 0;
  virtual void read_rights(FileFacts& facts) = 0;
  // What event logs and web logs tell of logons, the newest of it: records,
  // notes and problems. A log that was not read, or not as far back as it
  // goes, has a span that is not whole. `machine` as for read_accounts.
  virtual void read_records(const facts::Machine& machine,
                            FileFacts& facts) = 0;
  // One logon with the password of `trial.password_group`, or with `given`
  // where that is not null; fills `code` and `origin`, for a given one also
  // `given_matches`, or `refrain` and `why` where there was no logon after all.
  // Precondition: trial.refrain is kNone.
  virtual void try_logon(const AccountQuestion& account,
                         const text::Secret* given,
                         facts::LogonTrial& trial) = 0;
  virtual void forget_passwords() = 0;
  // This program has the rights of an administrator.
  virtual bool is_elevated() = 0;
  // Where the configuration lies, whether or not it is there.
  virtual std::vector<ConfigFile> configuration_files() = 0;
};

}  // namespace iisdiag::evidence
