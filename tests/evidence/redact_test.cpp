// Configuration files that may leave a server.
#include "evidence/redact.hpp"

#include <gtest/gtest.h>

namespace iisdiag::evidence {
namespace {

TEST(RedactTest, ApplicationHostConfig) {
  EXPECT_EQ(without_secrets(R"(<?xml version="1.0"?>
<!-- password of Bob: hunter2 -->
<configuration>
  <configProtectedData><providers>
    <add name="AesProvider" useOAEP="false" sessionKey="hunter2" keyContainerName="iisConfigurationKey"/>
  </providers></configProtectedData>
  <system.applicationHost>
    <applicationPools>
      <add name="web"><processModel userName="CORP\pool" password="hunter2"/>
        <environmentVariables><add name="DB" value="hunter2"/></environmentVariables>
      </add>
    </applicationPools>
    <sites><site name="Default Web Site" id="1"><virtualDirectory path="/" userName="x" password="[enc:AesProvider:hunter2:enc]"/></site></sites>
  </system.applicationHost>
  <system.webServer>
    <security><authentication>
      <anonymousAuthentication enabled="true" userName="CORP\web" password="hunter2" logonMethod="ClearText"/>
    </authentication></security>
    <odd value="[enc:IISWASOnlyAesProvider:hunter2:enc]">hunter2</odd>
  </system.webServer>
  <connectionStrings><add name="a" connectionString="Server=x;Pwd=hunter2"/></connectionStrings>
  <appSettings><add key="hunter2" value="hunter2"/></appSettings>
</configuration>)"),
            R"(<?xml version="1.0"?>
<configuration>
  <configProtectedData>
    <providers>
      <add name="AesProvider" useOAEP="false" sessionKey="*****" keyContainerName="*****" />
    </providers>
  </configProtectedData>
  <system.applicationHost>
    <applicationPools>
      <add name="web">
        <processModel userName="CORP\pool" password="*****" />
        <environmentVariables>
          <add name="DB" value="*****" />
        </environmentVariables>
      </add>
    </applicationPools>
    <sites>
      <site name="Default Web Site" id="1">
        <virtualDirectory path="/" userName="x" password="*****" />
      </site>
    </sites>
  </system.applicationHost>
  <system.webServer>
    <security>
      <authentication>
        <anonymousAuthentication enabled="true" userName="CORP\web" password="*****" logonMethod="ClearText" />
      </authentication>
    </security>
    <odd value="*****" />
  </system.webServer>
  <connectionStrings>
    <add name="a" connectionString="*****" />
  </connectionStrings>
  <appSettings>
    <add key="*****" value="*****" />
  </appSettings>
</configuration>
)");
}

TEST(RedactTest, Metabase) {
  EXPECT_EQ(without_secrets(R"(<configuration><MBProperty>
<IIsWebService Location="/LM/W3SVC" AnonymousUserName="IUSR_WEB01"
  AnonymousUserPass="4963446200aa" AnonymousPasswordSync="TRUE" WAMUserPass="" LogonMethod="3">
  <Custom Name="UnknownName_6021" ID="6021" Value="hunter2" Attributes="INHERIT | SECURE"/>
  <Custom Name="UnknownName_9999" ID="9999" Value="49634462aabb" Attributes="NO_ATTRIBUTES"/>
  <Custom Name="Open" ID="1" Value="kept" Attributes="INHERIT"/>
</IIsWebService></MBProperty></configuration>)"),
            R"(<?xml version="1.0"?>
<configuration>
  <MBProperty>
    <IIsWebService Location="/LM/W3SVC" AnonymousUserName="IUSR_WEB01" AnonymousUserPass="*****" AnonymousPasswordSync="TRUE" WAMUserPass="" LogonMethod="3">
      <Custom Name="UnknownName_6021" ID="6021" Value="*****" Attributes="INHERIT | SECURE" />
      <Custom Name="UnknownName_9999" ID="9999" Value="*****" Attributes="NO_ATTRIBUTES" />
      <Custom Name="Open" ID="1" Value="kept" Attributes="INHERIT" />
    </IIsWebService>
  </MBProperty>
</configuration>
)");
}

// An entity could hold a value, and CDATA is text.
TEST(RedactTest, OtherPlacesForAText) {
  EXPECT_EQ(without_secrets("<a><![CDATA[hunter2]]><b c='1'>hunter2</b>"
                            "<?hunter2 hunter2?></a>"),
            "<?xml version=\"1.0\"?>\n<a>\n  <b c=\"1\" />\n</a>\n");
}

TEST(RedactTest, WhatIsNoXmlIsNotHandedOn) {
  EXPECT_EQ(without_secrets(""), std::nullopt);
  EXPECT_EQ(without_secrets("password=hunter2"), std::nullopt);
  EXPECT_EQ(without_secrets("<a password='hunter2'><b></a>"), std::nullopt);
  EXPECT_EQ(without_secrets("<a password='hunter2'"), std::nullopt);
}

}  // namespace
}  // namespace iisdiag::evidence
