import type { Kubectl } from '../cluster/kubectl.ts';
import { applyManifest } from '../cluster/manifest.ts';
import { type Lab, NETWORK, NODES, netns } from '../cluster/plan.ts';
import { eventually } from '../machine/eventually.ts';
import { must } from '../machine/run.ts';
import type { Addon } from './addon.ts';
import { admissionCertificate, admissionWebhook } from './ingress-admission.ts';

/** The reverse proxy of go/standins/ingress, as a user finds it where ingress-nginx was installed. */
export const ingress: Addon = {
  async install(lab, kubectl) {
    const certificate = await admissionCertificate(lab);
    await kubectl.apply([NAMESPACE, certificate.secret]);
    await applyManifest(lab, kubectl, 'ingress.yaml');
    await letApiServerIn(lab);
    await ingressReady(kubectl);
    await kubectl.apply([admissionWebhook(certificate.ca)]);
    await eventually('the API server asks the webhook', () =>
      kubectl.must(DRY_RUN, { input: JSON.stringify(HARMLESS) }),
    );
  },
};

export async function ingressReady(kubectl: Kubectl): Promise<void> {
  await kubectl.must([...THERE, 'rollout', 'status', 'deploy/ingress-nginx-controller', '--timeout=60s']);
}

const THERE = ['-n', 'ingress-nginx'];
const DRY_RUN = ['create', '--dry-run=server', '-f', '-'];

const NAMESPACE = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name: 'ingress-nginx',
    labels: { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/instance': 'ingress-nginx' },
  },
};

const HARMLESS = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'webhook-answers', namespace: 'ingress-nginx' },
  spec: { ingressClassName: 'nginx', defaultBackend: { service: { name: 'none', port: { number: 80 } } } },
};

/**
 * The API server stands outside of the cluster's network and calls webhooks and servers of other APIs by their Service. A control plane that is
 * a node has rules of kube-proxy for that; here the first node lends it its own.
 */
export async function letApiServerIn(lab: Lab): Promise<void> {
  const [first] = NODES;
  await must(['ip', '-n', netns(lab, 'cp'), 'route', 'replace', NETWORK.services, 'via', first?.address ?? '']);
}
