// Names and SIDs out of `whoami /all` (FORMATS.md 8.4).
#include <gtest/gtest.h>

#include "evidence/reading.hpp"

namespace iisdiag::evidence {
namespace {

std::string names(std::string_view text) {
  return describe(read_as(kWhoami, text).accounts);
}

TEST(WhoamiTest, TablesInAnyLanguage) {
  EXPECT_EQ(names(R"(
INFORMACION DE USUARIO

Nombre      SID
=========== =============
web01\admin S-1-5-21-1-2-3-500

Nombre de grupo                 Tipo       SID          Atributos
=============================== ========== ============ =========
Todos                           Grupo      S-1-1-0
BUILTIN\Usuarios de prueba      Alias      S-1-5-32-545 Grupo obligatorio
NT AUTHORITY\)"
                  "Autenticación      "
                  R"(Grupo      S-1-5-11     x
)"),
            "S-1-5-21-1-2-3-500 is web01\\admin @6\n"
            "S-1-1-0 is Todos @10\n"
            "S-1-5-32-545 is BUILTIN\\Usuarios de prueba @11\n"
            "S-1-5-11 is NT AUTHORITY\\Autenticación @12\n");
}

TEST(WhoamiTest, TheSupportTool) {
  EXPECT_EQ(names("[User]     = \"CORP\\admin\"  S-1-5-21-1-2-3-500\n\n"
                  "[Group  1] = \"Everyone\"  S-1-1-0\n"),
            "S-1-5-21-1-2-3-500 is CORP\\admin @1\n"
            "S-1-1-0 is Everyone @3\n");
}

TEST(WhoamiTest, RowsThatDoNotFitAreLeftOut) {
  EXPECT_EQ(format_of("Name SID\n===== =====\nlonger than that S-1-1-0\n"),
            "-");
  EXPECT_EQ(format_of("Name  SID\n===== =====\nname  S-1-1-0"), "-");  // cut
  EXPECT_EQ(format_of("Name  SID\n===== =====\nname  S-1-x\n"), "-");
}

}  // namespace
}  // namespace iisdiag::evidence
