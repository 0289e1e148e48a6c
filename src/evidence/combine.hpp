// Two readings of one thing put together: what one of them leaves open the
// other settles, and where they contradict each other nothing is known.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string_view>
#include <vector>

#include "evidence/file_facts.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {

// Puts a second observation of one fact beside the first.
class Combiner {
 public:
  // Which one counts where both are known and differ.
  enum class Beats : std::uint8_t { kNeither, kFirst };

  explicit Combiner(std::vector<facts::Problem>& problems,
                    Beats beats = Beats::kNeither)
      : problems_(problems), beats_(beats) {}

  template <class T>
  void operator()(facts::Observed<T>& kept, const facts::Observed<T>& other,
                  std::string_view what) {
    if (says_nothing(other) || same(kept, other)) {
      return;
    }
    if (says_nothing(kept) || (kept.is_unknown() && !other.is_unknown())) {
      kept = other;
      return;
    }
    if (other.is_unknown() || beats_ == Beats::kFirst) {
      return;
    }
    const std::string why =
        fmt::format("{} and {} disagree about {}", kept.origin().text(),
                    other.origin().text(), what);
    problems_.push_back({why, other.origin(), {}, 0, {}});
    kept = facts::Observed<T>::unknown(
        why, "Capture both again at the same time, and give only those.",
        other.origin());
  }

 private:
  template <class T>
  static bool says_nothing(const facts::Observed<T>& fact) {
    return fact.is_unknown() && fact.reason().why.empty();
  }

  // Equal apart from where it was read.
  template <class T>
  static bool same(const facts::Observed<T>& one,
                   const facts::Observed<T>& other) {
    if (one.has_value() && other.has_value()) {
      return is_same(*one, *other);
    }
    return one.is_absent() && other.is_absent();
  }

  template <class T>
  static bool is_same(const T& one, const T& other) {
    return one == other;
  }
  static bool is_same(const std::string& one, const std::string& other) {
    return text::same_name(one, other);
  }
  static bool is_same(const std::vector<facts::Principal>& one,
                      const std::vector<facts::Principal>& other) {
    const auto keys = [](const std::vector<facts::Principal>& list) {
      std::vector<std::string> result;
      result.reserve(list.size());
      for (const auto& principal : list) {
        result.push_back(text::fold_case(principal.text()));
      }
      std::sort(result.begin(), result.end());
      result.erase(std::unique(result.begin(), result.end()), result.end());
      return result;
    };
    return keys(one) == keys(other);
  }

  std::vector<facts::Problem>& problems_;
  Beats beats_;
};

void combine(facts::Machine& kept, const facts::Machine& other,
             Combiner& combiner);
// Configurations of one store: the nodes of adsutil calls complete one
// another, whole configurations must agree.
void combine(facts::IisConfig& kept, facts::IisConfig other,
             Combiner& combiner);
void combine(facts::AccountDatabase& kept, facts::AccountDatabase other,
             Combiner& combiner);
// Plain lists become one; each policy stays by itself.
void combine(std::vector<facts::RightsList>& kept, facts::RightsList other,
             Combiner& combiner);

// The same key twice in one file (FORMATS.md 3.8): the first one counts where
// they agree, nothing where they do not.
void fold_duplicates(facts::IisConfig& config, Combiner& combiner);

// A template's registry values only fill what no registry export says.
void fill(facts::Machine& kept, const facts::Machine& other);

}  // namespace iisdiag::evidence
