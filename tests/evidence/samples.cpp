#include "evidence/samples.hpp"

namespace iisdiag::evidence {
namespace {

constexpr Sample kSamples[] = {
    {"snapshot", "snapshot.json", R"({
  "schema": "iisdiag-snapshot/1",
  "version": "1.0.0",
  "computer": "WEB01",
  "captured_at": "2026-11-22T10:00:00Z",
  "utc_offset_minutes": 60,
  "elevated": true,
  "facts": {
    "machine": {
      "computer": {
        "value": "WEB01",
        "origin": {
          "api": "GetComputerName",
          "code": 0
        }
      },
      "domain": {
        "absent": true
      }
    },
    "configs": [
      {
        "store": "metabase",
        "whole": true,
        "nodes": [
          {
            "service": "W3SVC",
            "path": "/LM/W3SVC/1/ROOT",
            "serves": true,
            "account": {
              "value": "IUSR_WEB01",
              "inherits": false
            },
            "password": {
              "value": "opaque"
            }
          }
        ]
      }
    ]
  }
}
)"},
    {"collection-manifest", "manifest.json", R"({
  "schema": "iisdiag-collection/1",
  "version": "1.0.0",
  "computer": "WEB01",
  "captured_at": "2026-11-22T10:00:00Z",
  "utc_offset_minutes": 60,
  "elevated": true,
  "files": [],
  "not_read": []
}
)"},
    {"metabase-xml", "MetaBase.xml", R"(<?xml version ="1.0"?>
<configuration xmlns="urn:microsoft-catalog:XML_Metabase_V64_0">
<MBProperty>
<IIsComputer	Location ="/LM"
	>
</IIsComputer>
<IIsWebService	Location ="/LM/W3SVC"
		AnonymousUserName="IUSR_WEB01"
		AnonymousUserPass="4963446270000000"
		AuthFlags="AuthAnonymous | AuthNTLM"
	>
	<Custom
		Name="LogonMethod"
		ID="6013"
		Value="3"
		Attributes="INHERIT"
	/>
</IIsWebService>
<!-- a comment -->
<IIsWebVirtualDir	Location ="/LM/W3SVC/1/ROOT"
		ScriptMaps=".asp,a.dll
			.asa,a.dll"
	>
</IIsWebVirtualDir>
</MBProperty>
</configuration>
)"},
    {"apphost-config", "applicationHost.config", R"(<?xml version="1.0"?>
<configuration>
  <configSections>
    <sectionGroup name="system.applicationHost"/>
  </configSections>
  <system.applicationHost>
    <sites>
      <site name="Default Web Site" id="1">
        <application path="/"/>
        <application path="/shop"/>
        <bindings><binding protocol="http"/></bindings>
      </site>
    </sites>
  </system.applicationHost>
  <location path="Default Web Site">
    <system.webServer><security><authentication>
      <anonymousAuthentication enabled="true" userName="CORP\web"
          password="[enc:AesProvider:AAAA:enc]" logonMethod="Network"/>
    </authentication></security></system.webServer>
  </location>
</configuration>
)"},
    {"redirection-config", "redirection.config", R"(<configuration>
  <configurationRedirection enabled="true" path="\\srv\share"/>
</configuration>
)"},
    {"admin-config", "administration.config", R"(<?xml version="1.0"?>
<configuration>
  <configSections>
    <section name="moduleProviders"/>
  </configSections>
  <moduleProviders>
    <add name="Authentication" type="Made.Up"/>
  </moduleProviders>
</configuration>
)"},
    {"web-config", "web.config", R"(<?xml version="1.0"?>
<configuration>
  <system.webServer><security><authentication>
    <anonymousAuthentication enabled="true" userName="CORP\web"/>
  </authentication></security></system.webServer>
  <location path="api" inheritInChildApplications="false">
    <system.webServer><security><authentication>
      <anonymousAuthentication logonMethod="Network" lockItem="true"/>
    </authentication></security></system.webServer>
  </location>
</configuration>
)"},
    {"config-section", "anonymous.config", R"(<?xml version="1.0"?>
<anonymousAuthentication enabled="true" userName="CORP\web"
    password="[enc:AesProvider:AAAA:enc]" logonMethod="Batch"/>
)"},
    {"appcmd", "site.xml", R"(<?xml version="1.0" encoding="UTF-8"?>
<appcmd>
  <CONFIG CONFIG.SECTION="system.webServer/security/authentication/anonymousAuthentication" path="MACHINE/WEBROOT/APPHOST/Default Web Site" overrideMode="Inherit" locked="false">
    <system.webServer-security-authentication-anonymousAuthentication enabled="true" userName="CORP\web" logonMethod="Network"/>
  </CONFIG>
  <SITE SITE.NAME="Default Web Site" SITE.ID="1" bindings="http/*:80:,ftp/*:21:" state="Started"/>
</appcmd>
)"},
    {"secedit-inf", "secedit.inf", R"([Unicode]
Unicode=yes
[Registry Values]
MACHINE\System\CurrentControlSet\Control\Lsa\LimitBlankPasswordUse=4,1
[Privilege Rights]
SeBackupPrivilege = *S-1-5-32-544
SeNetworkLogonRight = *S-1-1-0,*S-1-5-21-1-2-3-1001
SeDenyNetworkLogonRight =
[Version]
signature="$CHICAGO$"
)"},
    {"adsutil", "w3svc.txt", R"(KeyType           : (STRING) "IIsWebService"
AnonymousUserName : (STRING) "IUSR_WEB01"
AnonymousUserPass : (STRING) "**********"
ServerBindings    : (LIST) (1 Items)
  ":80:"
[/W3SVC/1]
)"},
    {"net-user", "net-user.txt",
     R"(User name                    IUSR_WEB01
Full Name                    Internet Guest Account
Account active               Yes
Account expires              Never

Password last set            5/16/2006 9:01 AM
Password expires             Never
Password changeable          5/16/2006 9:01 AM
Password required            Yes
User may change password     No

Workstations allowed         All
Last logon                   5/22/2006 7:48 AM

Logon hours allowed          Monday - Friday 8:00 AM - 5:00 PM

Local Group Memberships      *Guests
Global Group memberships     *None
The command completed successfully.
)"},
    {"net-user-list", "net-users.txt", R"(
User accounts for \\WEB01

-------------------------------------------------------------------------------
Administrator            Guest                    IUSR_WEB01
The command completed successfully.
)"},
    {"net-accounts", "net-accounts.txt",
     R"(Force user logoff how long after time expires?:       Never
Minimum password age (days):                          0
Maximum password age (days):                          42
Minimum password length:                              0
Length of password history maintained:                None
Lockout threshold:                                    5
Lockout duration (minutes):                           30
Lockout observation window (minutes):                 30
Computer role:                                        SERVER
The command completed successfully.
)"},
    {"net-localgroup", "guests.txt", R"(Alias name     Guests
Comment        Guests have the same access as members of Users

Members

-------------------------------------------------------------------------------
Guest
IUSR_WEB01
The command completed successfully.
)"},
    {"registry-export", "server.reg", R"(Windows Registry Editor Version 5.00

[HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\ComputerName\ComputerName]
@="mnmsrvc"
"ComputerName"=hex(1):57,00,45,00,42,00,30,00,31,\
  00,00,00

[HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\Lsa]
"crashonauditfail"=dword:00000001

[HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\W3SVC\Parameters]
"AnonymousUserName"="IUSR_WEB01"
"Authorization"=dword:00000005
[-HKEY_LOCAL_MACHINE\SYSTEM\Old]
)"},
    {"policy-report", "gpresult.xml", R"(<?xml version="1.0"?>
<Rsop xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <ReadTime>2021-03-09T10:15:00Z</ReadTime>
  <ComputerResults>
    <Name>CORP\WEB01$</Name>
    <Domain>corp.example</Domain>
    <GPO><Name>Web</Name><Path><Identifier>{A-1}</Identifier></Path></GPO>
    <ExtensionData>
      <Extension xsi:type="q1:SecuritySettings">
        <q1:UserRightsAssignment>
          <GPO><Identifier>{A-1}</Identifier></GPO>
          <Precedence>1</Precedence>
          <q1:Name>SeNetworkLogonRight</q1:Name>
          <q1:Member><SID>S-1-1-0</SID><Name>Everyone</Name></q1:Member>
        </q1:UserRightsAssignment>
      </Extension>
    </ExtensionData>
  </ComputerResults>
</Rsop>
)"},
    {"event-xml", "security.xml",
     R"(<?xml version="1.0" encoding="utf-8" standalone="yes"?>
<Events><Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'>
<System><Provider Name='Microsoft-Windows-Security-Auditing'/>
<EventID>4776</EventID><TimeCreated SystemTime='2026-11-22T10:00:00.1234567Z'/>
<EventRecordID>7</EventRecordID><Channel>Security</Channel>
<Computer>WEB01</Computer></System>
<EventData><Data Name='PackageName'>MICROSOFT_AUTHENTICATION_PACKAGE_V1_0</Data>
<Data Name='TargetUserName'>IUSR_WEB01</Data><Data Name='Workstation'>WEB01</Data>
<Data Name='Status'>0xc000006a</Data></EventData></Event></Events>
)"},
    {"whoami", "whoami.txt", R"(
USER INFORMATION
----------------

User Name   SID
=========== ===========================================
web01\admin S-1-5-21-1004336348-1177238915-682003330-500


GROUP INFORMATION
-----------------

Group Name    Type             SID          Attributes
============= ================ ============ ===============
Everyone      Well-known group S-1-1-0      Mandatory group
BUILTIN\Users Alias            S-1-5-32-545 Mandatory group
)"},
    {"showpriv", "network.txt", R"(SeNetworkLogonRight
Everyone
CORP\web admins
)"},
    {"event-text", "system.txt", R"(Event[0]:
  Log Name: System
  Source: W3SVC
  Date: 2008-11-22T10:00:00.110
  Event ID: 100
  Task: N/A
  Level: Warning
  Opcode: N/A
  Keyword: Classic
  User: N/A
  User Name: N/A
  Computer: WEB01
  Description:
The server was unable to logon the Windows NT account 'IUSR_WEB01' due to the following error: Access is denied.

)"},
    {"event-table", "system.csv",
     R"(5/16/2006,9:01:00 AM,W3SVC,Warning,None,100,N/A,WEB1,The server was unable to logon the Windows NT account 'IUSR_WEB1' due to the following error: Access is denied.
)"},
    {"event-copy", "event.txt", R"(Event Type:	Warning
Event Source:	W3SVC
Event Category:	None
Event ID:	100
Date:		5/16/2006
Time:		9:01:00 AM
User:		N/A
Computer:	WEB1
Description:
The server was unable to logon the Windows NT account 'IUSR_WEB1' due to the following error: Access is denied.
)"},
    {"systeminfo", "systeminfo.txt", R"(
Host Name:                 WEB01
OS Name:                   Microsoft Windows Server 2019 Standard
OS Version:                10.0.17763 N/A Build 17763
OS Manufacturer:           Microsoft Corporation
OS Configuration:          Member Server
OS Build Type:             Multiprocessor Free
Domain:                    CORP
Logon Server:              \\DC01
Hotfix(s):                 1 Hotfix(s) Installed.
                           [01]: KB4514366
)"},
    {"ver", "ver.txt", R"(
Microsoft Windows 2000 [Version 5.00.2195]
)"},
};

}  // namespace

std::span<const Sample> samples() { return kSamples; }

}  // namespace iisdiag::evidence
