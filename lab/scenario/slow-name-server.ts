import { NETWORK } from '../cluster/plan.ts';
import type { Change } from './change.ts';

// Says that the name is the web server outside, or that there is no such name, and takes its time for it.
const SERVE = `const [port, delay, rcode, address] = process.argv.slice(1);
const socket = require('node:dgram').createSocket('udp4');
socket.on('message', (asked, { port: to, address: back }) => {
  let end = 12;
  while (asked[end]) end += asked[end] + 1;
  const found = rcode === '0' && asked.readUInt16BE(end + 1) === 1;
  const head = Buffer.from(asked.subarray(0, 12));
  head.writeUInt16BE(0x8180 | Number(rcode), 2);
  for (const [at, count] of [[4, 1], [6, found ? 1 : 0], [8, 0], [10, 0]]) head.writeUInt16BE(count, at);
  const answer = [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, ...address.split('.').map(Number)];
  const said = Buffer.concat([head, asked.subarray(12, end + 5), Buffer.from(found ? answer : [])]);
  setTimeout(() => socket.send(said, to, back), Number(delay));
});
socket.bind(Number(port));`;

interface Slow {
  /** On the address of the web server outside. */
  port: number;
  delayMs: number;
  /** Of every name: it is there, or not. */
  says: 'found' | 'not-found';
}

/** A name server outside of the cluster that answers late, until the fault ends. */
export const slowNameServer = ({ port, delayMs, says }: Slow): Change => ({
  at: { net: 'ext' },
  keep: [
    ...[process.execPath, '-e', SERVE, String(port), String(delayMs)],
    ...[says === 'found' ? '0' : '3', NETWORK.outside],
  ],
});
