import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kubeconfig } from './kubeconfig-file.js';
import type { Surroundings } from './read-kubeconfig.js';

const mounted = '/var/run/secrets/kubernetes.io/serviceaccount';
const name = 'in-cluster';

const fileText = (file: string) => readFile(file, 'utf8').catch(() => undefined);

/** The kubeconfig a pod has without any file: its service account. `undefined` outside a cluster. */
export const inClusterKubeconfig = async ({ env, serviceAccount }: Surroundings): Promise<Kubeconfig | undefined> => {
  const folder = serviceAccount ?? mounted;
  const host = env.KUBERNETES_SERVICE_HOST;
  const token = await fileText(join(folder, 'token'));
  if (!host || token === undefined) return undefined;
  const address = host.includes(':') ? `[${host}]` : host;
  const namespace = (await fileText(join(folder, 'namespace')))?.trim();
  return {
    current: name,
    clusters: new Map([
      [
        name,
        {
          server: `https://${address}:${env.KUBERNETES_SERVICE_PORT ?? '443'}`,
          'certificate-authority': join(folder, 'ca.crt'),
        },
      ],
    ]),
    contexts: new Map([[name, { cluster: name, user: name, namespace }]]),
    users: new Map([[name, { tokenFile: join(folder, 'token') }]]),
  };
};
