import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { parse } from 'yaml';
import type { Flow } from '../../../src/domain/flow.js';
import { flowWords } from '../../../src/domain/flow-words.js';
import type { AnyStep } from '../../../src/domain/step.js';
import { fill, languages, stepTextSchema } from '../../../src/domain/text.js';
import { parseConnect } from '../../../src/parse/connect.js';
import { type Counters, parseCounters } from '../../../src/parse/kernel/counters.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { cartPod, client, shop, toCart } from '../connectivity/shop.js';

/** What a real kernel counted. */
export const counters = (name: string): Counters => {
  const said = parseCounters(recorded('kernel-counters', name));
  if (!said) throw new Error(`nothing to read in ${name}`);
  return said;
};

export const quiet = counters('before');

/** A Node before and after the connects of a window; `rise` is what it counted meanwhile. */
export const place = (
  node: string,
  rise: Partial<Counters> = {},
  role: 'source' | 'destination' | 'peer' = 'source',
) => ({
  node,
  role,
  before: quiet,
  after: { ...quiet, ...rise },
});

export const series = (name: 'timeout' | 'open' | 'refused') =>
  parseConnect(recorded('nc-busybox', `connect-${name}`), 'nc');

/** The window in which every connect timed out, or all of them opened. */
export const window = (seen: readonly object[], more: object = {}) => ({
  address: '10.96.1.2:80',
  connects: series('timeout'),
  seen,
  unseen: [],
  ...more,
});
export const answered = { connects: series('open') };
export const unseenSource = { unseen: [{ node: 'node-z', role: 'source', why: 'Permission denied' }] };

/** The finding for this evidence; its sentence has to be whole in every language. */
export const judgedBy =
  (step: AnyStep, id: string, flow: Flow = toCart) =>
  (evidence: object) => {
    const text = stepTextSchema.parse(parse(readFileSync(`src/steps/${step.stage}/${id}.text.yaml`, 'utf8')));
    const { outcome, facts = {} } = step.interpret(step.evidence.parse(JSON.parse(JSON.stringify(evidence))), flow);
    for (const language of languages) {
      const sentence = fill(text[language].outcomes[outcome] ?? '{missing}', { ...flowWords(flow), ...facts });
      expect(sentence).not.toMatch(/\{[a-z-]+\}/);
    }
    return { outcome, facts, result: step.outcomes[outcome] };
  };

const node = (name: string, address: string) => ({
  metadata: { name },
  status: {
    conditions: [{ type: 'Ready', status: 'True' }],
    addresses: [{ type: 'InternalIP', address }],
  },
});

/** The shop with its client on node-a and a server on node-b. */
export const town = {
  ...shop,
  pods: [client, cartPod],
  nodes: [node('node-a', '10.0.0.11'), node('node-b', '10.0.0.12')],
};

/** Nodes whose kernels counted so before and after, and a source whose connects time out. */
export const nodeAnswers = (after: string, before = 'before') => {
  const read = (query: string, args: object) =>
    query === 'connect-anew'
      ? ran(recorded('nc-busybox', 'connect-timeout'), { tool: 'nc' })
      : ran(recorded('kernel-counters', 'since' in args ? after : before), { tool: 'grep' });
  return { pod: read, node: read };
};
