; venue-kiosk.exe: starts the kiosk's Node without a console window, keeps what it says in a file, and shows where that file is
; when the kiosk did not end well; with VENUE_KIOSK_QUIET in the environment it shows nothing. Its arguments go to the kiosk.
Unicode true
Target amd64-unicode
SilentInstall silent
RequestExecutionLevel user
Name "Điểm cầu"
OutFile "${OUT}"
Icon "${ICON}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "Điểm cầu"
VIAddVersionKey "FileDescription" "Điểm cầu"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "The Venue Kiosk contributors"

!include FileFunc.nsh
!include LogicLib.nsh

; Values of Win32.
!define CREATE_NO_WINDOW 0x08000000
!define STARTF_USESTDHANDLES 0x100
!define FILE_APPEND_DATA 4
!define SHARE_ALL 3
!define OPEN_ALWAYS 4
!define GENERIC_READ 0x80000000
!define OPEN_EXISTING 3

Section
  ${GetParameters} $R0
  StrCpy $R1 "$LOCALAPPDATA\venue-kiosk"
  StrCpy $R2 "$R1\shell.log"
  CreateDirectory "$R1"
  Call KeepLogSmall

  ; SECURITY_ATTRIBUTES: handles that the program may use.
  System::Call '*(i 24, i 0, p 0, i 1, i 0) p .r1'
  System::Call 'kernel32::CreateFileW(w "$R2", i ${FILE_APPEND_DATA}, i ${SHARE_ALL}, p r1, i ${OPEN_ALWAYS}, i 0x80, p 0) p .r2'
  System::Call 'kernel32::CreateFileW(w "NUL", i ${GENERIC_READ}, i ${SHARE_ALL}, p r1, i ${OPEN_EXISTING}, i 0, p 0) p .r3'
  ; STARTUPINFOW, then PROCESS_INFORMATION.
  System::Call '*(i 104, i 0, p 0, p 0, p 0, i 0, i 0, i 0, i 0, i 0, i 0, i 0, i ${STARTF_USESTDHANDLES}, i 0, i 0, p 0, p r3, p r2, p r2) p .r4'
  System::Call '*(p 0, p 0, i 0, i 0) p .r5'
  ; It watches and starts others, and needs little room for what it throws away: 10 MB less.
  StrCpy $R3 '"$EXEDIR\node\node.exe" --max-semi-space-size=1 "$EXEDIR\dist\shells\start.js" $R0'
  System::Call 'kernel32::CreateProcessW(p 0, w R3, p 0, p 0, i 1, i ${CREATE_NO_WINDOW}, p 0, w "$EXEDIR", p r4, p r5) i .r6'
  ${If} $6 = 0
    StrCpy $7 127
  ${Else}
    System::Call '*$5(p .r8, p, i, i)'
    System::Call 'kernel32::WaitForSingleObject(p r8, i -1)'
    System::Call 'kernel32::GetExitCodeProcess(p r8, *i .r7)'
  ${EndIf}
  ReadEnvStr $R4 VENUE_KIOSK_QUIET
  ${If} $7 <> 0
  ${AndIf} $R4 == ""
    MessageBox MB_YESNO|MB_ICONEXCLAMATION "Điểm cầu không chạy được hoặc đã dừng (mã $7). Lý do ghi ở cuối tệp $R2.$\r$\nMở tệp này?$\r$\n$\r$\nThe kiosk could not start, or stopped (status $7). The reason stands at the end of that file. Open it?" IDNO done
    ExecShell "open" "notepad.exe" '"$R2"'
  ${EndIf}
done:
  SetErrorLevel $7
SectionEnd

; A file of more than 1 MB makes room: one older one is kept.
Function KeepLogSmall
  ClearErrors
  FileOpen $0 "$R2" r
  ${IfNot} ${Errors}
    FileSeek $0 0 END $1
    FileClose $0
    ${If} $1 > 1000000
      Delete "$R2.old"
      Rename "$R2" "$R2.old"
    ${EndIf}
  ${EndIf}
FunctionEnd
