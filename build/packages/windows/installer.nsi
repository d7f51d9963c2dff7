; One installer for the whole PC; `/S` asks nothing. The data of users (%LOCALAPPDATA%\venue-kiosk) is never touched.
; Exit status: 0 well, 1 cancelled, 2 not for this Windows, 3 the kiosk is running.
Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
RequestExecutionLevel admin
ManifestSupportedOS all
Name "Điểm cầu"
OutFile "${OUT}"
InstallDir "$PROGRAMFILES64\Venue Kiosk"
BrandingText "Điểm cầu ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "Điểm cầu"
VIAddVersionKey "FileDescription" "Cài đặt Điểm cầu"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "The Venue Kiosk contributors"

!include MUI2.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include "${FILES}"

!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\venue-kiosk"
!define RUN_KEY "Software\Microsoft\Windows\CurrentVersion\Run"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_NOAUTOCLOSE
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Vietnamese"
!insertmacro MUI_LANGUAGE "English"

LangString IS_RUNNING ${LANG_VIETNAMESE} "Điểm cầu đang chạy. Hãy thoát trên bảng điều khiển (mã PIN của kỹ thuật viên), rồi chạy lại."
LangString IS_RUNNING ${LANG_ENGLISH} "The kiosk is running. Quit it on its console (the technician's PIN), then run this again."
LangString TOO_OLD ${LANG_VIETNAMESE} "Điểm cầu cần Windows 10 hoặc mới hơn, bản 64 bit."
LangString TOO_OLD ${LANG_ENGLISH} "The kiosk needs Windows 10 or newer, 64 bit."

; A program that runs can be neither opened for writing nor deleted.
!macro REFUSE_WHEN_RUNNING
  ${If} ${FileExists} "$INSTDIR\node\node.exe"
    ClearErrors
    FileOpen $0 "$INSTDIR\node\node.exe" a
    ${If} ${Errors}
      MessageBox MB_OK|MB_ICONSTOP "$(IS_RUNNING)" /SD IDOK
      SetErrorLevel 3
      Quit
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

Function .onInit
  SetShellVarContext all
  SetRegView 64
  ${IfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "$(TOO_OLD)" /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
  !insertmacro REFUSE_WHEN_RUNNING
FunctionEnd

Section
  ; What an older version left and this one does not have.
  RMDir /r "$INSTDIR\dist"
  RMDir /r "$INSTDIR\node_modules"
  !insertmacro INSTALL_FILES
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\Điểm cầu.lnk" "$INSTDIR\venue-kiosk.exe"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "DisplayName" "Điểm cầu"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "Publisher" "The Venue Kiosk contributors"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\venue-kiosk.exe"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKLM "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKLM "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKLM "${UNINSTALL_KEY}" "NoRepair" 1
  WriteRegDWORD HKLM "${UNINSTALL_KEY}" "EstimatedSize" ${SIZE_KB}
SectionEnd

Function un.onInit
  SetShellVarContext all
  SetRegView 64
  !insertmacro REFUSE_WHEN_RUNNING
FunctionEnd

Section "Uninstall"
  ; A PC that is locked down to the kiosk would be of no use without it.
  nsExec::Exec '"$INSTDIR\node\node.exe" "$INSTDIR\lockdown\lockdown.mjs" off --quiet'
  Pop $0
  ; Only what was installed: a file that somebody put here stays.
  !insertmacro REMOVE_FILES
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Điểm cầu.lnk"
  DeleteRegValue HKCU "${RUN_KEY}" "VenueKiosk"
  DeleteRegKey HKLM "${UNINSTALL_KEY}"
SectionEnd
