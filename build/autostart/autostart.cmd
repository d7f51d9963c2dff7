@echo off
rem Makes the kiosk start when this user logs in (Run key of the user): on, off or status.
rem status: exit status 0 when it is on, 1 when it is off.
set "KEY=HKCU\Software\Microsoft\Windows\CurrentVersion\Run"
if "%~1"=="on" goto on
if "%~1"=="off" goto off
if "%~1"=="status" goto status
echo autostart.cmd on, off or status
exit /b 2

:on
reg add "%KEY%" /v VenueKiosk /t REG_SZ /d "\"%~dp0..\venue-kiosk.exe\"" /f >nul
if errorlevel 1 exit /b 1

:status
reg query "%KEY%" /v VenueKiosk >nul 2>nul
if errorlevel 1 goto missing
echo autostart: on
exit /b 0
:missing
echo autostart: off
exit /b 1

:off
reg delete "%KEY%" /v VenueKiosk /f >nul 2>nul
reg query "%KEY%" /v VenueKiosk >nul 2>nul
if errorlevel 1 goto gone
echo autostart: on
exit /b 1
:gone
echo autostart: off
exit /b 0
