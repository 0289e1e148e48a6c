#include "evidence/logon_events.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "evidence/event_meaning.hpp"
#include "knowledge/logon_codes.hpp"
#include "text/strings.hpp"

namespace iisdiag::evidence {
namespace {

using facts::RecordKind;

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\0';
}

// `%{S-1-5-21-...}` or `S-1-5-21-...`; nothing where it is no SID. That of
// nobody tells nothing.
std::string_view sid_of(std::string_view text) {
  if (text.starts_with("%{") && text.ends_with("}")) {
    text = text.substr(2, text.size() - 3);
  }
  return text.starts_with("S-1-") && text != "S-1-0-0" ? text
                                                       : std::string_view{};
}

// Decimal or `0x`, also what has the sign bit of 32 bits as a minus.
std::optional<std::uint32_t> number(std::string_view text) {
  const bool is_hex = text::istarts_with(text, "0x");
  const auto value =
      is_hex ? text::to_integer(text.substr(2), 16) : text::to_integer(text);
  if (!value || *value < std::int64_t{INT32_MIN} ||
      *value > std::int64_t{UINT32_MAX}) {
    return std::nullopt;
  }
  return static_cast<std::uint32_t>(*value);
}

// The codes of Kerberos (RFC 4120, 7.5.9) that mean one Win32 error. That a
// client is revoked (0x12) can mean several: disabled, expired, locked.
std::optional<std::uint32_t> win32_of_kerberos(std::uint32_t code) {
  switch (code) {
    case 0x0:
      return 0;
    case 0x6:
      return 1317;
    case 0x17:
      return 1330;
    case 0x18:
      return knowledge::kWrongPassword;
    case 0x25:
      return 1398;
    default:
      return std::nullopt;
  }
}

// Of a code that may be a Win32 error, an HRESULT around one or an NTSTATUS.
std::uint32_t win32_of_any(std::uint32_t code) {
  return (code >> 16U) == 0x8007 ? code & 0xFFFFU
                                 : knowledge::win32_of_status(code);
}

bool is_right(std::string_view text) {
  return text.starts_with("Se") &&
         (text.find("Right") != std::string_view::npos ||
          text.find("Privilege") != std::string_view::npos);
}

class Reading {
 public:
  explicit Reading(const EventView& event)
      : event_(event), meaning_(*event.meaning) {}

  LogonView view() {
    LogonView view;
    view.kind = meaning_.kind;
    view.event = event_.id;
    view.is_local = event_.is_local;
    view.has_time = event_.has_time;
    if (meaning_.source == EventSource::kIis) {
      view.service = writer_name(event_.writer);
    }
    const Places& at = meaning_.at;
    view.account = text(at.account);
    view.domain = text(at.domain);
    view.sid = sid_of(text(at.sid));
    view.logon_type = number(text(at.logon_type));
    view.logon_process = text(at.logon_process);
    view.process = file_name(text(at.process));
    view.workstation = text(at.workstation);
    view.right = text(at.right);
    if (meaning_.source == EventSource::kSecurity &&
        (meaning_.kind == RecordKind::kRightGranted ||
         meaning_.kind == RecordKind::kRightRemoved)) {
      find_right(view);
    }
    // A message shows the name of the account in place of its SID.
    if (meaning_.source == EventSource::kAuditing &&
        (meaning_.kind == RecordKind::kRightGranted ||
         meaning_.kind == RecordKind::kRightRemoved)) {
      view.account = text(at.sid);
    }
    if (const std::string_view sid = sid_of(view.account); !sid.empty()) {
      view.sid = sid;
      view.account = {};
    }
    view.code = code();
    return view;
  }

 private:
  std::string_view text(std::int8_t place) const {
    const auto i = static_cast<std::uint8_t>(place);  // kNoPlace: beyond all
    return place == kNoPlace || i >= event_.strings.size()
               ? std::string_view{}
               : clean_event_text(event_.strings[i]);
  }

  static std::string_view file_name(std::string_view path) {
    const std::size_t slash = path.find_last_of("\\/");
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
  }

  void find_right(LogonView& view) const {
    for (std::size_t i = 0; i < event_.strings.size(); ++i) {
      const std::string_view found = clean_event_text(event_.strings[i]);
      if (is_right(found)) {
        view.right = found;
        view.account = i + 1 < event_.strings.size()
                           ? clean_event_text(event_.strings[i + 1])
                           : std::string_view{};
        return;
      }
    }
  }

  std::optional<std::uint32_t> status(std::int8_t place) const {
    const auto value = number(text(place));
    return value ? std::optional(knowledge::win32_of_status(*value))
                 : std::nullopt;
  }

  std::optional<std::uint32_t> code() const {
    const Places& at = meaning_.at;
    switch (meaning_.rule) {
      case CodeRule::kNone:
        return std::nullopt;
      case CodeRule::kFixed:
        return meaning_.fixed_code;
      case CodeRule::kStatus:
        return status(at.code);
      case CodeRule::kSubStatus: {
        // A failure without a code: 0 would say that it was none.
        const auto second = status(at.second_code);
        const auto first = second.value_or(0) != 0 ? second : status(at.code);
        return first.value_or(0) != 0 ? first : std::nullopt;
      }
      case CodeRule::kValidation:
        return std::cmp_equal(event_.strings.size(), at.code)
                   ? std::optional<std::uint32_t>(0)
                   : status(at.code);
      case CodeRule::kKerberos: {
        const auto value = number(text(at.code));
        return value ? win32_of_kerberos(*value) : std::nullopt;
      }
      case CodeRule::kWin32Data:
        return code_of_data();
    }
    return std::nullopt;
  }

  std::optional<std::uint32_t> code_of_data() const {
    std::uint32_t value = 0;
    if (event_.binary.size() >= 4) {
      for (std::size_t i = 4; i-- > 0;) {
        value = value << 8U | static_cast<unsigned char>(event_.binary[i]);
      }
    }
    if (value != 0) {
      return win32_of_any(value);
    }
    return code_of_text(text(meaning_.at.code));
  }

  const EventView& event_;
  const EventMeaning& meaning_;
};

struct ErrorWords {
  std::string_view words;  // that no other text of these has
  std::uint32_t code;
};

// Of the texts that Windows in English has for these errors.
constexpr ErrorWords kErrorWords[] = {
    {"bad password", 1326},
    {"password is incorrect", 1326},
    {"account restriction", 1327},
    {"logon time restriction", 1328},
    {"time restrictions", 1328},
    {"not allowed to log on to this", 1329},
    {"password has expired", 1330},
    {"password for this account has expired", 1330},
    {"currently disabled", 1331},
    {"has been disabled", 1331},
    {"requested logon type", 1385},
    {"account has expired", 1793},
    {"must be changed", 1907},
    {"locked out", 1909},
    {"specified module could not be found", 126},
    {"no logon servers", 1311},
    {"required privilege is not held", 1314},
    {"internal inconsistency", 1383},
    {"no mapping between account names", 1332},
    {"domain either does not exist", 1355},
    {"trust relationship between this workstation", 1789},
    {"network logon service was not started", 1792},
    {"access is denied", 5},
    {"parameter is incorrect", 87},
};

}  // namespace

std::string_view clean_event_text(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) {
    text.remove_prefix(1);
  }
  if (text.size() > kLongestText) {
    std::size_t end = kLongestText;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80) {
      --end;
    }
    text = text.substr(0, end);
  }
  while (!text.empty() && is_blank(text.back())) {
    text.remove_suffix(1);
  }
  return text == "-" ? std::string_view{} : text;
}

LogonView logon_view(const EventView& event) { return Reading(event).view(); }

void set_key(const LogonView& view, std::string& key) {
  key.clear();
  const auto add_number = [&](std::optional<std::uint32_t> number) {
    key += number ? '1' : '0';
    for (unsigned shift = 0; number && shift < 32; shift += 8) {
      key += static_cast<char>(*number >> shift & 0xFFU);
    }
  };
  key += static_cast<char>(view.kind);
  key += static_cast<char>((view.is_local ? 1 : 0) + (view.has_time ? 2 : 0));
  add_number(view.event);
  add_number(view.code);
  add_number(view.logon_type);
  for (const std::string_view text :
       {view.service, view.account, view.domain, view.sid, view.logon_process,
        view.process, view.workstation, view.right}) {
    key += text;
    key += '\0';  // in no text that ends at a NUL
  }
}

facts::LogonAttempt logon_attempt(const LogonView& view) {
  facts::LogonAttempt attempt;
  attempt.kind = view.kind;
  attempt.event = view.event;
  attempt.service = view.service;
  attempt.account = view.account;
  attempt.domain = view.domain;
  attempt.sid = view.sid;
  attempt.code = view.code;
  attempt.logon_type = view.logon_type;
  attempt.logon_process = view.logon_process;
  attempt.process = view.process;
  attempt.workstation = view.workstation;
  attempt.right = view.right;
  attempt.is_local = view.is_local;
  attempt.has_time = view.has_time;
  return attempt;
}

std::optional<facts::LogonAttempt> logon_attempt(const EventView& event) {
  if (event.meaning == nullptr || is_log_cleared(*event.meaning)) {
    return std::nullopt;
  }
  facts::LogonAttempt attempt = logon_attempt(logon_view(event));
  attempt.first = event.time;
  attempt.last = event.time;
  return attempt;
}

std::optional<std::uint32_t> code_of_text(std::string_view text) {
  std::string_view bare = clean_event_text(text);
  text::consume(bare, "%%");
  if (const auto value = number(bare); value && *value != 0) {
    return win32_of_any(*value);
  }
  for (const ErrorWords& row : kErrorWords) {
    if (text::icontains(bare, row.words)) {
      return row.code;
    }
  }
  // A number among words, as HRESULTs are shown.
  const std::size_t hex = bare.find("0x");
  if (hex != std::string_view::npos && bare.size() >= hex + 10) {
    if (const auto value = number(bare.substr(hex, 10)); value && *value != 0) {
      return win32_of_any(*value);
    }
  }
  return std::nullopt;
}

}  // namespace iisdiag::evidence
