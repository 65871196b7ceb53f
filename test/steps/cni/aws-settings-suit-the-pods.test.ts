import { expect, it } from 'vitest';
import step from '../../../src/steps/cni/aws-settings-suit-the-pods.js';
import type { FakeObjects } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { ago, pod, service, toCart } from '../shop.js';

const look = looking(step, 'aws-settings-suit-the-pods');
type Env = Readonly<Record<string, string>>;

/** As the manifest of amazon-vpc-cni-k8s has it: settings of the agent, and of the container that prepares the node. */
const awsNode = (env: Env = {}, init: Env = {}, changed = 3600) => ({
  metadata: {
    ...{ namespace: 'kube-system', name: 'aws-node' },
    managedFields: [{ manager: 'kubectl-set', time: ago(changed) }],
  },
  spec: {
    selector: {},
    template: {
      spec: {
        containers: [{ name: 'aws-node', env: Object.entries(env).map(([name, value]) => ({ name, value })) }],
        initContainers: [
          { name: 'aws-vpc-cni-init', env: Object.entries(init).map(([name, value]) => ({ name, value })) },
        ],
      },
    },
  },
});

const unready = { conditions: [{ type: 'Ready', status: 'False', reason: 'ContainersNotReady' }] };
const branch = (status: object = {}) =>
  pod('cart-1', {
    metadata: {
      namespace: 'shop',
      labels: { app: 'cart' },
      annotations: { 'vpc.amazonaws.com/pod-eni': '[{"eniId":"eni-1"}]' },
    },
    status,
  });
const started = (seconds: number) => pod('checkout', { metadata: { labels: {} }, status: { startTime: ago(seconds) } });

const seen = (sets: FakeObjects['daemonsets'], pods: FakeObjects['pods']) =>
  look({ services: [service()], daemonsets: sets ?? [], pods: pods ?? [] }, { flow: toCart });

const snat = { AWS_VPC_K8S_CNI_EXTERNALSNAT: 'true' };

it.each([
  ['not-aws', [], [started(9000)]],
  ['suit', [awsNode()], [started(9000), branch()]],
  ['suit', [awsNode(snat)], [started(60)]],
  ['older-than-settings', [awsNode(snat)], [started(9000)]],
  ['probes-cut', [awsNode()], [started(60), branch(unready)]],
  ['suit', [awsNode({}, { DISABLE_TCP_EARLY_DEMUX: 'true' })], [started(60), branch(unready)]],
  ['suit', [awsNode({ POD_SECURITY_GROUP_ENFORCING_MODE: 'standard' })], [started(60), branch(unready)]],
])('%s (%#)', async (outcome, sets, pods) => {
  const found = await seen(sets, pods);
  expect(found.outcome).toBe(outcome);
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
  if (outcome !== 'not-aws') expect(found.used.toSorted()).toEqual(step.reads.toSorted());
});

it('calls an unready Pod on a shared network card no matter of AWS', async () => {
  expect((await seen([awsNode()], [started(60), pod('cart-1', { status: unready })])).outcome).toBe('suit');
});
