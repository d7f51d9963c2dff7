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
    count: 'Counting heads',
    absent: 'Reasons of absence',
    sign: 'Confirming the report',
    return: 'The province returned the report',
  },
  steps: {
    picture:
      'The big screen shows the slate but no picture: under “Picture and sound” the card of the signal says where the cause is.\nThe centre: wait, the picture comes back by itself. After 5 minutes call support.\nThe line: check cable and router, unplug and plug in again, call the provider.\nThe big screen is black: check that projector or television is on, at the right input, with the cable tight at both ends.\nDo not switch this PC off: signing in works without a picture.',
    sound:
      'Under “Picture and sound” press the test tone.\nThe tone is heard, the conference is not: the centre has no sound yet; wait or call support.\nNo tone: check that loudspeakers and mixer are on and turned up.\nStill none: choose another loudspeaker in the list and try again.\nThe screen says that sound is muted: turn it on in Windows, at the lower right.',
    network:
      'Signing in needs no network: go on.\nThe picture goes on with what has arrived, then stops; it goes on by itself when the network is back.\nCheck cable and router; a telephone can serve as a hotspot.\nStill none at the end: the report stays in this PC and is sent by itself when there is a network.\nThe province needs the figures now: read out the code under “Report”, or save the sealed copy to a stick and send it from elsewhere.',
    before:
      'Look at “Left to do” on the overview; each line leads to its place.\nBring the list of delegates in, if the package has none.\nPlay the test tone and listen from the back of the hall.\nTry one card under “People”, “Scanner test”.\nTest the connection to the province under “Report”.\nPrint the paper sheet in case the power fails.',
    desk: 'Search under “People”, “List”; try the given name only.\nNot there: add the person, with the right kind.\nSomebody comes in place of another: choose “Substitute” and the person replaced.\nThe desk says signed in already and the delegate says no: open the name, look at the entries, and take the sign-in back with a reason.',
    power:
      'Take attendance on paper.\nPower is back: start the PC and the program; it goes on with the same sitting and everything recorded.\nEnter the people of the paper sheet under “People”, “Enter from paper”, with the time they came.',
    screens:
      'Windows: press the Windows key and P, choose “Extend”.\nThe big screen moves to the projector by itself; wait 5 seconds.\nOne display only: F8 shows the big screen, F9 the console.\nBy mouse or touch: hold the lock in the corner of the desk; on the big screen move the mouse, then hold a button in the corner.',
    count:
      'Count the people who sit in the hall.\nEnter the number under “People”, “Roll calls”.\nIf it differs from the list, say why.',
    absent:
      'Under “People” choose those who are not here.\nSeveral people with one reason: mark them and enter it once.\nA mistake: press “Undo” in the message, or open the person and take the entry back.',
    sign: 'Open “Report” with the right sitting at the top; read the figures.\nPress the chair’s sign-off, read the line of figures again, enter the PIN.\nSave the documents for printing.\nThe report is sent by itself; a receipt number shows that the province has it.',
    return:
      'Read the reason under “Report”.\nOpen it to amend; correct under “People”.\nBack under “Report”, look at the changes and seal the amendment.\nThe new revision is sent by itself; the one before stays.',
  },
};
