import { z } from 'zod';
import { jsonOrNothing } from './json-or-nothing.js';

const dropSchema = z.strictObject({
  time: z.string(),
  /** The name of the DropReason in flow.proto, for example `POLICY_DENIED`. */
  reason: z.string(),
  source: z.string(),
  destination: z.string(),
  /** 0 where the packet has none. */
  sourcePort: z.int(),
  port: z.int(),
  direction: z.string(),
  node: z.string(),
  /** Identities by number; 0 where Hubble names none. */
  from: z.int(),
  to: z.int(),
  /** Names of the policies that denied it, where Hubble knows them. */
  policies: z.array(z.string()),
});
export type Drop = z.infer<typeof dropSchema>;

export const hubbleDropsSchema = z.strictObject({
  /** False where Hubble did not answer: then nothing may be called not dropped. */
  understood: z.boolean(),
  drops: z.array(dropSchema),
  /** Events that Hubble itself lost: it says that some are missing, not which. */
  lost: z.int(),
  strange: z.array(z.string()),
});
export type HubbleDrops = z.infer<typeof hubbleDropsSchema>;

const portsSchema = z.looseObject({ source_port: z.int().default(0), destination_port: z.int().default(0) });
const endSchema = z.looseObject({ identity: z.int().default(0) }).default({ identity: 0 });
const policySchema = z.looseObject({ name: z.string().default(''), namespace: z.string().default('') });
const flowSchema = z.looseObject({
  time: z.string().default(''),
  verdict: z.string(),
  drop_reason_desc: z.string().optional(),
  drop_reason: z.int().optional(),
  IP: z.looseObject({ source: z.string().default(''), destination: z.string().default('') }),
  l4: z.looseObject({ TCP: portsSchema.optional(), UDP: portsSchema.optional() }).optional(),
  source: endSchema,
  destination: endSchema,
  traffic_direction: z.string().default(''),
  node_name: z.string().default(''),
  egress_denied_by: z.array(policySchema).default([]),
  ingress_denied_by: z.array(policySchema).default([]),
});
// {"flow":{"time":"2023-08-21T12:12:18.510175415Z","verdict":"DROPPED", …},"node_name":"kind-kind/kind-worker",…}
const lineSchema = z.looseObject({ flow: flowSchema });
const lostSchema = z.looseObject({
  lost_events: z.looseObject({ num_events_lost: z.coerce.number().int().min(0).catch(1) }),
});

const dropOf = (flow: z.infer<typeof flowSchema>): Drop => {
  const ports = flow.l4?.TCP ?? flow.l4?.UDP;
  const denied = [...flow.egress_denied_by, ...flow.ingress_denied_by];
  return {
    time: flow.time,
    reason: flow.drop_reason_desc ?? (flow.drop_reason === undefined ? '' : String(flow.drop_reason)),
    source: flow.IP.source,
    destination: flow.IP.destination,
    sourcePort: ports?.source_port ?? 0,
    port: ports?.destination_port ?? 0,
    direction: flow.traffic_direction,
    node: flow.node_name,
    from: flow.source.identity,
    to: flow.destination.identity,
    policies: denied.map(({ name, namespace }) => (namespace === '' ? name : `${namespace}/${name}`)),
  };
};

interface Read {
  readonly drop?: Drop;
  readonly lost?: number;
  readonly strange?: string;
}

const readLine = (line: string): Read => {
  const value = jsonOrNothing(line);
  const lost = lostSchema.safeParse(value);
  if (lost.success) return { lost: lost.data.lost_events.num_events_lost };
  const wrapped = lineSchema.safeParse(value);
  // Before 0.10 a line is the flow itself.
  const flow = wrapped.success ? wrapped.data.flow : flowSchema.safeParse(value).data;
  if (!flow) return { strange: line.slice(0, 200) };
  return flow.verdict === 'DROPPED' ? { drop: dropOf(flow) } : {};
};

/** `hubble observe --verdict DROPPED -o json`, one flow on each line. */
export const parseHubbleDrops = (stdout: string, ended: { exitCode: number; stderr: string }): HubbleDrops => {
  const lines = stdout.split('\n').filter((line) => line.trim() !== '');
  const read = lines.map(readLine);
  const strange = read.flatMap((one) => one.strange ?? []);
  const failed = ended.exitCode !== 0;
  return {
    understood: !failed && strange.length === 0,
    drops: read.flatMap(({ drop }) => drop ?? []),
    lost: read.reduce((sum, { lost = 0 }) => sum + lost, 0),
    strange: [...(failed ? [ended.stderr.trim().slice(0, 200)] : []), ...strange].slice(0, 10),
  };
};
