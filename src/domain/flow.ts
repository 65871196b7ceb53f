import { z } from 'zod';

const protocolSchema = z.enum(['TCP', 'UDP', 'SCTP']);
export type Protocol = z.infer<typeof protocolSchema>;

/** A port number, or the name a Service gave it. */
const portSchema = z.union([z.int().min(1).max(65535), z.string().min(1)]);
export type Port = z.infer<typeof portSchema>;

const placed = { port: portSchema.optional(), protocol: protocolSchema.optional() };
const named = { namespace: z.string(), name: z.string(), ...placed };

export const workloads = ['deployments', 'statefulsets', 'daemonsets', 'jobs'] as const;

export const endSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pod'), ...named }),
  z.strictObject({ kind: z.literal('workload'), of: z.enum(workloads), ...named }),
  z.strictObject({ kind: z.literal('service'), ...named }),
  z.strictObject({ kind: z.literal('ingress'), ...named, host: z.string().optional(), path: z.string().optional() }),
  z.strictObject({ kind: z.literal('node'), name: z.string(), ...placed }),
  z.strictObject({ kind: z.literal('host'), name: z.string(), ...placed }),
  z.strictObject({ kind: z.literal('ip'), address: z.string(), ...placed }),
  z.strictObject({ kind: z.literal('cidr'), cidr: z.string() }),
  z.strictObject({ kind: z.literal('outside'), address: z.string().optional() }),
  z.strictObject({ kind: z.literal('control-plane') }),
]);

export type End = z.infer<typeof endSchema>;
export type EndKind = End['kind'];
export type EndOf<K extends EndKind> = Extract<End, { kind: K }>;

export const flowSchema = z.strictObject({
  from: endSchema,
  to: endSchema,
  protocol: protocolSchema,
  port: portSchema.optional(),
});

/** What one session is about. `port` is the one at the destination; absent when the Service's only port is meant. */
export interface Flow<F extends EndKind = EndKind, T extends EndKind = EndKind> {
  readonly from: EndOf<F>;
  readonly to: EndOf<T>;
  readonly protocol: Protocol;
  readonly port?: Port | undefined;
}
