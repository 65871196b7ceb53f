import type { KubeletComplaint } from '../../parse/node/kubelet-complaints.js';
import type { UnitState } from '../../parse/node/unit-states.js';
import { kubeletPrograms, runtimePrograms } from '../node/node-programs.js';
import { kubeletUnits, runtimeUnits } from '../scripts/kubelet-units.js';
import type { NodeServices } from './node-services.js';

/** What can be wrong on a node that is not ready, the plainest first. */
export const troubles = [
  'kubelet-stopped',
  'kubelet-hangs',
  'runtime-stopped',
  'runtime-hangs',
  'certificate-expired',
  'certificate-not-yet-valid',
  'server-certificate-expired',
  'runtime-not-reached',
  'kubelet-crashes',
  'no-space',
  'relist-late',
  'api-not-reached',
] as const;
type Trouble = (typeof troubles)[number];

type Health = 'runs' | 'stopped' | 'hangs' | 'crashes' | 'unknown';
interface State {
  readonly health: Health;
  /** In the words of systemd or of `ps`. */
  readonly state: string;
  /** How often systemd started it again. In a loop of crashes it is active every other moment. */
  readonly restarts: number;
}

const unknown: State = { health: 'unknown', state: '-', restarts: 0 };

// "activating/auto-restart" waits to be started again, "failed/failed" is not started any more.
const healthOfUnit = ({ active, sub }: UnitState): Health => {
  if (active === 'active' || active === 'reloading') return 'runs';
  return active === 'failed' || sub === 'auto-restart' ? 'crashes' : active === 'inactive' ? 'stopped' : 'unknown';
};

const best: readonly Health[] = ['runs', 'unknown', 'crashes', 'stopped'];

/** Of several units that could do the work, as on a node that changed its runtime, the one that does it counts. */
const ofUnits = (units: readonly UnitState[], names: readonly string[]): State | undefined => {
  const states = units.filter(({ name, present }) => present && names.includes(name));
  const [one] = states
    .map((unit) => ({ health: healthOfUnit(unit), state: `${unit.active}/${unit.sub}`, restarts: unit.restarts }))
    .toSorted((a, b) => best.indexOf(a.health) - best.indexOf(b.health));
  return one;
};

const ofPrograms = ({ programs }: NodeServices, names: readonly string[]): State => {
  if (!programs) return unknown;
  // Z: it has ended, and who started it has not asked how.
  const own = programs.filter(({ name, state }) => names.includes(name) && !state.startsWith('Z'));
  if (own.length === 0) return { ...unknown, health: 'stopped' };
  // T: somebody stopped it with a signal. It keeps its sockets and does nothing.
  const stopped = own.find(({ state }) => state.startsWith('T'));
  return stopped
    ? { ...unknown, health: 'hangs', state: stopped.state }
    : { ...unknown, health: 'runs', state: own[0]?.state ?? '' };
};

const stateOf = (seen: NodeServices, units: readonly string[], programs: readonly string[]): State => {
  const byProcess = ofPrograms(seen, programs);
  const byUnit = ofUnits(seen.units ?? [], units);
  if (byProcess.health === 'hangs') return byProcess;
  return byUnit ?? byProcess;
};

// Units that bring a runtime of their own: that of the machine may well be off.
const ownRuntime = /^(k3s|rke2|k0s|snap\.microk8s)/;
const bringsRuntime = ({ units = [], programs = [] }: NodeServices) =>
  units.some(({ name, present }) => present && ownRuntime.test(name)) || programs.some(({ name }) => /^k3s/.test(name));

const runtimeOf = (seen: NodeServices): State => {
  if (bringsRuntime(seen)) return unknown;
  const state = stateOf(seen, runtimeUnits, runtimePrograms);
  return state.health === 'crashes' ? { ...state, health: 'stopped' } : state;
};

const fromStates = (kubelet: State, runtime: State): { word: Trouble; state: string } | undefined => {
  if (kubelet.health === 'stopped') return { word: 'kubelet-stopped', state: kubelet.state };
  if (kubelet.health === 'hangs') return { word: 'kubelet-hangs', state: kubelet.state };
  if (runtime.health === 'stopped') return { word: 'runtime-stopped', state: runtime.state };
  if (runtime.health === 'hangs') return { word: 'runtime-hangs', state: runtime.state };
  return undefined;
};

const saidFirst = (complaints: readonly KubeletComplaint[]) =>
  troubles.flatMap((word) => complaints.flatMap(({ kind, text }) => (kind === word ? [{ word, text }] : [])))[0];

const plainEnough = troubles.indexOf('kubelet-crashes');

/** A kubelet that starts over and over may name its trouble; what it says of others meanwhile explains nothing. */
const fromWords = (
  complaints: readonly KubeletComplaint[],
  kubelet: State,
): { word: Trouble; said: string } | undefined => {
  const said = saidFirst(complaints);
  const ended = complaints.find(({ kind }) => kind === 'ended') ?? { text: '-', count: 0 };
  const crashes = kubelet.health === 'crashes' || (kubelet.restarts > 0 && ended.count > 1);
  if (said && (!crashes || troubles.indexOf(said.word) < plainEnough)) return { word: said.word, said: said.text };
  return crashes ? { word: 'kubelet-crashes', said: ended.text } : undefined;
};

/** The one word that says most of why this node is not ready, with what it was read from. */
export const serviceTrouble = (seen: NodeServices) => {
  const kubelet = stateOf(seen, kubeletUnits, kubeletPrograms);
  const runtime = runtimeOf(seen);
  const facts = { kubelet: kubelet.state, runtime: runtime.state, state: '-', said: '-' };
  const trouble = fromStates(kubelet, runtime) ?? fromWords(seen.complaints ?? [], kubelet);
  return { ...facts, word: kubelet.health === 'runs' ? ('run' as const) : ('not-told' as const), ...trouble };
};
