#include "evidence/snapshot_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

// The line as it stands in the document, for the problem that shows it.
Line line_of(const Document& document, std::uint64_t number) {
  std::string_view rest = document.text();
  for (std::uint64_t at = document.first_line(); at < number; ++at) {
    const auto end = rest.find('\n');
    if (end == std::string_view::npos) {
      return {number, {}, true};
    }
    rest.remove_prefix(end + 1);
  }
  return {number, rest.substr(0, rest.find_first_of("\r\n")), true};
}

// `S-1-5` as well: Windows gives it to NT AUTHORITY itself.
std::optional<facts::Sid> parse_sid(std::string_view text) {
  if (auto sid = facts::Sid::parse(text)) {
    return sid;
  }
  auto sid = facts::Sid::parse(std::string(text) + "-0");
  if (!sid || sid->sub_authorities.size() != 1) {
    return std::nullopt;
  }
  sid->sub_authorities.clear();
  return sid;
}

}  // namespace

void SnapshotReader::complain(std::uint64_t line, std::string text) {
  if (++faults_ <= kMaxProblemsPerFile) {
    problems_.push_back(
        document_.problem(std::move(text), line_of(document_, line)));
  }
}

std::vector<facts::Problem> SnapshotReader::take_problems() && {
  if (faults_ > problems_.size() && problems_.size() == kMaxProblemsPerFile) {
    problems_.push_back(document_.problem(fmt::format(
        "{} more problems in this file", faults_ - problems_.size())));
  }
  return std::move(problems_);
}

bool SnapshotReader::refuse(const JsonNode& node, std::string_view what) {
  const std::string name = text::printable(node.name());
  complain(node.line(),
           name.empty() ? std::string(what) : name + ": " + std::string(what));
  return false;
}

bool SnapshotReader::has_room(const JsonNode& node, std::size_t elements,
                              std::size_t size) {
  if (elements >= kMaxSnapshotList) {
    complain(node.line(),
             fmt::format("more than {} elements: the rest is not read",
                         kMaxSnapshotList));
    return false;
  }
  facts_size_ += size;
  if (facts_size_ > kMaxSnapshotFacts) {
    if (!is_full_) {
      complain(node.line(), "more facts than can be kept: the rest is left");
    }
    is_full_ = true;
    ++faults_;
    return false;
  }
  return true;
}

facts::Origin::Name SnapshotReader::shared(std::string_view name) {
  const auto known = names_.find(name);
  if (known != names_.end()) {
    return known->second;
  }
  auto added = std::make_shared<const std::string>(name);
  names_.emplace(std::string(name), added);
  return added;
}

std::optional<std::int64_t> SnapshotReader::number(const JsonNode& node,
                                                   std::int64_t least,
                                                   std::int64_t most) {
  const auto found = node.number();
  if (!found) {
    refuse(node, "not a whole number");
    return std::nullopt;
  }
  if (*found < least || *found > most) {
    refuse(node, "a number out of range");
    return std::nullopt;
  }
  return found;
}

bool SnapshotReader::read_members(
    const JsonNode& node, std::initializer_list<std::string_view> others,
    Call<Members&> read) {
  if (!node.is_object()) {
    return refuse(node, "not an object");
  }
  Members members(*this, node);
  for (const std::string_view name : others) {
    members.know(name);
  }
  read(members);
  return members.finish();
}

bool SnapshotReader::read_list(const JsonNode& node, std::size_t size,
                               Call<const JsonNode&> read) {
  if (!node.is_list()) {
    return refuse(node, "not a list");
  }
  faults_ += node.is_open() ? 1 : 0;  // told already
  std::size_t elements = 0;
  for (auto element = node.first();
       element && has_room(*element, elements, size);
       element = element->next()) {
    read(*element);
    ++elements;
  }
  return true;
}

bool SnapshotReader::read(const JsonNode& node, bool& value) {
  const auto found = node.flag();
  value = found.value_or(false);
  return found || refuse(node, "neither true nor false");
}

bool SnapshotReader::read(const JsonNode& node, std::string& value) {
  const auto found = node.text();
  value = found.value_or(std::string_view());
  return found || refuse(node, "not a text");
}

bool SnapshotReader::read(const JsonNode& node, facts::ClockSeconds& clock) {
  const auto text = node.text();
  const auto moment = text ? facts::parse_iso(*text) : std::nullopt;
  if (!moment || moment->utc_offset_minutes) {
    return refuse(node, "not a time of the server's clock");
  }
  clock = moment->clock;
  return true;
}

bool SnapshotReader::read(const JsonNode& node, facts::Sid& sid) {
  const auto text = node.text();
  auto found = text ? parse_sid(*text) : std::nullopt;
  if (!found) {
    return refuse(node, "not a SID");
  }
  sid = std::move(*found);
  return true;
}

bool SnapshotReader::read(const JsonNode& node, facts::Origin& origin) {
  if (!node.is_object()) {
    return refuse(node, "not an object");
  }
  using facts::Origin;
  Members members(*this, node);
  std::uint64_t number = 0;
  std::string name;
  if (members.find("registry")) {
    members.must("registry", name);
    origin = Origin::in_registry(name);
  } else if (members.find("api")) {
    members.must("api", name);
    members.must("code", number);
    origin = Origin::from_api(name, number);
  } else if (members.find("record")) {
    members.must("file", name);
    members.must("record", number);
    origin = Origin::in_record(name, number);
  } else {
    members.must("file", name);
    members.may("line", number);
    origin = Origin::in_file(shared(name), number);
  }
  return members.finish();
}

bool SnapshotReader::read(const JsonNode& node, facts::Deadline& deadline) {
  if (const auto never = node.find("never")) {
    Members members(*this, node);
    bool is_never = false;
    members.must("never", is_never);
    deadline = facts::Never{};
    return members.finish() && (is_never || refuse(*never, "not true"));
  }
  facts::TimeRange range;
  const bool usable = read_struct(node, range);
  deadline = range;
  return usable;
}

std::optional<JsonNode> SnapshotReader::Members::find(std::string_view name) {
  asked_.push_back(name);
  return node_.find(name);
}

std::optional<JsonNode> SnapshotReader::Members::find_or_complain(
    std::string_view name) {
  const auto member = find(name);
  if (!member) {
    reader_.complain(node_.line(), std::string(name) + " is missing");
  }
  return member;
}

void SnapshotReader::Members::utc(const char* name,
                                  facts::ClockSeconds& clock) {
  std::string text;
  must(name, text);
  const auto moment = facts::parse_iso(text);
  if (moment && moment->is_utc()) {
    clock = moment->clock;
  } else if (const auto member = node_.find(name)) {
    usable_ = reader_.refuse(*member, "not a time in UTC");
  }
}

bool SnapshotReader::Members::finish() {
  reader_.faults_ += node_.is_open() ? 1 : 0;  // told already
  std::vector<std::string_view> seen;
  for (auto member = node_.first(); member; member = member->next()) {
    const std::string_view name = member->name();
    if (std::find(asked_.begin(), asked_.end(), name) == asked_.end()) {
      reader_.complain(member->line(),
                       fmt::format("{}: not a member that is known here",
                                   text::printable(name)));
    } else if (std::find(seen.begin(), seen.end(), name) != seen.end()) {
      usable_ = reader_.refuse(*member, "stands here twice");
    } else {
      seen.push_back(name);
    }
  }
  return usable_;
}

void SnapshotReader::read_known(Members& members, Frame& frame,
                                Call<const JsonNode&> read_value) {
  members.may("origin", frame.origin);
  const auto value = members.find("value");
  const auto unknown = members.find("unknown");
  members.may("absent", frame.is_absent);
  members.may("todo", frame.reason.todo);
  const int said =
      (value ? 1 : 0) + (unknown ? 1 : 0) + (frame.is_absent ? 1 : 0);
  if (said != 1) {
    refuse(members.node(), "not one of value, absent and unknown");
  } else if (value) {
    frame.has_value = true;
    read_value(*value);
  } else if (unknown) {
    read(*unknown, frame.reason.why);
  }
}

SnapshotReader::Frame SnapshotReader::read_frame(
    const JsonNode& node, const Beside* beside,
    Call<const JsonNode&> read_value) {
  const std::size_t before = faults_;
  Frame frame;
  read_members(node, {}, [&](Members& members) {
    if (beside != nullptr) {
      members.may(beside->name, beside->flag, beside->otherwise);
      beside->flag = faults_ == before ? beside->flag : beside->otherwise;
    }
    read_known(members, frame, read_value);
  });
  if (faults_ == before) {
    return frame;
  }
  return {document_.at(node.line()),
          false,
          false,
          {"the snapshot is damaged here", {}}};
}

}  // namespace iisdiag::evidence
