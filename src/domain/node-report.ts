import { z } from 'zod';
import type { KubeObject } from './kinds.js';

/** What a Node says of itself, or what the controller of nodes says for it. */
export const nodeReportSchema = z.strictObject({
  name: z.string(),
  /** Status of the condition Ready; `absent` when there is no such Node. */
  ready: z.string(),
  reason: z.string(),
  message: z.string(),
  /** Seconds since Ready last changed; 0 where nobody knows. */
  since: z.int(),
  /** Conditions such as `DiskPressure` that hold. */
  pressures: z.array(z.string()),
});
export type NodeReport = z.infer<typeof nodeReportSchema>;

const secondsSince = (time: string | undefined, now: number) => {
  const at = Date.parse(time ?? '');
  return Number.isNaN(at) ? 0 : Math.max(0, Math.round((now - at) / 1000));
};

type Condition = NonNullable<NonNullable<KubeObject<'nodes'>['status']>['conditions']>[number];
const unsaid: Condition = { type: 'Ready', status: 'Unknown' };

/** `now` in milliseconds since 1970. */
export const nodeReport = (name: string, node: KubeObject<'nodes'> | undefined, now: number): NodeReport => {
  if (!node) return { name, ready: 'absent', reason: 'NodeAbsent', message: '', since: 0, pressures: [] };
  const conditions = node.status?.conditions ?? [];
  const {
    status: ready,
    reason = '',
    message = '',
    lastTransitionTime,
  } = conditions.find(({ type }) => type === 'Ready') ?? unsaid;
  const pressing = conditions.filter(({ type, status }) => type.endsWith('Pressure') && status === 'True');
  const since = secondsSince(lastTransitionTime, now);
  return { name, ready, reason, message, since, pressures: pressing.map(({ type }) => type) };
};

export const isDown = ({ ready }: NodeReport): boolean => ready !== 'True';
