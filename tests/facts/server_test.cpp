#include "facts/server.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace iisdiag::facts {
namespace {

using Nodes = std::vector<std::string>;

Identity stores(std::string account, std::string node,
                Service service = Service::kWeb) {
  Identity identity;
  identity.service = service;
  identity.account.value = {std::move(account), {}};
  identity.password.value = {StoredPassword::kOpaque, {}};
  identity.password.node = std::move(node);
  return identity;
}

Server with(std::vector<Identity> identities) {
  Server server;
  server.identities = std::move(identities);
  return server;
}

TEST(PasswordNodes, OfTheAccountHoweverItIsWritten) {
  const Server server = with(
      {stores("IUSR_WEB01", "/LM/W3SVC"), stores("WEB01\\iusr_web01", "/a"),
       stores("iusr_web01@corp.example", "/b"), stores("IUSR_WEB02", "/c"),
       stores("IUSR_WEB01X", "/d"), stores("CORP\\x@IUSR_WEB01", "/e")});
  EXPECT_EQ(password_nodes(server, "IUSR_WEB01", "", 9),
            (Nodes{"/LM/W3SVC", "/a", "/b"}));
  EXPECT_EQ(password_nodes(server, "iusr_web01", "/a", 9),
            (Nodes{"/LM/W3SVC", "/b"}));
  EXPECT_EQ(password_nodes(server, "x@IUSR_WEB01", "", 9), Nodes{"/e"});
  EXPECT_EQ(password_nodes(server, "", "", 9), Nodes());
}

TEST(PasswordNodes, EachOnceAndNoMoreThanAsked) {
  const Server server = with({stores("web", "/a"), stores("web", "/a"),
                              stores("web", "/b"), stores("web", "/c")});
  EXPECT_EQ(password_nodes(server, "web", "", 9), (Nodes{"/a", "/b", "/c"}));
  EXPECT_EQ(password_nodes(server, "web", "", 2), (Nodes{"/a", "/b"}));
  EXPECT_EQ(password_nodes(server, "web", "/a", 2), (Nodes{"/b", "/c"}));
  EXPECT_EQ(password_nodes(server, "web", "", 0), Nodes());
}

TEST(PasswordNodes, OnlyWhereOneIsStored) {
  Identity inherits = stores("web", "");
  Identity lost = stores("web", "/lost");
  lost.password.value = Observed<StoredPassword>::absent({});
  Identity nameless = stores("web", "/nameless");
  nameless.account.value = {};
  EXPECT_EQ(password_nodes(with({inherits, lost, nameless}), "web", "", 9),
            Nodes());
}

TEST(PasswordNodes, OfOneService) {
  const Server server =
      with({stores("web", "/a"), stores("web", "/f", Service::kFtp6)});
  EXPECT_EQ(password_nodes(server, "web", "", 9), (Nodes{"/a", "/f"}));
  EXPECT_EQ(password_nodes(server, "web", "", 9, Service::kFtp6), Nodes{"/f"});
}

}  // namespace
}  // namespace iisdiag::facts
