#!/bin/sh
# Makes the kiosk start with this user's desktop session (XDG autostart): on, off or status.
# status: exit status 0 when it is on, 1 when it is off.
set -eu
folder=${XDG_CONFIG_HOME:-$HOME/.config}/autostart
file=$folder/venue-kiosk.desktop

write() {
  mkdir -p "$folder"
  cat >"$file.new" <<'ENTRY'
[Desktop Entry]
Type=Application
Version=1.0
Name=Venue kiosk
Name[vi]=Điểm cầu
Exec=venue-kiosk
Icon=venue-kiosk
Terminal=false
X-GNOME-Autostart-enabled=true
ENTRY
  mv "$file.new" "$file"
}

is_on() {
  [ -f "$file" ] && grep -q '^Exec=venue-kiosk$' "$file" && ! grep -Eqi '^(Hidden=true|X-GNOME-Autostart-enabled=false)' "$file"
}

case ${1:-} in
  on) write ;;
  off) rm -f "$file" ;;
  status) ;;
  *)
    echo "autostart.sh on | off | status" >&2
    exit 2
    ;;
esac
if is_on; then
  echo "Tự khởi động: bật / autostart: on ($file)"
  [ "$1" != off ]
else
  echo "Tự khởi động: tắt / autostart: off"
  [ "$1" = off ]
fi
