import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { behindDoor, findsBehind, ingress, throughDoor } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';
import type { Manifest } from '../scenario/manifest.ts';

type Secret = Manifest & { data: Record<'tls.crt' | 'tls.key', string> };

const HOST = 'jeweller.atelier.example';
const secret = parse(readFileSync(join(import.meta.dirname, '../manifests/jeweller-tls.yaml'), 'utf8')) as Secret;
const { publicKey } = new X509Certificate(Buffer.from(secret.data['tls.crt'], 'base64'));
const shown = publicKey.export({ type: 'spki', format: 'der' });
const pin = `sha256//${createHash('sha256').update(shown).digest('base64')}`;

const behind = behindDoor({ namespace: 'atelier', app: 'jeweller', listens: 8312 });

export const fault: Fault = {
  story:
    'The Secret with the certificate was cleaned up. The door shows the one that it made for itself instead, and browsers warn.',
  ...behind,
  on: ['doors'],
  objects: [...behind.objects, secret, ingress('atelier', { host: HOST, to: 'jeweller', secret: 'jeweller-tls' })],
  inject: [{ remove: 'secret jeweller-tls' }],
  heal: [{ apply: [secret] }],
  symptom: {
    at: { net: 'ext' },
    request: throughDoor(`https://${HOST}/`, ['-k', '--pinnedpubkey', pin]),
    fails: 'always',
  },
  runs: [findsBehind(`https://${HOST}/`, ['ING-13'])],
};
