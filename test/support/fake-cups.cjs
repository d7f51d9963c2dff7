// The programs lp, lpstat and cancel in one, on a state file: what print-beds.ts starts them with, they do and say as CUPS does.
const fs = require('node:fs');
const path = require('node:path');

const [program, ...args] = process.argv.slice(2);
const root = process.env.FAKE_CUPS;
const file = path.join(root, 'state.json');
const state = JSON.parse(fs.readFileSync(file, 'utf8'));
const save = () => fs.writeFileSync(file, JSON.stringify(state));
const say = (text) => process.stdout.write(`${text}\n`);
const fail = (text) => {
  process.stderr.write(`${program}: ${text}\n`);
  process.exit(1);
};
const options = JSON.parse(process.env.FAKE_CUPS_OPTIONS)[program];
for (const arg of args) if (/^-./.test(arg) && !options.includes(arg)) fail(`unknown option ${arg}`);
const valueOf = (name) => args[args.indexOf(name) + 1];

function lp() {
  if (!state.running) fail('Error - The printer or class does not exist.');
  const name = valueOf('-d');
  const queue = state.queues[name];
  if (!queue) fail('Error - The printer or class does not exist.');
  if (queue.rejecting) fail(`Destination "${name}" is not accepting jobs.`);
  const id = `${name}-${state.jobs.length + 1}`;
  const data = fs.readFileSync(0);
  const stands = queue.disabled || queue.alerts !== 'none';
  if (!stands) fs.appendFileSync(path.join(root, 'printed'), data);
  state.jobs.push({ id, queue: name, state: stands ? 'waiting' : 'over', alerts: 'job-completed-successfully' });
  save();
  say(`request id is ${id} (0 file(s))`);
}

function lpstat() {
  if (args.includes('-r')) return say(state.running ? 'scheduler is running' : 'scheduler is not running');
  if (args.includes('-e')) return Object.keys(state.queues).forEach((name) => say(name));
  if (args.includes('-o')) {
    const wanted = valueOf('-W') === 'completed' ? 'over' : 'waiting';
    for (const job of state.jobs.filter((each) => each.queue === valueOf('-o') && each.state === wanted)) {
      say(`${job.id}             root            1024   Fri Nov 27 07:00:00 2026`);
      if (args.includes('-l')) say(`\tStatus: \n\tAlerts: ${job.alerts}\n\tqueued for ${job.queue}`);
    }
    return undefined;
  }
  if (args.includes('-d')) return say('system default destination: hoi-truong');
  for (const [name, queue] of Object.entries(state.queues)) {
    if (args.includes('-a'))
      say(
        queue.rejecting
          ? `${name} not accepting requests since Fri Nov 27 07:00:00 2026 -\n\tRejecting Jobs`
          : `${name} accepting requests since Fri Nov 27 07:00:00 2026`,
      );
    else if (args.at(-1) === '-p' || args.at(-1) === name) {
      const since = 'since Fri Nov 27 07:00:00 2026';
      say(`printer ${name} ${queue.disabled ? `disabled ${since} -\n\tPaused` : `is idle.  enabled ${since}`}`);
      const alerts = queue.disabled ? 'paused' : queue.alerts;
      say(`\tForm mounted:\n\tContent types: any\n\tDescription: ${name}\n\tAlerts: ${alerts}\n\tLocation: `);
    }
  }
  return undefined;
}

function cancel() {
  const job = state.jobs.find((each) => each.id === args[0] && each.state === 'waiting');
  if (!job) fail('cancel-job failed: client-error-not-possible');
  Object.assign(job, { state: 'over', alerts: 'job-canceled-by-user' });
  save();
}

({ lp, lpstat, cancel })[program]();
