import type { Stage } from './stage.js';

/** What a packet passes from one end of a flow to the other, in that order. */
export const hops = [
  'source',
  'name',
  'veth',
  'policy',
  'door',
  'service',
  'rules',
  'bridge',
  'overlay',
  'node',
  'exit',
  'endpoint',
] as const;
export type Hop = (typeof hops)[number];

/** A check of the whole way says nothing about one hop of it. */
export type Place = Hop | 'whole';

const ofStage: Readonly<Record<Stage, Place>> = {
  pod: 'endpoint',
  connectivity: 'whole',
  policy: 'policy',
  service: 'service',
  'kube-proxy': 'rules',
  dns: 'name',
  cni: 'bridge',
  'mtu-conntrack': 'overlay',
  ingress: 'door',
  exposure: 'door',
  egress: 'exit',
  intermittent: 'whole',
};

/** Where on the way a check looks: what it says itself, else what the checks of its stage look at. */
export const placeOf = ({ hop, stage }: { readonly hop?: Place | undefined; readonly stage: Stage }): Place =>
  hop ?? ofStage[stage];
