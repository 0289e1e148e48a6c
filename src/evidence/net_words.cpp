#include "evidence/net_words.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

constexpr NetWords kEnglish{
    "en",
    {"User name", "Account active", "Account expires", "Password last set",
     "Password expires", "Password required", "Workstations allowed",
     "Last logon", "Logon hours allowed", "Local Group Memberships",
     "Global Group memberships"},
    "Yes",
    "No",
    "Never",
    "All",
    "None",
    "Unlimited",
    "The command completed",
    "User accounts for",
    "Lockout threshold",
    {"Sunday|Sun", "Monday|Mon", "Tuesday|Tue", "Wednesday|Wed", "Thursday|Thu",
     "Friday|Fri", "Saturday|Sat"},
    ""};

constexpr NetWords kGerman{
    "de",
    {"Benutzername", "Konto aktiv", "Konto abgelaufen",
     "Letztes Setzen des Kennworts", "Kennwort läuft ab",
     "Kennwort erforderlich", "Erlaubte Arbeitsstationen", "Letzte Anmeldung",
     "Erlaubte Anmeldezeiten", "Lokale Gruppenmitgliedschaften",
     "Globale Gruppenmitgliedschaften"},
    "Ja",
    "Nein",
    "Nie",
    "Alle|Alles",
    "Kein|Keine",
    "Unbegrenzt|Unbeschränkt",
    "Der Befehl wurde",
    "Benutzerkonten",
    "Sperrschwelle",
    {"Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag",
     "Samstag|Sonnabend"},
    "läuft ab|ausgeführt|Länder|Vollständiger|änderbar|ändern|Domäne"};

constexpr NetWords kFrench{
    "fr",
    {"Nom d'utilisateur", "Compte : actif|Compte: actif", "Le compte expire",
     "Mot de passe : dernier|Mot de passe: dernier", "Le mot de passe expire",
     "Mot de passe exigé", "Stations autorisées", "Dernier accès",
     "Heures d'accès autorisé", "Appartient aux groupes locaux",
     "Appartient aux groupes globaux"},
    "Oui",
    "Non",
    "Jamais",
    "Tout|Tous|Toutes",
    "Aucun",
    "Illimité|Illimitée",
    "La commande s'est",
    "omptes d'utilisateur",
    "Seuil de verrouillage",
    {"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"},
    "terminée|région|autorisé|exigé|Répertoire|accès|Invités|contrôleur"};

constexpr NetWords kSpanish{
    "es",
    {"Nombre de usuario", "Cuenta activa", "La cuenta expira",
     "Ultimo cambio de contraseña", "La contraseña expira",
     "Contraseña requerida", "Estaciones de trabajo autorizadas",
     "Ultima sesión iniciada", "Horas de inicio de sesión autorizadas",
     "Miembros del grupo local", "Miembros del grupo global"},
    "Sí",
    "No",
    "Nunca",
    "Todas|Todos|Todo",
    "Ninguno",
    "Ilimitada|Ilimitado",
    "Se ha completado",
    "Cuentas de usuario",
    "Umbral de bloqueo",
    {"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"},
    "contraseña|sesión|Código|país|región|  Sí"};

constexpr NetWords kItalian{
    "it",
    {"Nome utente", "Account attivo", "Scadenza account",
     "Ultima impostazione password", "Scadenza password", "Password necessaria",
     "Workstation consentite", "Ultimo accesso", "",
     "Appartenenze al gruppo locale", "Appartenenze al gruppo globale"},
    "Sì",
    "No",
    "Mai",
    "Tutti|Tutte|Tutto",
    "Nessuno",
    "Illimitata|Illimitato",
    "Esecuzione comando",
    "Account utente",
    "",
    {"domenica", "lunedì", "martedì", "mercoledì", "giovedì", "venerdì",
     "sabato"},
    "  Sì|può cambiare|verrà"};

constexpr NetWords kPortuguese{
    "pt",
    {"Nome de usuário", "Conta ativa", "Conta expira em",
     "Última definição de senha", "A senha expira", "Senha necessária",
     "Estações de trabalho permitidas", "Último logon",
     "Horários de logon permitidos", "Associações de Grupo Local",
     "Associações de Grupo Global"},
    "Sim",
    "Não",
    "Nunca",
    "Todos|Todas|Tudo",
    "Nenhum",
    "Ilimitado|Ilimitada",
    "Comando concluído",
    "Contas de usuário",
    "",
    {"domingo", "segunda", "terça", "quarta", "quinta", "sexta", "sábado"},
    "Última|definição|usuário|êxito|necessária|Associações|Último|Alteração|"
    "Comentário|Usuários|concluído|  Não"};

constexpr NetWords kJapanese{
    "ja",
    {"ユーザー名", "アカウント有効", "アカウントの期限",
     "最終パスワード変更日時", "パスワード有効期間", "",
     "ログオン可能なワークステーション", "最終ログオン日時", "ログオン可能時間",
     "所属しているローカル グループ", "所属しているグローバル グループ"},
    "",
    "",
    "無期限",
    "すべて",
    "なし",
    "無制限",
    "コマンドは正常に",
    "のユーザー アカウント",
    "",
    {"日曜日|日曜", "月曜日|月曜", "火曜日|火曜", "水曜日|水曜", "木曜日|木曜",
     "金曜日|金曜", "土曜日|土曜"},
    "アカウント|パスワード|コマンドは正常に|エイリアス|ユーザー|グループ"};

constexpr NetWords kRussian{
    "ru",
    {"Имя пользователя", "Учетная запись активна", "Учетная запись просрочена",
     "Последний пароль задан", "Действие пароля завершается",
     "Требуется пароль", "Разрешенные рабочие станции", "Последний вход",
     "Разрешенные часы входа", "Членство в локальных группах",
     "Членство в глобальных группах"},
    "Да",
    "Нет",
    "Никогда",
    "Все",
    "Отсутствует",
    "Не ограничен|Неограничен|Неограниченно",
    "Команда выполнена",
    "Учетные записи пользователей",
    "",
    {"воскресенье", "понедельник", "вторник", "среда", "четверг", "пятница",
     "суббота"},
    "Учетн|пользовател|Команда|Членство|групп|ароль|омментарий|севдоним"};

constexpr std::array kAll = {kEnglish, kGerman,     kFrench,   kSpanish,
                             kItalian, kPortuguese, kJapanese, kRussian};

// One of three characters may be lost.
bool same_begin(std::string_view text, std::string_view word) {
  // Most are told apart by their first byte.
  if (!text.empty() && text.front() != word.front() && text.front() != '?' &&
      text.front() != '\xEF') {
    return false;
  }
  std::size_t lost = text::length(word) / 3;
  while (!word.empty()) {
    if (text.empty()) {
      return false;
    }
    const char32_t expected = text::take_code_point(word);
    const char32_t found = text::take_code_point(text);
    if (found == expected) {
      continue;
    }
    if ((found != U'?' && found != 0xFFFD) || lost == 0) {
      return false;
    }
    --lost;
  }
  return true;
}

// Labels and sentences as they are compared, made once.
struct Folded {
  FoundLabel found;
  std::string text;
};

std::string folded_begin(std::string_view line) {
  constexpr std::size_t kLongest = 64;
  return text::without_accents(text::prefix(line, kLongest));
}

const std::vector<Folded>& folded_labels() {
  static const std::vector<Folded> kLabels = [] {
    std::vector<Folded> labels;
    for (const NetWords& words : kAll) {
      for (std::size_t i = 0; i < kNetLabels; ++i) {
        for (const std::string_view label :
             text::split(words.labels.at(i), '|')) {
          if (!label.empty()) {
            labels.push_back({{&words, static_cast<NetLabel>(i)},
                              text::without_accents(label)});
          }
        }
      }
    }
    return labels;
  }();
  return kLabels;
}

const std::vector<std::string>& folded_completions() {
  static const std::vector<std::string> kSentences = [] {
    std::vector<std::string> sentences;
    sentences.reserve(kAll.size());
    for (const NetWords& words : kAll) {
      sentences.push_back(text::without_accents(words.completed));
    }
    return sentences;
  }();
  return kSentences;
}

}  // namespace

std::span<const NetWords> net_words() { return kAll; }

const NetWords& english_words() { return kAll.front(); }

bool is_word(std::string_view value, std::string_view words) {
  const std::string folded = folded_begin(value);
  const auto parts = text::split(words, '|');
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view word) {
    const std::string expected = text::without_accents(word);
    return !word.empty() && text::length(folded) == text::length(expected) &&
           same_begin(folded, expected);
  });
}

bool starts_with_word(std::string_view text, std::string_view words) {
  const std::string folded = folded_begin(text);
  const auto parts = text::split(words, '|');
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view word) {
    return !word.empty() && same_begin(folded, text::without_accents(word));
  });
}

bool contains_word(std::string_view text, std::string_view words) {
  const std::string folded = text::without_accents(text);
  const auto parts = text::split(words, '|');
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view word) {
    return !word.empty() &&
           folded.find(text::without_accents(word)) != std::string::npos;
  });
}

std::optional<FoundLabel> net_label(std::string_view line) {
  const std::string folded = folded_begin(line);
  const Folded* best = nullptr;
  for (const Folded& label : folded_labels()) {
    if (same_begin(folded, label.text) &&
        (best == nullptr || best->text.size() < label.text.size())) {
      best = &label;
    }
  }
  return best != nullptr ? std::optional(best->found) : std::nullopt;
}

std::string_view completion_language(std::string_view line) {
  const std::string folded = folded_begin(line);
  const auto& all = folded_completions();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const std::string& sentence) {
        return same_begin(folded, sentence);
      });
  return found == all.end()
             ? std::string_view{}
             : net_words()[static_cast<std::size_t>(found - all.begin())]
                   .language;
}

bool is_completion(std::string_view line) {
  return !completion_language(line).empty();
}

bool says_domain(std::string_view line) {
  if (line.find("  ") != std::string_view::npos) {
    return false;  // a label and a value
  }
  line = text::prefix(line, 400);
  return contains_word(line, "request will be processed at") ||
         (contains_word(line, "domain|domän|domin|ドメイン|домен") &&
          contains_word(line,
                        "controller|contrôleur|controlador|コントローラ|"
                        "контроллер"));
}

bool is_alias_label(std::string_view label) {
  return contains_word(text::prefix(label, 64), "alias|エイリアス|псевдоним");
}

std::size_t telling_words(std::string_view text) {
  std::size_t count = 0;
  for (const NetWords& words : kAll) {
    for (const std::string_view word : text::split(words.telling, '|')) {
      const bool is_there =
          !word.empty() && text.find(word) != std::string_view::npos;
      count += is_there ? 1 : 0;
    }
  }
  return count;
}

}  // namespace iisdiag::evidence
