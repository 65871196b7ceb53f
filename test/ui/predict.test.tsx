import { describe, expect, it } from 'vitest';
import type { SessionLook } from '../../src/machines/look.js';
import { behindCurtain, pendingOf, startPredicting } from '../../src/ui/predict.js';
import { enter, intake, walk } from './operator.js';
import { looks } from './shop.js';
import { addressNotTried, denied, nothingListed, nothingSelected } from './shop-findings.js';

const running = looks.running as SessionLook;
const judged = looks.judged as SessionLook;
const found: SessionLook = { ...running, trail: [...running.trail, nothingListed], reviewing: true };
const guess = { node: 'endpoints', check: 'service-has-ready-endpoints', run: 1 };
const predicting = { predict: running.trail.length };

it('holds back everything that a session knows after the result that is predicted', () => {
  const started = startPredicting(running.trail.length);
  const commands = [...running.commands, { ...(running.commands[0] as never as object), node: 'selects' } as never];
  const shown = behindCurtain({ ...judged, commands }, started);
  expect(shown).toMatchObject({ phase: 'walking', verdict: null, reviewing: false, asking: null, flights: [] });
  expect(shown?.trail).toEqual(running.trail);
  expect(shown?.commands).toEqual(running.commands);
});

it('waits for nothing that cannot be predicted: a check that was not tried, and a session that is over', () => {
  const started = startPredicting(0);
  const skipped = { ...running, trail: [{ ...addressNotTried }], current: null };
  expect(pendingOf(skipped, started)).toBeNull();
  expect(behindCurtain(skipped, started)?.trail).toEqual(skipped.trail);
  const failed = looks.failed as SessionLook;
  expect(behindCurtain(failed, started)).toBe(failed);
});

describe('a prediction', () => {
  it.each([
    ['7', 'pass'],
    ['8', 'fail'],
    ['9', 'unsure'],
  ])('by %s is kept, and shows the result', async (key, said) => {
    const { press, show, predictions, sent, text, settled } = await walk('running', predicting);
    show(found);
    await settled();
    expect(text()).not.toContain('list no endpoint');
    await press(key);
    expect(predictions).toEqual([{ ...guess, guess: said }]);
    expect(text()).toContain('list no endpoint');
    expect(text()).toContain(said === 'fail' ? '1 of 1 right' : '0 of 1 right');
    expect(sent).toEqual([]);
  });

  it('is not needed: Enter shows the result and keeps nothing', async () => {
    const { press, show, predictions, text, settled, sent } = await walk('running', predicting);
    show(found);
    await settled();
    await press(enter);
    expect(text()).toContain('list no endpoint');
    expect([predictions, sent]).toEqual([[], []]);
    await press(enter);
    expect(sent).toEqual([{ type: 'NEXT' }]);
  });

  it('can be made while the check runs: then its result is shown when it comes', async () => {
    const { press, show, predictions, text, settled } = await walk('running', predicting);
    await press('7');
    expect(predictions).toEqual([{ ...guess, guess: 'pass' }]);
    show(found);
    await settled();
    expect(text()).toContain('list no endpoint');
    expect(text()).toContain('0 of 1 right');
  });

  it('is asked for one after the other where the walk has gone on, and the verdict comes last', async () => {
    const { press, show, text, settled } = await walk('running', predicting);
    show(judged);
    await settled();
    await press('8');
    expect(text()).toContain('Predict it first');
    expect(text()).not.toContain('SVC-01');
    await press('8');
    expect(text()).toContain('SVC-01');
    expect(text()).toContain('2 of 2 right');
  });

  it('counts nothing where the check could not look', async () => {
    const { press, show, text, settled } = await walk('running', predicting);
    show({ ...running, trail: [...running.trail, denied], reviewing: true });
    await settled();
    await press('7');
    expect(text()).toContain('predicted PASS, found ERROR; 0 of 0 right');
  });
});

it.each(['s', 'r', 'u', 'o', 'b'])('%s decides nothing about a result that nobody has seen', async (key) => {
  const { press, show, sent, text, settled } = await walk('running', predicting);
  show({ ...found, trail: [...found.trail, nothingSelected] });
  await settled();
  await press(key);
  expect(sent).toEqual([]);
  expect(text()).toContain('first predict this result');
});

it('asks from the first result on, also of a walk that was faster than the screen', async () => {
  const { press, text, predictions } = await walk('judged', { predict: 0 });
  expect(text()).toContain('Predict it first');
  await press('7');
  expect(predictions).toMatchObject([{ node: 'source', guess: 'pass' }]);
  expect(text()).toContain('1 of 1 right');
});

it('is turned on and off by its command, which shows what was held back', async () => {
  const { press, show, text, settled } = await walk('running');
  await press(':', ...'predict', enter);
  show(found);
  await settled();
  expect(text()).toContain('Predict it first');
  expect(text()).not.toContain('list no endpoint');
  await press(':', ...'predict', enter);
  expect(text()).toContain('list no endpoint');
  expect(text()).not.toContain('Predict it first');
});

it('can be turned on before a session begins', async () => {
  const { press, text } = await intake();
  await press(':', ...'predict', enter);
  expect(text()).toContain('results wait for a prediction');
});
