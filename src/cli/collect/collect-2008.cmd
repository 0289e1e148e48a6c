@set @x=0 /* The first part is for cmd.exe, the second for its script host.
@echo off
rem ===========================================================================
rem Captures what iisdiag needs to know about the anonymous account of IIS, on
rem a server where iisdiag itself may not run: Windows Vista, Server 2008 and
rem later, IIS 7.0 and later. (Windows NT 4.0 to 2003 have a script of their
rem own: iisdiag collect --script --windows 2003)
rem
rem   collect.cmd [FOLDER] [/events]
rem
rem FOLDER must not exist yet. Without it: iisdiag-COMPUTER on the drive of
rem Windows, with a number behind it where that is taken.
rem
rem What it does to this server: it writes that one folder, and nothing else.
rem It changes no setting, starts and stops no service, logs nobody on and
rem sends nothing anywhere. (secedit notes in its own log, scesrv.log, that it
rem was called.)
rem
rem What it does not take along: password values. Configuration files are
rem copied through a list of attributes that are needed (KEEP, below). The
rem value of every other attribute becomes *****, text and comments are left
rem out; this happens in memory, before anything is written. That a password is
rem there, or empty, can still be seen. Names of accounts, groups, sites and
rem folders are in the result: they are what it is about.
rem
rem Run it in a console that was started as administrator. Without that, it
rem goes on, and what could not be read stands in not-read.txt.
rem
rem Every program is called by its full path. Only programs that are part of
rem Windows and IIS are called.
rem
rem Exit code: 0  everything was read
rem            1  something was not, see not-read.txt; or nothing was done
rem ===========================================================================
setlocal enableextensions disabledelayedexpansion

rem A 32-bit console would see another folder system32, without inetsrv: the
rem script hands over to the 64-bit one.
if not defined PROCESSOR_ARCHITEW6432 goto native
if not exist "%SystemRoot%\sysnative\cmd.exe" goto wrong_console
"%SystemRoot%\sysnative\cmd.exe" /d /c ""%~f0" %*"
exit /b %errorlevel%
:wrong_console
echo This is a 32-bit console: start the script in a 64-bit one.
exit /b 1

:native
set "SYS=%SystemRoot%\system32"
set "IIS=%SYS%\inetsrv"

rem --- The folder -----------------------------------------------------------
set "FOLDER="
set "EVENTS="
:argument
if "%~1"=="" goto have_arguments
if /i "%~1"=="/events" (
  set "EVENTS=yes"
) else if defined FOLDER (
  goto usage
) else (
  set "FOLDER=%~f1"
)
set "FIRST=%~1"
if /i not "%FIRST%"=="/events" if "%FIRST:~0,1%"=="/" goto usage
shift
goto argument
:usage
echo Usage: %~nx0 [FOLDER] [/events]
echo.
echo Captures what iisdiag reads about this server into FOLDER, which must not
echo exist yet. With /events also the newest events about logons.
exit /b 1

:have_arguments
if defined FOLDER goto have_folder
set "STEM=%SystemDrive%\iisdiag-%COMPUTERNAME%"
set "FOLDER=%STEM%"
set NUMBER=1
:next_folder
if not exist "%FOLDER%" goto have_folder
set /a NUMBER=NUMBER+1
set "FOLDER=%STEM%-%NUMBER%"
if %NUMBER% lss 100 goto next_folder
:have_folder
if "%FOLDER:~0,2%"=="\\" (
  echo "%FOLDER%": name a folder on a drive, and copy it over the network later.
  exit /b 1
)
if exist "%FOLDER%" (
  echo "%FOLDER%" exists already: nothing was captured.
  exit /b 1
)
md "%FOLDER%"
if not exist "%FOLDER%" (
  echo "%FOLDER%" could not be made: nothing was captured.
  exit /b 1
)
rem From here on, every file without a path is one of this new folder.
cd /d "%FOLDER%"
md work
if not exist "%FOLDER%\work" (
  echo "%FOLDER%" cannot be written: nothing was captured.
  exit /b 1
)
echo Capturing into "%FOLDER%"

rem --- Who asks ---------------------------------------------------------------
rem The registry of LocalService can be seen by administrators only.
"%SYS%\reg.exe" query "HKU\S-1-5-19" >nul 2>nul
if errorlevel 1 (
  echo   This console was not started as administrator: some things will fail.
  call :not_read "administrator" "the script ran without elevation"
)

rem --- The version of Windows and of IIS, the names, the LSA's switches -------
rem Of the registry only the values that are read, and not whole keys: a key
rem can hold more than anybody thinks of. registry.reg is written as reg export
rem would write it.
echo   version, name and role
ver > ver.txt
"%SYS%\systeminfo.exe" > systeminfo.txt 2>work\errors.txt
if errorlevel 1 call :failed "systeminfo.txt" "systeminfo failed"
>registry.reg echo Windows Registry Editor Version 5.00
call :key "SYSTEM\CurrentControlSet\Control\ComputerName\ComputerName"
call :value ComputerName
call :key "SYSTEM\CurrentControlSet\Services\Tcpip\Parameters"
call :value Hostname
call :key "SYSTEM\CurrentControlSet\Control\ProductOptions"
call :value ProductType
call :key "SOFTWARE\Microsoft\Windows NT\CurrentVersion"
call :value CurrentVersion
call :value CurrentBuildNumber
call :value ProductName
call :value CSDVersion
call :key "SOFTWARE\Microsoft\InetStp"
call :value MajorVersion
call :value MinorVersion
call :key "SYSTEM\CurrentControlSet\Control\Lsa"
call :value CrashOnAuditFail
call :value ForceGuest
call :value LimitBlankPasswordUse

rem --- The configuration of IIS -----------------------------------------------
rem applicationHost.config, redirection.config, with shared configuration the
rem one that is shared, and each web.config at the top of a site, application
rem or virtual directory that says something about anonymous access; all of
rem them through the list of attributes. administration.config is left out: it
rem is about IIS Manager alone.
rem
rem The second part of this file does it, in the script host of Windows. Where
rem that is switched off by a policy, PowerShell does it, without the web.config
rem files.
echo   configuration of IIS
set "AT="
set "KEEP=name id path enabled userName logonMethod defaultLogonDomain"
set "KEEP=%KEEP% overrideMode overrideModeDefault allowOverride allowDefinition"
set "KEEP=%KEEP% inheritInChildApplications lockItem lockAttributes"
set "KEEP=%KEEP% lockAllAttributesExcept configSource childSource image"
set "KEEP=%KEEP% configProtectionProvider physicalPath protocol identityType"
set "KEEP=%KEEP% applicationPool"
if not exist "%IIS%\config\applicationHost.config" (
  call :not_read "applicationHost.config" "it is not there or may not be seen"
  goto accounts
)
copy /y "%~f0" work\collect.js >nul
"%SYS%\cscript.exe" //nologo //E:JScript work\collect.js "%KEEP%" > work\found.txt 2>work\errors.txt
call :found
if defined DONE goto accounts
rem Without naming the engine, for script hosts that do not know //E.
"%SYS%\cscript.exe" //nologo work\collect.js "%KEEP%" > work\found.txt 2>work\errors.txt
call :found
if defined DONE goto accounts
call :not_read "web.config" "the script host may not run"
call :powershell
call :found
if not defined DONE call :failed "applicationHost.config" "neither script host nor PowerShell may run"

rem --- The accounts that it names ----------------------------------------------
:accounts
echo   accounts and groups
"%SYS%\net.exe" user > net-users.txt 2>work\errors.txt
if errorlevel 1 call :failed "net-users.txt" "net user failed"
"%SYS%\net.exe" accounts > net-accounts.txt 2>work\errors.txt
if errorlevel 1 call :failed "net-accounts.txt" "net accounts failed"
"%SYS%\whoami.exe" /all > whoami.txt 2>work\errors.txt
if errorlevel 1 call :failed "whoami.txt" "whoami failed"
set COUNT=0
if not exist work\found.txt goto groups
for /f "usebackq tokens=1,*" %%a in ("work\found.txt") do (
  if "%%a"=="account" (
    set "NAME=%%b"
    call :account
  )
)

rem --- The local groups, because rights are given to groups --------------------
rem Each line of the list that begins with a star is a name, in any language.
:groups
set COUNT=0
"%SYS%\net.exe" localgroup > work\groups.txt 2>work\errors.txt
if errorlevel 1 call :failed "net-localgroups.txt" "net localgroup failed"
for /f "usebackq delims=" %%a in ("work\groups.txt") do (
  set "NAME=%%a"
  call :group
)

rem --- The user rights, and the policies that set them -------------------------
echo   user rights
"%SYS%\secedit.exe" /export /areas USER_RIGHTS /cfg secedit.inf /log work\secedit.log >work\secedit.txt 2>work\errors.txt
if not exist secedit.inf call :failed "secedit.inf" "secedit /export failed"
echo   policies (this can take a minute)
"%SYS%\gpresult.exe" /scope computer /x gpresult.xml >work\gpresult.txt 2>work\errors.txt
if not exist gpresult.xml call :failed "gpresult.xml" "gpresult failed"

rem --- Events, only where /events was given ------------------------------------
rem The newest refused logons, and what IIS and its services said, at most a
rem hundred of each. They name users and addresses of clients. Logs of requests
rem are never taken along: addresses in them can hold secrets of visitors.
if not defined EVENTS goto finish
echo   events
"%SYS%\wevtutil.exe" qe Security /c:100 /rd:true /f:xml "/q:*[System[EventID=4625]]" > events-security.xml 2>work\errors.txt
if errorlevel 1 call :failed "events-security.xml" "wevtutil failed"
"%SYS%\wevtutil.exe" qe System /c:100 /rd:true /f:xml "/q:*[System[Provider[@Name='Microsoft-Windows-IIS-W3SVC' or @Name='Microsoft-Windows-IIS-W3SVC-WP' or @Name='Microsoft-Windows-WAS' or @Name='Microsoft-Windows-IIS-FTP']]]" > events-system.xml 2>work\errors.txt
if errorlevel 1 call :failed "events-system.xml" "wevtutil failed"

rem --- The end -----------------------------------------------------------------
:finish
>collected.txt echo Captured by the script of "iisdiag collect --script", 2008 and later.
>>collected.txt echo Computer: %COMPUTERNAME%
>>collected.txt echo By: "%USERDOMAIN%\%USERNAME%"
if defined AT >>collected.txt echo Time: %AT%
if not defined AT >>collected.txt echo Time: %DATE% %TIME%
del /q work\*.* >nul
rd work
echo.
echo Captured: "%FOLDER%"
if exist not-read.txt (
  echo Not everything could be read:
  type not-read.txt
)
echo.
echo Copy the folder to where iisdiag is, and run there:
if defined AT echo   iisdiag check --at %AT% "%FOLDER%"
if not defined AT echo   iisdiag check --at TIME "%FOLDER%"
cd /d "%SystemRoot%"
if exist "%FOLDER%\not-read.txt" exit /b 1
exit /b 0

rem === Subroutines =============================================================

rem not_read FILE WHY
:not_read
>>not-read.txt echo %~1: %~2
exit /b 0

rem failed FILE WHAT: likewise, with the words of the program. An
rem empty file tells nothing.
:failed
call :not_read %1 %2
if exist work\errors.txt type work\errors.txt >> not-read.txt
for %%f in (%1) do if "%%~zf"=="0" del %%f
exit /b 0

rem found: the time, and whether the second part came to its end.
:found
set "DONE="
for /f "usebackq tokens=1,*" %%a in ("work\found.txt") do (
  if "%%a"=="time" set "AT=%%b"
  if "%%a"=="done" set "DONE=yes"
)
exit /b 0

rem key PATH: the key below HKLM that :value reads next. Where it cannot be read
rem it does not appear at all, which iisdiag takes for unknown; a value that is
rem not there in a key that was read is known to be absent.
:key
set "KEY=%~1"
set "KEY_READ="
"%SYS%\reg.exe" query "HKLM\%KEY%" >nul 2>nul
if errorlevel 1 (
  call :not_read "registry.reg" "HKLM\%KEY% cannot be read"
  exit /b 0
)
set "KEY_READ=yes"
>>registry.reg echo.
>>registry.reg echo [HKEY_LOCAL_MACHINE\%KEY%]
exit /b 0

rem value NAME: one line of registry.reg, a string or a number.
:value
if not defined KEY_READ exit /b 0
"%SYS%\reg.exe" query "HKLM\%KEY%" /v %1 > work\value.txt 2>nul
if errorlevel 1 exit /b 0
set "DATA="
for /f "usebackq tokens=1,2,*" %%a in ("work\value.txt") do (
  if "%%b"=="REG_SZ" >>registry.reg echo "%1"="%%c"
  if "%%b"=="REG_DWORD" set "DATA=%%c"
)
if not defined DATA exit /b 0
rem 0x1 becomes 00000001.
set "DATA=00000000%DATA:~2%"
>>registry.reg echo "%1"=dword:%DATA:~-8%
exit /b 0

rem account, for %NAME%: what net user says. The name came through the code page
rem of this console; one that has no place in it cannot be asked for.
:account
set "DOMAIN="
set "USER=%NAME%"
for /f "tokens=1,* delims=\" %%d in ("%NAME%") do (
  if not "%%e"=="" (
    set "DOMAIN=%%d"
    set "USER=%%e"
  )
)
if "%DOMAIN%"=="." set "DOMAIN="
if /i "%DOMAIN%"=="%COMPUTERNAME%" set "DOMAIN="
rem The built-in IUSR and what belongs to no domain have no record.
if /i "%DOMAIN%"=="NT AUTHORITY" exit /b 0
if /i "%DOMAIN%"=="NT SERVICE" exit /b 0
if /i "%DOMAIN%"=="IIS APPPOOL" exit /b 0
if defined DOMAIN if /i "%USER%"=="IUSR" exit /b 0
set /a COUNT=COUNT+1
if not "%USER:?=%"=="%USER%" (
  call :not_read "net-user-%COUNT%.txt" "the name of an account does not fit the code page of this console"
  exit /b 0
)
if not "%USER:@=%"=="%USER%" (
  call :not_read "net-user-%COUNT%.txt" "an account is written with an @: run net user NAME /domain with its short name"
  exit /b 0
)
set "ASKED="
if defined DOMAIN set "ASKED= /domain"
>net-user-%COUNT%.txt echo %SystemDrive%\^>net user "%USER%"%ASKED%
"%SYS%\net.exe" user "%USER%"%ASKED% >> net-user-%COUNT%.txt 2>&1
exit /b 0

rem group, for the line %NAME% of net localgroup: the members of that group.
:group
if not "%NAME:~0,1%"=="*" exit /b 0
set "NAME=%NAME:~1%"
:group_blanks
if "%NAME:~-1%"==" " (
  set "NAME=%NAME:~0,-1%"
  goto group_blanks
)
set /a COUNT=COUNT+1
if %COUNT% equ 301 call :not_read "net-localgroups.txt" "there are more than 300 local groups"
if %COUNT% gtr 300 exit /b 0
>>net-localgroups.txt echo %SystemDrive%\^>net localgroup "%NAME%"
"%SYS%\net.exe" localgroup "%NAME%" >> net-localgroups.txt 2>&1
exit /b 0

rem powershell: what the second part of this file does, without web.config.
:powershell
set "POWERSHELL=%SYS%\WindowsPowerShell\v1.0\powershell.exe"
if not exist "%POWERSHELL%" exit /b 0
md config
set "RUN=$keep = $env:KEEP.Split(' ');"
set "RUN=%RUN% foreach ($name in 'redirection.config', 'applicationHost.config') {"
set "RUN=%RUN%   $from = $env:IIS + '\config\' + $name;"
set "RUN=%RUN%   if (-not (Test-Path $from)) { continue }"
set "RUN=%RUN%   $xml = [xml](Get-Content -Encoding UTF8 $from);"
set "RUN=%RUN%   foreach ($node in @($xml.SelectNodes('//@*'))) {"
set "RUN=%RUN%     if ($keep -ccontains $node.Name -or $node.Value -eq '') { continue }"
set "RUN=%RUN%     if ($node.Value -match '^\[enc:[^:]*::enc\]$') { $node.Value = '' }"
set "RUN=%RUN%     else { $node.Value = '*****' }"
set "RUN=%RUN%   }"
set "RUN=%RUN%   foreach ($node in @($xml.SelectNodes('//comment()|//text()|//processing-instruction()'))) {"
set "RUN=%RUN%     [void]$node.ParentNode.RemoveChild($node)"
set "RUN=%RUN%   }"
set "RUN=%RUN%   $xml.SelectNodes('//anonymousAuthentication/@userName') |"
set "RUN=%RUN%     ForEach-Object { $_.Value } | Where-Object { $_ } |"
set "RUN=%RUN%     Sort-Object -Unique | ForEach-Object { 'account ' + $_ };"
set "RUN=%RUN%   $xml.Save($env:FOLDER + '\config\' + $name)"
set "RUN=%RUN% }"
set "RUN=%RUN% 'time ' + (Get-Date -Format s);"
set "RUN=%RUN% 'done'"
"%POWERSHELL%" -NoProfile -NonInteractive -Command "%RUN%" > work\found.txt 2>work\errors.txt
exit /b 0

*/
// The second part: JScript, run by cscript.exe. It copies configuration files
// with the values of all attributes masked that are not in the list, and tells
// the first part which accounts they name:
//
//   time 2024-05-06T07:08:09
//   account WEB01\webanon
//   done

var files = new ActiveXObject("Scripting.FileSystemObject");
var shell = new ActiveXObject("WScript.Shell");
var told = {};

// Windows ends the text where it ends; some script hosts add a NUL.
function expand(path) {
  return shell.ExpandEnvironmentStrings(path).replace(/\x00/g, "");
}

function tell(line) {
  if (!told[line.toLowerCase()]) {
    told[line.toLowerCase()] = true;
    WScript.Echo(line);
  }
}

// Into not-read.txt, in plain letters: how the first part writes others is a
// matter of its code page.
function not_read(path, why) {
  var file = files.OpenTextFile("not-read.txt", 8, true);
  file.WriteLine(path.replace(/[^\x20-\x7e]/g, "?") + ": " + why);
  file.Close();
}

// 7 becomes "07".
function two(number) {
  return (number < 10 ? "0" : "") + number;
}

function now() {
  var at = new Date();
  return at.getFullYear() + "-" + two(at.getMonth() + 1) + "-" +
         two(at.getDate()) + "T" + two(at.getHours()) + ":" +
         two(at.getMinutes()) + ":" + two(at.getSeconds());
}

var keep = {};
var names = WScript.Arguments(0).split(" ");
for (var i = 0; i < names.length; i++) {
  keep[names[i]] = true;
}

// A file of configuration, or null.
function load(path) {
  var xml = new ActiveXObject("Msxml2.DOMDocument.6.0");
  xml.async = false;
  xml.preserveWhiteSpace = true;
  xml.resolveExternals = false;
  xml.validateOnParse = false;
  if (!xml.load(path)) {
    not_read(path, "it is not well-formed, or may not be read");
    return null;
  }
  xml.setProperty("SelectionLanguage", "XPath");
  return xml;
}

function mask(xml) {
  var nodes = xml.selectNodes("//@*");
  for (var i = 0; i < nodes.length; i++) {
    var node = nodes.item(i);
    if (keep[node.nodeName] === true || node.nodeValue == "") {
      continue;
    }
    // An encrypted nothing is nothing.
    node.nodeValue = /^\[enc:[^:]*::enc\]$/.test(node.nodeValue) ? "" : "*****";
  }
  nodes = xml.selectNodes("//comment()|//text()|//processing-instruction()");
  for (var j = nodes.length - 1; j >= 0; j--) {
    var text = nodes.item(j);
    // Blanks between elements keep the file readable.
    if (text.nodeType != 3 || /\S/.test(text.nodeValue)) {
      text.parentNode.removeChild(text);
    }
  }
}

// The folder with all those above it; a path below the folder of the evidence.
function make(folder) {
  if (folder != "" && !files.FolderExists(folder)) {
    make(files.GetParentFolderName(folder));
    files.CreateFolder(folder);
  }
}

// Copies one file, masked. Gives it back as it was written, or null.
function copy(from, folder, name) {
  var xml = load(from);
  if (xml == null) {
    return null;
  }
  mask(xml);
  try {
    make(folder);
    xml.save(files.GetAbsolutePathName(folder + "\\" + name));
  } catch (error) {
    not_read(from, "the copy cannot be written");
    return null;
  }
  var accounts = xml.selectNodes("//anonymousAuthentication/@userName");
  for (var i = 0; i < accounts.length; i++) {
    if (accounts.item(i).nodeValue != "") {
      tell("account " + accounts.item(i).nodeValue);
    }
  }
  return xml;
}

// The web.config in each folder that a site shows. It keeps its folders, by
// which iisdiag finds the site that it belongs to.
function copy_web_configs(xml) {
  var folders = xml.selectNodes("//site//virtualDirectory/@physicalPath");
  for (var i = 0; i < folders.length && i < 2000; i++) {
    var folder = expand(folders.item(i).nodeValue);
    var path = folder.replace(/\\+$/, "") + "\\web.config";
    if (!files.FileExists(path) || told["web " + path.toLowerCase()]) {
      continue;
    }
    told["web " + path.toLowerCase()] = true;
    var web = load(path);
    if (web != null && web.selectNodes("//anonymousAuthentication|//modules").length > 0) {
      copy(path, "web\\" + folder.replace(/:/g, "").replace(/^\\+/, "").replace(/\\+$/, ""),
           "web.config");
    }
  }
}

tell("time " + now());
var config = expand("%SystemRoot%") +
             "\\system32\\inetsrv\\config\\";
var redirection = files.FileExists(config + "redirection.config")
    ? copy(config + "redirection.config", "config", "redirection.config")
    : null;
var server = copy(config + "applicationHost.config", "config", "applicationHost.config");
if (redirection != null) {
  var shared = redirection.selectSingleNode(
      "/configuration/configurationRedirection[@enabled='true']/@path");
  if (shared != null) {
    var path = expand(shared.nodeValue) +
               "\\applicationHost.config";
    server = copy(path, "shared", "applicationHost.config");
  }
}
if (server != null) {
  copy_web_configs(server);
}
tell("done");
