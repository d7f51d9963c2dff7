import { clockTextsEn } from './clock-texts.ts';
import type { CheckTexts } from './words.ts';

export const CHECK_TEXTS_EN: CheckTexts = {
  title: {
    displays: 'Displays',
    picture: 'Picture from the centre',
    sound: 'Loudspeaker of the hall',
    clock: 'Clock of this PC',
    names: 'Names of servers (DNS)',
    proxy: 'Proxy',
    certificates: 'Certificates',
    province: 'Way to the province',
    disk: 'Disk',
    power: 'Power supply',
    sleep: 'No sleep',
    autostart: 'Starts by itself',
    pins: 'PINs',
    roster: 'List of delegates',
    scanner: 'Card scanner',
    package: 'Session package',
    second_copy: 'Second copy of the log',
    browser: 'Program that shows the windows',
    updates: 'System updates',
    front: 'What is in front',
    lockdown: 'Lockdown',
  },
  words: {
    displays: {
      two: ['{{count}} displays. Big screen: {{stage}}. Desk: {{desk}}.'],
      one: ['One display only: {{desk}}.', 'Plug in the projector or a second display, if the hall has one.'],
      small: ['The display {{small}} is smaller than 1280×720.', 'Choose a larger resolution for it.'],
      mirrored: ['Both displays show the same picture.', 'Press Windows + P and choose “Extend”.'],
      unknown: [
        'Running without a display, so nothing could be seen.',
        'Check again when the windows are open on a display.',
      ],
      misplaced: [
        'The {{window}} window does not fill its display.',
        'Press F8 twice; if it stays, start the kiosk again.',
      ],
      none: ['No display was found.', 'Plug the display in again and switch it on.'],
    },
    picture: {
      good: ['{{sources}} sources decoded. The line carries {{mbps}} Mbit/s, {{needed}} are needed.'],
      playing: ['The big screen shows it now. The line is not measured meanwhile.'],
      not_needed: ['The package names no stream: the picture comes from another device.'],
      undecoded: [
        'Fetched at {{mbps}} Mbit/s ({{needed}} needed), and not decoded because the big screen is not open.',
        'Open the big screen and check again.',
      ],
      slow: [
        'The line carries {{mbps}} Mbit/s, the sharpest picture needs {{needed}}. The picture will be less sharp.',
        'Switch off other devices on this network, then check again.',
      ],
      not_begun: [
        'The centre does not send yet.',
        'Check again 15 minutes before the start; the kiosk does so by itself.',
      ],
      some_fail: [
        '{{failed}} of {{sources}} sources cannot be fetched ({{host}}): {{cause}}',
        'The other source can be shown. {{causeNext}}',
      ],
      too_slow: [
        'The line carries {{mbps}} Mbit/s; even the least sharp picture needs {{least}}.',
        'Use another line, or switch off all other devices on this network.',
      ],
      not_decodable: [
        'This PC cannot decode the picture of {{host}}.',
        'Tell technical support: H.264 picture and AAC sound are needed.',
      ],
      fails: ['The picture cannot be fetched ({{host}}): {{cause}}', '{{causeNext}}'],
    },
    sound: {
      heard: ['The test tone was heard at {{heardAt}}. Loudspeaker: {{device}}.'],
      not_asked: [
        'Nobody has said that the test tone is heard. Loudspeaker: {{device}}.',
        'Press “Play test tone” and answer.',
      ],
      not_heard: [
        'The test tone was not heard. Loudspeaker: {{device}}.',
        'Switch on loudspeaker and amplifier, turn them up, choose the right one on the page of picture and sound, then try again.',
      ],
      device_lost: [
        'The chosen loudspeaker ({{device}}) is no longer plugged in.',
        'Plug it in, or choose another one on the page of picture and sound.',
      ],
    },
    clock: clockTextsEn,
    names: {
      found: ['{{count}} names of servers found in {{ms}} milliseconds.'],
      none_needed: ['The package uses numbers only, no names are needed.'],
      slow: [
        'Looking up {{host}} took {{seconds}} seconds.',
        'Start the router again; if it stays slow, call the provider.',
      ],
      fails: ['The name {{host}} cannot be looked up: {{cause}}', '{{causeNext}}'],
    },
    proxy: {
      none: ['No proxy is used.'],
      works: ['{{proxy}} lets us through.'],
      not_used: [
        'This PC has the proxy {{proxy}}, the package has none; the kiosk goes straight.',
        'If this network demands the proxy, set its address in the settings.',
      ],
      fails: ['{{proxy}}: {{cause}}', '{{causeNext}}'],
    },
    certificates: {
      trusted: ['The certificates of {{count}} servers are trusted.'],
      none_needed: ['The package uses no secure connection.'],
      expires_soon: [
        'The certificate of {{host}} ends in {{days}} days.',
        'Tell technical support; the venue cannot mend it.',
      ],
      inspected: [
        '“{{who}}” opens the connection to {{host}} and signs it again. This PC trusts that program.',
        'Put {{host}} on the list of exceptions of that program.',
      ],
      fails: ['{{host}}: {{cause}}', '{{causeNext}}'],
      inspected_refused: [
        '“{{who}}” opens the connection to {{host}} and signs it again; the kiosk refuses that.',
        'Put {{host}} on the list of exceptions of that program or firewall.',
      ],
    },
    province: {
      none_here: ['Reports of this session go nowhere: they are sealed and saved by hand.'],
      open: ["The province's server ({{host}}) answered in {{seconds}} seconds and takes the way of sending."],
      busy: [
        "The province's server ({{host}}) is overloaded.",
        'Nothing to do: the report is sent again until there is a receipt.',
      ],
      method_blocked: [
        'Something on the way blocks the way of sending (PUT) to {{host}}.',
        'Ask whoever runs the network to let PUT through to {{host}}.',
      ],
      fails: ["The province's server ({{host}}) cannot be reached yet: {{cause}}", '{{causeNext}}'],
    },
    disk: {
      good: ['{{free}} GB free. One safe write takes {{ms}} milliseconds.'],
      little: ['Only {{free}} GB free.', 'Delete files that nobody needs on this disk.'],
      slow: [
        'One safe write takes {{ms}} milliseconds.',
        'Close programs that copy files; an old disk should be replaced.',
      ],
      full: ['The disk is almost full: {{free}} GB left.', 'Delete files now, before anybody signs in.'],
      very_slow: [
        'One safe write takes {{ms}} milliseconds: each sign-in will have to wait.',
        'Close programs that copy files; if it stays slow, use another PC.',
      ],
      cannot_write: [
        'The data folder cannot be written ({{code}}).',
        'Check the disk and who may write; tell technical support.',
      ],
    },
    power: {
      mains: ['On mains.'],
      unknown: ['This PC does not say what it runs on.', 'See that the power cable sits well.'],
      battery: ['On battery, {{percent}} % left.', 'Plug the power cable in, and see that the socket has power.'],
    },
    sleep: {
      kept_awake: ['During the sitting the kiosk keeps this PC awake.'],
      never: ['The system never sleeps.'],
      may_blank: [
        'No sleep, but the display goes dark after {{minutes}} minutes.',
        'Set “Turn off the display: Never”.',
      ],
      unknown: ['The sleep settings could not be seen.', 'Set “Sleep: Never” in the power settings.'],
      may_sleep: [
        'This PC may sleep after {{minutes}} minutes, and does not let the kiosk keep it awake.',
        'Set “Sleep: Never” in the power settings.',
      ],
    },
    autostart: {
      on: ['The kiosk opens each time this user logs in to the PC.'],
      off: ['It does not start by itself.', 'Switch it on in the settings, so that nobody has to start it by hand.'],
      unknown: ['It could not be seen whether it starts by itself.', 'See the settings.'],
      broken: [
        'The entry is there, but the program that it starts ({{program}}) is not.',
        'Switch it off and on again in the settings.',
      ],
    },
    pins: {
      both: ['The PINs of technician and chair are set.'],
      no_chair: [
        "There is no chair's PIN; the report will be signed with the technician's.",
        "Set the chair's PIN on the people page.",
      ],
      missing: ["No technician's PIN: anybody can open the console.", 'Set one on the lock screen of the console.'],
    },
    roster: {
      good: ['{{count}} delegates, list of {{listAt}}.'],
      none: [
        'There is no list: everybody signs in as an addition.',
        'Bring a list in on the people page, if there is one.',
      ],
      old: ['{{count}} delegates, but the list is {{days}} days old.', 'Ask the province for a newer one.'],
      questions: [
        '{{count}} delegates; {{open}} pairs may be one person each.',
        'See and join them on the people page.',
      ],
      empty: ['The list has nobody on it.', 'Bring the list in again on the people page.'],
      damaged: [
        '{{open}} people of the list can no longer be read.',
        'Bring package or list in again; tell technical support.',
      ],
    },
    scanner: {
      read: ['A card was read well at {{readAt}}.'],
      none_here: ['This desk uses no scanner.'],
      not_tried: ['No card was tried.', 'Scan a citizen card below, or press “No scanner here”.'],
      garbled: [
        'It is read, but letters are changed on the way to this PC.',
        'Switch the Vietnamese keyboard program off, or set the scanner to a US keyboard.',
      ],
      unreadable: [
        'What the scanner sends cannot be read.',
        'Clean its glass and scan again; if it stays, reset the scanner as its leaflet says.',
      ],
    },
    package: {
      signed: ['Signed by the province, issued on {{issuedAt}}.'],
      rehearsal: ['This is a rehearsal, not a real session.'],
      unsigned: ['The package is not signed.', 'Ask the province for a signed one; the report says so.'],
      by_person: [
        'Somebody here let this package in; the report says so.',
        "Compare the package's code with the province by telephone.",
      ],
      old: ['The package is {{days}} days old.', 'Ask the province for a newer one.'],
      file_bad: [
        'The newest package file is damaged; the stored one is used.',
        'Copy the file from the province again.',
      ],
      over: [
        'Every sitting of this package is over ({{lastAt}}).',
        'Load a new package, or look at date and time of this PC.',
      ],
    },
    second_copy: {
      complete: ['The second copy is complete.'],
      none: [
        'There is no second copy outside the database.',
        'If there is a USB stick kept for this, plug it in and switch its copies on in the settings.',
      ],
      behind: ['The second copy is behind the log.', 'See that the stick is plugged in and has room.'],
      failed: ['The second copy cannot be written.', 'Use another stick; the records themselves are whole.'],
    },
    browser: {
      new: ['{{name}} {{version}}.'],
      old: ['{{name}} {{version}} was not updated for {{days}} days.', 'Update it after the sitting, not now.'],
      unknown: ['It is not known which program shows the windows.', 'Check again when the windows are open.'],
      too_old: [
        '{{name}} {{version}} is too old to show the broadcast reliably.',
        'Update the browser now, then start the kiosk again.',
      ],
    },
    updates: {
      none: ['No updates are waiting.'],
      pending: ['{{count}} updates are waiting.', 'Install them after the sitting, not now.'],
      long_ago: ['This PC has not looked for updates for {{days}} days.', 'Update it after the sitting.'],
      unknown: [
        'The state of updates could not be seen.',
        'See the settings of the PC; do not update during the sitting.',
      ],
      restart_wanted: [
        'An installed update waits for a restart of the PC.',
        'Restart the PC now, if more than 30 minutes are left.',
      ],
      running: ['The PC is installing updates.', 'Wait for the end, then check again; do not switch off.'],
      will_restart: ['An update will restart the PC at {{time}}.', 'Restart the PC now, before the sitting.'],
    },
    front: {
      ours: ['A window of the kiosk is in front.'],
      unknown: ['It could not be seen what is in front.', 'Look at the display: close any window that is not ours.'],
      other: ['Another program is in front: {{name}}.', 'Close it, then press F8.'],
    },
    lockdown: {
      set: ['The PC is locked down as described.'],
      not_set: [
        'Not locked down: keys of the system can open other programs.',
        'Set it as the lockdown page says, if nobody watches the desk.',
      ],
      unknown: ['It could not be seen whether the PC is locked down.', 'See the lockdown page.'],
      broken: ['The lockdown was set and is no longer whole: {{file}}.', 'Run the lockdown again as administrator.'],
    },
  },
  notDone: ['This could not be checked.', 'Press “Check again”; if it stays, tell technical support.'],
  standardDevice: 'the standard one of this PC',
  unknownWord: 'A result of another version of the program.',
  verdict: { ready: 'ready', ready_with_remarks: 'ready, with remarks', not_ready: 'not ready' },
  state: { green: 'Good', yellow: 'Look at it', red: 'Act now', aside: 'For information' },
  occasion: {
    by_hand: 'by hand',
    hour_before: 'by itself, 60 minutes before',
    quarter_before: 'by itself, 15 minutes before',
    command: 'command line',
  },
};
