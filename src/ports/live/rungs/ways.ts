import { type PodAccess, waysOpen } from '../../../domain/pod-access.js';
import { ephemeralRung } from './ephemeral.js';
import { execRung, type InContainers, type PlaceOf } from './exec-rung.js';
import type { Making } from './making.js';
import { probePodRung } from './probe-pod.js';
import type { Rung } from './rung.js';

export interface WaysOptions {
  readonly asked: readonly PodAccess[];
  /** REF of `--probe-image`. Without one nothing is made. */
  readonly image: string | undefined;
  readonly placeOf: PlaceOf;
  readonly containers: InContainers;
  readonly making: Omit<Making, 'image' | 'containers'>;
  /** The network namespace of a Pod, entered from its node; absent where nodes are out of reach. */
  readonly node?: ((containers: InContainers) => Rung) | undefined;
}

/** The ways into a Pod that are open to a session, in the order in which they are tried. */
export const rungsOf = ({ asked, image = '', placeOf, containers, making, node }: WaysOptions): Rung[] => {
  const around = { ...making, image, containers };
  const build: Readonly<Record<PodAccess, () => Rung | undefined>> = {
    exec: () => execRung(placeOf, containers),
    ephemeral: () => ephemeralRung(around),
    node: () => node?.(containers),
    'probe-pod': () => probePodRung(around),
  };
  return waysOpen(asked, image || undefined).flatMap((way) => build[way]() ?? []);
};

/** What would give more ways, for whoever is told that there is none. */
export const adviceFor = (asked: readonly PodAccess[], image: string | undefined): string =>
  image === undefined && waysOpen(asked, 'any').length > waysOpen(asked, undefined).length
    ? 'With --probe-image REF an ephemeral container or a probe pod brings it along.'
    : '';
