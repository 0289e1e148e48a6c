#include "win32/fake_metabase.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <pugixml.hpp>

#include "text/strings.hpp"
#include "win32/wide.hpp"

namespace iisdiag::win32 {

const CLSID kFakeMetabaseClass{
    0xa9e69610,
    0xb80d,
    0x11d0,
    {0xb9, 0xb9, 0x00, 0xa0, 0xc9, 0x22, 0xe7, 0x50}};

namespace {

constexpr IID kInterface{0x70b51430,
                         0xb6ca,
                         0x11d0,
                         {0xb9, 0xb9, 0x00, 0xa0, 0xc9, 0x22, 0xe7, 0x50}};

HRESULT win32_code(DWORD code) { return HRESULT_FROM_WIN32(code); }

std::string normal(std::string path) {
  while (path.ends_with('/')) {
    path.pop_back();
  }
  return path;
}

// What is not asked here.
#define IISDIAG_UNUSED_METHOD(name, ...) \
  HRESULT WINAPI name(__VA_ARGS__) override { return E_NOTIMPL; }

class Service final : public IMSAdminBaseW, public FakeCounted {
 public:
  explicit Service(FakeMetabase& base) : base_(base) {}

  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID id, void** object) override {
    if (id != __uuidof(IUnknown) && id != kInterface) {
      *object = nullptr;
      return E_NOINTERFACE;
    }
    AddRef();
    *object = static_cast<IMSAdminBaseW*>(this);
    return S_OK;
  }
  ULONG STDMETHODCALLTYPE AddRef() override { return add(); }
  ULONG STDMETHODCALLTYPE Release() override { return drop(); }

  HRESULT WINAPI OpenKey(METADATA_HANDLE parent, LPCWSTR path, DWORD access,
                         DWORD, PMETADATA_HANDLE handle) override {
    if (parent != METADATA_MASTER_ROOT_HANDLE ||
        access != METADATA_PERMISSION_READ) {
      return E_INVALIDARG;
    }
    const std::string full = normal(to_utf8(path));
    if (const HRESULT code = asked("OpenKey", full, 0); code != S_FALSE) {
      return code;
    }
    if (find(full) == nullptr) {
      return win32_code(ERROR_PATH_NOT_FOUND);
    }
    opened_[next_] = full;
    ++base_.open_handles;
    *handle = next_++;
    return S_OK;
  }

  HRESULT WINAPI CloseKey(METADATA_HANDLE handle) override {
    if (opened_.erase(handle) != 1) {
      return win32_code(ERROR_INVALID_HANDLE);
    }
    --base_.open_handles;
    return S_OK;
  }

  HRESULT WINAPI EnumKeys(METADATA_HANDLE handle, LPCWSTR path, LPWSTR name,
                          DWORD index) override {
    const std::string parent = full_path(handle, path);
    if (const HRESULT code = asked("EnumKeys", parent, index);
        code != S_FALSE) {
      return code;
    }
    if (find(parent) == nullptr) {
      return win32_code(ERROR_PATH_NOT_FOUND);
    }
    DWORD at = 0;
    for (const auto& key : base_.keys) {
      const auto slash = key.path.rfind('/');
      if (slash != std::string::npos &&
          text::iequals(std::string_view(key.path).substr(0, slash), parent) &&
          at++ == index) {
        const std::wstring wide = to_wide(key.path.substr(slash + 1));
        std::copy(wide.c_str(), wide.c_str() + wide.size() + 1, name);
        return S_OK;
      }
    }
    return win32_code(ERROR_NO_MORE_ITEMS);
  }

  HRESULT WINAPI GetData(METADATA_HANDLE handle, LPCWSTR path,
                         PMETADATA_RECORD record, DWORD* wanted) override {
    const std::string full = full_path(handle, path);
    if (const HRESULT code = asked("GetData", full, record->dwMDIdentifier);
        code != S_FALSE) {
      return code;
    }
    const auto* key = find(full);
    if (key == nullptr) {
      return win32_code(ERROR_PATH_NOT_FOUND);
    }
    const auto found = key->data.find(record->dwMDIdentifier);
    if (found == key->data.end()) {
      return static_cast<HRESULT>(MD_ERROR_DATA_NOT_FOUND);
    }
    const FakeDatum& datum = found->second;
    const auto size = static_cast<DWORD>(datum.bytes.size());
    if (record->dwMDDataLen < size ||
        (base_.grows && record->dwMDDataLen < 2048)) {
      *wanted = base_.grows ? record->dwMDDataLen + 1 : size;
      return win32_code(ERROR_INSUFFICIENT_BUFFER);
    }
    std::copy(datum.bytes.begin(), datum.bytes.end(), record->pbMDData);
    record->dwMDDataLen = size;
    record->dwMDDataType = datum.type;
    record->dwMDAttributes = datum.attributes;
    return S_OK;
  }

  HRESULT WINAPI GetDataPaths(METADATA_HANDLE handle, LPCWSTR path, DWORD id,
                              DWORD, DWORD size, WCHAR* buffer,
                              DWORD* wanted) override {
    const std::string root = full_path(handle, path);
    if (const HRESULT code = asked("GetDataPaths", root, id); code != S_FALSE) {
      return code;
    }
    std::wstring list;
    for (const auto& key : base_.keys) {
      if (key.data.contains(id) && text::istarts_with(key.path, root) &&
          (key.path.size() == root.size() || key.path[root.size()] == '/')) {
        list.append(base_.paths_prefix)
            .append(to_wide(key.path.substr(root.size())))
            .append(L"/");
        list.push_back(L'\0');
      }
    }
    if (list.empty()) {
      return static_cast<HRESULT>(MD_ERROR_DATA_NOT_FOUND);
    }
    list.push_back(L'\0');
    if (size < list.size() || (base_.grows && size < 20'000)) {
      *wanted = base_.grows ? size + 1 : static_cast<DWORD>(list.size());
      return win32_code(ERROR_INSUFFICIENT_BUFFER);
    }
    std::copy(list.begin(), list.end(), buffer);
    return S_OK;
  }

  IISDIAG_UNUSED_METHOD(AddKey, METADATA_HANDLE, LPCWSTR)
  IISDIAG_UNUSED_METHOD(DeleteKey, METADATA_HANDLE, LPCWSTR)
  IISDIAG_UNUSED_METHOD(DeleteChildKeys, METADATA_HANDLE, LPCWSTR)
  IISDIAG_UNUSED_METHOD(CopyKey, METADATA_HANDLE, LPCWSTR, METADATA_HANDLE,
                        LPCWSTR, WINBOOL, WINBOOL)
  IISDIAG_UNUSED_METHOD(RenameKey, METADATA_HANDLE, LPCWSTR, LPCWSTR)
  IISDIAG_UNUSED_METHOD(SetData, METADATA_HANDLE, LPCWSTR, PMETADATA_RECORD)
  IISDIAG_UNUSED_METHOD(DeleteData, METADATA_HANDLE, LPCWSTR, DWORD, DWORD)
  IISDIAG_UNUSED_METHOD(EnumData, METADATA_HANDLE, LPCWSTR, PMETADATA_RECORD,
                        DWORD, DWORD*)
  IISDIAG_UNUSED_METHOD(GetAllData, METADATA_HANDLE, LPCWSTR, DWORD, DWORD,
                        DWORD, DWORD*, DWORD*, DWORD, unsigned char*, DWORD*)
  IISDIAG_UNUSED_METHOD(DeleteAllData, METADATA_HANDLE, LPCWSTR, DWORD, DWORD)
  IISDIAG_UNUSED_METHOD(CopyData, METADATA_HANDLE, LPCWSTR, METADATA_HANDLE,
                        LPCWSTR, DWORD, DWORD, DWORD, WINBOOL)
  IISDIAG_UNUSED_METHOD(ChangePermissions, METADATA_HANDLE, DWORD, DWORD)
  IISDIAG_UNUSED_METHOD(SaveData, void)
  IISDIAG_UNUSED_METHOD(GetHandleInfo, METADATA_HANDLE, PMETADATA_HANDLE_INFO)
  IISDIAG_UNUSED_METHOD(GetSystemChangeNumber, DWORD*)
  IISDIAG_UNUSED_METHOD(GetDataSetNumber, METADATA_HANDLE, LPCWSTR, DWORD*)
  IISDIAG_UNUSED_METHOD(SetLastChangeTime, METADATA_HANDLE, LPCWSTR, PFILETIME,
                        WINBOOL)
  IISDIAG_UNUSED_METHOD(GetLastChangeTime, METADATA_HANDLE, LPCWSTR, PFILETIME,
                        WINBOOL)
  IISDIAG_UNUSED_METHOD(KeyExchangePhase1, void)
  IISDIAG_UNUSED_METHOD(KeyExchangePhase2, void)
  IISDIAG_UNUSED_METHOD(Backup, LPCWSTR, DWORD, DWORD)
  IISDIAG_UNUSED_METHOD(Restore, LPCWSTR, DWORD, DWORD)
  IISDIAG_UNUSED_METHOD(EnumBackups, LPWSTR, DWORD*, PFILETIME, DWORD)
  IISDIAG_UNUSED_METHOD(DeleteBackup, LPCWSTR, DWORD)
  IISDIAG_UNUSED_METHOD(UnmarshalInterface, IMSAdminBaseW**)
  IISDIAG_UNUSED_METHOD(GetServerGuid, void)

 private:
  // S_FALSE: go on.
  HRESULT asked(std::string_view method, const std::string& path, DWORD id) {
    ++base_.calls[std::string(method)];
    const HRESULT code = base_.before ? base_.before(method, path, id) : S_OK;
    if (FAILED(code)) {
      return base_.untouched ? S_OK : code;
    }
    return S_FALSE;
  }

  const FakeMetabase::Key* find(std::string_view path) const {
    const auto found = std::find_if(
        base_.keys.begin(), base_.keys.end(),
        [&](const auto& key) { return text::iequals(key.path, path); });
    return found == base_.keys.end() ? nullptr : &*found;
  }

  std::string full_path(METADATA_HANDLE handle, LPCWSTR path) {
    return normal(opened_.at(handle) + to_utf8(path));
  }

  FakeMetabase& base_;
  std::map<METADATA_HANDLE, std::string> opened_;
  METADATA_HANDLE next_ = 7;
};

struct Name {
  std::string_view name;
  DWORD id;
  char type;  // s, d, b, f (flags)
};
constexpr std::array kNames = {
    Name{"AnonymousUserName", 6020, 's'},
    Name{"AnonymousUserPass", 6021, 'p'},
    Name{"AnonymousPasswordSync", 6022, 'b'},
    Name{"LogonMethod", 6013, 'd'},
    Name{"AuthFlags", 6000, 'f'},
    Name{"AllowAnonymous", 5005, 'b'},
    Name{"AnonymousOnly", 5006, 'b'},
    Name{"DefaultLogonDomain", 6012, 's'},
    Name{"AppPoolId", 9101, 's'},
    Name{"AppPoolIdentityType", 9021, 'd'},
    Name{"IIs5IsolationModeEnabled", 9203, 'b'},
};

DWORD flags_of(std::string_view value) {
  if (const auto number = text::to_integer(value)) {
    return static_cast<DWORD>(*number);
  }
  DWORD flags = 0;
  const auto add = [&](std::string_view name, DWORD bit) {
    flags |= text::icontains(value, name) ? bit : 0U;
  };
  add("AuthAnonymous", 1);
  add("AuthBasic", 2);
  add("AuthNTLM", 4);
  return flags;
}

}  // namespace

FakeMetabase::FakeMetabase() {
  for (const Name& name : kNames) {
    set("/Schema/Properties/Names", name.id, to_wide(name.name), 0);
  }
}

FakeMetabase::Key& FakeMetabase::key(std::string_view path) {
  const auto found = std::find_if(
      keys.begin(), keys.end(),
      [&](const Key& known) { return text::iequals(known.path, path); });
  if (found != keys.end()) {
    return *found;
  }
  const auto slash = path.rfind('/');
  if (slash != std::string_view::npos && slash > 0) {
    key(path.substr(0, slash));
  }
  keys.push_back({std::string(path), {}});
  return keys.back();
}

void FakeMetabase::set(std::string_view path, DWORD id, std::wstring_view text,
                       DWORD attributes) {
  FakeDatum datum{STRING_METADATA, attributes, {}};
  const std::wstring ended(text);
  datum.bytes.resize((ended.size() + 1) * sizeof(wchar_t));
  std::memcpy(datum.bytes.data(), ended.c_str(), datum.bytes.size());
  key(path).data[id] = std::move(datum);
}

void FakeMetabase::set(std::string_view path, DWORD id, DWORD number,
                       DWORD attributes) {
  FakeDatum datum{DWORD_METADATA, attributes, {}};
  datum.bytes.resize(sizeof number);
  std::memcpy(datum.bytes.data(), &number, sizeof number);
  key(path).data[id] = std::move(datum);
}

void FakeMetabase::load(std::string_view xml) {
  pugi::xml_document document;
  document.load_buffer(xml.data(), xml.size());
  const auto store = [&](const std::string& path, const Name& name,
                         std::string_view value, DWORD attributes) {
    if (name.type == 's') {
      set(path, name.id, to_wide(value), attributes);
    } else if (name.type == 'p') {
      const bool is_secret = value.starts_with("49634462");
      set(path, name.id,
          to_wide(is_secret ? "secret of " + path : std::string(value)),
          attributes | METADATA_SECURE);
    } else if (name.type == 'f') {
      set(path, name.id, flags_of(value), attributes);
    } else {
      set(path, name.id,
          name.type == 'b'
              ? DWORD{text::to_bool(value).value_or(false)}
              : static_cast<DWORD>(text::to_integer(value).value_or(0)),
          attributes);
    }
  };
  for (const auto& element :
       document.document_element().child("MBProperty").children()) {
    const std::string path = normal(element.attribute("Location").value());
    if (!path.starts_with("/LM")) {
      continue;
    }
    key(path);
    for (const Name& name : kNames) {
      const auto attribute = element.attribute(std::string(name.name).c_str());
      if (attribute) {
        store(path, name, attribute.value(), METADATA_INHERIT);
      }
      for (const auto& custom : element.children("Custom")) {
        if (custom.attribute("ID").as_uint() == name.id) {
          const std::string_view flags =
              custom.attribute("Attributes").as_string("INHERIT");
          store(path, name, custom.attribute("Value").value(),
                flags.find("INHERIT") != std::string_view::npos
                    ? METADATA_INHERIT
                    : 0);
        }
      }
    }
  }
}

void FakeMetabase::add_to(FakeCom& com) {
  com.add_class(kFakeMetabaseClass, [this]() -> IUnknown* {
    return class_missing ? nullptr : new Service(*this);
  });
}

}  // namespace iisdiag::win32
