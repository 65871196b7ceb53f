import { isIPv6 } from 'node:net';
import type { Listener, Listeners } from './listener.js';

// "tcp LISTEN 0      4096            *:8080       *:*", "udp UNCONN 0 0 127.0.0.54%lo:53 0.0.0.0:*"
const row = /^(tcp|udp)\s+(?:LISTEN|UNCONN)\s+\d+\s+\d+\s+(\S+):(\d+)\s/;

const place = (text: string): Pick<Listener, 'address' | 'family'> => {
  if (text === '*') return { address: '::', family: 'both' };
  const address = text.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1];
  if (mapped) return { address: mapped, family: 'IPv4' };
  return { address, family: isIPv6(address) ? 'IPv6' : 'IPv4' };
};

/** `ss -ltnuH`. No line at all is an answer too: nobody listens. */
export const parseListeners = (text: string): Listeners => {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const listeners = lines.flatMap((line): Listener[] => {
    const [, protocol, address = '', port = ''] = row.exec(line) ?? [];
    return protocol ? [{ protocol: protocol === 'udp' ? 'UDP' : 'TCP', ...place(address), port: Number(port) }] : [];
  });
  return { understood: lines.length === 0 || listeners.length > 0, listeners };
};
