import { existsSync } from 'node:fs';
import { buildPrograms } from '../build/programs.ts';
import { down } from '../cluster/down.ts';
import { type Kubectl, kubectlFor } from '../cluster/kubectl.ts';
import { type Lab, labFromEnvironment, netns, planLab } from '../cluster/plan.ts';
import type { Profile } from '../cluster/profiles.ts';
import { up } from '../cluster/up.ts';
import type { NamedFault } from '../scenario/find.ts';
import { checksOf } from './checks.ts';
import type { Batch } from './plan.ts';
import { type Meanwhile, playCase, type Stage } from './play-case.ts';
import { eachWith } from './pool.ts';
import { soundness } from './soundness.ts';
import type { Tally } from './tally.ts';

export interface Wish {
  tally: Tally;
  symptomsOnly: boolean;
  /** Whether the lab's own parts and the program's adapters are proved as well. */
  checks: boolean;
  /** The kinds of clusters to play on; those of the suite where nothing is said. */
  only?: readonly Profile[];
  /** Use the lab that the environment names and that is up. */
  running: boolean;
  meanwhile?: Meanwhile;
}

// Most of a case is waiting for a cache or a back-off, so more hands than cores, on each of several labs.
const HANDS = 3;

/** Works through batches, one after the other, each on a fresh lab with the prefix of the lane. */
export class Lane {
  #lab: Lab | undefined;
  readonly #name: string;
  readonly #wish: Wish;

  constructor(name: string, wish: Wish) {
    this.#name = name;
    this.#wish = wish;
  }

  async play(batch: Batch): Promise<void> {
    try {
      await this.#playOn(await this.#start(batch.profile), batch);
    } catch (error) {
      this.#wish.tally.note(`a lab for ${batch.profile}`, [error instanceof Error ? error.message : String(error)], 0);
    } finally {
      await this.close();
    }
  }

  async #playOn(stage: Stage, { together, alone, checks }: Batch): Promise<void> {
    await eachWith(HANDS, together, (fault) => playCase(stage, fault, this.#wish.meanwhile));
    if (checks && this.#wish.checks) for (const check of checksOf(stage.profile)) await check(stage.lab, stage.tally);
    let now = stage;
    for (const fault of alone) now = await this.#playAlone(now, fault);
  }

  async #playAlone(stage: Stage, fault: NamedFault): Promise<Stage> {
    await playCase(stage, fault, this.#wish.meanwhile);
    const left = await soundness(stage.lab, stage.kubectl);
    if (left.length === 0) return stage;
    stage.tally.note(`${fault.name} on ${stage.profile}: leaves a sound lab`, left, 0);
    if (this.#wish.running) return stage;
    await this.close();
    return this.#start(stage.profile);
  }

  async #start(profile: Stage['profile']): Promise<Stage> {
    const { tally, symptomsOnly, running } = this.#wish;
    const lab = running ? labFromEnvironment() : planLab({ prefix: this.#name, dir: `.lab-${this.#name}`, profile });
    return { lab, profile, kubectl: await this.#bringUp(lab), tally, symptomsOnly };
  }

  async #bringUp(lab: Lab): Promise<Kubectl> {
    if (this.#wish.running) return kubectlFor(lab, (await buildPrograms()).kube);
    this.#lab = lab;
    if (existsSync(`/run/netns/${netns(lab, 'underlay')}`)) await down(lab); // left by a suite that was killed
    return up(lab);
  }

  async close(): Promise<void> {
    const lab = this.#lab;
    this.#lab = undefined;
    if (lab) await down(lab);
  }
}
