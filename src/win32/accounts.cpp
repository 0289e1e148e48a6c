#include "win32/accounts.hpp"

#include <fmt/format.h>

#include <array>
#include <map>
#include <optional>
#include <string>

#include "text/strings.hpp"
#include "text/unicode.hpp"
#include "win32/answer.hpp"
#include "win32/controllers.hpp"
#include "win32/lockout.hpp"
#include "win32/lookup.hpp"
#include "win32/token.hpp"
#include "win32/user_record.hpp"
#include "win32/wide.hpp"

namespace iisdiag::win32 {
namespace {

using evidence::AccountQuestion;
using facts::Origin;

constexpr std::string_view kGetInfo = "NetUserGetInfo";

class AccountReader {
 public:
  AccountReader(const Api& api, const AccountSetting& setting,
                evidence::FileFacts& facts)
      : api_(api), setting_(setting), facts_(facts), controllers_(api) {}

  void ask(const AccountQuestion& question) {
    const NameAnswer found = look_up(api_, question.text());
    if (found.lookup) {
      facts_.accounts.lookups.push_back(*found.lookup);
      if (found.lookup->kind != facts::AccountKind::kUser) {
        return;
      }
    } else if (found.code != ERROR_NONE_MAPPED) {
      fail(question, "LookupAccountNameW", found.code);
      return;
    }
    const auto server = server_of(question, found);
    if (server) {
      read_record(question, found, *server);
    }
  }

 private:
  void fail(const AccountQuestion& question, std::string_view function,
            std::uint32_t code) {
    auto [why, todo] = refusal(code);
    facts_.accounts.failures.push_back(
        {question.text(), code, is_unreachable(code), std::move(why),
         std::move(todo), Origin::from_api(function, code)});
  }

  // Who to ask about the account: empty for this machine.
  std::optional<std::wstring> server_of(const AccountQuestion& question,
                                        const NameAnswer& found) {
    if (!question.in_domain) {
      return std::wstring();
    }
    // A name like web@corp.example tells its domain only when it was found.
    const std::string& domain =
        found.lookup ? found.lookup->domain : question.domain;
    const Controller& controller = controllers_.primary_of(domain);
    if (controller.code != 0) {
      fail(question, controller.function, controller.code);
      return std::nullopt;
    }
    return controller.name;
  }

  void read_record(const AccountQuestion& question, const NameAnswer& found,
                   const std::wstring& server) {
    const wchar_t* asked = server.empty() ? nullptr : server.c_str();
    const std::string name =
        found.lookup && !found.account.empty() ? found.account : question.name;
    NetBuffer<USER_INFO_3> record(api_);
    const std::uint32_t code =
        api_.NetUserGetInfo(asked, to_wide(name).c_str(), 3, record.out());
    if (code == NERR_UserNotFound ||
        (code != NERR_Success && !question.in_domain &&
         found.code == ERROR_NONE_MAPPED)) {
      facts_.accounts.missing.push_back(
          {question.name, question.in_domain,
           found.lookup ? Origin::from_api(kGetInfo, code)
                        : Origin::from_api("LookupAccountNameW", found.code)});
      return;
    }
    if (code != NERR_Success || record.get() == nullptr) {
      fail(question, kGetInfo, code);
      return;
    }
    const facts::AccountPolicy& policy = policy_of(question, found, server);
    facts::Account account =
        account_of(*record.get(), policy.max_password_age_days, setting_.now);
    account.name = question.name;
    account.from_domain = question.in_domain;
    if (found.lookup) {
      account.sid = found.lookup->sid;
      account.token_groups = token_groups(api_, raw_sid(found));
    }
    if (!account.token_groups.has_value()) {
      read_groups(question, asked, name, account);
    }
    facts_.accounts.accounts.push_back(std::move(account));
  }

  static PSID raw_sid(const NameAnswer& found) {
    // Windows takes a PSID where it only reads.
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast)
    return const_cast<BYTE*>(found.raw_sid.data());
  }

  // By name, where Windows is too old to tell the SIDs: those of this machine,
  // nested ones included, and those of the account's own database.
  void read_groups(const AccountQuestion& question, const wchar_t* server,
                   const std::string& name, facts::Account& account) {
    account.local_groups =
        local_groups(api_, question.in_domain ? question.text() : name);
    account.global_groups = global_groups(api_, server, name);
  }

  // What is told of a database, and of the accounts in it that were asked for.
  struct Database {
    facts::AccountPolicy policy;
    facts::Observed<std::uint32_t> own_threshold;
  };

  const facts::AccountPolicy& policy_of(const AccountQuestion& question,
                                        const NameAnswer& found,
                                        const std::wstring& server) {
    const auto [entry, is_new] = databases_.try_emplace(server);
    Database& database = entry->second;
    facts::AccountPolicy& policy = database.policy;
    if (is_new) {
      policy = read_policy(api_, server.empty() ? nullptr : server.c_str());
      database.own_threshold = policy.lockout_threshold;
      domains_ += question.in_domain ? 1 : 0;
    }
    const auto threshold = threshold_of(question, found, server, database);
    policy.lockout_threshold =
        is_new ? threshold
               : lower_threshold(policy.lockout_threshold, threshold);
    if (!question.in_domain) {
      facts_.accounts.policy = policy;
    } else {
      // Of several domains none is the one that the facts speak of.
      facts_.accounts.domain_policy =
          domains_ > 1 ? facts::AccountPolicy{} : policy;
    }
    return policy;
  }

  facts::Observed<std::uint32_t> threshold_of(const AccountQuestion& question,
                                              const NameAnswer& found,
                                              const std::wstring& server,
                                              const Database& database) {
    if (question.in_domain && found.lookup) {
      return domain_lockout_threshold(api_, server, found.lookup->sid,
                                      database.own_threshold);
    }
    // A controller that is not the primary one does not count all bad logons.
    return question.in_domain || setting_.is_controller
               ? unread_threshold(database.own_threshold.origin())
               : database.own_threshold;
  }

  const Api& api_;
  const AccountSetting& setting_;
  evidence::FileFacts& facts_;
  Controllers controllers_;
  std::map<std::wstring, Database> databases_;
  int domains_ = 0;
};

}  // namespace

void read_accounts(const Api& api,
                   const std::vector<AccountQuestion>& questions,
                   const AccountSetting& setting, evidence::FileFacts& facts) {
  AccountReader reader(api, setting, facts);
  for (const AccountQuestion& question : questions) {
    reader.ask(question);
  }
}

}  // namespace iisdiag::win32
