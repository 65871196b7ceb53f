import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Fault } from '../scenario/fault.ts';
import { behindGateway, findsNotTaken, gateway, httpRoute, throughGateway } from '../scenario/gateways.ts';
import type { Manifest } from '../scenario/manifest.ts';

const behind = behindGateway('hallmark', 'coiner', 8477);
const made = parse(readFileSync(join(import.meta.dirname, '../manifests/jeweller-tls.yaml'), 'utf8')) as Manifest;
const secret: Manifest = { ...made, metadata: { name: 'coiner-tls', namespace: 'hallmark' } };

export const fault: Fault = {
  story: 'The Secret with the certificate was cleaned up with others that looked unused. The listener names it.',
  ...behind,
  on: ['gateway'],
  objects: [
    ...behind.objects,
    secret,
    gateway('hallmark', { listener: { secret: 'coiner-tls' } }),
    httpRoute('hallmark', { host: 'coiner.hallmark.example', to: { name: 'coiner' } }),
  ],
  inject: [{ remove: 'secret coiner-tls' }],
  symptom: { at: { net: 'ext' }, request: throughGateway('https://coiner.hallmark.example/', ['-k']), fails: 'always' },
  runs: [findsNotTaken()],
};
