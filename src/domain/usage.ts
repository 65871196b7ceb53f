import { z } from 'zod';
import type { KubeObject } from './kinds.js';
import { quantity } from './quantity.js';

/** How much of its limits is used, by the container that is closest to one; absent where none has that limit. 1 is all of it. */
export const sharesSchema = z.strictObject({ cpu: z.number().optional(), memory: z.number().optional() });
export type Shares = z.infer<typeof sharesSchema>;

const resources = ['cpu', 'memory'] as const;
type Amounts = Readonly<Record<string, string>>;

const shareOf = (used: string | undefined, limit: string | undefined) => {
  const [part, whole] = [quantity(used), quantity(limit)];
  return part === undefined || whole === undefined || whole === 0 ? undefined : part / whole;
};

const limitsOf = ({ spec }: KubeObject<'pods'>) =>
  (spec?.containers ?? []).map(({ resources: of }) => of?.limits ?? {});

/** Whether there is something that its usage could reach. */
export const isLimited = (pod: KubeObject<'pods'>) =>
  limitsOf(pod).some((limits) => resources.some((resource) => limits[resource] !== undefined));

/** Of a Pod, container by container: what is left of one is no help to another. */
export const podShares = (pod: KubeObject<'pods'>, { containers = [] }: KubeObject<'pods.metrics.k8s.io'>): Shares => {
  const shares = (resource: (typeof resources)[number]) =>
    (pod.spec?.containers ?? []).flatMap(({ name, resources: of }) => {
      const used = containers.find((container) => container.name === name)?.usage?.[resource];
      return shareOf(used, (of?.limits as Amounts | undefined)?.[resource]) ?? [];
    });
  const [cpu, memory] = resources.map(shares).map((list) => (list.length > 0 ? Math.max(...list) : undefined));
  return { ...(cpu !== undefined && { cpu }), ...(memory !== undefined && { memory }) };
};

/** Of the processors that a Node has. */
export const nodeShare = (node: KubeObject<'nodes'>, { usage }: KubeObject<'nodes.metrics.k8s.io'>) =>
  shareOf(usage?.cpu, (node.status?.capacity as Amounts | undefined)?.cpu);
