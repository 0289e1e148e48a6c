<#
.SYNOPSIS
Checks many IIS servers with iisdiag over PowerShell remoting and makes one report.

.DESCRIPTION
Copies iisdiag.exe into a new folder on each server, runs "iisdiag check" there,
brings the JSON report home as NAME.json, removes the folder again, and merges the
reports with the iisdiag of this machine. A server that does not answer gets an
empty NAME.json, which "iisdiag merge" shows as a server that could not be checked:
none is ever missing. Exits with the code of "iisdiag merge".

It needs PowerShell 5.1 here and on the servers. For older servers capture files:
iisdiag collect --script.

.PARAMETER ComputerName
The servers.

.PARAMETER Program
The program that is copied. One for 32 bits, iisdiag-x86.exe, runs everywhere.

.PARAMETER Reports
The folder on this machine that reports go to.

.PARAMETER Credential
An account that may log on to the servers; without it the caller's own.

.PARAMETER Option
Further options of "iisdiag check", such as --no-logon.

.EXAMPLE
.\Invoke-IisDiag.ps1 -ComputerName (Get-Content servers.txt) -Reports C:\reports
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [string[]] $ComputerName,
    [string] $Program = (Join-Path $PSScriptRoot 'iisdiag.exe'),
    [string] $Reports = (Join-Path (Get-Location) 'reports'),
    [System.Management.Automation.PSCredential] $Credential,
    [string[]] $Option = @()
)

Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
New-Item -ItemType Directory -Force -Path $Reports | Out-Null
$files = @()

foreach ($name in $ComputerName) {
    # First of all, so that nothing that goes wrong makes a server disappear.
    $report = Join-Path $Reports ($name + '.json')
    $files += $report
    Set-Content -Path $report -Value $null
    $session = $null
    $folder = $null
    try {
        $arguments = @{ ComputerName = $name }
        if ($Credential) {
            $arguments.Credential = $Credential
        }
        $session = New-PSSession @arguments
        # Where only administrators may write, nobody can lay a library beside it.
        $folder = Invoke-Command -Session $session -ScriptBlock {
            $new = Join-Path $env:ProgramFiles ('iisdiag.' + [guid]::NewGuid())
            New-Item -ItemType Directory -Path $new | Out-Null
            $new
        }
        Copy-Item -ToSession $session -Path $Program -Destination (Join-Path $folder 'iisdiag.exe')
        $code = Invoke-Command -Session $session -ArgumentList $folder, $Option -ScriptBlock {
            param($place, $more)
            $json = Join-Path $place 'report.json'
            & (Join-Path $place 'iisdiag.exe') check --report "json=$json" @more | Out-Null
            $LASTEXITCODE
        }
        # 0, 1 and 2 are results; with the others there is no report.
        if ($code -lt 0 -or $code -gt 2) {
            throw "iisdiag check ended with $code"
        }
        Copy-Item -FromSession $session -Path (Join-Path $folder 'report.json') -Destination $report
    } catch {
        Write-Warning "${name}: $_"
    } finally {
        if ($session) {
            if ($folder) {
                try {
                    Invoke-Command -Session $session -ArgumentList $folder -ScriptBlock {
                        param($place)
                        Remove-Item -Recurse -Force -Path $place
                    }
                } catch {
                    Write-Warning "${name}: $folder is still there: $_"
                }
            }
            Remove-PSSession $session
        }
    }
}

$page = Join-Path $Reports 'servers.html'
& $Program merge --report "html=$page" @files
exit $LASTEXITCODE
