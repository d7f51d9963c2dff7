# Windows Enterprise, Education and IoT Enterprise only, as administrator:
#   powershell -ExecutionPolicy Bypass -File enterprise-on.ps1 -User diemcau
# The user gets the kiosk in place of the desktop (Shell Launcher), and the keys that lead out do nothing (Keyboard Filter).
param([Parameter(Mandatory = $true)][string]$User)
$ErrorActionPreference = 'Stop'
$kiosk = Join-Path (Split-Path $PSScriptRoot) 'venue-kiosk.exe'
foreach ($feature in 'Client-EmbeddedShellLauncher', 'Client-KeyboardFilter') {
  Enable-WindowsOptionalFeature -Online -FeatureName $feature -All -NoRestart | Out-Null
}
$place = 'root\standardcimv2\embedded'
$sid = (New-Object System.Security.Principal.NTAccount($User)).Translate([System.Security.Principal.SecurityIdentifier]).Value
$launcher = [wmiclass]"\\localhost\${place}:WESL_UserSetting"
# Everybody else keeps the desktop. 3: when the kiosk ends by the technician's PIN, nothing is started in its place.
$launcher.SetDefaultShell('explorer.exe', 3) | Out-Null
$launcher.SetCustomShell($sid, $kiosk, $null, $null, 3) | Out-Null
$launcher.SetEnabled($true) | Out-Null
foreach ($key in 'Alt+F4', 'Alt+Tab', 'Alt+Esc', 'Ctrl+Esc', 'Ctrl+Alt+Del', 'Shift+Ctrl+Esc', 'Windows', 'Win+L', 'Win+R', 'Win+E') {
  $filter = Get-WmiObject -Namespace $place -Class WEKF_PredefinedKey | Where-Object { $_.Id -eq $key }
  if ($filter) {
    $filter.Enabled = 1
    $filter.Put() | Out-Null
  }
}
Write-Output 'Khởi động lại máy / restart the PC.'
