import { keyOf, type Packet, passes } from './packet.js';
import type { Action, Chain, Rule } from './rule-set.js';

/** How a share of the packets leaves the chain of a hook. */
export interface Way {
  readonly share: number;
  readonly mark: number;
  /** What ended it; `policy` where no rule did. */
  readonly end:
    | Exclude<Action, { do: 'return' | 'continue' | 'jump' | 'goto' | 'mark' | 'look-up' | 'spread' }>
    | { readonly do: 'policy' };
  /** The rule that ended it. */
  readonly rule: Rule | undefined;
  /** The chains it came through, from the hook on. */
  readonly path: readonly string[];
}

export interface Walked {
  readonly ways: readonly Way[];
  /** Rules that would have ended it, if they match. Whether they do takes more than is known here. */
  readonly perhaps: readonly Rule[];
  /** Seconds for which a client stays with its endpoint; 0 where it does not. */
  readonly affinity: number;
  /** Rules on the way whose packets were all counted, whatever became of them: for deltas. */
  readonly passed: readonly Rule[];
  /** The walk was given up: chains that jump in circles, or far too many. */
  readonly lost: boolean;
}

interface State {
  readonly share: number;
  readonly mark: number;
}
/** What an action did to a state: ended, went on behind the rule, or left the chain. */
interface Step {
  readonly on: readonly State[];
  readonly back: readonly State[];
}

const nowhere: Step = { on: [], back: [] };
// A hundred thousand rules are all asked once at most; more steps come of chains that many others jump to.
const longest = 500_000;

/** States of one mark are one: else every rule that perhaps marks would double their number. */
const merged = (states: readonly State[]): readonly State[] => {
  if (states.length < 2) return states;
  const byMark = new Map<number, number>();
  for (const { share, mark } of states) byMark.set(mark, (byMark.get(mark) ?? 0) + share);
  return [...byMark].map(([mark, share]) => ({ mark, share }));
};

class Walk {
  readonly ways: Way[] = [];
  readonly perhaps = new Set<Rule>();
  readonly passed = new Set<Rule>();
  affinity = 0;
  lost = false;
  private visited = 0;

  constructor(
    private readonly chains: ReadonlyMap<string, Chain>,
    private readonly packet: Packet,
  ) {}

  /** What is left of the states behind the last rule, or came back by `return`. */
  chain(name: string, states: readonly State[], path: readonly string[]): readonly State[] {
    const rules = this.chains.get(name)?.rules;
    const circle = path.includes(name);
    this.lost ||= circle;
    if (!rules || this.lost) return states;
    const here = [...path, name];
    const back: State[] = [];
    let left = states;
    for (const rule of rules) {
      this.visited += 1;
      if (left.length === 0) break;
      if (this.visited > longest) {
        this.lost = true;
        break;
      }
      left = merged(left.flatMap((state) => this.rule(rule, state, { here, back })));
    }
    return merged([...left, ...back]);
  }

  private rule(rule: Rule, state: State, at: { here: readonly string[]; back: State[] }): readonly State[] {
    const share = passes(rule.tests, { ...this.packet, mark: state.mark });
    if (share === 0) {
      this.noteAffinity(rule);
      return [state];
    }
    if (share === 'maybe') {
      this.doubt(rule, state, at.here);
      return [state];
    }
    if (share === 1) this.passed.add(rule);
    const { on, back } = this.act(rule.action, rule, {
      state: { ...state, share: state.share * share },
      here: at.here,
    });
    at.back.push(...back);
    const missed = state.share * (1 - share);
    return missed > 0 ? [...on, { ...state, share: missed }] : on;
  }

  private noteAffinity({ tests }: Rule) {
    const kept = tests.find((test) => test.on === 'affinity');
    if (kept?.on === 'affinity') this.affinity = Math.max(this.affinity, kept.seconds);
  }

  /** A chain behind an open question may end the packet too: its rules are open questions then. */
  private doubt(rule: Rule, state: State, here: readonly string[]) {
    const { action } = rule;
    if (action.do === 'jump' || action.do === 'goto') {
      const inner = new Walk(this.chains, { ...this.packet, mark: state.mark });
      inner.visited = this.visited;
      inner.chain(action.chain, [{ share: 1, mark: state.mark }], here);
      this.visited = inner.visited;
      this.lost ||= inner.lost;
      for (const { rule: ended } of inner.ways) if (ended) this.perhaps.add(ended);
      for (const other of inner.perhaps) this.perhaps.add(other);
    } else if (action.do !== 'continue' && action.do !== 'mark' && action.do !== 'return') this.perhaps.add(rule);
  }

  private act(action: Action, rule: Rule, at: { state: State; here: readonly string[] }): Step {
    switch (action.do) {
      case 'continue':
        return { on: [at.state], back: [] };
      case 'return':
        return { on: [], back: [at.state] };
      case 'mark':
        return { on: [{ ...at.state, mark: ((at.state.mark & action.keep) ^ action.flip) >>> 0 }], back: [] };
      case 'jump':
        return { on: this.chain(action.chain, [at.state], at.here), back: [] };
      case 'goto':
        return { on: [], back: this.chain(action.chain, [at.state], at.here) };
      case 'look-up':
        return this.lookUp(action, rule, at);
      case 'spread':
        return this.spread(action, rule, at);
      default:
        this.ways.push({ ...at.state, end: action, rule, path: at.here });
        return nowhere;
    }
  }

  private lookUp(
    { key, entries }: Extract<Action, { do: 'look-up' }>,
    rule: Rule,
    at: { state: State; here: readonly string[] },
  ): Step {
    const asked = keyOf(key, { ...this.packet, mark: at.state.mark });
    if (asked === undefined && entries.size > 0) this.perhaps.add(rule);
    const found = asked === undefined ? undefined : entries.get(asked);
    return found ? this.act(found, rule, at) : { on: [at.state], back: [] };
  }

  private spread(
    { of, choices }: Extract<Action, { do: 'spread' }>,
    rule: Rule,
    { state, here }: { state: State; here: readonly string[] },
  ): Step {
    const share = state.share / Math.max(of, choices.length, 1);
    const steps = choices.map((choice) => this.act(choice, rule, { state: { ...state, share }, here }));
    const rest = state.share - share * choices.length;
    const missed = rest > 1e-9 ? [{ ...state, share: rest }] : [];
    return { on: [...steps.flatMap(({ on }) => on), ...missed], back: steps.flatMap(({ back }) => back) };
  }
}

/** Where the rules of one table send a packet, from the chain of a hook or any other. */
export const walk = (chains: ReadonlyMap<string, Chain>, from: string, packet: Packet): Walked => {
  const walking = new Walk(chains, packet);
  const left = walking.chain(from, [{ share: 1, mark: packet.mark }], []);
  const open = left.map((state): Way => ({ ...state, end: { do: 'policy' }, rule: undefined, path: [from] }));
  const { perhaps, affinity, passed, lost } = walking;
  return { ways: [...walking.ways, ...open], perhaps: [...perhaps], affinity, passed: [...passed], lost };
};
