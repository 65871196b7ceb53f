import { readFile, writeFile } from 'node:fs/promises';
import { stringify } from 'yaml';
import { API, kubeconfig, type Lab, pki } from './plan.ts';

interface Access {
  server: string;
  /** In base64, as everything whose name ends in `-data`. */
  ca: string;
  user: Readonly<Record<string, string>>;
}

export const kubeconfigText = (who: string, { server, ca, user }: Access): string =>
  stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'lab', cluster: { server, 'certificate-authority-data': ca } }],
    users: [{ name: who, user }],
    contexts: [{ name: 'lab', context: { cluster: 'lab', user: who } }],
    'current-context': 'lab',
  });

export async function writeKubeconfig(lab: Lab, who: string): Promise<void> {
  const [ca = '', cert = '', key = ''] = await Promise.all(
    ['ca.crt', `${who}.crt`, `${who}.key`].map((file) => readFile(pki(lab, file), 'base64')),
  );
  const user = { 'client-certificate-data': cert, 'client-key-data': key };
  await writeFile(kubeconfig(lab, who), kubeconfigText(who, { server: API, ca, user }), { mode: 0o600 });
}
