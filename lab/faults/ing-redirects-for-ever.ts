import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Change } from '../scenario/change.ts';
import { behindDoor, findsBehind, ingress, throughDoor } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';

const HOST = 'porter.terminus.example';
const PORT = 8463;
const { data } = parse(readFileSync(join(import.meta.dirname, '../manifests/jeweller-tls.yaml'), 'utf8')) as {
  data: Record<'tls.crt' | 'tls.key', string>;
};

// Ends TLS, as the load balancer of a provider that holds the certificate, and hands on what it read.
const SERVE = `const [cert, key] = process.argv.slice(1, 3).map((text) => Buffer.from(text, 'base64'));
const { createServer } = require('node:tls');
createServer({ cert, key }, (from) => {
  const to = require('node:net').connect(30443, '10.0.0.13');
  for (const [one, other] of [[from, to], [to, from]]) one.on('error', () => other.destroy()).pipe(other);
}).listen(${PORT})`;
const loadBalancer: Change = {
  at: { net: 'ext' },
  keep: [process.execPath, '-e', SERVE, data['tls.crt'], data['tls.key']],
};
/** Visitors come by the load balancer, where they came to a node before. */
const visitors = (how: '-I' | '-D'): Change => ({
  at: { net: 'ext' },
  run: [
    ...['iptables', '-w', '-t', 'nat', how, 'OUTPUT', '-d', '10.0.0.12', '-p', 'tcp', '--dport', '30443'],
    ...['-j', 'REDIRECT', '--to-ports', String(PORT)],
  ],
});

const securePortLeadsTo = (targetPort: 'http' | 'https'): Change => {
  const patch = JSON.stringify([{ op: 'replace', path: '/spec/ports/1/targetPort', value: targetPort }]);
  return {
    kubectl: ['-n', 'ingress-nginx', 'patch', 'service', 'ingress-nginx-controller', '--type=json', '-p', patch],
  };
};

const URL = `https://${HOST}/`;
const annotations = { 'force-ssl-redirect': 'true' };
const behind = behindDoor({ namespace: 'terminus', app: 'porter', listens: 8781 });

export const fault: Fault = {
  story:
    'The certificate moved to the load balancer, which hands on what it read as plain HTTP. The door still sends everybody who comes so to HTTPS.',
  ...behind,
  on: ['doors'],
  disturbs: 'cluster',
  objects: [...behind.objects, ingress('terminus', { host: HOST, to: 'porter', annotations })],
  inject: [loadBalancer, visitors('-I'), securePortLeadsTo('http')],
  heal: [visitors('-D'), securePortLeadsTo('https')],
  symptom: {
    at: { net: 'ext' },
    request: throughDoor(URL, ['-k', '-L', '--max-redirs', '5']),
    fails: 'always',
  },
  runs: [findsBehind(URL, ['ING-16'])],
};
