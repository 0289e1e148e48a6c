#include "evidence/event_layouts.hpp"

#include <algorithm>

#include "text/strings.hpp"

namespace iisdiag::evidence {
namespace {

// Types of events in languages whose dates begin with the day and have a sign
// between the numbers that others use as well.
bool is_day_first_language(std::string_view type) {
  if (type.empty()) {
    return false;
  }
  constexpr std::string_view kTypes[] = {"Avertissement",
                                         "Erreur",
                                         "Audit des échecs",
                                         "Audit des succès",
                                         "Échec de l'audit",
                                         "Succès de l'audit",
                                         "Advertencia",
                                         "Información",
                                         "Auditoría correcta",
                                         "Error de auditoría",
                                         "Avviso",
                                         "Errore",
                                         "Informazioni",
                                         "Aviso",
                                         "Erro",
                                         "Informações",
                                         "Waarschuwing",
                                         "Fout"};
  return std::any_of(
      std::begin(kTypes), std::end(kTypes),
      [&](std::string_view known) { return text::iequals(type, known); });
}

std::string without_quotes(std::string_view message) {
  std::string result;
  message = message.substr(
      std::min(message.find_first_not_of(" \t\r\n"), message.size()));
  if (!message.starts_with('"')) {
    return std::string(message);
  }
  message.remove_prefix(1);
  while (!message.empty()) {
    const std::size_t quote = message.find('"');
    result += message.substr(0, quote);
    if (quote == std::string_view::npos) {
      break;
    }
    message.remove_prefix(quote + 1);
    if (!text::consume(message, "\"")) {
      break;
    }
    result += '"';
  }
  return result;
}

// `2e 05 00 00` or `0000052e`, behind `0000:`; as much as an error code takes.
std::string data_of(std::string_view message) {
  constexpr std::string_view kOffset = "\n0000:";
  constexpr std::size_t kBytes = 4;
  const std::size_t at = message.find(kOffset);
  if (at == std::string_view::npos) {
    return {};
  }
  std::string_view rest = message.substr(at + kOffset.size());
  std::string bytes;
  while (bytes.size() < kBytes) {
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    const std::size_t digits =
        std::min(rest.find_first_not_of("0123456789ABCDEFabcdef"), rest.size());
    const auto value = text::to_integer(rest.substr(0, digits), 16);
    if (!value || (digits != 2 && digits != 2 * kBytes)) {
      return {};
    }
    for (std::size_t i = 0; i < digits / 2; ++i) {
      bytes += static_cast<char>(*value >> (8 * i) & 0xFF);
    }
    rest.remove_prefix(digits);
  }
  return bytes;
}

}  // namespace

std::optional<ShownTime> time_in(const EventCells& cells,
                                 const EventLayout& layout) {
  const std::string_view id = cells[layout.id];
  const auto number = text::to_integer(id);
  if (!number || *number < 0 || cells[layout.source].empty()) {
    return std::nullopt;
  }
  if (layout.time == EventLayout::kNowhere) {
    return shown_time(cells[layout.date]);
  }
  if (!is_shown_date(cells[layout.date])) {
    return std::nullopt;
  }
  return shown_time(std::string(cells[layout.date]) + " " +
                    std::string(cells[layout.time]));
}

void LaidOutEvents::see(const EventCells& cells) {
  if (const auto time = time_in(cells, *layout_)) {
    order_.see(*time);
  }
  if (std::any_of(cells.begin(), cells.end(), is_day_first_language)) {
    order_.see_day_first();
  }
}

void LaidOutEvents::add(const EventCells& cells, std::string_view message,
                        std::uint64_t line) {
  const auto time = time_in(cells, *layout_);
  if (!time) {
    events_.damage({line, {}, true});
    return;
  }
  const auto clock = order_.clock(*time);
  if (!clock && undated_ == 0) {
    undated_ = line;
  }
  const auto cell = [&](std::size_t place) {
    return place == EventLayout::kNowhere ? std::string_view{} : cells[place];
  };
  const std::string words = without_quotes(message);
  const std::string data = data_of(words);
  TextEvent event;
  event.line = line;
  event.log = cell(layout_->log);
  event.source = cell(layout_->source);
  event.id = static_cast<std::uint32_t>(
      text::to_integer(cells[layout_->id]).value_or(0) & 0xFFFF);
  event.computer = cell(layout_->computer);
  event.time = clock.value_or(0);
  event.has_time = clock.has_value();
  event.message = words;
  event.binary = data;
  events_.add(event);
}

void LaidOutEvents::finish(const Document& document, FileFacts& facts) {
  if (undated_ != 0) {
    facts.problems.push_back(document.problem(
        "nothing tells which number of a date is the month: the times of these "
        "events are not used",
        {undated_, {}, true}));
  }
  events_.finish(document, facts);
}

}  // namespace iisdiag::evidence
