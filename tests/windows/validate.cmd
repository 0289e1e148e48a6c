@echo off
rem ===========================================================================
rem Breaks the anonymous logon of a site of its own in one way after another,
rem and looks whether `iisdiag check`, live, finds each of them.
rem
rem   validate.cmd IISDIAG.EXE /throwaway [REPORTS]
rem
rem ONLY ON A MACHINE THAT IS THROWN AWAY AFTERWARDS. It makes accounts and a
rem site, changes user rights, the lockout policy and Lsa values, and puts all of
rem it back at the end; a machine that loses power in between keeps what was
rem changed. Without /throwaway it does nothing.
rem
rem Needs: Windows Server 2008 or later, IIS 7.0 or later, no domain policy that
rem sets user rights, and a console that was started as administrator.
rem
rem REPORTS: a folder for the reports, made if needed; without it, validation
rem below %TEMP%. Each case leaves CASE.json and CASE.txt there.
rem
rem Exit code: 0  every case passed
rem            1  one failed, or nothing was done
rem
rem docs/windows-validation.md has the same cases for doing by hand.
rem ===========================================================================
setlocal enableextensions disabledelayedexpansion
if /i not "%~2"=="/throwaway" goto usage
if not exist "%~f1" goto usage
set "IISDIAG=%~f1"
set "REPORTS=%TEMP%\validation"
if not "%~3"=="" set "REPORTS=%~f3"
set "SYS=%SystemRoot%\system32"
set "APPCMD=%SYS%\inetsrv\appcmd.exe"
if not exist "%APPCMD%" (
  echo There is no IIS 7 or later here: %APPCMD% does not exist.
  exit /b 1
)
"%SYS%\reg.exe" query "HKU\S-1-5-19" >nul 2>nul
if errorlevel 1 (
  echo Start this in a console that was started as administrator.
  exit /b 1
)
if not exist "%REPORTS%" md "%REPORTS%"
set "WORK=%TEMP%\iisdiag-validate-%RANDOM%"
md "%WORK%"
if errorlevel 1 exit /b 1

set "SITE=iisdiag-validate"
set "USER=iisdiagtest"
set "SHADOW=IUSR"
rem Not longer than 14 characters: net would ask whether that is meant.
set "WORD=aB1.%RANDOM%%RANDOM%"
set "WORD=%WORD:~0,14%"
set "OTHER=cD2.%RANDOM%%RANDOM%"
set "OTHER=%OTHER:~0,14%"
set "SECTION=/section:anonymousAuthentication"
set PASSED=0
set FAILED=0

rem --- What is there now -----------------------------------------------------------
"%SYS%\net.exe" user "%USER%" >nul 2>nul
if not errorlevel 1 (
  echo The account %USER% exists already: nothing was done.
  rd /s /q "%WORK%"
  exit /b 1
)
"%APPCMD%" list site "%SITE%" >nul 2>nul
if not errorlevel 1 (
  echo The site %SITE% exists already: nothing was done.
  rd /s /q "%WORK%"
  exit /b 1
)
"%SYS%\secedit.exe" /export /areas SECURITYPOLICY USER_RIGHTS /cfg "%WORK%\before.inf" /log "%WORK%\secedit.log" >nul
if not exist "%WORK%\before.inf" (
  echo secedit cannot export the rights: nothing was done.
  rd /s /q "%WORK%"
  exit /b 1
)
rem The lists that two of the cases add to.
set "DENY="
set "GRANT="
type "%WORK%\before.inf" > "%WORK%\before.txt"
for /f "usebackq tokens=1,* delims== " %%a in ("%WORK%\before.txt") do (
  if /i "%%a"=="SeDenyNetworkLogonRight" set "DENY=%%b"
  if /i "%%a"=="SeNetworkLogonRight" set "GRANT=%%b"
)

rem --- A site and an account of its own ------------------------------------------
"%SYS%\net.exe" user "%USER%" "%WORD%" /add /expires:never /comment:"made by validate.cmd" >nul
if errorlevel 1 (
  echo The account cannot be made.
  call :restore
  exit /b 1
)
md "%WORK%\site"
"%APPCMD%" add site /name:"%SITE%" /bindings:http/*:18089: "/physicalPath:%WORK%\site" >nul
if errorlevel 1 (
  echo The site cannot be made.
  call :restore
  exit /b 1
)
call :configure "%USER%" "%WORD%"

rem --- The cases: expect NAME EXIT FINDING [OPTIONS] ---------------------------------
rem EXIT is the exit code. FINDING has to be in the report; "none" stands for no
rem finding that fails.
call :expect healthy 0 none
call :expect not-tried 2 logon-not-tried --no-logon
call :expect only-rights 0 none "--only user-rights"

call :configure "%USER%" "%OTHER%"
call :expect wrong-password 1 wrong-password
call :configure "%USER%" "%WORD%"

"%SYS%\net.exe" user "%USER%" /active:no >nul
call :expect disabled 1 account-disabled
"%SYS%\net.exe" user "%USER%" /active:yes >nul

rem The first of January is the same day in every order of day and month.
"%SYS%\net.exe" user "%USER%" /expires:1/1/2001 >nul
call :expect expired 1 account-expired
"%SYS%\net.exe" user "%USER%" /expires:never >nul

"%SYS%\net.exe" user "%USER%" /logonpasswordchg:yes >nul
call :expect must-change 1 password-must-change
"%SYS%\net.exe" user "%USER%" "%WORD%" /logonpasswordchg:no >nul

"%SYS%\net.exe" user "%USER%" /times: >nul
call :expect no-hours 1 logon-hours
"%SYS%\net.exe" user "%USER%" /times:all >nul

"%SYS%\net.exe" user "%USER%" /workstations:ELSEWHERE >nul
call :expect workstations 1 workstation-restricted
"%SYS%\net.exe" user "%USER%" /workstations:* >nul

call :configure "iisdiaggone" "%WORD%"
call :expect missing 1 account-missing
rem The group of users, by its name in this language.
set "GROUP=Users"
for /f "tokens=2 delims=\" %%a in ('call "%SYS%\WindowsPowerShell\v1.0\powershell.exe" -NoProfile -Command "(New-Object Security.Principal.SecurityIdentifier 'S-1-5-32-545').Translate([Security.Principal.NTAccount]).Value"') do set "GROUP=%%a"
call :configure "%GROUP%" "%WORD%"
call :expect a-group 1 account-not-a-user
call :configure "NOSUCHDOM\%USER%" "%WORD%"
call :expect other-domain 1 account-wrong-domain
call :configure "%USER%" "%WORD%"

rem Rights: one list at a time, and back from the export.
call :rights SeDenyNetworkLogonRight "%DENY%" "%USER%"
call :expect denied 1 right-denied
call :rights SeDenyNetworkLogonRight "%DENY%" ""
call :rights SeNetworkLogonRight "*S-1-5-32-544" ""
call :expect right-missing 1 right-missing
call :rights SeNetworkLogonRight "%GRANT%" ""

rem Locked by three wrong passwords, of this account and on this machine only.
"%SYS%\net.exe" accounts /lockoutthreshold:3 /lockoutduration:30 /lockoutwindow:30 >nul
for %%n in (1 2 3 4 5) do "%SYS%\net.exe" use \\127.0.0.1\IPC$ "%OTHER%" "/user:%COMPUTERNAME%\%USER%" >nul 2>nul
call :expect locked 1 account-locked
"%SYS%\net.exe" user "%USER%" /active:yes >nul
"%SYS%\net.exe" accounts /lockoutthreshold:0 >nul

rem The identity of the pool, and the built-in account: nothing to log on.
"%APPCMD%" set config "%SITE%" %SECTION% /userName:"" /commit:apphost >nul
call :expect pool-identity 0 none
"%APPCMD%" clear config "%SITE%" %SECTION% /commit:apphost >nul
"%APPCMD%" set config "%SITE%" %SECTION% /userName:IUSR /commit:apphost >nul
call :expect builtin 0 none
"%SYS%\net.exe" user "%SHADOW%" "%WORD%" /add >nul 2>nul
if not errorlevel 1 (
  call :expect shadowed 0 iusr-shadowed
  "%SYS%\net.exe" user "%SHADOW%" /delete >nul
)

rem --- No report may hold a password --------------------------------------------------
set "CASE=no-password-in-reports"
"%SYS%\findstr.exe" /l /m /c:"%WORD%" /c:"%OTHER%" "%REPORTS%\*.json" "%REPORTS%\*.txt" >nul
if errorlevel 1 (
  call :passed
) else (
  call :failed "a report holds a password"
)

call :restore
echo.
echo Passed: %PASSED%   Failed: %FAILED%   Reports: %REPORTS%
if not %FAILED% equ 0 exit /b 1
exit /b 0

:usage
echo Usage: %~nx0 IISDIAG.EXE /throwaway [REPORTS]
echo.
echo It changes accounts, user rights and the lockout policy of this machine. Run
echo it only where that does not matter: on a machine that is thrown away.
exit /b 1

rem === Subroutines ==========================================================================

rem configure NAME PASSWORD: the anonymous account of the site.
:configure
"%APPCMD%" set config "%SITE%" %SECTION% /enabled:true "/userName:%~1" "/password:%~2" /commit:apphost >nul
if errorlevel 1 echo   appcmd refused the account %~1
exit /b 0

rem rights NAME LIST MORE: the whole list of one right, for this machine. A name
rem without a list takes it from everybody.
:rights
set "LIST=%~2"
if not "%~3"=="" if defined LIST set "LIST=%LIST%,%~3"
if not "%~3"=="" if not defined LIST set "LIST=%~3"
>"%WORK%\rights.inf" echo [Unicode]
>>"%WORK%\rights.inf" echo Unicode=yes
>>"%WORK%\rights.inf" echo [Version]
>>"%WORK%\rights.inf" echo signature="$CHICAGO$"
>>"%WORK%\rights.inf" echo Revision=1
>>"%WORK%\rights.inf" echo [Privilege Rights]
>>"%WORK%\rights.inf" echo %~1 = %LIST%
"%SYS%\secedit.exe" /configure /db "%WORK%\rights.sdb" /overwrite /quiet /areas USER_RIGHTS /cfg "%WORK%\rights.inf" /log "%WORK%\secedit.log" >nul
if errorlevel 1 echo   secedit refused the list of %~1
exit /b 0

rem expect CASE EXIT FINDING ["OPTIONS"]
:expect
set "CASE=%~1"
"%IISDIAG%" check --node "%SITE%" %~4 -f json -r "text=%REPORTS%\%CASE%.txt" > "%REPORTS%\%CASE%.json" 2> "%REPORTS%\%CASE%.err.txt"
set "CODE=%errorlevel%"
if not "%CODE%"=="%~2" (
  call :failed "exit code %CODE%, expected %~2"
  exit /b 0
)
if "%~3"=="none" (
  call :passed
  exit /b 0
)
"%SYS%\findstr.exe" /l /c:"\"id\": \"%~3\"" "%REPORTS%\%CASE%.json" >nul
if errorlevel 1 (
  call :failed "no finding %~3"
) else (
  call :passed
)
exit /b 0

:passed
set /a PASSED=PASSED+1
echo passed  %CASE%
exit /b 0

rem failed WHY
:failed
set /a FAILED=FAILED+1
echo FAILED  %CASE%: %~1
exit /b 0

rem restore: the site and the accounts go, rights and policy come back.
:restore
"%APPCMD%" clear config "%SITE%" %SECTION% /commit:apphost >nul 2>nul
"%APPCMD%" delete site "%SITE%" >nul 2>nul
"%SYS%\net.exe" user "%USER%" /delete >nul 2>nul
"%SYS%\secedit.exe" /configure /db "%WORK%\before.sdb" /overwrite /quiet /areas SECURITYPOLICY USER_RIGHTS /cfg "%WORK%\before.inf" /log "%WORK%\secedit.log" >nul
if errorlevel 1 echo   rights and policy could not be put back: throw this machine away
rd /s /q "%WORK%" 2>nul
exit /b 0
