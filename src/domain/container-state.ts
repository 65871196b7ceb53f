import type { KubeObject } from './kinds.js';

type Pod = KubeObject<'pods'>;
type Status = NonNullable<NonNullable<Pod['status']>['containerStatuses']>[number];
type Terminated = NonNullable<Status['state']>['terminated'];

/** How a container ended, for example `OOMKilled 137`. */
export interface End {
  readonly reason: string;
  readonly code: number;
}

export interface ContainerState {
  readonly name: string;
  readonly init: boolean;
  readonly restarts: number;
  readonly waiting: { readonly reason: string; readonly message: string } | undefined;
  /** Milliseconds since the epoch; NaN when it does not run. */
  readonly startedAt: number;
  readonly ended: End | undefined;
  readonly endedBefore: End | undefined;
}

const endOf = (terminated: Terminated): End | undefined =>
  terminated && { reason: `${terminated.reason ?? ''} ${terminated.exitCode}`.trim(), code: terminated.exitCode };

const stateOf = ({ name, restartCount, state = {}, lastState }: Status, init: boolean): ContainerState => ({
  name,
  init,
  restarts: restartCount ?? 0,
  waiting: state.waiting && { reason: state.waiting.reason ?? '', message: state.waiting.message ?? '' },
  startedAt: Date.parse(state.running?.startedAt ?? ''),
  ended: endOf(state.terminated),
  endedBefore: endOf(lastState?.terminated),
});

export const containerStates = ({ status }: Pod): ContainerState[] => [
  ...(status?.initContainerStatuses ?? []).map((item) => stateOf(item, true)),
  ...(status?.containerStatuses ?? []).map((item) => stateOf(item, false)),
];
