#include "win32/metabase_access.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "evidence/limits.hpp"
#include "text/secret.hpp"

namespace iisdiag::win32 {
namespace {

// iadmw.h has them as well, but only as something to link with.
constexpr CLSID kAdminBaseClass{
    0xa9e69610,
    0xb80d,
    0x11d0,
    {0xb9, 0xb9, 0x00, 0xa0, 0xc9, 0x22, 0xe7, 0x50}};
constexpr IID kAdminBase{0x70b51430,
                         0xb6ca,
                         0x11d0,
                         {0xb9, 0xb9, 0x00, 0xa0, 0xc9, 0x22, 0xe7, 0x50}};

// Somebody else may be writing just now.
constexpr DWORD kOpenTimeout = 10'000;  // milliseconds
constexpr DWORD kFirstData = 512;       // bytes
constexpr DWORD kFirstPaths = 4096;     // units
constexpr DWORD kMostPaths = 64U << 20U;
constexpr int kRounds = 8;  // of an answer that grows meanwhile

// An answer that is none: success, and nothing was filled in.
constexpr wchar_t kUntouched = 0xFFFF;

// The room for the next round, or 0 where it would be too much. What is wanted
// may be more by then, so that it grows faster than that.
DWORD next_size(DWORD had, DWORD wanted, DWORD most) {
  return wanted > most || had >= most
             ? 0
             : std::min(most, std::max(wanted, had * 2));
}

std::wstring up_to_terminator(const wchar_t* text, std::size_t size) {
  return {text, std::find(text, text + size, L'\0')};
}

std::vector<std::wstring> split_list(const std::vector<wchar_t>& list) {
  std::vector<std::wstring> result;
  for (auto start = list.begin(); start != list.end() && *start != L'\0';) {
    const auto end = std::find(start, list.end(), L'\0');
    result.emplace_back(start, end);
    start = end == list.end() ? end : end + 1;
  }
  return result;
}

}  // namespace

bool is_no_data(HRESULT code) {
  return code == static_cast<HRESULT>(MD_ERROR_DATA_NOT_FOUND) ||
         is_not_found(code);
}

void MetabaseData::wipe() {
  text::wipe_memory(units_.data(), units_.size() * sizeof(char16_t));
}

void MetabaseData::resize(std::size_t bytes) {
  wipe();
  units_.assign(bytes / sizeof(char16_t) + 1, 0);
  size = 0;
}

std::uint32_t MetabaseData::number() const {
  std::uint32_t result = 0;
  if (size >= sizeof result) {
    std::memcpy(&result, units_.data(), sizeof result);
  }
  return result;
}

std::u16string_view MetabaseData::text() const {
  const std::u16string_view all(units_.data(), size / sizeof(char16_t));
  return all.substr(0, all.find(u'\0'));
}

HRESULT open_metabase(const Api& api, ComPtr<IMSAdminBaseW>& base) {
  return create_object(api, kAdminBaseClass, kAdminBase, base);
}

MetabaseHandle::MetabaseHandle(IMSAdminBaseW& base, const std::wstring& path)
    : base_(base),
      code_(base.OpenKey(METADATA_MASTER_ROOT_HANDLE, path.c_str(),
                         METADATA_PERMISSION_READ, kOpenTimeout, &handle_)) {
  // The master's handle is never closed, whoever handed it out.
  if (SUCCEEDED(code_) && handle_ == METADATA_MASTER_ROOT_HANDLE) {
    code_ = E_UNEXPECTED;
  }
}

MetabaseHandle::~MetabaseHandle() {
  if (SUCCEEDED(code_)) {
    base_.CloseKey(handle_);
  }
}

HRESULT MetabaseHandle::children(const std::wstring& path,
                                 std::vector<std::wstring>& names) const {
  for (DWORD index = 0; index < evidence::kMaxSites; ++index) {
    std::array<wchar_t, METADATA_MAX_NAME_LEN> name{};
    const HRESULT code =
        base_.EnumKeys(handle_, path.c_str(), name.data(), index);
    if (is_win32(code, ERROR_NO_MORE_ITEMS) || is_not_found(code)) {
      return S_OK;
    }
    if (FAILED(code)) {
      return code;
    }
    if (name.front() == L'\0') {
      return E_UNEXPECTED;
    }
    names.push_back(up_to_terminator(name.data(), name.size()));
  }
  return HRESULT_FROM_WIN32(ERROR_MORE_DATA);
}

HRESULT MetabaseHandle::paths(DWORD id,
                              std::vector<std::wstring>& result) const {
  DWORD size = kFirstPaths;
  for (int round = 0; round < kRounds && size != 0; ++round) {
    // One more than the service knows of: the list may lack its end.
    std::vector<wchar_t> list(std::size_t{size} + 1, L'\0');
    list.front() = kUntouched;
    DWORD wanted = 0;
    const HRESULT code = base_.GetDataPaths(handle_, L"/", id, ALL_METADATA,
                                            size, list.data(), &wanted);
    if (is_win32(code, ERROR_INSUFFICIENT_BUFFER)) {
      size = next_size(size, wanted, kMostPaths);
      continue;
    }
    if (is_no_data(code)) {
      return S_OK;
    }
    if (FAILED(code)) {
      return code;
    }
    if (list.front() == kUntouched) {
      return E_UNEXPECTED;
    }
    result = split_list(list);
    return S_OK;
  }
  return HRESULT_FROM_WIN32(ERROR_INSUFFICIENT_BUFFER);
}

HRESULT MetabaseHandle::data(const std::wstring& path, DWORD id,
                             MetabaseData& result) const {
  DWORD size = kFirstData;
  for (int round = 0; round < kRounds && size != 0; ++round) {
    result.resize(size);
    METADATA_RECORD record{};
    record.dwMDIdentifier = id;
    // Without METADATA_INHERIT only what the key itself stores is told.
    record.dwMDAttributes = METADATA_NO_ATTRIBUTES;
    record.dwMDUserType = ALL_METADATA;
    record.dwMDDataType = ALL_METADATA;
    record.dwMDDataLen = size;
    record.pbMDData = result.bytes();
    DWORD wanted = 0;
    const HRESULT code = base_.GetData(handle_, path.c_str(), &record, &wanted);
    if (is_win32(code, ERROR_INSUFFICIENT_BUFFER)) {
      size = next_size(size, wanted,
                       static_cast<DWORD>(evidence::kMaxXmlAttribute));
      continue;
    }
    if (FAILED(code)) {
      return code;
    }
    if (record.dwMDDataType == ALL_METADATA || record.dwMDDataLen > size) {
      return E_UNEXPECTED;
    }
    if ((record.dwMDAttributes & METADATA_ISINHERITED) != 0) {
      return static_cast<HRESULT>(MD_ERROR_DATA_NOT_FOUND);
    }
    result.attributes = record.dwMDAttributes;
    result.type = record.dwMDDataType;
    result.size = record.dwMDDataLen;
    return S_OK;
  }
  return HRESULT_FROM_WIN32(ERROR_INSUFFICIENT_BUFFER);
}

}  // namespace iisdiag::win32
