import { say } from '../../lab/machine/say.ts';
import { findFault, type NamedFault } from '../../lab/scenario/find.ts';
import { Play } from '../../lab/scenario/play.ts';
import { alternate } from '../measure/alternate.ts';
import { reason } from '../reason.ts';
import { type ByHand, byHandOnce } from './by-hand.ts';
import { type Case, cases } from './cases.ts';
import { type Triage, triageOnce } from './triage.ts';
import type { LabCluster } from './with-lab.ts';

export interface Measured extends Case {
  /** Causes that are right, or "healthy". */
  expected: readonly string[];
  triages: Triage[];
  hands: ByHand[];
}

/** Every case that could be brought about, by both ways in turn; the others are named and left out. */
export async function measureAll(cluster: LabCluster, rounds: number): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const [name, states] of Object.entries(cases)) {
    const fault = await findFault(name);
    const play = new Play(cluster.lab, cluster.kubectl, fault);
    try {
      await play.prepare();
      for (const state of states) {
        if (state.broken) await play.inject();
        measured.push(await measure(cluster, fault, { state, rounds }));
      }
    } catch (error) {
      say(`${name} not measured: ${reason(error)}`);
    } finally {
      await play.cleanUp();
    }
  }
  return measured;
}

interface Wanted {
  state: Case;
  rounds: number;
}

async function measure(cluster: LabCluster, fault: NamedFault, { state, rounds }: Wanted): Promise<Measured> {
  const { lab, kube } = cluster;
  const triages: Triage[] = [];
  const hands: ByHand[] = [];
  await alternate(rounds, {
    triage: async () => void triages.push(await triageOnce(lab, fault)),
    'by hand': async () => void hands.push(await byHandOnce(lab, kube, fault)),
  });
  const expected = state.broken ? (fault.runs[0]?.expect.top ?? []) : ['healthy'];
  return { ...state, expected, triages: triages.slice(1), hands: hands.slice(1) };
}
