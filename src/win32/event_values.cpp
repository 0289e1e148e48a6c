#include "win32/event_values.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "win32/answer.hpp"
#include "win32/wide.hpp"

namespace iisdiag::win32 {

std::uint32_t EventValues::render(EVT_HANDLE context, EVT_HANDLE event) {
  count_ = 0;
  used_ = 0;
  for (bool may_grow = true;; may_grow = false) {
    const std::size_t room = buffer_.size() * sizeof(std::uint64_t);
    DWORD used = 0;
    DWORD count = 0;
    if (api_.EvtRender(context, event, EvtRenderEventValues,
                       static_cast<DWORD>(room), buffer_.data(), &used,
                       &count) != FALSE) {
      if (used > room || count > used / sizeof(EVT_VARIANT)) {
        return ERROR_INVALID_DATA;
      }
      used_ = used;
      count_ = count;
      return 0;
    }
    const DWORD code = ::GetLastError();
    if (code != ERROR_INSUFFICIENT_BUFFER || !may_grow || used <= room ||
        used > kMost) {
      return code == 0 ? ERROR_INVALID_DATA : code;
    }
    buffer_.resize(used / sizeof(std::uint64_t) + 1);
  }
}

const EVT_VARIANT* EventValues::at(std::size_t place) const {
  return place < count_
             ? reinterpret_cast<const EVT_VARIANT*>(buffer_.data()) + place
             : nullptr;
}

bool EventValues::holds(const void* begin, std::size_t size) const {
  const auto first = reinterpret_cast<std::uintptr_t>(buffer_.data());
  const auto at = reinterpret_cast<std::uintptr_t>(begin);
  return at >= first && at - first <= used_ && size <= used_ - (at - first);
}

std::wstring_view EventValues::wide(const wchar_t* text) const {
  if (!holds(text, sizeof(wchar_t))) {
    return {};
  }
  const auto begin = reinterpret_cast<std::uintptr_t>(text) -
                     reinterpret_cast<std::uintptr_t>(buffer_.data());
  const std::wstring_view rest(text, (used_ - begin) / sizeof(wchar_t));
  return rest.substr(0, rest.find(L'\0'));
}

std::optional<std::uint64_t> EventValues::number(std::size_t place) const {
  const EVT_VARIANT* value = at(place);
  switch (value == nullptr ? DWORD{EvtVarTypeNull} : value->Type) {
    case EvtVarTypeByte:
      return value->ByteVal;
    case EvtVarTypeUInt16:
      return value->UInt16Val;
    case EvtVarTypeUInt32:
    case EvtVarTypeHexInt32:
      return value->UInt32Val;
    case EvtVarTypeUInt64:
    case EvtVarTypeHexInt64:
      return value->UInt64Val;
    default:
      return std::nullopt;
  }
}

std::optional<std::int64_t> EventValues::time(std::size_t place) const {
  const EVT_VARIANT* value = at(place);
  if (value == nullptr || value->Type != EvtVarTypeFileTime) {
    return std::nullopt;
  }
  constexpr std::uint64_t kTicks = 10'000'000;
  constexpr std::int64_t kFrom1601 = 11'644'473'600;
  return static_cast<std::int64_t>(value->FileTimeVal / kTicks) - kFrom1601;
}

std::string EventValues::text(std::size_t place) const {
  const EVT_VARIANT* value = at(place);
  if (value == nullptr) {
    return {};
  }
  switch (value->Type) {
    case EvtVarTypeString:
      return to_utf8(wide(value->StringVal));
    case EvtVarTypeInt32:
      return fmt::format("{}", value->Int32Val);
    case EvtVarTypeHexInt32:
    case EvtVarTypeHexInt64:
      return fmt::format("0x{:x}", number(place).value_or(0));
    case EvtVarTypeSid: {
      // A head of 8 bytes, then as many numbers as its second byte says.
      const auto* bytes = static_cast<const BYTE*>(value->SidVal);
      if (!holds(bytes, 8) || !holds(bytes, 8 + std::size_t{bytes[1]} * 4)) {
        return {};
      }
      const auto sid = to_sid(value->SidVal);
      return sid ? sid->text() : std::string{};
    }
    default: {
      const auto plain = number(place);
      return plain ? fmt::format("{}", *plain) : std::string{};
    }
  }
}

void EventValues::add_texts(std::size_t place,
                            evidence::EventTexts& texts) const {
  const EVT_VARIANT* value = at(place);
  if (value == nullptr ||
      value->Type != (EvtVarTypeString | EVT_VARIANT_TYPE_ARRAY)) {
    texts.add(text(place));
    return;
  }
  const auto most = std::min<DWORD>(value->Count, evidence::EventTexts::kMost);
  for (DWORD i = 0; i < most; ++i) {
    if (!holds(value->StringArr + i, sizeof(LPWSTR))) {
      return;
    }
    texts.add(to_utf8(wide(value->StringArr[i])));
  }
}

std::string_view EventValues::bytes(std::size_t place) const {
  const EVT_VARIANT* value = at(place);
  return value != nullptr && value->Type == EvtVarTypeBinary &&
                 holds(value->BinaryVal, value->Count)
             ? std::string_view(reinterpret_cast<const char*>(value->BinaryVal),
                                value->Count)
             : std::string_view{};
}

}  // namespace iisdiag::win32
