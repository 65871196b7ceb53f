import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Change } from './change.ts';
import type { Manifest } from './manifest.ts';

const FILE = join(import.meta.dirname, '../manifests/coredns.yaml');

interface ConfigMap extends Manifest {
  data: { Corefile: string };
}

const asShipped = (): ConfigMap => {
  const found = parseAllDocuments(readFileSync(FILE, 'utf8'))
    .map((document) => document.toJS() as Manifest | null)
    .find((manifest) => manifest?.kind === 'ConfigMap');
  if (!found) throw new Error(`${FILE} has no ConfigMap`);
  return found as ConfigMap;
};

type Edit = (text: string) => string;

/** Another Corefile that nobody has read: the kubelet takes a minute to bring it to the Pods. */
export const corefileUnread = (edit: Edit): Change => {
  const map = asShipped();
  const Corefile = edit(map.data.Corefile);
  if (Corefile === map.data.Corefile) throw new Error('the Corefile is not changed');
  return { apply: [{ ...map, data: { Corefile } }] };
};

/** Another Corefile, read at once. */
export const corefile = (edit: Edit): Change[] => [corefileUnread(edit), { restart: 'coredns' }];

const PODS = ['-n', 'kube-system', '-l', 'k8s-app=kube-dns'];

/** Another Corefile, which CoreDNS reads and ends itself. */
export const corefileRefused = (edit: Edit): Change[] => [
  corefileUnread(edit),
  { kubectl: ['delete', 'pods', ...PODS, '--grace-period=1'] },
  { wait: { get: ['pods', ...PODS], shows: /CrashLoopBackOff|Error/ } },
];

export const corefileAsShipped = (): Change[] => [{ apply: [asShipped()] }, { restart: 'coredns' }];
