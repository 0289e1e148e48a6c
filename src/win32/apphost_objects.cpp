#include "win32/apphost_objects.hpp"

#include <algorithm>
#include <array>

#include "win32/wide.hpp"

namespace iisdiag::win32 {
namespace {

using Argument = Automation::Argument;

constexpr std::span<const Argument> kNone;

// The way in which people write a path that is marked as a long one.
std::string plain_path(const std::string& path) {
  constexpr std::string_view kUnc = R"(\\?\UNC\)";
  constexpr std::string_view kLong = R"(\\?\)";
  if (path.starts_with(kUnc)) {
    return R"(\\)" + path.substr(kUnc.size());
  }
  return path.starts_with(kLong) ? path.substr(kLong.size()) : path;
}

HRESULT text_in(const Variant& answer, std::string& result) {
  const auto text = answer.text();
  if (!text) {
    return DISP_E_TYPEMISMATCH;
  }
  result = to_utf8(*text);
  return S_OK;
}

}  // namespace

HRESULT AppHost::open() {
  const Api& api = automation_.api();
  if (api.CLSIDFromProgID == nullptr) {
    return E_NOTIMPL;
  }
  CLSID id{};
  HRESULT code =
      api.CLSIDFromProgID(L"Microsoft.ApplicationHost.AdminManager", &id);
  if (SUCCEEDED(code)) {
    manager_.kind = kManager;
    code = create_object(api, id, __uuidof(IDispatch), manager_.pointer);
  }
  return code;
}

HRESULT AppHost::section(std::string_view name, std::string_view path,
                         Object& element) {
  const std::wstring wide_name = to_wide(name);
  const std::wstring wide_path = to_wide(path);
  const std::array<Argument, 2> arguments = {wide_name, wide_path};
  return automation_.get(manager_, L"GetAdminSection", arguments, kElement,
                         element);
}

HRESULT AppHost::child(const Object& element, std::string_view name,
                       Object& result) {
  const std::wstring wide = to_wide(name);
  const std::array<Argument, 1> arguments = {wide};
  return automation_.get(element, L"GetElementByName", arguments, kElement,
                         result);
}

HRESULT AppHost::descend(const Object& element,
                         std::initializer_list<std::string_view> names,
                         Object& result) {
  const Object* at = &element;
  Object held;
  for (const std::string_view name : names) {
    Object next;
    const HRESULT code = child(*at, name, next);
    if (FAILED(code)) {
      return code;
    }
    held = std::move(next);
    at = &held;
  }
  result = std::move(held);
  return S_OK;
}

HRESULT AppHost::value(const Object& element, std::string_view name,
                       Variant& result) {
  result.clear();
  const std::wstring wide = to_wide(name);
  const std::array<Argument, 1> arguments = {wide};
  Object property;
  const HRESULT code = automation_.get(element, L"GetPropertyByName", arguments,
                                       kProperty, property);
  return FAILED(code) ? code
                      : automation_.get(property, L"Value", kNone, result);
}

HRESULT AppHost::text(const Object& element, std::string_view name,
                      std::string& result) {
  Variant answer(api());
  const HRESULT code = value(element, name, answer);
  return FAILED(code) ? code : text_in(answer, result);
}

HRESULT AppHost::plain_text(const Object& object, const wchar_t* name,
                            std::string& result) {
  Variant answer(api());
  const HRESULT code = automation_.get(object, name, kNone, answer);
  return FAILED(code) ? code : text_in(answer, result);
}

HRESULT AppHost::count(const Object& list, std::size_t most,
                       std::size_t& result) {
  result = 0;
  Variant answer(api());
  const HRESULT code = automation_.get(list, L"Count", kNone, answer);
  if (FAILED(code)) {
    return code;
  }
  const auto number = answer.number();
  if (!number || *number < 0) {
    return DISP_E_TYPEMISMATCH;
  }
  result = std::min(static_cast<std::size_t>(*number), most);
  return static_cast<std::size_t>(*number) > most
             ? HRESULT_FROM_WIN32(ERROR_MORE_DATA)
             : S_OK;
}

HRESULT AppHost::items(const Object& element, std::size_t most,
                       std::vector<Object>& result) {
  Object list;
  HRESULT code =
      automation_.get(element, L"Collection", kNone, kCollection, list);
  if (FAILED(code)) {
    return code;
  }
  std::size_t size = 0;
  code = count(list, most, size);
  for (std::size_t i = 0; i < size; ++i) {
    const std::array<Argument, 1> arguments = {static_cast<std::int32_t>(i)};
    Object item;
    const HRESULT answer =
        automation_.get(list, L"Item", arguments, kElement, item);
    if (FAILED(answer)) {
      return answer;
    }
    result.push_back(std::move(item));
  }
  return code;
}

HRESULT AppHost::file(std::string_view path, std::size_t most, File& result) {
  if (!config_manager_) {
    const HRESULT code = automation_.get(manager_, L"ConfigManager", kNone,
                                         kConfigManager, config_manager_);
    if (FAILED(code)) {
      return code;
    }
  }
  const std::wstring wide = to_wide(path);
  const std::array<Argument, 1> arguments = {wide};
  Object file;
  HRESULT code = automation_.get(config_manager_, L"GetConfigFile", arguments,
                                 kFile, file);
  if (FAILED(code)) {
    return code;
  }
  // Only shown, and read for what else is in it: its failure is none.
  if (FAILED(plain_text(file, L"FilePath", result.path))) {
    result.path.clear();
  }
  result.path = plain_path(result.path);
  Object locations;
  code = automation_.get(file, L"Locations", kNone, kLocations, locations);
  if (FAILED(code)) {
    return code;
  }
  std::size_t size = 0;
  code = count(locations, most, size);
  for (std::size_t i = 0; i < size; ++i) {
    const std::array<Argument, 1> index = {static_cast<std::int32_t>(i)};
    Object location;
    HRESULT answer =
        automation_.get(locations, L"Item", index, kLocation, location);
    std::string text;
    if (SUCCEEDED(answer)) {
      answer = plain_text(location, L"Path", text);
    }
    if (FAILED(answer)) {
      return answer;
    }
    result.locations.push_back(std::move(text));
  }
  return code;
}

}  // namespace iisdiag::win32
