import type { PodRef } from '../../../domain/ports.js';
import { abortable } from '../../abortable.js';
import type { JobOutput } from '../batch.js';
import type { Place } from '../place.js';
import { nameOf, type Program, type Spot } from '../pod-program.js';
import type { Tools } from '../pod-tools.js';
import type { Footing, Rung } from './rung.js';

export interface InContainers {
  /** One detection per container. */
  toolsOf(place: Place): Promise<Tools>;
  runProgram(program: Program, spot: Spot): Promise<JobOutput>;
}

/** A container that programs are run in by exec. */
export const footingIn = async (
  place: Place,
  access: Footing['access'],
  { toolsOf, runProgram }: InContainers,
): Promise<Footing> => {
  const tools = await toolsOf(place);
  return {
    ...{ access, tools, at: nameOf(place) },
    run: (program, signal) => runProgram(program, { place, tools, signal }),
  };
};

export type PlaceOf = (pod: PodRef, signal: AbortSignal) => Promise<Place>;

/** The container that is meant, with what its image has. */
export const execRung = (placeOf: PlaceOf, containers: InContainers): Rung => ({
  access: 'exec',
  serves: () => true,
  open: async (pod, signal) => abortable(footingIn(await placeOf(pod, signal), 'exec', containers), signal),
});
