import { type Fault, finds } from '../scenario/fault.ts';
import { client, type Manifest } from '../scenario/manifest.ts';

const hook: Manifest = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingWebhookConfiguration',
  metadata: { name: 'sealhouse-seal' },
  webhooks: [
    {
      name: 'letters.sealhouse.example',
      rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] }],
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'sealhouse' } },
      failurePolicy: 'Fail',
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
      clientConfig: { service: { namespace: 'sealhouse', name: 'seal', path: '/seal' } },
    },
  ],
};

export const fault: Fault = {
  story:
    'The policy engine was uninstalled, and its webhook configuration stayed: nothing that it wanted to see can be written any more.',
  namespace: 'sealhouse',
  flow: { from: 'control-plane', to: 'svc/sealhouse/seal' },
  on: ['plain', 'doors'],
  objects: [client('sealhouse', { name: 'scribe' })],
  inject: [{ apply: [hook] }],
  heal: [{ kubectl: ['delete', 'validatingwebhookconfiguration', 'sealhouse-seal'] }],
  symptom: {
    at: { net: 'bastion' },
    request: ({ kubectl }) =>
      kubectl(['-n', 'sealhouse', 'create', 'configmap', 'letter', '--from-literal=to=all', '--dry-run=server']),
    fails: 'always',
  },
  runs: [finds(['CP-03'], { never: ['ING-09'] })],
};
