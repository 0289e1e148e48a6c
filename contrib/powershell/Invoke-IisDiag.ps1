<#
.SYNOPSIS
Asks many servers why IIS cannot log on its anonymous account, and makes one report.

.DESCRIPTION
Over PowerShell remoting. On each server the program is copied into a new folder below
Program Files, where only administrators may write, and run; its report comes home as
NAME.json, and the folder is removed. A server that cannot be reached, or that brings no
report, has an empty NAME.json, and the report of all names it as not checked.

Needs Windows PowerShell 5.1 here and remoting on the servers. It ends with the code of
iisdiag merge: 0 nothing failed, 1 something failed, 2 something could not be checked.
It ends with 5 where that would be 0 but a folder could not be removed from a server, and
where it breaks off itself; with 3 where an option is not to be given.

.PARAMETER ComputerName
The servers, by the names that remoting knows them by.

.PARAMETER Option
Further options of iisdiag check, one word each. Formats and files are set by the script,
and it hands over no password.

.PARAMETER Logon
Logs the anonymous account on for the credential test, one server after the other. Many at
once, each with a wrong password for the same account of a domain, could lock it before the
first of them sees that it was refused. Without this nobody is logged on.

.PARAMETER ReportFolder
Where the reports go. The folder hosts in it gets NAME.json; servers.html and servers.json
beside it are the report of all.

.PARAMETER Program64
The program for servers of 64 bits, without it iisdiag.exe beside this script.

.PARAMETER Program32
The program for servers of 32 bits, without it iisdiag-x86.exe beside this script.

.PARAMETER Credential
Who logs on to the servers; without it, who runs this. A name alone has PowerShell ask for
the password.

.PARAMETER UseSSL
Connects by HTTPS.

.PARAMETER ThrottleLimit
How many servers are asked at the same time.

.PARAMETER TimeoutSeconds
After this many seconds a server is given up.

.PARAMETER Strict
A warning counts as a failure for the exit code.

.PARAMETER AllowIncomplete
What could not be checked, lost servers included, does not count for the exit code.

.EXAMPLE
.\Invoke-IisDiag.ps1 -ComputerName web01, web02

Looks at two servers and logs nobody on.

.EXAMPLE
.\Invoke-IisDiag.ps1 -ComputerName (Get-Content servers.txt) -Credential CORP\admin

Asks for the password of CORP\admin and then every server that the file names.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true, Position = 0)]
    [ValidatePattern('^[A-Za-z0-9_][A-Za-z0-9_.-]*$')]
    [string[]] $ComputerName,

    [string[]] $Option = @(),

    [switch] $Logon,

    [string] $ReportFolder = 'reports',

    [string] $Program64,

    [string] $Program32,

    [System.Management.Automation.PSCredential]
    [System.Management.Automation.Credential()]
    $Credential = [System.Management.Automation.PSCredential]::Empty,

    [switch] $UseSSL,

    [ValidateRange(1, 100)]
    [int] $ThrottleLimit = 16,

    [ValidateRange(1, 86400)]
    [int] $TimeoutSeconds = 600,

    [switch] $Strict,

    [switch] $AllowIncomplete
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
# Else PowerShell 7.4 can make an error of exit codes that are results.
$PSNativeCommandUseErrorActionPreference = $false

# Else PowerShell would end with 1, which means that something failed on a server.
trap {
    Write-Warning "$_"
    exit 5
}

# On the server: a folder of its own, which the session remembers.
$prepare = {
    $ErrorActionPreference = 'Stop'
    $name = 'iisdiag.' + [System.Guid]::NewGuid().ToString('N')
    $iisDiagFolder = Join-Path -Path $env:ProgramFiles -ChildPath $name
    $null = New-Item -ItemType Directory -Path $iisDiagFolder
    [pscustomobject]@{
        Folder = $iisDiagFolder
        Is64Bit = [System.Environment]::Is64BitOperatingSystem
    }
}

# What the program says on standard error comes home as errors, one for each line.
$run = {
    $words = @($using:Option)
    $program = Join-Path -Path $iisDiagFolder -ChildPath 'iisdiag.exe'
    $file = Join-Path -Path $iisDiagFolder -ChildPath 'report.json'
    & $program check --report "json=$file" $words | Out-Null
    $LASTEXITCODE
}

$clean = {
    Remove-Item -LiteralPath $iisDiagFolder -Recurse -Force -ErrorAction Stop
}

function Get-ReportPath([string] $Name) {
    Join-Path -Path $hosts -ChildPath "$Name.json"
}

# Makes the folder on one server and copies the program there. Returns the folder.
function Initialize-Server($Session) {
    $server = Invoke-Command -Session $Session -ScriptBlock $prepare
    $script:folders[$Session.ComputerName] = $server.Folder
    $program = $Program32
    if ($server.Is64Bit) {
        $program = $Program64
    }
    $target = Join-Path -Path $server.Folder -ChildPath 'iisdiag.exe'
    Copy-Item -ToSession $Session -LiteralPath $program -Destination $target
}

# Runs the program on all these servers at the same time and brings the reports home.
function Receive-Report([object[]] $Session) {
    $job = Invoke-Command -Session $Session -ScriptBlock $run -AsJob -ThrottleLimit $ThrottleLimit
    try {
        $null = Wait-Job -Job $job -Timeout $TimeoutSeconds
        foreach ($one in $Session) {
            $name = $one.ComputerName
            $child = $job.ChildJobs | Where-Object { $_.Location -eq $name }
            if ($child.State -eq 'Running') {
                Write-Warning "${name}: no end after $TimeoutSeconds seconds"
                continue
            }
            $said = @()
            $quiet = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'said' }
            $code = @(Receive-Job -Job $child @quiet)
            foreach ($line in $said) {
                Write-Warning "${name}: $line"
            }
            # 0, 1 and 2 are results.
            if ($code.Count -ne 1 -or $code[0] -lt 0 -or $code[0] -gt 2) {
                Write-Warning "${name}: no report, iisdiag ended with $code"
                continue
            }
            $file = Join-Path -Path $script:folders[$name] -ChildPath 'report.json'
            $target = Get-ReportPath $name
            try {
                Copy-Item -FromSession $one -LiteralPath $file -Destination $target -Force
            } catch {
                Write-Warning "${name}: $_"
            }
        }
    } finally {
        # Ends what is still running, and the program with it.
        Stop-Job -Job $job -ErrorAction SilentlyContinue
        Remove-Job -Job $job -Force -ErrorAction SilentlyContinue
    }
}

# Removes the folder from one server; says so where it could not.
function Clear-Server($Session) {
    $name = $Session.ComputerName
    if (-not $script:folders.ContainsKey($name)) {
        return
    }
    # A program that was just ended, or a scanner of viruses, holds its file for a moment.
    for ($attempt = 1; $attempt -le 3; $attempt++) {
        try {
            Invoke-Command -Session $Session -ScriptBlock $clean
            return
        } catch {
            $reason = $_
            Start-Sleep -Seconds 2
        }
    }
    $script:leftBehind = $true
    Write-Warning "${name}: $($script:folders[$name]) is still there: $reason"
}

function Invoke-Batch([string[]] $Name) {
    $refused = @()
    $ask = @{ ComputerName = $Name; ErrorAction = 'SilentlyContinue'; ErrorVariable = 'refused' }
    $sessions = @(New-PSSession @connection @ask)
    foreach ($line in $refused) {
        Write-Warning "not reached: $line"
    }
    try {
        $ready = @()
        foreach ($session in $sessions) {
            try {
                Initialize-Server $session
                $ready += $session
            } catch {
                Write-Warning "$($session.ComputerName): $_"
            }
        }
        if ($ready.Count -gt 0) {
            Receive-Report $ready
        }
    } finally {
        foreach ($session in $sessions) {
            Clear-Server $session
        }
        if ($sessions.Count -gt 0) {
            Remove-PSSession -Session $sessions
        }
    }
}

foreach ($word in $Option) {
    if ($word -match '^(-f|--format|-r|--report|--each|--password-stdin)') {
        Write-Warning "$word is not to be given: formats and files are set, passwords are not taken"
        exit 3
    }
}
if ($Logon) {
    # Each has to see what the one before it did to the account.
    $ThrottleLimit = 1
} elseif ($Option -notcontains '--no-logon') {
    $Option += '--no-logon'
}
if (-not $Program64) {
    $Program64 = Join-Path -Path $PSScriptRoot -ChildPath 'iisdiag.exe'
}
if (-not $Program32) {
    $Program32 = Join-Path -Path $PSScriptRoot -ChildPath 'iisdiag-x86.exe'
}
$own = $Program32
if ([System.Environment]::Is64BitOperatingSystem) {
    $own = $Program64
}
if (-not (Test-Path -LiteralPath $own -PathType Leaf)) {
    Write-Warning "there is no $own, which merges the reports"
    exit 5
}

# A path of its own: .NET and the program do not follow Set-Location.
$ReportFolder = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($ReportFolder)
$hosts = Join-Path -Path $ReportFolder -ChildPath 'hosts'
$null = New-Item -ItemType Directory -Path $hosts -Force

# First of all: whatever happens to a server from here on, merge finds a report of it that
# says nothing, and names it as not checked.
$names = @($ComputerName | Sort-Object -Unique)
foreach ($name in $names) {
    $null = New-Item -ItemType File -Path (Get-ReportPath $name) -Force
}

$folders = @{}
$leftBehind = $false
$connection = @{
    SessionOption = New-PSSessionOption -OpenTimeout 30000
    ThrottleLimit = $ThrottleLimit
    UseSSL = $UseSSL
}
if ($Credential -ne [System.Management.Automation.PSCredential]::Empty) {
    $connection['Credential'] = $Credential
}
for ($first = 0; $first -lt $names.Count; $first += $ThrottleLimit) {
    $last = [System.Math]::Min($first + $ThrottleLimit, $names.Count) - 1
    try {
        Invoke-Batch $names[$first..$last]
    } catch {
        Write-Warning "$_"
    }
}

$words = @('merge')
foreach ($format in 'html', 'json') {
    $file = Join-Path -Path $ReportFolder -ChildPath "servers.$format"
    $words += '--report', "$format=$file"
}
if ($Strict) {
    $words += '--strict'
}
if ($AllowIncomplete) {
    $words += '--allow-incomplete'
}
# In a list: a command line of Windows ends after 32,767 characters.
Set-Content -LiteralPath (Join-Path -Path $hosts -ChildPath 'list.txt') -Encoding UTF8 -Value (
    $names | ForEach-Object { "$_.json" })
$words += '@list.txt'
Push-Location -LiteralPath $hosts
& $own $words
$code = $LASTEXITCODE
Pop-Location
if ($code -eq 0 -and $leftBehind) {
    $code = 5
}
exit $code
