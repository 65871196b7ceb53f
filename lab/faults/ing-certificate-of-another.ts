import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { behindDoor, findsBehind, ingress } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';
import type { Manifest } from '../scenario/manifest.ts';

const HOST = 'goldsmith.bourse.example';
const read = readFileSync(join(import.meta.dirname, '../manifests/jeweller-tls.yaml'), 'utf8');
// It names jeweller.atelier.example alone.
const secret = parse(read) as Manifest;
const moved: Manifest = { ...secret, metadata: { ...secret.metadata, namespace: 'bourse' } };
const behind = behindDoor({ namespace: 'bourse', app: 'goldsmith', listens: 8328 });
const door = (tls: boolean) =>
  ingress('bourse', { host: HOST, to: 'goldsmith', ...(tls ? { secret: moved.metadata.name } : {}) });

const NAMES = `openssl s_client -connect 10.0.0.12:30443 -servername "$1" </dev/null 2>/dev/null |
  openssl x509 -noout -checkhost "$1" | grep -q 'does match'`;

export const fault: Fault = {
  story: 'TLS was switched on with the Secret of the shop next door. Browsers warn of the name.',
  ...behind,
  on: ['doors'],
  objects: [...behind.objects, moved, door(false)],
  inject: [{ apply: [door(true)] }],
  heal: [{ apply: [door(false)] }],
  // Before, nobody asks for TLS: what works is the plain page.
  symptom: {
    at: { net: 'ext' },
    request: [
      'sh',
      '-c',
      `curl -sf -o /dev/null -m 5 --connect-to "$1::10.0.0.12:30080" "http://$1/" &&
  [ "$(curl -s -o /dev/null -w '%{http_code}' -m 5 --connect-to "$1::10.0.0.12:30080" "http://$1/")" = 200 ] || { ${NAMES}; }`,
      'door',
      HOST,
    ],
    fails: 'always',
  },
  runs: [findsBehind(`https://${HOST}/`, ['ING-13'])],
};
