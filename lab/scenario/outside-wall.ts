import { NETWORK } from '../cluster/plan.ts';
import type { Change } from './change.ts';

const PORT = 8429;

// Counts by the address that it sees, which is what walls and interfaces of partners do.
const SERVE = `const seen = {};
require('node:http').createServer((request, answer) => {
  const from = request.socket.remoteAddress;
  seen[from] = (seen[from] ?? 0) + 1;
  answer.writeHead(seen[from] > Number(process.argv[2]) ? Number(process.argv[1]) : 200, { 'Retry-After': '3600' });
  answer.end('outside\\n');
}).listen(${PORT})`;

interface Wall {
  /** Of the answer to whoever asked more than `most` times. */
  status: 429 | 403;
  most: number;
  /** Only requests of this network come to it, all others to the server behind. */
  from?: string;
}

const rule = (how: '-I' | '-D', from: string): Change => ({
  at: { net: 'ext' },
  run: [
    ...['iptables', '-w', '-t', 'nat', how, 'PREROUTING', '-s', from, '-d', NETWORK.outside, '-p', 'tcp'],
    ...['--dport', '80', '-j', 'REDIRECT', '--to-ports', String(PORT)],
  ],
});

/** Stands in front of the web server outside, and ends with the fault. */
export const wall = ({ status, most, from = '0.0.0.0/0' }: Wall): { stands: Change[]; falls: Change } => ({
  stands: [
    { at: { net: 'ext' }, keep: [process.execPath, '-e', SERVE, String(status), String(most)] },
    {
      at: { net: 'ext' },
      run: ['timeout', '10', 'sh', '-c', `until curl -s -o /dev/null http://127.0.0.1:${PORT}/; do sleep 0.2; done`],
    },
    rule('-I', from),
  ],
  falls: rule('-D', from),
});
