import { mkdir } from 'node:fs/promises';
import { startDaemon } from '../machine/daemon.ts';
import { eventually } from '../machine/eventually.ts';
import { must } from '../machine/run.ts';
import { podRanges, serviceRanges } from './families.ts';
import { API, ISSUER, kubeconfig, type Lab, log, NETWORK, pki, within } from './plan.ts';

const ETCD = 'http://127.0.0.1:2379';

export async function startApiServer(lab: Lab, kube: string): Promise<void> {
  await mkdir(`${lab.dir}/etcd`, { recursive: true });
  startDaemon(log(lab, 'etcd'), [...within(lab, 'cp'), kube, 'etcd', ...etcdFlags(lab)]);
  const server = startDaemon(log(lab, 'apiserver'), [
    ...within(lab, 'cp'),
    kube,
    'kube-apiserver',
    ...apiServerFlags(lab),
  ]);
  const ask = [...within(lab, 'bastion'), 'curl', '-sSk', '--fail', '-m', '2', `${API}/readyz`];
  await eventually('the API server is ready', async () => (await must(ask)) === 'ok', {
    timeoutMs: 60_000,
    hope: server.alive,
  });
}

export function startControllers(lab: Lab, kube: string): void {
  startDaemon(log(lab, 'controllers'), [
    ...within(lab, 'cp'),
    kube,
    'kube-controller-manager',
    ...controllerFlags(lab),
  ]);
  startDaemon(log(lab, 'scheduler'), [
    ...within(lab, 'cp'),
    kube,
    'kube-scheduler',
    '--kubeconfig',
    kubeconfig(lab, 'scheduler'),
    '--leader-elect=false',
  ]);
}

const etcdFlags = (lab: Lab) => [
  '--data-dir',
  `${lab.dir}/etcd`,
  '--listen-client-urls',
  ETCD,
  '--advertise-client-urls',
  ETCD,
  '--listen-peer-urls',
  'http://127.0.0.1:2380',
  '--unsafe-no-fsync',
];

const apiServerFlags = (lab: Lab) => [
  '--etcd-servers',
  ETCD,
  '--advertise-address',
  NETWORK.apiServer,
  '--bind-address',
  NETWORK.apiServer,
  '--service-cluster-ip-range',
  serviceRanges(lab),
  '--tls-cert-file',
  pki(lab, 'apiserver.crt'),
  '--tls-private-key-file',
  pki(lab, 'apiserver.key'),
  '--client-ca-file',
  pki(lab, 'ca.crt'),
  // Who asked, for the servers of APIs that it passes on. As kubeadm does, but for an authority of its own.
  '--requestheader-client-ca-file',
  pki(lab, 'ca.crt'),
  '--requestheader-allowed-names',
  'front-proxy-client',
  '--requestheader-username-headers',
  'X-Remote-User',
  '--requestheader-group-headers',
  'X-Remote-Group',
  '--requestheader-extra-headers-prefix',
  'X-Remote-Extra-',
  '--proxy-client-cert-file',
  pki(lab, 'front-proxy-client.crt'),
  '--proxy-client-key-file',
  pki(lab, 'front-proxy-client.key'),
  '--kubelet-client-certificate',
  pki(lab, 'admin.crt'),
  '--kubelet-client-key',
  pki(lab, 'admin.key'),
  '--kubelet-certificate-authority',
  pki(lab, 'ca.crt'),
  '--kubelet-preferred-address-types',
  'InternalIP',
  '--service-account-issuer',
  ISSUER,
  '--service-account-key-file',
  pki(lab, 'sa.pub'),
  '--service-account-signing-key-file',
  pki(lab, 'sa.key'),
  '--authorization-mode',
  'Node,RBAC',
  '--enable-admission-plugins',
  'NodeRestriction',
  '--allow-privileged',
  '--profiling=false',
  '--event-ttl',
  '24h',
];

const controllerFlags = (lab: Lab) => [
  '--kubeconfig',
  kubeconfig(lab, 'controllers'),
  '--use-service-account-credentials',
  '--leader-elect=false',
  // A token for each of its forty controllers at the usual 20 requests a second alone takes five seconds.
  '--kube-api-qps=200',
  '--kube-api-burst=400',
  '--root-ca-file',
  pki(lab, 'ca.crt'),
  '--service-account-private-key-file',
  pki(lab, 'sa.key'),
  '--cluster-signing-cert-file',
  pki(lab, 'ca.crt'),
  '--cluster-signing-key-file',
  pki(lab, 'ca.key'),
  '--allocate-node-cidrs',
  '--cluster-cidr',
  podRanges(lab),
  '--service-cluster-ip-range',
  serviceRanges(lab),
];
