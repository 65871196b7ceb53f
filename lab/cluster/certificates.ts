import { writeFile } from 'node:fs/promises';
import { must } from '../machine/run.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import { type Lab, NETWORK, NODES, pki } from './plan.ts';

export const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
const DAYS = '30';

const CLIENTS: Record<string, string> = {
  admin: '/O=system:masters/CN=admin',
  controllers: '/CN=system:kube-controller-manager',
  scheduler: '/CN=system:kube-scheduler',
  proxy: '/CN=system:kube-proxy',
  flannel: '/O=system:masters/CN=flannel',
};

const SERVER_NAMES = [
  `IP:${NETWORK.apiServer}`,
  `IP:${NETWORK.kubernetesVip}`,
  'IP:127.0.0.1',
  ...['kubernetes', 'kubernetes.default', 'kubernetes.default.svc', 'kubernetes.default.svc.cluster.local'].map(
    (name) => `DNS:${name}`,
  ),
].join(',');

export async function makeCertificates(lab: Lab): Promise<void> {
  await authority(lab, { file: 'ca', name: 'lab-ca' });
  await must(['openssl', 'genrsa', '-out', pki(lab, 'sa.key'), '2048']);
  await must(['openssl', 'rsa', '-in', pki(lab, 'sa.key'), '-pubout', '-out', pki(lab, 'sa.pub')]);
  await Promise.all([
    certificate(lab, 'front-proxy-client', { subject: '/CN=front-proxy-client' }),
    certificate(lab, 'apiserver', { subject: '/CN=kube-apiserver', alternatives: SERVER_NAMES }),
    ...Object.entries(CLIENTS).map(([name, subject]) => clientKubeconfig(lab, name, subject)),
    ...NODES.map(async ({ name, address }) => {
      await certificate(lab, name, {
        subject: `/O=system:nodes/CN=system:node:${name}`,
        alternatives: `IP:${address},DNS:${name}`,
      });
      await writeKubeconfig(lab, name);
    }),
  ]);
}

/** A key and a certificate that signs itself. */
export async function authority(lab: Lab, { file, name }: { file: string; name: string }): Promise<void> {
  const out = ['-keyout', pki(lab, `${file}.key`), '-out', pki(lab, `${file}.crt`)];
  await must(['openssl', 'req', '-x509', ...NEW_KEY, ...out, '-subj', `/CN=${name}`, '-days', DAYS]);
}

export async function clientKubeconfig(lab: Lab, name: string, subject: string): Promise<void> {
  await certificate(lab, name, { subject });
  await writeKubeconfig(lab, name);
}

interface Request {
  subject: string;
  alternatives?: string;
}

async function certificate(lab: Lab, name: string, { subject, alternatives }: Request): Promise<void> {
  const extensions = [
    'extendedKeyUsage=serverAuth,clientAuth',
    ...(alternatives ? [`subjectAltName=${alternatives}`] : []),
  ];
  await writeFile(pki(lab, `${name}.ext`), `${extensions.join('\n')}\n`);
  await must([
    'openssl',
    'req',
    '-new',
    ...NEW_KEY,
    '-keyout',
    pki(lab, `${name}.key`),
    '-out',
    pki(lab, `${name}.csr`),
    '-subj',
    subject,
  ]);
  // Certificates are made side by side, so serial numbers are random and not from one file.
  await must([
    'openssl',
    'x509',
    '-req',
    '-in',
    pki(lab, `${name}.csr`),
    '-CA',
    pki(lab, 'ca.crt'),
    '-CAkey',
    pki(lab, 'ca.key'),
    '-set_serial',
    `0x${crypto.randomUUID().replaceAll('-', '').slice(0, 16)}`,
    '-days',
    DAYS,
    '-out',
    pki(lab, `${name}.crt`),
    '-extfile',
    pki(lab, `${name}.ext`),
  ]);
}
