// MetaBase.xml of IIS 6.0: what each key stores, read as a whole.
#include <gtest/gtest.h>

#include "evidence/reading.hpp"

namespace iisdiag::evidence {
namespace {

// The keys as a whole metabase has them, from line 3 on.
std::string metabase(std::string_view keys) {
  return "<configuration>\n<MBProperty>\n" + std::string(keys) +
         "<IIsComputer Location=\"/LM\"/></MBProperty></configuration>\n";
}

std::string configs(std::string_view xml) {
  return describe(read_as(kMetabaseXml, xml).configs);
}

// What one key at /LM/W3SVC/1/ROOT stores.
std::string settings(std::string_view attributes,
                     std::string_view children = "") {
  const auto facts = read_as(
      kMetabaseXml, metabase("<IIsWebVirtualDir Location='/LM/W3SVC/1/ROOT' " +
                             std::string(attributes) + ">" +
                             std::string(children) + "</IIsWebVirtualDir>\n"));
  const std::string text = describe(facts.configs);
  return text.substr(text.find("  "));
}

TEST(MetabaseXmlTest, ReadsWhatEachKeyStores) {
  const auto facts = read_as(kMetabaseXml, R"(<?xml version ="1.0"?>
<configuration xmlns="urn:microsoft-catalog:XML_Metabase_V64_0">
<MBProperty>
<IIS_ROOT	Location ="/"
		AdminACL="49634462f8"
	>
</IIS_ROOT>
<IIsWebService	Location ="/LM/W3SVC"
		AnonymousUserName="IUSR_WEB01"
		AnonymousUserPass="49634462700000001c"
		AuthFlags="AuthAnonymous | AuthNTLM"
		IIs5IsolationModeEnabled="FALSE"
		LogonMethod="3"
	>
</IIsWebService>
<IIsApplicationPools	Location ="/LM/W3SVC/AppPools"
		AppPoolIdentityType="2"
	>
</IIsApplicationPools>
<IIsApplicationPool	Location ="/LM/W3SVC/AppPools/Sync pool"
		AppPoolIdentityType="0"
	>
</IIsApplicationPool>
<IIsWebServer	Location ="/LM/W3SVC/1"
		ServerBindings=":80:
			:8080:"
	>
</IIsWebServer>
<IIsWebVirtualDir	Location ="/LM/W3SVC/1/root"
		AppPoolId="Sync pool"
		AuthFlags="4"
		Path="c:\inetpub\wwwroot"
	>
</IIsWebVirtualDir>
<IIsWebVirtualDir	Location ="/LM/W3SVC/1/ROOT/app"
		AnonymousPasswordSync="TRUE"
		AnonymousUserName="CORP\web"
		DefaultLogonDomain="CORP"
	>
</IIsWebVirtualDir>
<IIsFtpServer	Location ="/LM/MSFTPSVC/1"
		AllowAnonymous="FALSE"
		AuthFlags="1"
	>
</IIsFtpServer>
</MBProperty>
</configuration>
)");
  EXPECT_EQ(describe(facts.configs), R"(metabase whole with sites of IIS 6
  isolation mode = no @12
  default pool identity = NetworkService @17
  pool Sync pool = LocalSystem @21
W3SVC /LM/W3SVC @8
  account = IUSR_WEB01 @9
  password = opaque @10
  method = network-cleartext @13
  anonymous = yes @11
  absent: sync, domain, pool
W3SVC /LM/W3SVC/1 @24
  absent: account, password, sync, method, anonymous, domain, pool
W3SVC /LM/W3SVC/1/ROOT serves @29
  anonymous = no @31
  pool = Sync pool @30
  absent: account, password, sync, method, domain
W3SVC /LM/W3SVC/1/ROOT/app serves @35
  account = CORP\web @37
  sync = yes @36
  domain = CORP @38
  absent: password, method, anonymous, pool
MSFTPSVC /LM/MSFTPSVC/1 serves @41
  anonymous = no @42
  absent: account, password, sync, method, domain, pool
)");
  EXPECT_EQ(describe(facts.problems), "");
}

TEST(MetabaseXmlTest, AnyNamespaceOrNone) {
  const std::string_view expected = R"(metabase whole with sites of IIS 6
W3SVC /LM/W3SVC/1/ROOT serves @2
  account = web @2
  absent: password, sync, method, anonymous, domain, pool
)";
  for (const std::string_view root :
       {"<configuration>",
        "<configuration xmlns=\"urn:microsoft-catalog:"
        "XML_Metabase_V54_0\">",
        "<configuration xmlns='urn:of nobody'>"}) {
    EXPECT_EQ(configs(std::string(root) +
                      "<MBProperty><IIsComputer Location='/LM'/>\n"
                      "<IIsWebVirtualDir Location='/LM/W3SVC/1/ROOT' "
                      "AnonymousUserName='web'/></MBProperty></configuration>"),
              expected);
  }
  EXPECT_EQ(configs("<m:configuration xmlns:m='urn:x'><m:MBProperty>"
                    "<m:IIsComputer Location='/LM'/>\n"
                    "<m:IIsWebVirtualDir Location='/LM/W3SVC/1/ROOT' "
                    "AnonymousUserName='web'/></m:MBProperty>"
                    "</m:configuration>"),
            expected);
}

// FORMATS.md 3.2: by id, whatever the name; 3.3: present and empty is set.
TEST(MetabaseXmlTest, CustomElementsAreProperties) {
  EXPECT_EQ(settings("", R"(
<Custom Name="AnonymousUserName" ID="6020" Value="by id" Type="STRING"
 UserType="IIS_MD_UT_FILE" Attributes="INHERIT"/>
<Custom Name="" ID="6021" Value="" Attributes="INHERIT | SECURE"/>
<Custom Name="UnknownName_6022" ID="6022" Value="1" Attributes="NO_ATTRIBUTES"/>
<Custom Name="LogonMethod" Value="2"/>
<Custom ID="6000" Value="5" Attributes="ISINHERITED"/>
<Custom ID="6012" Value="CORP" Attributes=""/>
<Custom ID="9202" Value="no property of ours"/>
<Custom ID="6000"/>
)"),
            R"(  account = by id @4
  password = empty @6
  sync = yes @7 (this node only)
  method = network @8
  anonymous = yes @9 (this node only)
  domain = CORP @10 (this node only)
  absent: pool
)");
}

TEST(MetabaseXmlTest, PasswordsAreClassifiedAndForgotten) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"", "empty"},
      {"496344627000000076000000", "opaque"},
      {"NOLONGERVALID", "lost"},
      {"nolongervalid 1", "lost"},
      {"**********", "opaque"},
      {"Sommer#06", "clear text"},
      {"4963", "clear text"},
      {"9634462700", "clear text"},
  };
  for (const auto& [value, kind] : cases) {
    EXPECT_EQ(
        settings("AnonymousUserPass='" + std::string(value) + "'"),
        "  password = " + std::string(kind) +
            " @3\n  absent: account, sync, method, anonymous, domain, pool\n")
        << value;
  }
}

TEST(MetabaseXmlTest, FlagsAreNamesOrANumber) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"AuthAnonymous", "anonymous = yes @3"},
      {"AuthAnonymous | AuthNTLM", "anonymous = yes @3"},
      {"AuthNTLM | AuthAnonymous", "anonymous = yes @3"},
      {"AuthBasic | AuthNTLM", "anonymous = no @3"},
      {"0", "anonymous = no @3"},
      {"1", "anonymous = yes @3"},
      {"4", "anonymous = no @3"},
      {"69", "anonymous = yes @3"},
      {"", "anonymous: the value of AuthFlags cannot be read @3"},
      {"Everybody", "anonymous: the value of AuthFlags cannot be read @3"},
      {"AuthNTLM, AuthAnonymous",
       "anonymous: the value of AuthFlags cannot be read @3"},
  };
  for (const auto& [value, result] : cases) {
    EXPECT_EQ(settings("AuthFlags='" + std::string(value) + "'"),
              "  " + std::string(result) +
                  "\n  absent: account, password, sync, method, domain, pool\n")
        << value;
  }
}

TEST(MetabaseXmlTest, ValuesThatMeanNothingAreUnknown) {
  EXPECT_EQ(settings("AnonymousPasswordSync='maybe' LogonMethod='4'"),
            R"(  sync: the value of AnonymousPasswordSync cannot be read @3
  method: the value of LogonMethod cannot be read @3
  absent: account, password, anonymous, domain, pool
)");
  EXPECT_EQ(settings("AnonymousPasswordSync='' LogonMethod='-1'"),
            R"(  sync: the value of AnonymousPasswordSync cannot be read @3
  method: the value of LogonMethod cannot be read @3
  absent: account, password, anonymous, domain, pool
)");
}

TEST(MetabaseXmlTest, BooleansInEveryWriting) {
  for (const std::string_view on : {"TRUE", "true", "True", "1"}) {
    EXPECT_EQ(settings("AnonymousPasswordSync='" + std::string(on) + "'"),
              "  sync = yes @3\n"
              "  absent: account, password, method, anonymous, domain, pool\n");
  }
  for (const std::string_view off : {"FALSE", "false", "0"}) {
    EXPECT_EQ(settings("AnonymousPasswordSync='" + std::string(off) + "'"),
              "  sync = no @3\n"
              "  absent: account, password, method, anonymous, domain, pool\n");
  }
}

// The items of a list stand on lines of their own; what follows them keeps its
// place, and none of them is taken for a property.
TEST(MetabaseXmlTest, ListsHoldRealLineBreaks) {
  EXPECT_EQ(settings("ServerBindings=\":80:\r\n\t\t\tAnonymousUserName=no\r\n"
                     "\t\t\t:8080:\"\r\n\t\tAnonymousUserName=\"yes\""),
            "  account = yes @6\n"
            "  absent: password, sync, method, anonymous, domain, pool\n");
}

TEST(MetabaseXmlTest, EscapedCharactersAreThoseThatAreMeant) {
  EXPECT_EQ(settings("AnonymousUserName='R&amp;D\\w&#101;b &lt;1>'"),
            "  account = R&D\\web <1> @3\n"
            "  absent: password, sync, method, anonymous, domain, pool\n");
}

TEST(MetabaseXmlTest, TemplatesAndOtherServicesAreNoNodes) {
  EXPECT_EQ(configs(metabase(R"(
<IIsConfigObject Location="/LM/W3SVC/Info" AnonymousUserName="a"/>
<IIsWebServer Location="/LM/W3SVC/Info/Templates/Secure" AuthFlags="1"/>
<IIsFtpInfo Location="/LM/MSFTPSVC/Info" AnonymousUserName="b"/>
<IIsFilters Location="/LM/W3SVC/Filters" AnonymousUserName="c"/>
<IIsSmtpService Location="/LM/SMTPSVC" AnonymousUserName="d"/>
<IIsWebVirtualDir Location="" AnonymousUserName="e"/>
<IIsWebVirtualDir AnonymousUserName="f"/>
)")),
            "metabase whole\n");
}

// An export of a subtree: what its ancestors set is not known.
TEST(MetabaseXmlTest, WithoutTheTopItIsAPart) {
  EXPECT_EQ(configs("<configuration><MBProperty>\n<IIsFtpService "
                    "Location='/LM/MSFTPSVC' AllowAnonymous='1'/>"
                    "</MBProperty></configuration>"),
            R"(metabase part
MSFTPSVC /LM/MSFTPSVC @2
  anonymous = yes @2
  absent: account, password, sync, method, domain, pool
)");
}

}  // namespace
}  // namespace iisdiag::evidence
