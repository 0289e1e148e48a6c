// Event logs as XML: `wevtutil qe LOG /f:xml` or /f:RenderedXml and what the
// Event Viewer saves. A file of many events is cut at its `<Event>` elements,
// so that one event at a time is in memory as a tree.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "evidence/event_log.hpp"
#include "evidence/event_time.hpp"
#include "evidence/format.hpp"
#include "evidence/limits.hpp"
#include "evidence/xml.hpp"
#include "text/strings.hpp"

namespace iisdiag::evidence {
namespace {

constexpr std::string_view kNamespace =
    "http://schemas.microsoft.com/win/2004/08/events/event";
constexpr std::string_view kOpen = "<Event";
constexpr std::string_view kClose = "</Event>";
constexpr std::string_view kCommentOpen = "<!--";
constexpr std::string_view kCommentClose = "-->";
constexpr std::string_view kBlank = " \t\r\n";

bool is_event_xml(const Document& document) {
  const auto start = xml_start(document.text());
  if (!start || (start->root != "Event" &&
                 (start->root != "Events" || start->child != "Event"))) {
    return false;
  }
  constexpr std::size_t kProbe = 65536;
  return std::string_view(document.text()).substr(0, kProbe).find(kNamespace) !=
         std::string_view::npos;
}

// Of `<Event ` or `<Event>`, and not of `<EventData>` or `<Events>`.
std::size_t find_event(std::string_view text, std::size_t from) {
  for (;;) {
    const std::size_t at = text.find(kOpen, from);
    if (at == std::string_view::npos) {
      return at;
    }
    from = at + kOpen.size();
    if (from < text.size() &&
        (text[from] == '>' ||
         kBlank.find(text[from]) != std::string_view::npos)) {
      return at;
    }
  }
}

std::string_view text_of(const pugi::xml_node& element) {
  return text::trim(element.child_value());
}

std::optional<std::uint64_t> number_of(std::string_view text) {
  const auto value = text::to_integer(text);
  return value && *value >= 0
             ? std::optional(static_cast<std::uint64_t>(*value))
             : std::nullopt;
}

// As much of the data as an error code takes.
std::string bytes_of(std::string_view hex) {
  constexpr std::size_t kDigits = 8;
  std::string bytes;
  for (std::size_t i = 0; i + 2 <= std::min(hex.size(), kDigits); i += 2) {
    const auto byte = text::to_integer(hex.substr(i, 2), 16);
    if (!byte || *byte < 0) {
      return {};
    }
    bytes += static_cast<char>(*byte);
  }
  return bytes;
}

class EventXmlReader {
 public:
  EventXmlReader(const Document& document, FileFacts& facts)
      : document_(document), facts_(facts), text_(document.text()) {}

  void run() {
    std::size_t at = 0;
    for (;;) {
      const std::size_t begin = next_event(at);
      read_between(at, std::min(begin, text_.size()));
      if (begin == std::string_view::npos) {
        break;
      }
      at = read_event(begin);
    }
    finish();
  }

 private:
  // Not in a comment.
  std::size_t next_event(std::size_t from) const {
    for (;;) {
      const std::size_t begin = find_event(text_, from);
      const std::size_t comment =
          text_.substr(0, begin).find(kCommentOpen, from);
      if (comment == std::string_view::npos) {
        return begin;
      }
      from = text_.find(kCommentClose, comment);
      if (from == std::string_view::npos) {
        return from;
      }
    }
  }

  void damage(std::size_t offset) {
    if (damaged_++ == 0) {
      first_damage_ = offset;
    }
  }

  // What stands in front of, between and behind the events.
  void read_between(std::size_t begin, std::size_t end) {
    std::string_view rest = text_.substr(begin, end - begin);
    for (;;) {
      rest.remove_prefix(std::min(rest.find_first_not_of(kBlank), rest.size()));
      if (rest.empty()) {
        return;
      }
      const bool is_comment = rest.starts_with(kCommentOpen);
      const std::string_view closing = is_comment ? kCommentClose : ">";
      const std::size_t close = rest.find(closing);
      if (close == std::string_view::npos ||
          !(is_comment || rest.starts_with("<?") || take_wrapper(rest))) {
        damage(static_cast<std::size_t>(rest.data() - text_.data()));
        return;
      }
      rest.remove_prefix(close + closing.size());
    }
  }

  bool take_wrapper(std::string_view tag) {
    if (text::consume(tag, "<Events")) {
      is_open_ = true;
    } else if (is_open_ && text::consume(tag, "</Events")) {
      is_open_ = false;
    } else {
      return false;
    }
    return tag.front() == '>' ||
           kBlank.find(tag.front()) != std::string_view::npos;
  }

  // Answers where it ends.
  std::size_t read_event(std::size_t begin) {
    // Searched for once, however many events lack theirs.
    if (!close_ || *close_ < begin) {
      close_ = std::min(text_.find(kClose, begin), text_.size());
    }
    const std::size_t end = std::min(*close_ + kClose.size(), text_.size());
    const std::string_view all = text_.substr(begin, end - begin);
    // One that does not end in front of the next.
    const std::size_t next = find_event(all, kOpen.size());
    if (next != std::string_view::npos) {
      damage(begin);
      return begin + next;
    }
    if (!all.ends_with(kClose) || all.size() > kMaxXmlEvent) {
      damage(begin);
      return end;
    }
    buffer_ = all;
    constexpr unsigned kOptions =
        pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol;
    const bool is_sound = static_cast<bool>(dom_.load_buffer_inplace(
        buffer_.data(), buffer_.size(), kOptions, pugi::encoding_utf8));
    if (!is_sound || !read_event(dom_.document_element())) {
      damage(begin);
    }
    return end;
  }

  bool read_event(const pugi::xml_node& event) {
    const pugi::xml_node system = child(event, "System");
    const auto id = number_of(text_of(child(system, "EventID")));
    const std::string_view shown =
        child(system, "TimeCreated").attribute("SystemTime").value();
    const auto time = event_time(shown);
    // One that tells no time is an event all the same.
    if (!id || (!time && !shown.empty())) {
      return false;
    }
    const facts::ClockSeconds clock = time ? time->clock : 0;
    const auto record = number_of(text_of(child(system, "EventRecordID")));
    if (record) {
      first_record_ =
          records_ == 0 ? *record : std::min(first_record_, *record);
      last_record_ = std::max(last_record_, *record);
      ++records_;
    }
    if (log_.count(clock, mark_of_log(text_of(child(system, "Channel"))))) {
      log_.set_computer(text_of(child(system, "Computer")));
    }
    const pugi::xml_node provider = child(system, "Provider");
    std::string_view writer = provider.attribute("Name").value();
    if (event_source(writer) == EventSource::kOther) {
      writer = provider.attribute("EventSourceName").value();
    }
    EventView view;
    view.id = static_cast<std::uint32_t>(*id & 0xFFFFU);
    view.meaning = evidence::find_event(event_source(writer), view.id);
    if (view.meaning == nullptr) {
      return true;
    }
    view.writer = writer;
    view.has_time = EventLogPart::is_sane(clock);
    view.time = view.has_time ? clock : 0;
    const std::string binary = read_values(event, field_names(*view.meaning));
    view.strings = values_;
    view.binary = binary;
    log_.add(view, record.value_or(0));
    return true;
  }

  // Answers the data.
  std::string read_values(const pugi::xml_node& event,
                          std::span<const std::string_view> names) {
    values_.clear();
    pugi::xml_node body = child(event, "EventData");
    const bool is_user_data = body.empty();
    if (is_user_data) {
      body = child(event, "UserData").first_child();
    }
    std::string binary;
    for (const auto& element : body.children()) {
      const std::string_view name = local_name(element);
      if (name == "Binary" && !is_user_data) {
        binary = bytes_of(text_of(element));
      } else if (name == "Data" || is_user_data) {
        add_value(element.attribute("Name").value(), element.child_value(),
                  names);
      }
    }
    return binary;
  }

  void add_value(std::string_view name, std::string_view value,
                 std::span<const std::string_view> names) {
    if (name.empty() || names.empty()) {
      constexpr std::size_t kMost = 64;  // no event that is wanted has as many
      if (values_.size() < kMost) {
        values_.push_back(value);
      }
      return;
    }
    values_.resize(names.size());
    const auto place = std::find(names.begin(), names.end(), name);
    if (place != names.end()) {
      values_[static_cast<std::size_t>(place - names.begin())] = value;
    }
  }

  void finish() {
    if (damaged_ > 0) {
      problem(fmt::format("{} of the events of the log are damaged or cut",
                          damaged_),
              first_damage_);
    } else if (is_open_ || document_.is_cut()) {
      problem("the log is cut: events may be missing",
              text_.find_last_not_of(kBlank));
    }
    const bool is_all =
        records_ == 0 || last_record_ - first_record_ + 1 <= records_;
    if (!is_all) {
      facts_.notes.push_back(
          {fmt::format("of the records {} to {} of the log {} are here",
                       first_record_, last_record_, records_),
           document_.at(0)});
    }
    log_.finish(document_.name(),
                damaged_ == 0 && !is_open_ && !document_.is_cut() && is_all,
                facts_);
  }

  void problem(std::string text, std::size_t offset) {
    const std::string_view before = text_.substr(0, offset);
    facts_.problems.push_back(document_.problem(
        std::move(text),
        Line{document_.first_line() + line_ends(before), {}, true}));
  }

  // As split_lines() counts them.
  static std::uint64_t line_ends(std::string_view text) {
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const std::string_view rest = text.substr(i);
      count += rest.front() == '\n' ||
                       (rest.front() == '\r' && !rest.starts_with("\r\n") &&
                        !rest.starts_with("\r\r\n"))
                   ? 1
                   : 0;
    }
    return count;
  }

  const Document& document_;
  FileFacts& facts_;
  std::string_view text_;
  EventLogPart log_;
  std::string buffer_;  // parsed in place: must outlive dom_
  pugi::xml_document dom_;
  std::vector<std::string_view> values_;
  // The next end of an event, where it is not behind what was read.
  std::optional<std::size_t> close_;
  bool is_open_ = false;  // an `<Events>` around the events
  std::uint64_t damaged_ = 0;
  std::size_t first_damage_ = 0;
  std::uint64_t records_ = 0;  // that have a number, which is between these
  std::uint64_t first_record_ = 0;
  std::uint64_t last_record_ = 0;
};

void read_event_xml(const Document& document, FileFacts& facts) {
  EventXmlReader(document, facts).run();
}

}  // namespace

const Format kEventXml{"event-xml", "event log as XML (wevtutil, Event Viewer)",
                       "wevtutil qe Security /f:xml > security.xml",
                       is_event_xml, read_event_xml};

}  // namespace iisdiag::evidence
