// One anonymousAuthentication section as the interface of IIS 7.0 shows it, and
// the schemes beside it: in force, and which of it a node stores itself.
#pragma once

#include <optional>
#include <string>

#include "facts/iis.hpp"
#include "win32/apphost_objects.hpp"
#include "win32/secret_table.hpp"

namespace iisdiag::win32 {

// A value, or why there is none.
template <class T>
struct Reading {
  std::optional<T> value;
  HRESULT code = E_PENDING;

  bool operator==(const Reading&) const = default;
};

struct StoredSecret {
  facts::StoredPassword state{};
  std::uint32_t group = 0;

  bool operator==(const StoredSecret&) const = default;
};

// What is in force at one node.
struct SectionSettings {
  Reading<bool> anonymous;
  Reading<std::string> account;
  Reading<StoredSecret> password;  // empty also where none is stored
  Reading<facts::LogonMethod> method;
  Reading<std::string> domain;  // of FTP alone
  Reading<bool> other_scheme;
  Reading<bool> basic_scheme;

  bool operator==(const SectionSettings&) const = default;
};

// Everything unreadable for one reason.
SectionSettings unreadable_settings(HRESULT code);
// What the schema has where nothing is set (FORMATS.md 4.2).
SectionSettings default_settings(bool is_ftp);

// `element` is the section. Passwords go to `secrets` and nowhere else.
SectionSettings read_settings(AppHost& host, const AppHost::Object& element,
                              bool is_ftp, SecretTable& secrets);

// The id of a site; 0 where it is not told.
std::uint32_t site_number(AppHost& host, const AppHost::Object& site);

// Adds the schemes in force at a path of the web, or at an FTP site; nothing
// beside one that is on.
void read_web_schemes(AppHost& host, const std::string& path,
                      SectionSettings& settings);
void read_ftp_schemes(AppHost& host, const AppHost::Object& site,
                      SectionSettings& settings);

// What is in force at an FTP site below siteDefaults. Whether the interface
// puts these into a site is not documented: what the file says (null where
// nobody read it) decides, and without it a value of the schema beside another
// one of the defaults is unreadable.
SectionSettings below_defaults(SectionSettings site,
                               const SectionSettings& defaults,
                               const facts::IisNode* in_file);

facts::IisNode unset_node(facts::Service service, std::string path,
                          const facts::Origin& origin);

// How to tell what a node stores itself from what it inherits: the interface
// shows both alike.
struct Inherited {
  // In force at the next node above; null where what is in force counts as
  // stored.
  const SectionSettings* above = nullptr;
  // The same node as the file itself has it, where that was read to its end.
  const facts::IisNode* in_file = nullptr;
  // Count everything as stored.
  bool all_own = false;
};

// Puts into the node what it stores: what the file says it does, and what
// differs from the node above. `where` is the origin for what no file shows.
void put_settings(const SectionSettings& settings, const Inherited& inherited,
                  const std::string& where, facts::IisNode& node);
// Likewise the schemes.
void put_schemes(const SectionSettings& settings, const Inherited& inherited,
                 const std::string& where, facts::IisNode& node);

}  // namespace iisdiag::win32
