import type { Kubectl } from '../cluster/kubectl.ts';
import type { Lab } from '../cluster/plan.ts';
import { eventually } from '../machine/eventually.ts';
import { make, reach } from './change.ts';
import { doorBeside, doorThatStays } from './door.ts';
import type { Symptom } from './fault.ts';
import type { NamedFault } from './find.ts';
import { namespace } from './manifest.ts';
import type { Ground } from './place.ts';
import { quiet } from './quiet.ts';
import { settle } from './settle.ts';
import { ask, proveFailing, proveWorking } from './traffic.ts';
import { Undo } from './undo.ts';
import { dropsDuring } from './witness.ts';

/** One fault on one lab, act by act. */
export class Play {
  readonly #ground: Ground;
  readonly #fault: NamedFault;
  readonly #undo: Undo;
  /** Of what stays while the fault is healed. */
  readonly #clear: Undo;

  constructor(lab: Lab, kubectl: Kubectl, fault: NamedFault) {
    this.#ground = { lab, kubectl, namespace: fault.namespace };
    this.#fault = fault;
    this.#undo = new Undo(lab, fault.name);
    this.#clear = new Undo(lab, `${fault.name}.beforehand`);
  }

  /** Brings the working state up and proves it with real traffic. */
  async prepare(): Promise<void> {
    const { kubectl } = this.#ground;
    const fault = this.#fault;
    const there = ['-n', fault.namespace];
    await kubectl.apply([namespace(fault.namespace)]);
    // The admission of a pod refuses it until the namespace has its service account.
    await eventually('the default service account', () =>
      kubectl.must([...there, 'get', 'sa', 'default', '-o', 'name']),
    );
    await kubectl.apply(fault.objects);
    for (const [kind, condition] of [
      ['Deployment', 'Available'],
      ['Pod', 'Ready'],
    ] as const) {
      const names = fault.objects.filter((object) => object.kind === kind).map(({ metadata }) => metadata.name);
      if (names.length > 0)
        await kubectl.must([...there, 'wait', `--for=condition=${condition}`, kind, ...names, '--timeout=90s']);
    }
    for (const change of fault.beforehand ?? []) await make(this.#ground, change, this.#clear);
    await proveWorking(this.#ground, fault.symptom);
    await this.#proveOpen(doorBeside(fault));
  }

  /** Breaks it, and proves with real traffic, and by the word of the kernel, that it is broken. */
  async inject(): Promise<void> {
    const ground = this.#ground;
    const fault = this.#fault;
    // What the fault before has left goes while this one is prepared.
    if (fault.disturbs) await quiet(ground);
    for (const change of fault.inject) await make(ground, change, this.#undo);
    await settle(ground);
    if (fault.symptom.fails === 'never') await proveWorking(ground, fault.symptom);
    else await proveFailing(ground, fault.symptom);
    await this.#proveOpen(doorThatStays(fault));
    if (fault.witness) await this.#hearWitness(fault.witness);
    if (fault.until) await reach(ground, fault.until);
  }

  async #proveOpen(door: Symptom | undefined): Promise<void> {
    if (door) await proveWorking(this.#ground, door);
  }

  async #hearWitness(reason: string): Promise<void> {
    const { lab } = this.#ground;
    const drops = await dropsDuring(`${lab.prefix}-${this.#fault.name}`, () => ask(this.#ground, this.#fault.symptom));
    if (!drops.has(reason))
      throw new Error(`the kernel names no drop for ${reason}, but ${[...drops.keys()].join(', ') || 'none'}`);
  }

  get lab(): Lab {
    return this.#ground.lab;
  }

  /** Somebody else has healed it. */
  async proveRepaired(): Promise<void> {
    await proveWorking(this.#ground, this.#fault.symptom);
  }

  async heal(): Promise<void> {
    const { heal = [{ apply: this.#fault.objects }] } = this.#fault;
    for (const change of heal) await make(this.#ground, change, this.#undo);
    await this.#undo.run();
    await proveWorking(this.#ground, this.#fault.symptom);
  }

  async cleanUp(): Promise<void> {
    await this.#undo.run();
    await this.#clear.run();
    const { kubectl, namespace } = this.#ground;
    await kubectl.run(['delete', 'namespace', namespace, '--wait=false', '--ignore-not-found']);
  }
}
