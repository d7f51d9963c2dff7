#!/bin/sh
# The session of a locked-down computer: a window manager without keys, and the kiosk. When the kiosk is quit with the technician's
# PIN, the session ends and the login screen comes; a start that was refused does the same and is not tried again.
here=$(dirname "$0")
openbox --sm-disable --config-file "$here/openbox.xml" &
manager=$!
trap 'kill "$manager" 2>/dev/null' EXIT
xset s off -dpms 2>/dev/null
venue-kiosk
