# Takes back what enterprise-on.ps1 set, as administrator:
#   powershell -ExecutionPolicy Bypass -File enterprise-off.ps1 -User diemcau
param([Parameter(Mandatory = $true)][string]$User)
$ErrorActionPreference = 'Stop'
$place = 'root\standardcimv2\embedded'
$sid = (New-Object System.Security.Principal.NTAccount($User)).Translate([System.Security.Principal.SecurityIdentifier]).Value
$launcher = [wmiclass]"\\localhost\${place}:WESL_UserSetting"
$launcher.RemoveCustomShell($sid) | Out-Null
$launcher.SetEnabled($false) | Out-Null
foreach ($filter in Get-WmiObject -Namespace $place -Class WEKF_PredefinedKey) {
  if ($filter.Enabled) {
    $filter.Enabled = 0
    $filter.Put() | Out-Null
  }
}
Write-Output 'Khởi động lại máy / restart the PC.'
