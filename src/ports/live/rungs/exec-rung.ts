import type { PodRef } from '../../../domain/ports.js';
import { abortable } from '../../abortable.js';
import type { JobOutput } from '../batch.js';
import type { Place } from '../place.js';
import type { Program, Spot } from '../program.js';
import type { Shell } from '../shell.js';
import type { Tools } from '../tools.js';
import type { Footing, Rung } from './rung.js';

export interface InContainers {
  shellOf(place: Place): Shell;
  /** One detection per container. */
  toolsOf(shell: Shell): Promise<Tools>;
  runProgram(program: Program, spot: Spot): Promise<JobOutput>;
}

/** A container that programs are run in by exec. */
export const footingIn = async (
  place: Place,
  access: Footing['access'],
  { shellOf, toolsOf, runProgram }: InContainers,
): Promise<Footing> => {
  const shell = shellOf(place);
  const tools = await toolsOf(shell);
  return {
    ...{ access, tools, at: shell.name },
    run: (program, signal) => runProgram(program, { shell, tools, signal }),
  };
};

export type PlaceOf = (pod: PodRef, signal: AbortSignal) => Promise<Place>;

/** The container that is meant, with what its image has. */
export const execRung = (placeOf: PlaceOf, containers: InContainers): Rung => ({
  access: 'exec',
  serves: () => true,
  open: async (pod, signal) => abortable(footingIn(await placeOf(pod, signal), 'exec', containers), signal),
});
