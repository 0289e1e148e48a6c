// `net user NAME` on Windows of other languages: records made up from the
// labels of FORMATS.md 8.1, in every encoding in which they can come.
#include <gtest/gtest.h>

#include "evidence/reading.hpp"
#include "support/net_languages.hpp"

namespace iisdiag::evidence {
namespace {

using test::Language;

constexpr std::string_view kGerman =
    R"(Benutzername                        IUSR_WEB01
Vollständiger Name
Beschreibung                        Built-in account for anonymous access
Benutzerbeschreibung
Länder-/Regionscode                 000 (Standardsystem)
Konto aktiv                         Ja
Konto abgelaufen                    31.12.2007

Letztes Setzen des Kennworts        16.05.2006 09:01
Kennwort läuft ab                   Nie
Kennwort änderbar                   16.05.2006 09:01
Kennwort erforderlich               Ja
Benutzer kann Kennwort ändern       Nein

Erlaubte Arbeitsstationen           WEB01,WEB02
Anmeldeskript
Benutzerprofil
Basisverzeichnis
Letzte Anmeldung                    22.05.2006 19:48

Erlaubte Anmeldezeiten              Montag - Freitag 08:00 - 17:00
                                    Sonntag 09:30 - 12:00

Lokale Gruppenmitgliedschaften      *Gäste                *Benutzer
                                    *Web operators of Berl
Globale Gruppenmitgliedschaften     *Kein
Der Befehl wurde erfolgreich ausgeführt.

)";

constexpr std::string_view kFrench =
    R"(Nom d’utilisateur                              IUSR_WEB01
Nom complet
Commentaire                                    Built-in account for anonymous access
Commentaires utilisateur
Code du pays ou de la région                   000 (Valeur par défaut du système)
Compte : actif                                 Oui
Le compte expire                               31/12/2007

Mot de passe : dernier changmt.                16/05/2006 09:01
Le mot de passe expire                         Jamais
Le mot de passe modifiable                     16/05/2006 09:01
Mot de passe exigé                             Oui
L’utilisateur peut changer de mot de passe     Non

Stations autorisées                            WEB01,WEB02
Script d’ouverture de session
Profil d’utilisateur
Répertoire de base
Dernier accès                                  22/05/2006 19:48

Heures d’accès autorisé                        lundi - vendredi 08:00 - 17:00
                                               dimanche 09:30 - 12:00

Appartient aux groupes locaux                  *Invités              *Utilisateurs
                                               *Web operators of Berl
Appartient aux groupes globaux                 *Aucun
La commande s’est terminée correctement.

)";

constexpr std::string_view kSpanish =
    R"(Nombre de usuario                          IUSR_WEB01
Nombre completo
Comentario                                 Built-in account for anonymous access
Comentario del usuario
Código de país o región                    000 (Predeterminado por el equipo)
Cuenta activa                              Sí
La cuenta expira                           31/12/2007

Ultimo cambio de contraseña                16/05/2006 09:01
La contraseña expira                       Nunca
Cambio de contraseña                       16/05/2006 09:01
Contraseña requerida                       Sí
El usuario puede cambiar la contraseña     No

Estaciones de trabajo autorizadas          WEB01,WEB02
Script de inicio de sesión
Perfil de usuario
Directorio principal
Ultima sesión iniciada                     22/05/2006 19:48

Horas de inicio de sesión autorizadas      lunes - viernes 08:00 - 17:00
                                           domingo 09:30 - 12:00

Miembros del grupo local                   *Invitados            *Usuarios
                                           *Web operators of Berl
Miembros del grupo global                  *Ninguno
Se ha completado el comando correctamente.

)";

constexpr std::string_view kItalian =
    R"(Nome utente                           IUSR_WEB01
Nome completo
Commento                              Built-in account for anonymous access
Commento utente
Codice paese                          000 (Predefinito)
Account attivo                        Sì
Scadenza account                      31/12/2007

Ultima impostazione password          16/05/2006 09:01
Scadenza password                     Mai
Password modificabile                 16/05/2006 09:01
Password necessaria                   Sì
L'utente può cambiare la password     No

Workstation consentite                WEB01,WEB02
Script di accesso
Profilo utente
Home directory
Ultimo accesso                        22/05/2006 19:48

Orario di accesso consentito          lunedì - venerdì 08:00 - 17:00
                                      domenica 09:30 - 12:00

Appartenenze al gruppo locale         *Guests               *Users
                                      *Web operators of Berl
Appartenenze al gruppo globale        *Nessuno
Esecuzione comando riuscita.

)";

constexpr std::string_view kPortuguese =
    R"(Nome de usuário                     IUSR_WEB01
Nome completo
Comentário                          Built-in account for anonymous access
Comentário do usuário
Código do país/região               000 (Padrão do Sistema)
Conta ativa                         Sim
Conta expira em                     31/12/2007

Última definição de senha           16/05/2006 09:01
A senha expira                      Nunca
Alteração de senha                  16/05/2006 09:01
Senha necessária                    Sim
O usuário pode alterar a senha      Não

Estações de trabalho permitidas     WEB01,WEB02
Script de logon
Perfil de usuário
Pasta base
Último logon                        22/05/2006 19:48

Horários de logon permitidos        segunda-feira - sexta-feira 08:00 - 17:00
                                    domingo 09:30 - 12:00

Associações de Grupo Local          *Convidados           *Usuários
                                    *Web operators of Berl
Associações de Grupo Global         *None
Comando concluído com êxito.

)";

constexpr std::string_view kJapanese =
    R"(ユーザー名                           IUSR_WEB01
フル ネーム
コメント                             Built-in account for anonymous access
ユーザーのコメント
国/地域番号                          000 (システム既定)
アカウント有効                       Yes
アカウントの期限                     2007/12/31

最終パスワード変更日時               2006/05/16 09:01
パスワード有効期間                   無期限
パスワード次回変更可能日時           2006/05/16 09:01
パスワードの必要性                   Yes
ユーザーによるパスワード変更可能     No

ログオン可能なワークステーション     WEB01,WEB02
ログオン スクリプト
ユーザー プロファイル
ホーム ディレクトリ
最終ログオン日時                     2006/05/22 19:48

ログオン可能時間                     月曜日 - 金曜日 08:00 - 17:00
                                     日曜日 09:30 - 12:00

所属しているローカル グループ        *Guests               *Users
                                     *Web operators of Berl
所属しているグローバル グループ      *なし
コマンドは正常に終了しました。

)";

constexpr std::string_view kRussian =
    R"(Имя пользователя                       IUSR_WEB01
Полное имя
Комментарий                            Built-in account for anonymous access
Комментарий пользователя
Код страны                             000 (Стандартный системный)
Учетная запись активна                 Yes
Учетная запись просрочена              31.12.2007

Последний пароль задан                 16.05.2006 09:01
Действие пароля завершается            Никогда
Пароль допускает изменение             16.05.2006 09:01
Требуется пароль                       Yes
Пользователь может изменить пароль     No

Разрешенные рабочие станции            WEB01,WEB02
Сценарий входа
Конфигурация пользователя
Основной каталог
Последний вход                         22.05.2006 19:48

Разрешенные часы входа                 понедельник - пятница 08:00 - 17:00
                                       воскресенье 09:30 - 12:00

Членство в локальных группах           *Гости                *Пользователи
                                       *Web operators of Berl
Членство в глобальных группах          *Отсутствует
Команда выполнена успешно.

)";

struct Record {
  Language language;
  std::string_view text;
  std::string_view local_groups;
  std::string_view hours;
};
constexpr Record kRecords[] = {
    {Language::kGerman, kGerman, "Gäste, Benutzer",
     "Montag - Freitag 08:00 - 17:00, Sonntag 09:30 - 12:00"},
    {Language::kFrench, kFrench, "Invités, Utilisateurs",
     "lundi - vendredi 08:00 - 17:00, dimanche 09:30 - 12:00"},
    {Language::kSpanish, kSpanish, "Invitados, Usuarios",
     "lunes - viernes 08:00 - 17:00, domingo 09:30 - 12:00"},
    {Language::kItalian, kItalian, "Guests, Users",
     "lunedì - venerdì 08:00 - 17:00, domenica 09:30 - 12:00"},
    {Language::kPortuguese, kPortuguese, "Convidados, Usuários",
     "segunda-feira - sexta-feira 08:00 - 17:00, domingo 09:30 - 12:00"},
    {Language::kJapanese, kJapanese, "Guests, Users",
     "月曜日 - 金曜日 08:00 - 17:00, 日曜日 09:30 - 12:00"},
    {Language::kRussian, kRussian, "Гости, Пользователи",
     "понедельник - пятница 08:00 - 17:00, воскресенье 09:30 - 12:00"},
};

// The same in every language, but for names and what is quoted.
std::string facts_of(const Record& record) {
  return R"(account IUSR_WEB01 @1
  active = yes @6
  locked = no @6
  expires = 2007-12-31T00:00:00 or 2007-12-31T23:59:59 @7
  password expires = never @10
  password set = 2006-05-16T09:01:00 @9
  password required = yes @12
  last logon = 2006-05-22T19:48:00 @19
  workstations = WEB01, WEB02 @15
  hours = limited 1-5:480-1020 0-0:570-720 ")" +
         std::string(record.hours) + R"(" @21
  local groups = )" +
         std::string(record.local_groups) + R"(, Web operators of Berl @24
  global groups = nobody @26
)";
}

TEST(NetLanguagesTest, RecordsOfEachLanguageInEachEncoding) {
  for (const Record& record : kRecords) {
    for (const test::Encoding encoding : test::encodings_of(record.language)) {
      SCOPED_TRACE(std::string(test::language_name(record.language)) + " " +
                   std::string(test::encoding_name(encoding)));
      const auto facts = read_as(kNetUser, test::encode(record.text, encoding));
      EXPECT_EQ(describe(facts.accounts), facts_of(record));
      EXPECT_EQ(describe(facts.problems), "");
    }
  }
}

// As `net` pads them, with a name that the code page has to tell.
TEST(NetLanguagesTest, NamesBeyondAscii) {
  for (const Language language : test::kLanguages) {
    test::NetUser user;
    user.name = language == Language::kRussian    ? "ВебГость"
                : language == Language::kJapanese ? "ウェブ"
                                                  : "JörgWärter";
    for (const test::Encoding encoding : test::encodings_of(language)) {
      SCOPED_TRACE(std::string(test::language_name(language)) + " " +
                   std::string(test::encoding_name(encoding)));
      const auto facts =
          read_as(kNetUser,
                  test::encode(test::net_user_text(user, language), encoding));
      ASSERT_EQ(facts.accounts.accounts.size(), 1U);
      EXPECT_EQ(facts.accounts.accounts[0].name, user.name);
    }
  }
}

// The English record of a British or German server: only its names tell.
TEST(NetLanguagesTest, EnglishRecordsInOemPages) {
  test::NetUser user;
  user.name = "JörgWärter";
  const std::string text = test::net_user_text(user, Language::kEnglish);
  for (const test::Encoding encoding :
       {test::Encoding::kOem437, test::Encoding::kOem850,
        test::Encoding::kWindows1252}) {
    EXPECT_EQ(read_as(kNetUser, test::encode(text, encoding))
                  .accounts.accounts.at(0)
                  .name,
              user.name);
  }
}

std::string replaced(std::string_view text, std::string_view from,
                     std::string_view to) {
  std::string result(text);
  const auto at = result.find(from);
  if (at == std::string::npos) {
    throw std::invalid_argument(std::string(from));
  }
  return result.replace(at, from.size(), to);
}

// CORPUS.md: French of 2012 words some labels otherwise; positions count.
TEST(NetLanguagesTest, OtherWordingsAreReadByPosition) {
  std::string text(kFrench);
  text = replaced(text, "Mot de passe : dernier changmt. ",
                  "Dernier changement du mot passe ");
  text = replaced(text, "Mot de passe exigé ", "Un mot de passe...");
  text = replaced(text, "Stations autorisées ", "Postes de travail...");
  text = replaced(text, "Dernier accès ", "Dernière fois ");
  text = replaced(text, "Heures d’accès autorisé ", "Heures permises...... ");
  text = replaced(text, "Appartient aux groupes globaux ",
                  "Groupes globaux............... ");
  const auto facts = read_as(kNetUser, text);
  EXPECT_EQ(describe(facts.accounts), facts_of(kRecords[1]));
}

TEST(NetLanguagesTest, YesAndNoInEveryLanguage) {
  for (const Language language : test::kLanguages) {
    test::NetUser user;
    user.active = "No";
    user.password_required = "No";
    user.last_logon = "Never";
    const auto facts = read_as(kNetUser, test::net_user_text(user, language));
    const facts::Account& account = facts.accounts.accounts.at(0);
    EXPECT_TRUE(account.active.is(false)) << test::language_name(language);
    EXPECT_TRUE(account.password_required.is(false));
    EXPECT_FALSE(account.locked.has_value());
    EXPECT_FALSE(account.last_logon.has_value());
  }
}

TEST(NetLanguagesTest, WhatCannotBeReadIsUnknown) {
  EXPECT_EQ(
      describe(
          read_as(kNetUser, replaced(kGerman, "   Ja", "   Jein")).accounts)
          .substr(0, 70),
      "account IUSR_WEB01 @1\n"
      "  active: the value \"Jein\" cannot be read @6\n"
      "  e");
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"Montag", "Mittag"},
      {"Freitag", "und Freitag"},
      {"17:00", "17:00 ??"},
      {"Montag - Freitag 08:00 - 17:00", "Nie"}};
  for (const auto& [from, to] : cases) {
    const auto facts = read_as(kNetUser, replaced(kGerman, from, to));
    EXPECT_TRUE(facts.accounts.accounts.at(0).logon_hours.is_unknown()) << to;
  }
}

// FORMATS.md 8.1, Greek: what stands for AM and PM is lost.
TEST(NetLanguagesTest, HalvesOfTheDayMayBeLost) {
  const auto facts = read_as(
      kNetUser, replaced(kFrench, "22/05/2006 19:48", "22/05/2006 7:48:30 ??"));
  const auto& last = facts.accounts.accounts.at(0).last_logon;
  ASSERT_TRUE(last.has_value());
  EXPECT_EQ(facts::iso_text({last->earliest, {}}), "2006-05-22T07:48:30");
  EXPECT_EQ(facts::iso_text({last->latest, {}}), "2006-05-22T19:48:30");
}

TEST(NetLanguagesTest, DomainsAndMissingAccounts) {
  constexpr std::string_view kHeading =
      "The request will be processed at a domain controller for domain CORP.\n"
      "\n";
  constexpr std::string_view kAnswer =
      "The user name could not be found.\n\n"
      "More help is available by typing NET HELPMSG 2221.\n";
  for (const Language language : test::kLanguages) {
    SCOPED_TRACE(test::language_name(language));
    const std::string heading = test::translate_net_user(kHeading, language);
    const auto facts =
        read_as(kNetUser, heading + test::net_user_text({}, language));
    EXPECT_TRUE(facts.accounts.accounts.at(0).from_domain);
    EXPECT_EQ(describe(facts.problems), "");
    const std::string answer = test::translate_net_user(kAnswer, language);
    EXPECT_EQ(describe(read_as(kNetUser, answer).accounts),
              "no account (whose name is not said) @1\n");
    EXPECT_EQ(describe(read_as(kNetUser, heading + answer).accounts),
              "no domain account (whose name is not said) @1\n");
  }
}

TEST(NetLanguagesTest, TextThatOnlyQuotesIsNoAnswer) {
  EXPECT_EQ(format_of("Wenn dort steht\n\nDer Name\n\nNET HELPMSG 2221 "
                      "eingeben\n\nist das Konto weg.\n"),
            "-");
  EXPECT_EQ(format_of("Konto aktiv  Ja\nmehr nicht\n"), "-");
  EXPECT_EQ(format_of("Benutzername  Konto\nBeschreibung\n"), "-");
}

}  // namespace
}  // namespace iisdiag::evidence
