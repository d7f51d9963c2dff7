// A core that only speaks the supervisor's protocol: pages per role over HTTP, a push stream, and everything it saw as JSON lines
// in the file after `--record`. `--refuse` and `--deaf` make it refuse to start and ignore `stop`; `--refuse-while FILE` refuses as
// long as that file is there; `--refuse-session` refuses the session that was chosen on a screen; `--slow MS` delays `ready`.
import { appendFileSync, existsSync } from 'node:fs';
import http from 'node:http';

const channel = process.parentPort ?? process;
const post = (message) => (process.parentPort ? process.parentPort.postMessage(message) : process.send(message));
let start = null;
const valueOf = (name) => start.argv[start.argv.indexOf(name) + 1];
const record = (entry) => appendFileSync(valueOf('--record'), `${JSON.stringify({ pid: process.pid, ...entry })}\n`);

const page = (role) => `<!doctype html><html lang="vi" translate="no"><meta charset="utf-8"><title>${role}</title>
<body style="font: 40px sans-serif; background: ${{ stage: '#123a5c', desk: '#f4f4f0', console: '#dff0dd' }[role]}">
<h1>${role}</h1><p id="state">Đang kết nối</p><input id="text">
<script>
  window.pushes = 0;
  const source = new EventSource('events');
  source.onmessage = (event) => { window.pushes += 1; window.core = event.data; document.getElementById('state').textContent = 'Đã nối ' + event.data; };
</script></body></html>`;

const documentToPrint = `<!doctype html><html lang="vi"><meta charset="utf-8"><style>@page { size: A4 portrait; margin: 20mm }</style>
<body><p>Đồng chí đã điểm danh tại điểm cầu</p></body></html>`;

function serve(request, response) {
  const [path] = request.url.split('?');
  const role = path.split('/')[1];
  const cookie = request.headers.cookie ?? '';
  const bearer = request.headers.authorization ?? '';
  const token = /kiosk_token=([\w-]+)/.exec(cookie)?.[1] ?? bearer.replace(/^Bearer /, '');
  const holder = Object.keys(start.tokens).find((name) => start.tokens[name] === token) ?? null;
  if (request.method !== 'HEAD')
    record({
      request: request.url,
      method: request.method,
      holder,
      origin: request.headers.origin ?? null,
      host: request.headers.host,
    });
  if (path === '/ask') {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      post(JSON.parse(body));
      response.end('ok');
    });
    return;
  }
  const allowed = path.startsWith('/print/') ? holder === 'console' : holder !== null && holder === role;
  if (!allowed) {
    response.statusCode = 401;
    response.end('no');
    return;
  }
  response.setHeader('cache-control', 'no-store');
  if (path.endsWith('/events')) {
    response.setHeader('content-type', 'text/event-stream');
    const push = () => response.write(`retry: 300\ndata: ${process.pid}\n\n`);
    push();
    const timer = setInterval(push, 200);
    response.on('close', () => {
      clearInterval(timer);
      record({ closed: request.url });
    });
    return;
  }
  response.on('close', () => {
    if (!response.writableEnded) record({ closed: request.url });
  });
  if (path.endsWith('/hang')) return;
  if (path.endsWith('/echo')) {
    request.pipe(response);
    return;
  }
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.end(path.startsWith('/print/') ? documentToPrint : page(role));
}

const server = http.createServer(serve);
function listen(port) {
  server.once('error', () => post({ type: 'port_taken' }));
  server.listen(port, '127.0.0.1', () => {
    server.removeAllListeners('error');
    record({ listening: server.address().port });
    const { opening } = start;
    post({ type: 'ready', port: server.address().port, version: '0.0.0', ...(opening ? { opening } : {}) });
  });
}

channel.on('message', (event) => {
  const message = process.parentPort ? event.data : event;
  if (message.type === 'start') {
    start = message;
    record({ message: { ...message, tokens: Object.values(message.tokens).map((t) => t.length) } });
    if (
      start.argv.includes('--refuse') ||
      (start.argv.includes('--refuse-session') && start.opening?.kind === 'session') ||
      (start.argv.includes('--refuse-while') && existsSync(valueOf('--refuse-while')))
    ) {
      post({ type: 'refused', sentence: 'The package names no venue.', exitStatus: 2 });
      return;
    }
    setTimeout(() => listen(message.port), start.argv.includes('--slow') ? Number(valueOf('--slow')) : 0);
    return;
  }
  record({ message });
  if (message.type === 'stop' && !start.argv.includes('--deaf')) process.exit(0);
});
if (!process.parentPort) process.on('disconnect', () => process.exit(0));
