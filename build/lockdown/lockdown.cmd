@echo off
rem Locks this PC down to the kiosk, or takes it back; run it as administrator. README.md explains each setting.
rem   lockdown.cmd on [--user NAME], lockdown.cmd off, lockdown.cmd status
"%~dp0..\node\node.exe" "%~dp0lockdown.mjs" %*
