import { readFile, writeFile } from 'node:fs/promises';
import { stringify } from 'yaml';
import { API, kubeconfig, type Lab, pki } from './plan.ts';

export async function writeKubeconfig(lab: Lab, who: string): Promise<void> {
  const [ca, cert, key] = await Promise.all(
    ['ca.crt', `${who}.crt`, `${who}.key`].map((file) => readFile(pki(lab, file), 'base64')),
  );
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'lab', cluster: { server: API, 'certificate-authority-data': ca } }],
    users: [{ name: who, user: { 'client-certificate-data': cert, 'client-key-data': key } }],
    contexts: [{ name: 'lab', context: { cluster: 'lab', user: who } }],
    'current-context': 'lab',
  };
  await writeFile(kubeconfig(lab, who), stringify(config), { mode: 0o600 });
}
