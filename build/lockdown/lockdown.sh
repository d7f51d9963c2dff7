#!/bin/sh
# Locks this computer down to the kiosk, as root: sets what only the system can stop, and takes back exactly that.
#   lockdown.sh on [--user NAME] [--policies]   --user: log this user in by itself, into the kiosk's session (LightDM)
#                                               --policies: also policies for Chromium, Chrome and Edge; they change the owner's browser
#   lockdown.sh off [--quiet]
#   lockdown.sh status                          exit status 0: set, 1: not set, or not as it was set
# --root FOLDER works on another tree, for tests. README.md next to this file explains each file.
set -eu

what=${1:-}
[ $# -gt 0 ] && shift
root=''
user=''
policies=no
quiet=no
while [ $# -gt 0 ]; do
  case $1 in
    --root) root=$2 && shift ;;
    --user) user=$2 && shift ;;
    --policies) policies=yes ;;
    --quiet) quiet=yes ;;
    *) what=wrong ;;
  esac
  shift
done

# One line for each file that was written: its checksum and its path.
list=$root/var/lib/venue-kiosk-lockdown/files
wrong=0

say() {
  [ "$quiet" = yes ] || echo "$1"
}

# A link counts by where it points.
sum_of() {
  if [ -L "$1" ]; then readlink "$1" | sha256sum | cut -c1-64; else sha256sum <"$1" | cut -c1-64; fi
}

is_ours() {
  [ -f "$list" ] && grep -q "  $1\$" "$list"
}

note() {
  if is_ours "$1"; then
    grep -v "  $1\$" "$list" >"$list.new" || true
    mv "$list.new" "$list"
  fi
  echo "$(sum_of "$root$1")  $1" >>"$list"
}

# put PATH: the content comes from standard input. A file of somebody else is left alone.
put() {
  if [ -e "$root$1" ] && ! is_ours "$1"; then
    echo "Đã có tệp $1, không ghi đè / $1 is there already and is left alone" >&2
    cat >/dev/null
    wrong=1
    return
  fi
  mkdir -p "$(dirname "$root$1")"
  cat >"$root$1"
  note "$1"
}

mask() {
  if [ -e "$root$1" ] || [ -L "$root$1" ]; then
    is_ours "$1" || [ "$(readlink "$root$1")" = /dev/null ] && return
    echo "Đã có tệp $1, không ghi đè / $1 is there already and is left alone" >&2
    wrong=1
    return
  fi
  mkdir -p "$(dirname "$root$1")"
  ln -s /dev/null "$root$1"
  note "$1"
}

turn_on() {
  mkdir -p "$(dirname "$list")"
  touch "$list"
  put /etc/X11/xorg.conf.d/90-venue-kiosk.conf <<'END'
# Venue kiosk: no text consoles by Ctrl+Alt+F1 to F12, no end of the display by Ctrl+Alt+Backspace, no blanking.
Section "ServerFlags"
  Option "DontVTSwitch" "true"
  Option "DontZap" "true"
  Option "BlankTime" "0"
  Option "StandbyTime" "0"
  Option "SuspendTime" "0"
  Option "OffTime" "0"
EndSection
END
  put /etc/sysctl.d/90-venue-kiosk.conf <<'END'
# Venue kiosk: no orders to the kernel by Alt+SysRq.
kernel.sysrq = 0
END
  put /etc/systemd/logind.conf.d/90-venue-kiosk.conf <<'END'
# Venue kiosk: a closed lid, a sleep key or an idle hour changes nothing. The power button still switches off.
[Login]
HandleLidSwitch=ignore
HandleLidSwitchExternalPower=ignore
HandleLidSwitchDocked=ignore
HandleSuspendKey=ignore
HandleHibernateKey=ignore
IdleAction=ignore
END
  put /etc/systemd/sleep.conf.d/90-venue-kiosk.conf <<'END'
# Venue kiosk: this computer never sleeps.
[Sleep]
AllowSuspend=no
AllowHibernation=no
AllowSuspendThenHibernate=no
AllowHybridSleep=no
END
  # Ctrl+Alt+Del restarts nothing.
  mask /etc/systemd/system/ctrl-alt-del.target
  put /etc/apt/apt.conf.d/90venue-kiosk <<'END'
// Venue kiosk: updates never restart this computer by themselves.
Unattended-Upgrade::Automatic-Reboot "false";
END
  put /usr/share/xsessions/venue-kiosk.desktop <<'END'
[Desktop Entry]
Type=Application
Name=Venue kiosk
Name[vi]=Điểm cầu
Comment=Only the kiosk, without a desktop
Comment[vi]=Chỉ chạy điểm cầu, không có màn hình nền
Exec=/opt/venue-kiosk/lockdown/session.sh
END
  if [ -n "$user" ]; then
    put /etc/lightdm/lightdm.conf.d/90-venue-kiosk.conf <<END
# Venue kiosk: the computer starts into the kiosk.
[Seat:*]
autologin-user=$user
autologin-user-timeout=0
autologin-session=venue-kiosk
allow-guest=false
END
  fi
  if [ "$policies" = yes ]; then
    for folder in /etc/chromium /etc/opt/chrome /etc/opt/edge; do
      put "$folder/policies/managed/venue-kiosk.json" <<'END'
{
  "URLBlocklist": ["*"],
  "URLAllowlist": ["127.0.0.1", "about:blank"],
  "AllowFileSelectionDialogs": false,
  "BrowserSignin": 0,
  "DownloadRestrictions": 3,
  "IncognitoModeAvailability": 1,
  "PasswordManagerEnabled": false,
  "TranslateEnabled": false
}
END
    done
  fi
  if [ -z "$root" ]; then
    sysctl -q -p /etc/sysctl.d/90-venue-kiosk.conf 2>/dev/null || true
    systemctl daemon-reload 2>/dev/null || true
  fi
}

turn_off() {
  [ -f "$list" ] || return 0
  while read -r sum file; do
    [ -e "$root$file" ] || [ -L "$root$file" ] || continue
    if [ "$(sum_of "$root$file")" = "$sum" ]; then
      rm "$root$file"
      rmdir -p --ignore-fail-on-non-empty "$(dirname "$root$file")" 2>/dev/null || true
    else
      echo "Tệp $file đã bị sửa, để nguyên / $file was changed meanwhile and is left alone" >&2
      wrong=1
    fi
  done <"$list"
  rm "$list"
  rmdir "$(dirname "$list")" 2>/dev/null || true
  if [ -z "$root" ]; then systemctl daemon-reload 2>/dev/null || true; fi
}

check() {
  if [ ! -f "$list" ]; then
    say "Khoá máy: chưa đặt / lockdown: not set"
    return 1
  fi
  changed=0
  while read -r sum file; do
    if { [ -e "$root$file" ] || [ -L "$root$file" ]; } && [ "$(sum_of "$root$file")" = "$sum" ]; then continue; fi
    echo "Không còn như đã đặt / not as it was set: $file" >&2
    changed=1
  done <"$list"
  [ $changed = 0 ] || return 1
  say "Khoá máy: đã đặt / lockdown: set ($(wc -l <"$list") tệp / files)"
}

if [ "$what" = on ] || [ "$what" = off ]; then
  if [ -z "$root" ] && [ "$(id -u)" != 0 ]; then
    echo "Hãy chạy bằng root / run this as root: sudo $0 $what" >&2
    exit 2
  fi
fi
case $what in
  on)
    turn_on
    say "Đã khoá. Khởi động lại máy để có hiệu lực / locked; restart the computer"
    ;;
  off)
    turn_off
    say "Đã bỏ khoá. Khởi động lại máy để có hiệu lực / taken back; restart the computer"
    ;;
  status) check || exit 1 ;;
  *)
    echo "lockdown.sh on [--user NAME] [--policies] | off | status" >&2
    exit 2
    ;;
esac
exit $wrong
