// No plan of logons can help to lock an account, whatever the policies, counts,
// names and identities are.
//
// Each server is told, with gaps, from a world of accounts in which Windows
// keeps count. The worst then happens: every logon that the plan allows is made
// with a wrong password, and each counts twice (KB 900215).
#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "checks/logon_plan.hpp"
#include "support/servers.hpp"

namespace iisdiag::checks {
namespace {

using facts::LogonRefrain;
using facts::Observed;
using facts::Server;
using facts::StoredPassword;

struct WorldAccount {
  std::string name;
  bool in_domain = false;
  bool active = true;
  bool locked = false;
  std::uint32_t bad_logons = 0;
  facts::Sid sid;
};

struct World {
  std::uint32_t local_threshold = 0;
  std::uint32_t domain_threshold = 0;
  std::vector<WorldAccount> accounts;

  std::uint32_t threshold(const WorldAccount& account) const {
    return account.in_domain ? domain_threshold : local_threshold;
  }
  // One bad logon, as Windows counts it at its worst.
  void count_twice(WorldAccount& account) const {
    account.bad_logons += 2;
    const std::uint32_t most = threshold(account);
    account.locked |= most > 0 && account.bad_logons >= most;
  }
};

class Dice {
 public:
  explicit Dice(std::uint32_t seed) : engine_(seed) {}

  std::uint32_t upto(std::uint32_t most) {
    return std::uniform_int_distribution<std::uint32_t>(0, most)(engine_);
  }
  bool one_in(std::uint32_t number) { return upto(number - 1) == 0; }
  // Most often known, seldom not.
  template <class T>
  Observed<T> told(T value) {
    return one_in(12) ? Observed<T>::unknown("not read") : known(value);
  }

 private:
  std::mt19937 engine_;
};

World make_world(Dice& dice) {
  World world;
  world.local_threshold = dice.upto(6);
  world.domain_threshold = dice.upto(6);
  const std::uint32_t count = 1 + dice.upto(3);
  for (std::uint32_t i = 0; i < count; ++i) {
    WorldAccount account;
    account.name = "web" + std::to_string(i);
    account.in_domain = dice.one_in(2);
    account.active = !dice.one_in(8);
    account.locked = dice.one_in(8);
    account.bad_logons = dice.one_in(2) ? 0 : dice.upto(4);
    account.sid = *facts::Sid::parse(
        (account.in_domain ? "S-1-5-21-7-8-9-" : "S-1-5-21-1-2-3-") +
        std::to_string(1001 + i));
    world.accounts.push_back(account);
  }
  return world;
}

// One account has many names.
std::vector<std::string> names_of(const WorldAccount& account) {
  return account.in_domain
             ? std::vector<std::string>{"CORP\\" + account.name,
                                        "corp\\" + account.name,
                                        account.name + "@corp.example"}
             : std::vector<std::string>{account.name, "WEB01\\" + account.name,
                                        ".\\" + account.name};
}

Server tell(const World& world, Dice& dice) {
  Server server = healthy("6.0", "2003");
  const facts::Identity pattern = identity(server);
  const facts::Account healthy_record = record(server);
  server.identities.clear();
  server.accounts = {};
  server.machine.domain = known(std::string("CORP"));
  server.accounts.policy.lockout_threshold = dice.told(world.local_threshold);
  server.accounts.domain_policy.lockout_threshold =
      dice.told(world.domain_threshold);
  for (const WorldAccount& account : world.accounts) {
    if (!dice.one_in(12)) {
      facts::Account record =
          account.in_domain ? domain_account(account.name) : healthy_record;
      record.name = account.name;
      record.active = dice.told(account.active);
      record.locked = dice.told(account.locked);
      record.bad_logons = dice.told(account.bad_logons);
      server.accounts.accounts.push_back(record);
    }
    for (const std::string& name : names_of(account)) {
      if (!dice.one_in(12)) {
        server.accounts.lookups.push_back(
            {name.find_first_of("\\@") == std::string::npos ? "WEB01\\" + name
                                                            : name,
             "", facts::AccountKind::kUser, account.sid,
             facts::Origin::from_api("Lookup", 0)});
      }
    }
  }
  const std::uint32_t identities = 1 + dice.upto(5);
  for (std::uint32_t i = 0; i < identities; ++i) {
    const auto last = static_cast<std::uint32_t>(world.accounts.size() - 1);
    const auto names = names_of(world.accounts[dice.upto(last)]);
    facts::Identity one = pattern;
    one.nodes = {"/LM/W3SVC/" + std::to_string(i + 1)};
    one.account.value = known(names[dice.upto(2)]);
    one.password.value = known(dice.one_in(4) ? StoredPassword::kOpaque
                                              : StoredPassword::kClearText);
    one.password.node = one.nodes.front();
    one.password_group = dice.upto(3);
    one.password_sync.value = dice.told(dice.one_in(6));
    server.identities.push_back(one);
  }
  return server;
}

WorldAccount* find(World& world, const facts::Sid& sid) {
  for (WorldAccount& account : world.accounts) {
    if (account.sid == sid) {
      return &account;
    }
  }
  return nullptr;
}

TEST(LockoutPropertyTest, NoPlanCanHelpToLock) {
  constexpr std::uint32_t kWorlds = 5000;
  std::size_t logons = 0;
  std::size_t risks = 0;
  std::size_t would_have_locked = 0;
  for (std::uint32_t seed = 1; seed <= kWorlds; ++seed) {
    Dice dice(seed);
    World world = make_world(dice);
    const World before = world;
    const Server server = tell(world, dice);
    const LogonWish wish{.may_log_on = true, .has_given = dice.one_in(6)};
    for (const facts::LogonTrial& trial : plan_logons(server, wish)) {
      if (trial.refrain != LogonRefrain::kNone) {
        risks += trial.refrain == LogonRefrain::kLockoutRisk ? 1U : 0U;
        // That the world is a dangerous one: what it would have done.
        World other = before;
        auto* spared = trial.sid ? find(other, *trial.sid) : nullptr;
        if (spared != nullptr && !spared->locked) {
          other.count_twice(*spared);
          would_have_locked += spared->locked ? 1U : 0U;
        }
        continue;
      }
      ++logons;
      ASSERT_TRUE(trial.sid) << "seed " << seed;
      WorldAccount* account = find(world, *trial.sid);
      ASSERT_NE(account, nullptr) << "seed " << seed;
      EXPECT_TRUE(account->active && !account->locked)
          << account->name << ", seed " << seed;
      const std::uint32_t counted = account->bad_logons;
      world.count_twice(*account);
      EXPECT_FALSE(account->locked)
          << account->name << " locks after " << world.threshold(*account)
          << " and had " << counted << ", seed " << seed;
    }
  }
  EXPECT_GT(logons, kWorlds / 10);
  EXPECT_GT(risks, kWorlds / 10);
  EXPECT_GT(would_have_locked, kWorlds / 20);
}

TEST(LockoutPropertyTest, NothingIsTriedThatIsNotWanted) {
  for (std::uint32_t seed = 1; seed <= 1000; ++seed) {
    Dice dice(seed);
    const World world = make_world(dice);
    for (const facts::LogonTrial& trial :
         plan_logons(tell(world, dice), {.may_log_on = false})) {
      EXPECT_EQ(trial.refrain, LogonRefrain::kAskedNotTo) << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace iisdiag::checks
