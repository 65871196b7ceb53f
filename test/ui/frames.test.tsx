import { afterEach, describe, expect, it } from 'vitest';
import { App } from '../../src/app.js';
import type { Language } from '../../src/domain/text.js';
import type { SessionLook } from '../../src/machines/look.js';
import { cells } from '../../src/ui/cell.js';
import type { AppProps } from '../../src/ui/props.js';
import { openTerminal, type Terminal } from '../support/terminal.js';
import { fakeSession, knowingIntake, shopProps } from './fake-session.js';
import { looks } from './shop.js';
import { policedCatalog, residualCatalog } from './shop-catalog.js';
import { nothingListed } from './shop-findings.js';

const sizes = ['59x15', '80x24', '100x30', '140x45'] as const;
const languages = ['en', 'zh-CN'] as const;
const esc = '\u001b';

let terminal: Terminal | undefined;
afterEach(() => terminal?.close());

const open = async (size: string, change: Partial<AppProps>, look?: string) => {
  const [columns = 80, rows = 24] = size.split('x').map(Number);
  const session = look ? fakeSession(looks[look] ?? (looks.running as never)).session : undefined;
  terminal = await openTerminal(<App {...shopProps({ ...change, session }).props} />, { columns, rows });
  return terminal;
};

const running = looks.running as SessionLook;

/** A walk at its fifth check, whose results wait for predictions. */
const predictingAt = async (size: string, language: Language) => {
  const [columns = 80, rows = 24] = size.split('x').map(Number);
  const { session, show } = fakeSession(running);
  const { props } = shopProps({ language, session, predict: running.trail.length });
  terminal = await openTerminal(<App {...props} />, { columns, rows });
  return { drawn: terminal, show };
};

const frameOf = ({ lines, screen }: Terminal) => {
  for (const line of lines()) expect(cells(line)).toBeLessThanOrEqual(screen.cols);
  expect(lines().at(-1)).toBe('');
  return `${lines().join('\n')}\n`;
};

describe.each(languages)('frames in %s', (language) => {
  describe.each(sizes)('at %s', (size) => {
    it.each(['intake', 'preparing', 'running', 'reviewing', 'asking', 'judged', 'failed'])('%s', async (name) => {
      const drawn = await open(size, { language }, name === 'intake' ? undefined : name);
      await expect(frameOf(drawn)).toMatchFileSnapshot(`frames/${language}/${size}-${name}.txt`);
    });
  });

  it.each(sizes)('intake that has looked around at %s', async (size) => {
    const drawn = await open(size, { language, intake: knowingIntake() });
    await drawn.settled();
    await expect(frameOf(drawn)).toMatchFileSnapshot(`frames/${language}/${size}-looked.txt`);
  });

  it('earlier sessions to choose from', async () => {
    const drawn = await open('80x24', { language, intake: knowingIntake() });
    await drawn.press('\t', '\t', '\t');
    await expect(frameOf(drawn)).toMatchFileSnapshot(`frames/${language}/80x24-earlier.txt`);
  });

  it.each(['denied', 'paused', 'disagreeing', 'healthy', 'inconclusive'])('%s at 80x24', async (name) => {
    await expect(frameOf(await open('80x24', { language }, name))).toMatchFileSnapshot(
      `frames/${language}/80x24-${name}.txt`,
    );
  });

  it.each([
    ['help', '?'],
    ['why', 'w'],
    ['evidence', 'e'],
    ['tree', 't'],
    ['commands', 'v'],
    ['copy', 'y'],
    ['note', 'a'],
    ['palette', ':'],
    ['override', 'o'],
  ])('%s over a walk', async (name, key) => {
    const drawn = await open('80x24', { language }, 'reviewing');
    await drawn.press(key);
    await expect(frameOf(drawn)).toMatchFileSnapshot(`frames/${language}/80x24-over-${name}.txt`);
  });

  it.each(['80x24', '140x45'])('the rule that decides, as YAML, at %s', async (size) => {
    await expect(frameOf(await open(size, { language, catalog: policedCatalog }, 'policed'))).toMatchFileSnapshot(
      `frames/${language}/${size}-policed.txt`,
    );
  });

  it('the rule that decides among the evidence', async () => {
    const drawn = await open('80x24', { language, catalog: policedCatalog }, 'policed');
    await drawn.press('e');
    await expect(frameOf(drawn)).toMatchFileSnapshot(`frames/${language}/80x24-over-rule.txt`);
  });

  it.each(['80x24', '140x45'])('what speaks for each cause, over a verdict at %s', async (size) => {
    const drawn = await open(size, { language }, 'judged');
    await drawn.press('W');
    await expect(frameOf(drawn)).toMatchFileSnapshot(`frames/${language}/${size}-over-because.txt`);
  });

  it.each(['80x24', '140x45'])('what the verdict leaves open, at %s', async (size) => {
    const drawn = await open(size, { language, catalog: residualCatalog }, 'residual');
    await expect(frameOf(drawn)).toMatchFileSnapshot(`frames/${language}/${size}-residual.txt`);
  });

  it.each([
    ['80x24', 'running'],
    ['80x24', 'judged'],
    ['70x18', 'judged'],
    ['140x45', 'judged'],
  ])('the path of the packets over a screen of %s that is %s', async (size, name) => {
    const drawn = await open(size, { language }, name);
    await drawn.press(':', ...'path', '\r');
    await expect(frameOf(drawn)).toMatchFileSnapshot(`frames/${language}/${size}-path-${name}.txt`);
  });

  it.each(['80x24', '140x45'])('a result that waits for a prediction, at %s', async (size) => {
    const { drawn, show } = await predictingAt(size, language);
    show({ ...running, trail: [...running.trail, nothingListed], current: null, reviewing: true });
    await drawn.settled();
    await expect(frameOf(drawn)).toMatchFileSnapshot(`frames/${language}/${size}-predict-waits.txt`);
    await drawn.press('8');
    await expect(frameOf(drawn)).toMatchFileSnapshot(`frames/${language}/${size}-predict-shown.txt`);
  });

  it('a check that runs while it is predicted', async () => {
    const { drawn } = await predictingAt('80x24', language);
    await expect(frameOf(drawn)).toMatchFileSnapshot(`frames/${language}/80x24-predict-runs.txt`);
  });

  it('why not a cause', async () => {
    const drawn = await open('80x24', { language }, 'judged');
    await drawn.press(':', ...'why-not svc-17', '\r');
    await expect(frameOf(drawn)).toMatchFileSnapshot(`frames/${language}/80x24-over-why-not.txt`);
  });

  it('why not a candidate, by its number in the list', async () => {
    const named = await open('80x24', { language }, 'judged');
    await named.press(':', ...'why-not svc-01', '\r');
    const byName = frameOf(named);
    named.close();
    const drawn = await open('80x24', { language }, 'judged');
    await drawn.press(':', ...'why-not 1', '\r');
    expect(frameOf(drawn)).toBe(byName);
    expect(byName).toContain('SVC-01');
  });

  it('says that there is no candidate of such a number', async () => {
    const drawn = await open('80x24', { language }, 'judged');
    await drawn.press(':', ...'why-not 7', '\r');
    expect(frameOf(drawn)).toContain('why-not SVC-01');
    expect(frameOf(drawn)).not.toContain('   - ');
  });

  it('remedy over a verdict', async () => {
    const drawn = await open('80x24', { language }, 'judged');
    await drawn.press('1');
    await expect(frameOf(drawn)).toMatchFileSnapshot(`frames/${language}/80x24-over-remedy.txt`);
  });
});

it.each(['running', 'judged', 'asking'])('%s in one pane', async (name) => {
  await expect(frameOf(await open('70x18', {}, name))).toMatchFileSnapshot(`frames/en/70x18-${name}.txt`);
});

it('draws with ASCII where ambiguous characters are wide', async () => {
  const wide = { ascii: false, wide: 2, theme: 'cb-rg', motion: true } as const;
  expect(frameOf(await open('80x24', { appearance: wide }, 'running'))).toMatch(/^[\n\x20-\x7e]*$/);
});

it.each(['60x16', '80x24', '140x45'])('never cuts off what may happen to which cluster, at %s', async (size) => {
  const { header } = shopProps().props;
  const context = 'arn:aws:eks:eu-central-1:123456789012:cluster/a-very-long-name-for-a-shop-in-production-with-a-cart';
  const [first] = frameOf(
    await open(size, { header: { ...header, context, mode: 'replay', synthetic: true } }, 'running'),
  ).split('\n');
  expect(first).toContain('[PROD]');
  expect(first).toContain('READ-ONLY');
  expect(first).toContain('ctx arn');
});

it('draws with ASCII alone', async () => {
  const ascii = { ascii: true, wide: 1, theme: 'default', motion: false } as const;
  const text = frameOf(await open('80x24', { appearance: ascii }, 'running'));
  expect(text).toMatch(/^[\n\x20-\x7e]*$/);
  await expect(text).toMatchFileSnapshot('frames/en/80x24-ascii.txt');
});

it('draws the path of the packets with ASCII alone', async () => {
  const ascii = { ascii: true, wide: 1, theme: 'default', motion: false } as const;
  const drawn = await open('80x24', { appearance: ascii }, 'running');
  await drawn.press(':', ...'path', '\r');
  expect(frameOf(drawn)).toMatch(/^[\n\x20-\x7e]*$/);
  await expect(frameOf(drawn)).toMatchFileSnapshot('frames/en/80x24-ascii-path.txt');
});

it('uses no colour in mono', async () => {
  const mono = { ascii: false, wide: 1, theme: 'mono', motion: false } as const;
  const { written } = await open('80x24', { appearance: mono }, 'judged');
  // SGR 30-38 and 90-97 set a foreground, 40-48 a background.
  expect(written.join('')).not.toMatch(new RegExp(`${esc}\\[(?:\\d+;)*(?:3[0-8]|4[0-8]|9[0-7])[;m]`));
});

it('leaves nothing behind after a storm of resizes', async () => {
  const drawn = await open('140x45', {}, 'running');
  for (const [columns, rows] of [
    [59, 15],
    [200, 60],
    [60, 16],
    [100, 30],
    [80, 24],
  ] as const)
    await drawn.resize({ columns, rows });
  const after = drawn.text();
  drawn.close();
  expect(after).toBe((await open('80x24', {}, 'running')).text());
});
