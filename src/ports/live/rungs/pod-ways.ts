import type { PodAccess } from '../../../domain/pod-access.js';
import type { ResourceEvent } from '../../../domain/resource.js';
import type { Clean } from '../clean.js';
import type { Kube } from '../kube.js';
import type { Transport } from '../transport.js';
import type { InContainers, PlaceOf } from './exec-rung.js';
import { createKnownRules } from './known-rules.js';
import { createLeftovers } from './leftovers.js';
import { createMade } from './made.js';
import { createPodsApi } from './pods-api.js';
import type { Rung } from './rung.js';
import { adviceFor, rungsOf } from './ways.js';

/** What a session says about the ways into its Pods. */
export interface PodWaysOptions {
  /** The ways into a Pod that may be taken (`--pod-access`); exec alone where absent. */
  readonly podAccess?: readonly PodAccess[] | undefined;
  /** Of what may be made to look from (`--probe-image`). Without it nothing is made. */
  readonly probeImage?: string | undefined;
  /** Told of everything that is put into the cluster, and of what became of it. */
  readonly onResource?: ((event: ResourceEvent) => void) | undefined;
  readonly session: string;
  readonly now?: (() => number) | undefined;
  /** Milliseconds that a new probe pod is left alone: agents of NetworkPolicy hear of it within a second or two. */
  readonly settling?: number | undefined;
}

const agentsHear = 2_500;

interface Below {
  readonly kube: Pick<Kube, 'rules'>;
  readonly transport: Transport;
  readonly clean: Clean;
  readonly placeOf: PlaceOf;
  /** The network namespace of a Pod, entered from its node; absent where nodes are out of reach. */
  readonly node?: ((containers: InContainers) => Rung) | undefined;
  readonly closing: AbortSignal;
}

/** The ways into the Pods of one session, and what is made for them. */
export const createPodWays = (options: PodWaysOptions, below: Below) => {
  const { podAccess: asked = ['exec'], probeImage: image, onResource = () => {}, session } = options;
  const { now = Date.now, settling = agentsHear } = options;
  const { kube, transport, clean, placeOf, closing, node } = below;
  const made = createMade(onResource);
  const rules = createKnownRules((namespace) => kube.rules({ port: 'kube', verb: 'rules', namespace }, closing));
  const pods = createPodsApi(transport, clean);
  const making = { session, made, settling, closing, now, rulesOf: rules.of, pods };
  return {
    ways: (containers: InContainers): Rung[] => rungsOf({ asked, image, placeOf, containers, making, node }),
    advice: adviceFor(asked, image),
    learnRules: rules.learn,
    /** For whoever else makes something. */
    making,
    removeAll: made.removeAll,
    leftovers: createLeftovers(pods, now),
  };
};
