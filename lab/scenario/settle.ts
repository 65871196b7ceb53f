import { eventually } from '../machine/eventually.ts';
import type { Ground } from './place.ts';

interface Item {
  kind: string;
  metadata: { generation?: number; deletionTimestamp?: string };
  spec: { replicas?: number };
  status: {
    observedGeneration?: number;
    containerStatuses?: { state?: { waiting?: { reason?: string } } }[];
  };
}

/** Longer only where pods never come up, and then that is the fault. */
const LIMIT = { timeoutMs: 10_000, everyMs: 200 };

/** Waits until what was changed has arrived: no pod is ending or just starting. A verdict on a rollout would be another one. */
export async function settle(ground: Ground): Promise<void> {
  await eventually('the pods have settled', () => hasSettled(ground), LIMIT).catch(() => {});
}

async function hasSettled({ kubectl, namespace }: Ground): Promise<boolean> {
  const said = await kubectl.must(['-n', namespace, 'get', 'deployments,pods', '-o', 'json']);
  const { items } = JSON.parse(said) as { items: Item[] };
  const deployments = items.filter(({ kind }) => kind === 'Deployment');
  const pods = items.filter(({ kind }) => kind === 'Pod');
  const wanted = deployments.reduce((sum, { spec }) => sum + (spec.replicas ?? 1), 0);
  const seen = deployments.every(
    ({ metadata, status }) => (status.observedGeneration ?? 0) >= (metadata.generation ?? 0),
  );
  return seen && pods.length >= wanted && !pods.some(isOnItsWay);
}

const isOnItsWay = ({ metadata, status }: Item) =>
  metadata.deletionTimestamp !== undefined ||
  (status.containerStatuses ?? []).some(({ state }) => state?.waiting?.reason === 'ContainerCreating');
