import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import step from '../../../src/steps/kube-proxy/kube-proxy-refuses-nothing.js';
import { recorded } from '../../parse/recorded.js';
import { answersOf, stateFile } from '../../parse/rules/on-node.js';
import { ran } from '../../support/fake-world.js';
import { clusterWith, flowTo, lookAt, records } from './clinic.js';

// What the rule of the recording counts once packets came: one reading differs from the other in nothing else.
const rejecting = (packets: number, target = 'REJECT --reject-with icmp-port-unreachable') =>
  stateFile('rejecting', 'packet-rules.txt')
    .replace(/\[\d+:\d+\](?= -A KUBE-SERVICES .*has no endpoints)/, `[${packets}:${packets * 60}]`)
    .replace(/REJECT --reject-with \S+(?=\n)/, target);

interface Seen {
  readonly state?: string;
  readonly counted?: number;
  readonly target?: string;
  readonly connect?: string;
  readonly endpoints?: readonly string[];
}

const look = ({ state, counted = 4, target, connect = 'connect-refused', endpoints = ['10.244.1.4'] }: Seen) =>
  lookAt(step, 'kube-proxy-refuses-nothing', {
    here: { state: state ?? 'rejecting' },
    objects: clusterWith({ ...records, endpoints: [...endpoints] }),
    flow: flowTo(records),
    pod: () => ran(recorded('nc-busybox', connect), { tool: 'nc' }),
    on: (query, args) => {
      if (query !== 'packet-rules' || state) return undefined;
      return ran(rejecting(args.moment === 'after' ? 100 + counted : 100, target));
    },
  });

it.each([
  ['rejected', {}],
  ['dropped', { target: 'DROP', connect: 'connect-timeout' }],
  ['none-listed', { endpoints: [] }],
  ['passes', { state: 'as-listed', connect: 'connect-open' }],
  ['not-counted', { state: 'as-listed' }],
  // An old count is none.
  ['not-counted', { counted: 0 }],
] satisfies [string, Seen][])('%s', async (outcome, seen) => expect((await look(seen)).outcome).toBe(outcome));

it('names the rule and what it counted', async () => {
  const { facts } = await look({});
  expect(facts).toMatchObject({ node: 'node-a', counted: 4, listed: 1 });
  expect(facts?.rule).toContain('clinic/records has no endpoints');
});

it('accuses no firewall of somebody else', async () => {
  expect((await look({ state: 'foreign-drop', connect: 'connect-timeout' })).outcome).toBe('not-counted');
});

it('tries no Service without an address', () => {
  expect(step.interpret({ listed: 0 }, flowTo(records)).outcome).toBe('not-tried');
});

it('looks at nothing where the node cannot be seen', async () => {
  const looking = lookAt(step, 'kube-proxy-refuses-nothing', {
    here: { state: 'as-listed' },
    objects: clusterWith(records),
    flow: flowTo(records),
    pod: () => ran(recorded('nc-busybox', 'connect-refused'), { tool: 'nc' }),
    on: (query, args) => {
      if (query === 'nft-tables') throw new CannotLook('forbidden', 'a password is required');
      return answersOf({ state: 'as-listed' })(query, args);
    },
  });
  await expect(looking).rejects.toThrow(CannotLook);
});
