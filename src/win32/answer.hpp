// What Windows refused, in words; and what it allocated, freed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "facts/observed.hpp"
#include "facts/sid.hpp"
#include "win32/api.hpp"

namespace iisdiag::win32 {

// Stands for a function that this Windows has not (ERROR_CALL_NOT_IMPLEMENTED).
inline constexpr std::uint32_t kNotThere = 120;

// Why a call did not answer and what to do about it, for a Win32 or NERR code.
facts::Unknown refusal(std::uint32_t code);

// No computer or domain controller answered at all.
bool is_unreachable(std::uint32_t code);

template <class T>
facts::Observed<T> refused(std::string_view function, std::uint32_t code) {
  auto [why, todo] = refusal(code);
  return facts::Observed<T>::unknown(std::move(why), std::move(todo),
                                     facts::Origin::from_api(function, code));
}

// Nothing for a null or damaged SID.
std::optional<facts::Sid> to_sid(PSID sid);

// Memory that a Net function allocated; freed once. Null until it is filled.
template <class T>
class NetBuffer {
 public:
  explicit NetBuffer(const Api& api) : api_(api) {}
  NetBuffer(const NetBuffer&) = delete;
  NetBuffer& operator=(const NetBuffer&) = delete;
  NetBuffer(NetBuffer&&) = delete;
  NetBuffer& operator=(NetBuffer&&) = delete;
  ~NetBuffer() {
    if (bytes_ != nullptr) {
      api_.NetApiBufferFree(bytes_);
    }
  }

  LPBYTE* out() { return &bytes_; }
  // By what the function promises: aligned for T.
  const T* get() const { return reinterpret_cast<const T*>(bytes_); }

 private:
  const Api& api_;
  LPBYTE bytes_ = nullptr;
};

// Likewise of an Lsa function.
template <class T>
class LsaBuffer {
 public:
  explicit LsaBuffer(const Api& api) : api_(api) {}
  LsaBuffer(const LsaBuffer&) = delete;
  LsaBuffer& operator=(const LsaBuffer&) = delete;
  LsaBuffer(LsaBuffer&&) = delete;
  LsaBuffer& operator=(LsaBuffer&&) = delete;
  ~LsaBuffer() {
    if (memory_ != nullptr) {
      api_.LsaFreeMemory(memory_);
    }
  }

  PVOID* out() { return &memory_; }
  const T* get() const { return static_cast<const T*>(memory_); }

 private:
  const Api& api_;
  PVOID memory_ = nullptr;
};

}  // namespace iisdiag::win32
