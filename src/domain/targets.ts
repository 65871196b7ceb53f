import { z } from 'zod';
import { type Endpoint, endpointsOf, usable } from './endpoints.js';
import type { Flow } from './flow.js';
import type { KubeObject } from './kinds.js';
import { portsMeant, servicePorts } from './service-port.js';

/** One place where kube-proxy would send a connection of the flow. */
export const targetSchema = z.strictObject({ address: z.string(), port: z.int(), node: z.string(), pod: z.string() });
export type Target = z.infer<typeof targetSchema>;

type Service = KubeObject<'services'>;
type Slice = KubeObject<'endpointslices'>;

/** The port of a slice is a number already: a named target port was looked up when the slice was written. */
const numberIn = (slices: readonly Slice[], { slice }: Endpoint, wanted: { name: string; protocol: string }) =>
  slices
    .find(({ metadata }) => metadata?.name === slice)
    ?.ports?.find(({ name, protocol }) => (name ?? '') === wanted.name && (protocol ?? 'TCP') === wanted.protocol)
    ?.port;

/** Every usable endpoint of the Service's first address family, with the number of the port the flow means. */
export const targetsOf = (
  service: Service | undefined,
  slices: readonly Slice[],
  flow: Pick<Flow, 'port' | 'protocol'>,
) => {
  const meant = portsMeant(servicePorts(service), flow)[0];
  const family = service?.spec?.ipFamilies?.[0] ?? 'IPv4';
  const candidates = usable(endpointsOf(slices).filter((endpoint) => endpoint.family === family));
  return candidates.flatMap((endpoint): Target[] => {
    const port = meant && numberIn(slices, endpoint, meant);
    return port ? [{ address: endpoint.address, port, node: endpoint.node, pod: endpoint.pod }] : [];
  });
};

const limit = 10;

/** At most ten, but one of every node before a second of any, so that no node is left out for a busy one. */
export const toTry = (targets: readonly Target[]): Target[] => {
  const byNode = [...Map.groupBy(targets, ({ node }) => node).values()];
  const rounds = Array.from({ length: limit }, (_, round) => byNode.flatMap((one) => one[round] ?? []));
  return rounds.flat().slice(0, limit);
};
