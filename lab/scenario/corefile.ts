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

/** Another Corefile, read at once: CoreDNS itself would look again only after half a minute. */
export const corefile = (edit: (text: string) => string): Change[] => {
  const map = asShipped();
  const Corefile = edit(map.data.Corefile);
  if (Corefile === map.data.Corefile) throw new Error('the Corefile is not changed');
  return [
    { apply: [{ ...map, data: { Corefile } }] },
    { kubectl: ['-n', 'kube-system', 'delete', 'pods', '-l', 'k8s-app=kube-dns', '--grace-period=1'] },
  ];
};

export const corefileAsShipped = (): Change[] => [{ apply: [asShipped()] }, { restart: 'coredns' }];
