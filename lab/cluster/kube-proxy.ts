import { stringify } from 'yaml';
import { eventually, PATIENCE } from '../machine/eventually.ts';
import { must } from '../machine/run.ts';
import { podRanges } from './families.ts';
import type { Kubectl } from './kubectl.ts';
import { applyManifest } from './manifest.ts';
import { API, type Lab, NETWORK, NODES, within } from './plan.ts';

export async function deployKubeProxy(lab: Lab, kubectl: Kubectl): Promise<void> {
  await kubectl.apply([
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'kube-proxy', namespace: 'kube-system', labels: { app: 'kube-proxy' } },
      data: { 'kubeconfig.conf': stringify(KUBECONFIG), 'config.conf': stringify(configuration(lab)) },
    },
  ]);
  await applyManifest(lab, kubectl, 'kube-proxy.yaml');
}

/** A DaemonSet that is rolled out has started; that it has also written its rules shows the first Service of every cluster. */
export async function kubeProxyWorks(lab: Lab, kubectl: Kubectl): Promise<void> {
  await kubectl.must(['-n', 'kube-system', 'rollout', 'status', 'daemonset/kube-proxy', '--timeout=60s']);
  const ask = ['curl', '-sSk', '-m', String(PATIENCE), '-o', '/dev/null', `https://${NETWORK.kubernetesVip}/livez`];
  for (const { name } of NODES)
    await eventually(`the kubernetes Service answers on ${name}`, async () => {
      await must([...within(lab, name), ...ask]);
      return true;
    });
}

const SECRETS = '/var/run/secrets/kubernetes.io/serviceaccount';

const KUBECONFIG = {
  apiVersion: 'v1',
  kind: 'Config',
  clusters: [{ cluster: { 'certificate-authority': `${SECRETS}/ca.crt`, server: API }, name: 'default' }],
  contexts: [{ context: { cluster: 'default', namespace: 'default', user: 'default' }, name: 'default' }],
  'current-context': 'default',
  users: [{ name: 'default', user: { tokenFile: `${SECRETS}/token` } }],
};

const configuration = (lab: Lab) => ({
  apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
  bindAddress: '0.0.0.0',
  clientConnection: { kubeconfig: '/var/lib/kube-proxy/kubeconfig.conf' },
  clusterCIDR: podRanges(lab),
  // nf_conntrack_max belongs to the whole machine: 0 leaves it alone. kubeadm writes null, which means 32768 per core.
  conntrack: { maxPerCore: 0, min: 0, tcpCloseWaitTimeout: null, tcpEstablishedTimeout: null },
  detectLocalMode: '',
  healthzBindAddress: '',
  hostnameOverride: '',
  // As kubeadm writes it, with what it leaves to the defaults: round robin, and every node answering ARP for every VIP.
  ...(lab.proxyMode === 'ipvs' ? { ipvs: { excludeCIDRs: null, scheduler: '', strictARP: false } } : {}),
  kind: 'KubeProxyConfiguration',
  metricsBindAddress: '',
  mode: lab.proxyMode,
  nodePortAddresses: null,
  // Without CAP_SYS_RESOURCE no process may go below 0.
  oomScoreAdj: 0,
});
