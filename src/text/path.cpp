#include "text/path.hpp"

#include <algorithm>
#include <array>

namespace iisdiag::text {
namespace {

constexpr std::wstring_view kUnlimited = LR"(\\?\)";
constexpr std::wstring_view kDevice = LR"(\\.\)";
constexpr std::wstring_view kNetwork = LR"(\\)";

// CreateDirectory, the strictest of all, takes so many.
constexpr std::size_t kLimit = 247;

wchar_t lower(wchar_t c) {
  return c >= L'A' && c <= L'Z' ? static_cast<wchar_t>(c - L'A' + L'a') : c;
}

bool istarts_with(std::wstring_view text, std::wstring_view start) {
  return text.size() >= start.size() &&
         std::equal(start.begin(), start.end(), text.begin(),
                    [](wchar_t left, wchar_t right) {
                      return lower(left) == lower(right);
                    });
}

// What follows `\\server\`.
std::wstring_view share_of(std::wstring_view network_path) {
  const auto slash = network_path.find(L'\\', kNetwork.size());
  return slash == std::wstring_view::npos ? std::wstring_view()
                                          : network_path.substr(slash + 1);
}

bool is_pipe_share(std::wstring_view share) {
  constexpr std::array<std::wstring_view, 2> kShares = {LR"(pipe\)",
                                                        LR"(mailslot\)"};
  return std::any_of(
      kShares.begin(), kShares.end(),
      [&](std::wstring_view name) { return istarts_with(share, name); });
}

}  // namespace

std::wstring unlimited_path(std::wstring absolute) {
  if (absolute.size() <= kLimit || absolute.starts_with(kUnlimited) ||
      absolute.starts_with(kDevice)) {
    return absolute;
  }
  if (absolute.starts_with(kNetwork)) {
    return LR"(\\?\UNC)" + absolute.substr(1);
  }
  return std::wstring(kUnlimited) + absolute;
}

bool is_device_path(std::wstring_view absolute) {
  if (absolute.starts_with(kDevice)) {
    return true;
  }
  if (absolute.starts_with(kUnlimited)) {
    const std::wstring_view rest = absolute.substr(kUnlimited.size());
    constexpr std::wstring_view kUnc = LR"(UNC\)";
    if (istarts_with(rest, kUnc)) {
      return is_pipe_share(
          share_of(LR"(\\)" + std::wstring(rest.substr(kUnc.size()))));
    }
    const bool is_drive = rest.size() > 1 && rest[1] == L':';
    return !is_drive && !istarts_with(rest, L"Volume{");
  }
  return absolute.starts_with(kNetwork) && is_pipe_share(share_of(absolute));
}

}  // namespace iisdiag::text
