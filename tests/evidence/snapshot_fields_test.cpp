// What a snapshot leaves out is what a struct begins with: the reader sets
// nothing but numbers, flags and enumerations that are left out, and the writer
// leaves out a struct whose members all are.
#include "evidence/snapshot_fields.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <typeindex>
#include <utility>
#include <vector>

namespace iisdiag::evidence {
namespace {

// What is written of a member of this type: itself, or what is in it.
template <class T>
struct Inside {
  using Type = T;
};
template <class T>
struct Inside<std::vector<T>> : Inside<T> {};
template <class T>
struct Inside<std::optional<T>> : Inside<T> {};
template <class T>
struct Inside<facts::Observed<T>> : Inside<T> {};
template <class T>
struct Inside<facts::Setting<T>> : Inside<T> {};

// An archive that looks at T{} of every struct.
class Beginnings {
 public:
  template <class T>
  void look_at() {
    if constexpr (requires(const T& value) { fields(*this, value); }) {
      if (seen_.insert(typeid(T)).second) {
        look<T>(false);
      }
    }
  }
  std::size_t structs() const { return seen_.size(); }

  const std::set<std::string>& wholes() const { return wholes_; }

  template <class T>
  void must(const char* name, const T& member) {
    if (is_whole_) {
      EXPECT_TRUE(member == T{}) << name;
    }
    look_at<typename Inside<T>::Type>();
  }
  template <class T>
  void may(const char* name, const T& member) {
    if (is_whole_ || !std::is_scalar_v<T>) {
      EXPECT_TRUE(member == T{}) << name;
    }
    if constexpr (requires { fields(*this, member); }) {
      wholes_.insert(name);
      look<T>(true);
    }
    look_at<typename Inside<T>::Type>();
  }
  void may(const char* name, bool flag, bool otherwise) {
    if (is_whole_) {
      EXPECT_EQ(flag, otherwise) << name;
    }
  }
  void utc(const char* /*name*/, facts::ClockSeconds /*clock*/) {}
  template <class T>
  void right(std::string_view name, const facts::Observed<T>& holders,
             bool is_cut) {
    EXPECT_TRUE(holders == facts::Observed<T>{}) << name;
    EXPECT_FALSE(is_cut) << name;
    look_at<typename Inside<T>::Type>();
  }

 private:
  // `is_whole`: of a struct that may be left out as a whole; then all members
  // are as may() leaves them out.
  template <class T>
  void look(bool is_whole) {
    const bool outer = std::exchange(is_whole_, is_whole);
    fields(*this, std::as_const(*std::make_unique<T>()));
    is_whole_ = outer;
  }

  std::set<std::type_index> seen_;
  std::set<std::string> wholes_;
  bool is_whole_ = false;
};

TEST(SnapshotFieldsTest, WhatIsLeftOutIsWhatAStructBeginsWith) {
  Beginnings beginnings;
  beginnings.look_at<FileFacts>();
  beginnings.look_at<CollectionManifest>();
  // That it looks at anything.
  EXPECT_GT(beginnings.structs(), 40U);
  EXPECT_EQ(beginnings.wholes(),
            (std::set<std::string>{"accounts", "domain_policy", "iis7", "lock",
                                   "machine", "node", "policy", "records",
                                   "section"}));
}

}  // namespace
}  // namespace iisdiag::evidence
