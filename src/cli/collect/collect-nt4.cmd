@set @x=0 /* The first part is for cmd.exe, the second for its script host.
@echo off
rem ===========================================================================
rem Captures what iisdiag needs to know about the anonymous account of IIS, on
rem a server where iisdiag itself may not run: Windows NT 4.0, 2000, XP and
rem 2003, IIS 1.0 to 6.0. (Windows Vista, Server 2008 and later have a script of
rem their own: iisdiag collect --script)
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
rem What it does not take along: password values. Of the configuration only
rem those properties are written that are named below (KEEP); every other line
rem is dropped on its way from one program to the next, before anything is
rem written. Whether a password is stored, or an empty one, is told by a line
rem that the script writes itself. Names of accounts, groups and sites are in
rem the result: they are what it is about.
rem
rem Run it as administrator. What could not be read stands in not-read.txt.
rem
rem Every program is called by its full path. Only programs that are part of
rem Windows and IIS are called; showpriv of the resource kit where it is there.
rem
rem Exit code: 0  everything was read
rem            1  something was not, see not-read.txt; or nothing was done
rem
rem Windows NT 4.0 knows no "exit /b" and no "goto :eof": the label "end" is the
rem last line of this file, and who goes there is done, or back from a call.
rem ===========================================================================
setlocal enableextensions
ver | "%SystemRoot%\system32\find.exe" " 4." >nul || setlocal enableextensions disabledelayedexpansion

rem A 32-bit console on a 64-bit Windows would see another folder system32.
if not defined PROCESSOR_ARCHITEW6432 goto native
echo This is a 32-bit console: start the script in a 64-bit one.
goto nothing

:native
set SYS=%SystemRoot%\system32
set FIND=%SYS%\find.exe
set FINDSTR=%SYS%\findstr.exe
set CSCRIPT=%SYS%\cscript.exe

rem --- The folder -----------------------------------------------------------
set FOLDER=
set EVENTS=
:argument
if "%~1"=="" goto have_arguments
if /i "%~1"=="/events" goto want_events
set "FIRST=%~1"
if "%FIRST:~0,1%"=="/" goto usage
if defined FOLDER goto usage
set "FOLDER=%~f1"
shift
goto argument
:want_events
set EVENTS=yes
shift
goto argument
:usage
echo Usage: %~nx0 [FOLDER] [/events]
echo.
echo Captures what iisdiag reads about this server into FOLDER, which must not
echo exist yet. With /events also the newest events about logons.
goto nothing

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
if "%FOLDER:~0,2%"=="\\" goto on_network
if exist "%FOLDER%" goto is_there
md "%FOLDER%"
if not exist "%FOLDER%" goto not_made
rem From here on, every file without a path is one of this new folder.
cd /d "%FOLDER%"
md work
if not exist "%FOLDER%\work" goto not_made
echo Capturing into "%FOLDER%"
goto capture
:on_network
echo "%FOLDER%": name a folder on a drive, and copy it over the network later.
goto nothing
:is_there
echo "%FOLDER%" exists already: nothing was captured.
goto nothing
:not_made
echo "%FOLDER%" could not be made: nothing was captured.
goto nothing

rem --- The version of Windows and of IIS, the names, the LSA's switches -------
rem Each key is exported by itself, and of the export only the values that are
rem read are kept. The key of the version of Windows is not among them: below it
rem lies what Winlogon keeps, which can be a password.
:capture
echo   version, name and role
ver > ver.txt
if exist "%SYS%\systeminfo.exe" "%SYS%\systeminfo.exe" > systeminfo.txt 2>work\errors.txt
for %%v in (REGEDIT4 [HKEY) do echo %%v>>work\values.txt
>>work\values.txt echo Windows Registry Editor
for %%v in (ComputerName Hostname ProductType MajorVersion MinorVersion) do call :keep_value %%v
for %%v in (CrashOnAuditFail ForceGuest LimitBlankPasswordUse Auth132) do call :keep_value %%v
for %%v in (AllowGuestAccess AnonymousUserName LogonMethod) do call :keep_value %%v
for %%v in (DefaultLogonDomain AllowAnonymous AnonymousOnly Authorization) do call :keep_value %%v
set CONTROL=HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control
set SERVICES=HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services
call :key computername "%CONTROL%\ComputerName\ComputerName"
call :key productoptions "%CONTROL%\ProductOptions"
call :key lsa "%CONTROL%\Lsa"
call :key tcpip "%SERVICES%\Tcpip\Parameters"
call :key inetstp "HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\InetStp"
rem IIS 1.0 to 3.0 keep their configuration here, later ones AllowGuestAccess.
call :key w3svc "%SERVICES%\W3SVC\Parameters"
call :key msftpsvc "%SERVICES%\MSFTPSVC\Parameters"
call :key gophersvc "%SERVICES%\GOPHERSVC\Parameters"

rem --- The configuration of IIS -----------------------------------------------
rem IIS 6.0 keeps it in MetaBase.xml. The second part of this file copies that
rem through the list of properties, in the script host of Windows.
rem
rem IIS 4.0 and 5.x: adsutil.vbs prints it, node by node. IIS 4.0 prints
rem passwords, too; they are dropped between the two programs of the pipe.
echo   configuration of IIS
set KEEP=AnonymousUserName AnonymousPasswordSync LogonMethod AuthFlags
set KEEP=%KEEP% AuthAnonymous AllowAnonymous AnonymousOnly DefaultLogonDomain AppPoolId
set KEEP=%KEEP% AppPoolIdentityType IIs5IsolationModeEnabled KeyType
for %%k in (%KEEP% [/ Error ErrNumber) do echo %%k>>work\keep.txt
set NODES=0
set AT=
copy "%~f0" work\collect.js >nul
"%CSCRIPT%" //nologo //E:JScript work\collect.js "%KEEP%" > work\found.txt 2>work\errors.txt
"%FIND%" "done" < work\found.txt >nul
rem Without naming the engine, for script hosts that do not know //E.
if errorlevel 1 "%CSCRIPT%" //nologo work\collect.js "%KEEP%" > work\found.txt 2>work\errors.txt
for /f "tokens=1,*" %%a in (work\found.txt) do if "%%a"=="time" set AT=%%b
if exist MetaBase.xml goto accounts
set ADSUTIL=%SystemDrive%\Inetpub\AdminScripts\adsutil.vbs
if not exist "%ADSUTIL%" set ADSUTIL=%SYS%\inetsrv\adminsamples\adsutil.vbs
if exist "%ADSUTIL%" goto walk
if exist "%SYS%\inetsrv\metabase.bin" call :not_read adsutil.txt "adsutil.vbs is in none of its usual folders"
if exist "%SYS%\inetsrv\MetaBase.xml" call :failed MetaBase.xml "the script host could not copy it"
goto accounts

rem From the services down, level by level: the nodes that a level names are
rem the next one. (Keys such as Filters and Info hold no anonymous account.)
:walk
>work\level.txt echo [/W3SVC]
>>work\level.txt echo [/MSFTPSVC]
set DEPTH=0
:level
for /f "delims=[]" %%n in (work\level.txt) do (
  set "NODE=%%n"
  call :node
)
"%FIND%" "SVC" < work\next.txt >nul
if errorlevel 1 goto accounts
del work\level.txt
ren work\next.txt level.txt
set /a DEPTH=DEPTH+1
if %DEPTH% lss 16 goto level
call :not_read adsutil.txt "nodes lie deeper than 16 levels"

rem --- The accounts that it names ----------------------------------------------
:accounts
echo   accounts and groups
"%SYS%\net.exe" user > net-users.txt 2>work\errors.txt
if errorlevel 1 call :failed net-users.txt "net user failed"
"%SYS%\net.exe" accounts > net-accounts.txt 2>work\errors.txt
if errorlevel 1 call :failed net-accounts.txt "net accounts failed"
if exist "%SYS%\whoami.exe" "%SYS%\whoami.exe" /all > whoami.txt 2>work\errors.txt
set COUNT=0
>work\asked.txt type nul
for /f "tokens=1,*" %%a in (work\found.txt) do (
  if "%%a"=="account" (
    set "NAME=%%b"
    call :account
  )
)
rem What adsutil printed, and what IIS 1.0 to 3.0 keep in the registry: the
rem name is the quoted word at the end of the line.
>work\names.txt type nul
if exist adsutil.txt "%FINDSTR%" /b /i AnonymousUserName adsutil.txt > work\names.txt
for /f "tokens=2,* delims=: " %%a in (work\names.txt) do (
  set QUOTED=%%b
  call :quoted_account
)
if exist adsutil.txt goto groups
if exist MetaBase.xml goto groups
for %%f in (w3svc.reg msftpsvc.reg gophersvc.reg) do if exist %%f type %%f >> work\iis3.txt
if exist work\iis3.txt "%FIND%" "AnonymousUserName" < work\iis3.txt > work\names.txt
for /f "tokens=1,* delims==" %%a in (work\names.txt) do (
  set QUOTED=%%b
  call :quoted_account
)

rem --- The local groups, because rights are given to groups --------------------
rem Each line of the list that begins with a star is a name, in any language.
:groups
set COUNT=0
"%SYS%\net.exe" localgroup > work\all.txt 2>work\errors.txt
if errorlevel 1 call :failed net-localgroups.txt "net localgroup failed"
"%FIND%" "*" < work\all.txt > work\groups.txt
for /f "delims=*" %%g in (work\groups.txt) do (
  set "NAME=%%g"
  call :group
)

rem --- The user rights -----------------------------------------------------------
rem Windows NT 4.0 has no secedit; showpriv is a program of its resource kit.
echo   user rights
if not exist "%SYS%\secedit.exe" goto showpriv
"%SYS%\secedit.exe" /export /areas USER_RIGHTS /cfg secedit.inf /log work\secedit.log >work\secedit.txt 2>work\errors.txt
if not exist secedit.inf call :failed secedit.inf "secedit /export failed"
goto rights_done
:showpriv
if not defined NTRESKIT goto no_showpriv
if not exist "%NTRESKIT%\showpriv.exe" goto no_showpriv
for %%r in (SeNetworkLogonRight SeInteractiveLogonRight SeBatchLogonRight) do call :right %%r
goto rights_done
:no_showpriv
call :not_read "user rights" "nothing on board can print them: look into User Manager, Policies, User Rights"
:rights_done

rem --- Events, only where /events was given ------------------------------------
rem The newest events 100 of the System log: what IIS said about refused logons.
rem Only XP and 2003 have a program that prints them. Logs of requests are never
rem taken along: addresses in them can hold secrets of visitors.
if not defined EVENTS goto finish
if not exist "%SYS%\eventquery.vbs" goto no_events
echo   events
"%CSCRIPT%" //nologo "%SYS%\eventquery.vbs" /l system /fi "id eq 100" /r 100 /v /fo csv > events-system.csv 2>work\errors.txt
if errorlevel 1 call :failed events-system.csv "eventquery.vbs failed"
goto finish
:no_events
call :not_read events-system.csv "nothing on board can print them: save the System log in Event Viewer"

rem --- The end -----------------------------------------------------------------
:finish
>collected.txt echo Captured by the script of "iisdiag collect --script", NT 4.0 to 2003.
>>collected.txt echo Computer: %COMPUTERNAME%
date /t >> collected.txt
time /t >> collected.txt
if defined AT >>collected.txt echo Time: %AT%
del /q work\*.* >nul
rd work
echo.
echo Captured: "%FOLDER%"
if exist not-read.txt echo Not everything could be read:
if exist not-read.txt type not-read.txt
echo.
echo Copy the folder to where iisdiag is, and run there:
if defined AT echo   iisdiag check --at %AT% "%FOLDER%"
if not defined AT echo   iisdiag check --at TIME "%FOLDER%"
if not defined AT echo with the time of now as TIME, written like 2006-05-16T09:01
set "RESULT=%FOLDER%\not-read.txt"
cd /d "%SystemRoot%"
if exist "%RESULT%" goto nothing
rem The exit code of the script is that of its last program.
"%FIND%" "IIS" < "%~f0" >nul
goto end
:nothing
"%SystemRoot%\system32\find.exe" "IIS" < nul >nul
goto end

rem === Subroutines =============================================================

rem not_read FILE WHY
:not_read
>>not-read.txt echo %~1: %~2
goto end

rem failed FILE WHAT: likewise, with the words of the program. An
rem empty file tells nothing.
:failed
>>not-read.txt echo %~1: %~2
if exist work\errors.txt type work\errors.txt >> not-read.txt
if not exist %1 goto end
"%FINDSTR%" /r "." %1 >nul
if errorlevel 1 del %1
goto end

rem keep_value NAME: lines of an export that begin with this name are kept.
:keep_value
>>work\values.txt echo "%1"=
goto end

rem key NAME "KEY": NAME.reg, with the values that are kept. From Windows 2000
rem on an export is Unicode: type makes plain text of it. A key that is not
rem there makes no file.
:key
start "" /wait "%SystemRoot%\regedit.exe" /e work\key.txt %2
if not exist work\key.txt goto end
type work\key.txt | "%FINDSTR%" /b /l /i /g:work\values.txt > %1.reg
del work\key.txt
goto end

rem node, for %NODE% ("/W3SVC/1/ROOT"): its properties into adsutil.txt, and the
rem keys below it that matter into next.txt.
:node
set /a NODES=NODES+1
if %NODES% equ 1001 call :not_read adsutil.txt "there are more than 1000 nodes"
if %NODES% gtr 1000 goto end
set "NODE=%NODE:~1%"
"%CSCRIPT%" //nologo "%ADSUTIL%" ENUM "%NODE%" | "%FINDSTR%" /b /l /i /g:work\keep.txt > work\node.txt
>>adsutil.txt echo C:\^>cscript adsutil.vbs ENUM "%NODE%"
type work\node.txt >> adsutil.txt
rem Is a password stored there, and is it an empty one?
"%CSCRIPT%" //nologo "%ADSUTIL%" ENUM "%NODE%" | "%FINDSTR%" /b /l /i AnonymousUserPass >nul
if errorlevel 1 goto children
"%CSCRIPT%" //nologo "%ADSUTIL%" ENUM "%NODE%" | "%FINDSTR%" /i /r /c:"^AnonymousUserPass *: (STRING) ..$" >nul
if errorlevel 1 goto some_password
>>adsutil.txt echo AnonymousUserPass               : (STRING) ""
goto children
:some_password
>>adsutil.txt echo AnonymousUserPass               : (STRING) "*****"
:children
"%FINDSTR%" /i /r "^\[/W3SVC/[0-9] ^\[/W3SVC/AppPools ^\[/MSFTPSVC/[0-9]" work\node.txt >> work\next.txt
goto end

rem quoted_account, for %QUOTED%: the name in quotes, in an export with two
rem backslashes in place of one.
:quoted_account
set "NAME=%QUOTED:"=%"
if not defined NAME goto end
set "NAME=%NAME:\\=\%"
rem account, for %NAME%: what net user says, once for each name. The name came
rem through the code page of this console; one that has no place in it cannot be
rem asked for.
:account
if not defined NAME goto end
"%FINDSTR%" /x /l /i /c:"%NAME%" work\asked.txt >nul
if not errorlevel 1 goto end
for /f "delims=" %%a in ("%NAME%") do echo %%a>>work\asked.txt
set DOMAIN=
set "USER=%NAME%"
for /f "tokens=1,* delims=\" %%d in ("%NAME%") do (
  if not "%%e"=="" (
    set "DOMAIN=%%d"
    set "USER=%%e"
  )
)
if "%DOMAIN%"=="." set DOMAIN=
if /i "%DOMAIN%"=="%COMPUTERNAME%" set DOMAIN=
if /i "%DOMAIN%"=="NT AUTHORITY" goto end
set /a COUNT=COUNT+1
if not "%USER:?=%"=="%USER%" goto no_place
if not "%USER:@=%"=="%USER%" goto principal_name
set ASKED=
if defined DOMAIN set ASKED= /domain
>net-user-%COUNT%.txt echo C:\^>net user "%USER%"%ASKED%
"%SYS%\net.exe" user "%USER%"%ASKED% >> net-user-%COUNT%.txt 2>&1
goto end
:no_place
call :not_read net-user-%COUNT%.txt "the name of an account does not fit the code page of this console"
goto end
:principal_name
call :not_read net-user-%COUNT%.txt "an account is written with an @: run net user NAME /domain with its short name"
goto end

rem group, for %NAME%: the members of that group.
:group
set /a COUNT=COUNT+1
if %COUNT% equ 301 call :not_read net-localgroups.txt "there are more than 300 local groups"
if %COUNT% gtr 300 goto end
if not "%NAME:?=%"=="%NAME%" goto no_place_for_group
>>net-localgroups.txt echo C:\^>net localgroup "%NAME%"
"%SYS%\net.exe" localgroup "%NAME%" >> net-localgroups.txt 2>&1
goto end

:no_place_for_group
call :not_read net-localgroups.txt "the name of a group does not fit the code page of this console"
goto end

rem right NAME: who holds it, in the words of showpriv.
:right
>>showpriv.txt echo C:\^>showpriv %1
"%NTRESKIT%\showpriv.exe" %1 >> showpriv.txt 2>&1
goto end

*/
// The second part: JScript, run by cscript.exe. It tells the first part the
// time, and copies MetaBase.xml of IIS 6.0 with the values of all properties
// masked that are not in the list:
//
//   time 2006-05-16T09:01:00
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

function list(words) {
  var result = {};
  words = words.split(" ");
  for (var i = 0; i < words.length; i++) {
    result[words[i]] = true;
  }
  return result;
}

// Properties by their names; Custom elements name them by number.
var keep = list(WScript.Arguments(0) + " Location Name ID Type UserType Attributes");
var ids = list("6000 6012 6013 6020 6022 5005 5006 9021");

function mask(element) {
  var custom = element.nodeName == "Custom";
  var properties = element.selectNodes("@*");
  for (var i = 0; i < properties.length; i++) {
    var property = properties.item(i);
    var name = property.nodeName;
    var kept = keep[name] === true ||
        custom && name == "Value" && ids[element.getAttribute("ID")] === true;
    if (kept || property.nodeValue == "") {
      continue;
    }
    // This one is no password, but says that there is none any more.
    property.nodeValue = property.nodeValue.indexOf("NOLONGERVALID") == 0
        ? "NOLONGERVALID" : "*****";
  }
}

function copy_metabase(from) {
  var xml = new ActiveXObject("Msxml2.DOMDocument.3.0");
  xml.async = false;
  xml.preserveWhiteSpace = true;
  xml.resolveExternals = false;
  xml.validateOnParse = false;
  if (!xml.load(from)) {
    WScript.StdErr.WriteLine("MetaBase.xml is not well-formed, or may not be read");
    return;
  }
  xml.setProperty("SelectionLanguage", "XPath");
  var elements = xml.selectNodes("//*");
  for (var i = 0; i < elements.length; i++) {
    mask(elements.item(i));
  }
  var texts = xml.selectNodes("//comment()|//text()|//processing-instruction()");
  for (var j = texts.length - 1; j >= 0; j--) {
    var text = texts.item(j);
    if (text.nodeType != 3 || /\S/.test(text.nodeValue)) {
      text.parentNode.removeChild(text);
    }
  }
  xml.save(files.GetAbsolutePathName("MetaBase.xml"));
  var accounts = xml.selectNodes("//@AnonymousUserName|//*[@ID='6020']/@Value");
  for (var k = 0; k < accounts.length; k++) {
    if (accounts.item(k).nodeValue != "") {
      tell("account " + accounts.item(k).nodeValue);
    }
  }
}

tell("time " + now());
var metabase = expand("%SystemRoot%") +
               "\\system32\\inetsrv\\MetaBase.xml";
if (files.FileExists(metabase)) {
  copy_metabase(metabase);
}
tell("done");
/*
:end */
