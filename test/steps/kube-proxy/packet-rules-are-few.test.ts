import { describe, expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import step from '../../../src/steps/kube-proxy/packet-rules-are-few.js';
import { stateFile } from '../../parse/rules/on-node.js';
import { ran } from '../../support/fake-world.js';
import { flow, from, lobby, lookIn } from './lobby.js';

const rules = stateFile('doors', 'packet-rules.txt');
const [mark = ''] = /^.* -A KUBE-MARK-MASQ .*$/m.exec(rules) ?? [];
const services = /^.* -A KUBE-SERVICES .*10\.96\.0\.21.*$/m.exec(rules)?.[0] ?? '';

const look = (text: string, at = flow(from('guest'), 'node-b', 30_080)) =>
  lookIn(
    step,
    'packet-rules-are-few',
  )({
    flow: at,
    on: (query, _, node) => (query === 'packet-rules' && node === 'node-a' ? ran(text) : undefined),
  });

const again = (line: string, times: number, each: (n: number) => string = () => line) =>
  rules.replace(line, Array.from({ length: times }, (_, n) => each(n)).join('\n'));

it('few', async () => {
  expect(await look(rules)).toMatchObject({ outcome: 'few', facts: { node: 'node-a' } });
});

it('many: a rule for each of thousands of Services', async () => {
  const text = again(services, 6000, (n) => services.replace('10.96.0.21', `10.96.${n >> 8}.${n & 255}`));
  const { outcome, facts } = await look(text);
  expect(outcome).toBe('many');
  expect(facts).toMatchObject({ node: 'node-a', chain: 'nat KUBE-SERVICES' });
});

it('duplicated: the same rule again and again, whatever each counted', async () => {
  const text = again(mark, 300, (n) => mark.replace('[0:0]', `[${n}:${n}]`));
  expect(await look(text)).toMatchObject({ outcome: 'duplicated', facts: { copies: 300 } });
});

it('not-told', () => {
  expect(step.interpret({ seen: [], unseen: [] }, flow(from('guest'), 'node-b', 1) as never).outcome).toBe('not-told');
});

describe('raises no alarm', () => {
  it('for a rule that two programs wrote', async () => {
    expect(await look(again(mark, 3))).toMatchObject({ outcome: 'few' });
  });

  it('for a peer: what it has slows others only', async () => {
    const at = flow(from('guest'), '192.0.2.5', 80);
    const seen = await lookIn(
      step,
      'packet-rules-are-few',
    )({
      flow: at,
      objects: lobby(),
      on: (query, _, node) => (query === 'packet-rules' && node !== 'node-a' ? ran(again(mark, 300)) : undefined),
    });
    expect(seen).toMatchObject({ outcome: 'few' });
  });
});

it('looks at nothing it cannot see', async () => {
  const forbidden = lookIn(
    step,
    'packet-rules-are-few',
  )({
    flow: flow(from('guest'), 'node-b', 30_080),
    on: (query, _, node) =>
      query === 'packet-rules' && node === 'node-a' ? ran('', { exitCode: 4, stderr: 'Permission denied' }) : undefined,
  });
  await expect(forbidden).rejects.toThrow(CannotLook);
});
