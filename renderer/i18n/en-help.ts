/** English beside `vi-help.ts`; `en.ts` checks the shape. */
export const enHelp = {
  call: 'Not solved: call {{hotline}}; read out the name of the venue and the line on the screen.',
  callNone: 'Not solved: call the support number in the summons.',
  title: {
    picture: 'No picture',
    sound: 'No sound',
    network: 'No network',
    before: 'Before the start',
    desk: 'A delegate does not find the name',
    power: 'The power failed',
    screens: 'The picture is on the wrong display',
    count: 'Counting in the hall',
    absent: 'Reasons of absence',
    sign: 'Confirming the report',
    return: 'The province returned the report',
  },
  steps: {
    picture:
      'Slate without a picture: look at the card “Signal from the centre” under “Picture and sound”; it says where the fault is and what to do.\nFault at the centre: wait, the picture comes by itself. After 5 minutes call support.\nFault in the line: check cable and router, unplug and plug in again, call the provider.\nThe big screen is black: check that projector or television is on, at the right input, with the cable tight at both ends.\nThe picture stands or jerks: press nothing, it connects again by itself. After 5 minutes call support.\nMeanwhile: do not switch this PC off; signing in works without a picture.',
    sound:
      'First: under “Picture and sound” press “Play a test tone”.\nNo tone: check that loudspeakers and mixer are on and turned up; check the volume of the PC; choose another one on the card “Loudspeaker of the hall” and try again.\nThe tone is heard, not the conference: look at “Volume” under the picture; press “Sound on” if it is off.\nStill none, “Sound level” stands still: the centre sends no sound yet; wait or call support.',
    network:
      'Signing in: needs no network, go on.\nThe picture: goes on with what has arrived, then stops; it goes on by itself when the network is back.\nTo find the fault: check cable and router; a telephone can serve as a hotspot.\nStill none at the end: the report stays in this PC and is sent by itself when there is a network and the program is open.\nThe province needs the figures now: under “Report” read out the card “To read out by telephone”; or press “Save documents” and take the sealed copy on a stick to where there is a network.',
    before:
      'Under “Checks before the hour” press “Check now”; do everything that is to be done now.\nLook at “Left to do” under “Overview”; each line leads to its place.\nNo list yet: under “People” open “Import a roster”.\nPress “Play a test tone” under “Picture and sound” and listen from the back of the hall.\nTry one card under “People”, “Try the scanner”.\nUnder “Report”, “Paper sheet, badges”: print the paper sheet in case the power fails.',
    desk: 'Search under “People”, “List”; try the given name only.\nNot there: press “Add a person”, with the right kind.\nSomebody comes in place of another: choose “Substitute” and the person replaced.\nThe desk says signed in already and the delegate says no: open the name, look at “Entries”, then “Take the presence back” with a reason.',
    power:
      'Take attendance on paper.\nPower is back: start the PC and the program; it goes on with the same sitting and everything recorded.\nEnter the people of the paper sheet under “People”, “Enter from paper”, with the time they came.',
    screens:
      'Windows: press the Windows key and P, choose “Extend”.\nThe big screen moves to the projector by itself; wait a few seconds.\nThe two displays are the wrong way round: under “Picture and sound” press “Show numbers on the screens”; 2 must stand in the hall, else press “Swap the two screens”.\nOne display only: F8 shows the big screen or the desk, F9 the console.\nBy mouse or touch: hold the lock in the corner of the desk; on the big screen move the mouse, then hold a button in the corner.',
    count:
      'Count the people who sit in the hall.\nEnter the number under “People”, “Roll calls”.\nIf it differs from the list, say why.',
    absent:
      'Under “People” choose “Not here”.\nSeveral people with one reason: mark each, press “Excuse”.\nA mistake: press “Undo” in the message, or open the person and take the entry back.',
    sign: "Open “Report” with the right sitting at the top; read the figures.\nPress “Chair's sign-off”, read the line of figures again, enter the PIN.\nPress “Save documents” for a stick, “View and print” for paper.\nThe report is sent by itself; a receipt number shows that the province has it.",
    return:
      'Read the reason under “Report”.\nPress “Open to amend”; correct under “People”.\nBack under “Report”, look at the changes and press “Seal the amendment”.\nThe new revision is sent by itself; the one before stays.',
  },
};
