export const enOutage = {
  afterOutage: {
    standing: 'The picture stands: no signal',
    later: 'The hall is {{later}} later than usual',
    seconds: '{{n}} s',
    minutes: '{{n}} min',
    byPackage: '{{what}} (as the session package says)',
    chosen: '{{what}} (chosen)',
    means: {
      complete: 'With the signal, the picture goes on where it stopped; nothing is left out.',
      in_step: 'With the signal, the picture goes back to its usual delay; what lies between is left out.',
    },
    complete: 'Go on where it stopped',
    in_step: 'Back to live',
  },
};
