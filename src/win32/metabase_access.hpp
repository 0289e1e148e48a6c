// The metabase service's own interface, IMSAdminBase (iadmw.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "win32/com.hpp"
// clang-format off: it needs what com.hpp includes.
#include <iadmw.h>
// clang-format on

namespace iisdiag::win32 {

// Room for an answer that may be a password: wiped where it lay.
class MetabaseData {
 public:
  MetabaseData() = default;
  MetabaseData(const MetabaseData&) = delete;
  MetabaseData& operator=(const MetabaseData&) = delete;
  MetabaseData(MetabaseData&&) = delete;
  MetabaseData& operator=(MetabaseData&&) = delete;
  ~MetabaseData() { wipe(); }

  // Empty room of so many bytes.
  void resize(std::size_t bytes);
  unsigned char* bytes() {
    return reinterpret_cast<unsigned char*>(units_.data());
  }

  DWORD attributes = 0;
  DWORD type = 0;
  DWORD size = 0;  // in bytes

  bool inherits() const { return (attributes & METADATA_INHERIT) != 0; }
  // Of DWORD_METADATA; 0 for one that is too short.
  std::uint32_t number() const;
  // Of the types of text, up to the terminator, which may be missing. Valid
  // until the data changes.
  std::u16string_view text() const;

 private:
  void wipe();

  std::vector<char16_t> units_;
};

// One opened key, for reading. While it is open nobody can write below it, so
// it should not be open for long.
class MetabaseHandle {
 public:
  // `path` is absolute: "/LM/W3SVC". The interface must outlive this.
  MetabaseHandle(IMSAdminBaseW& base, const std::wstring& path);
  MetabaseHandle(const MetabaseHandle&) = delete;
  MetabaseHandle& operator=(const MetabaseHandle&) = delete;
  MetabaseHandle(MetabaseHandle&&) = delete;
  MetabaseHandle& operator=(MetabaseHandle&&) = delete;
  ~MetabaseHandle();

  HRESULT code() const { return code_; }

  // Paths are relative to the key; "/" is the key itself. Lists are what was
  // read up to a failure; a place that is not there has none.
  HRESULT children(const std::wstring& path,
                   std::vector<std::wstring>& names) const;
  // Where in this key and below a property is stored; as the service writes
  // them, usually `/1/ROOT/`.
  HRESULT paths(DWORD id, std::vector<std::wstring>& result) const;
  // What the path itself stores: MD_ERROR_DATA_NOT_FOUND where it only
  // inherits.
  HRESULT data(const std::wstring& path, DWORD id, MetabaseData& result) const;

 private:
  IMSAdminBaseW& base_;
  METADATA_HANDLE handle_ = METADATA_MASTER_ROOT_HANDLE;
  HRESULT code_;
};

HRESULT open_metabase(const Api& api, ComPtr<IMSAdminBaseW>& base);

// Nothing is stored there.
bool is_no_data(HRESULT code);

}  // namespace iisdiag::win32
