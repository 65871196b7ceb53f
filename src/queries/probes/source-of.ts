import type { EndOf } from '../../domain/flow.js';
import type { PodRef, RunPort } from '../../domain/ports.js';
import type { AnyQuery } from '../../domain/query.js';

interface Places<Q extends AnyQuery> {
  pod(ref: PodRef): RunPort<Q>;
  node(name: string): RunPort<Q>;
}

/** Where the flow starts, as a place to run programs in. */
export const sourceOf = <Q extends AnyQuery>({ pod, node }: Places<Q>, from: EndOf<'pod'> | EndOf<'node'>) =>
  from.kind === 'pod' ? pod({ namespace: from.namespace, name: from.name }) : node(from.name);
