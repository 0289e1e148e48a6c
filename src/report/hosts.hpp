// The hosts of a report, one after the other.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "report/host.hpp"

namespace iisdiag::report {

// A few hosts as they are; or thousands, of which only one is in memory at a
// time: made each time it is asked for.
class Hosts {
 public:
  // Makes host `i`; has to answer the same each time.
  using Make = std::function<Host(std::size_t)>;

  Hosts() = default;
  Hosts(std::size_t count, Make make) : make_(std::move(make)), count_(count) {}

  std::size_t size() const { return make_ ? count_ : ready_.size(); }
  bool empty() const { return size() == 0; }

  // The host is good until the next one is asked for. Precondition: i < size().
  const Host& operator[](std::size_t i) const {
    return make_ ? made(i) : ready_[i];
  }
  const Host& front() const { return (*this)[0]; }
  const Host& back() const { return (*this)[size() - 1]; }

  // Of hosts that are kept as they are.
  Host& operator[](std::size_t i) { return ready_[i]; }
  Host& front() { return ready_.front(); }
  Host& back() { return ready_.back(); }
  void push_back(Host host) { ready_.push_back(std::move(host)); }

  class Iterator {
   public:
    Iterator(const Hosts& hosts, std::size_t at) : hosts_(&hosts), at_(at) {}
    const Host& operator*() const { return (*hosts_)[at_]; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    bool operator==(const Iterator& other) const { return at_ == other.at_; }

   private:
    const Hosts* hosts_;
    std::size_t at_;
  };
  Iterator begin() const { return {*this, 0}; }
  Iterator end() const { return {*this, size()}; }

 private:
  const Host& made(std::size_t i) const {
    if (i != made_at_) {
      made_ = make_(i);
      made_at_ = i;
    }
    return made_;
  }

  std::vector<Host> ready_;
  Make make_;
  std::size_t count_ = 0;
  mutable Host made_;
  mutable std::size_t made_at_ = static_cast<std::size_t>(-1);
};

}  // namespace iisdiag::report
