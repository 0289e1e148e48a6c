// A metabase in memory behind IMSAdminBase, as its documentation has it.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "win32/fake_com.hpp"
// clang-format off: it needs what the others include.
#include <iadmw.h>
// clang-format on

namespace iisdiag::win32 {

extern const CLSID kFakeMetabaseClass;

struct FakeDatum {
  DWORD type = STRING_METADATA;
  DWORD attributes = METADATA_INHERIT;
  std::vector<BYTE> bytes;
};

class FakeMetabase {
 public:
  // Keys by path ("/LM/W3SVC/1"), in order.
  struct Key {
    std::string path;
    std::map<DWORD, FakeDatum> data;
  };

  FakeMetabase();

  // With its parents.
  Key& key(std::string_view path);
  void set(std::string_view path, DWORD id, std::wstring_view text,
           DWORD attributes = METADATA_INHERIT);
  void set(std::string_view path, DWORD id, DWORD number,
           DWORD attributes = METADATA_INHERIT);
  // Every key of a MetaBase.xml. A password that stands encrypted there is
  // "secret of PATH" here.
  void load(std::string_view xml);

  void add_to(FakeCom& com);

  // The keys of IIS itself, and of the schema.
  std::vector<Key> keys;
  // What the service answers before it does anything, by the name of the
  // method, the path and the id (0 where there is none); S_OK goes on.
  std::function<HRESULT(std::string_view method, const std::string& path,
                        DWORD id)>
      before;
  // Where `before` fails: success, and the answer untouched.
  bool untouched = false;
  // Answers grow once more after the size was told.
  bool grows = false;
  std::wstring paths_prefix;  // of what GetDataPaths tells: L"/LM/W3SVC"
  std::map<std::string, int, std::less<>> calls;
  int open_handles = 0;
  bool class_missing = false;
};

}  // namespace iisdiag::win32
