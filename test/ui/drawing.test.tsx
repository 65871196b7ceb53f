import { describe, expect, it } from 'vitest';
import { App } from '../../src/app.js';
import { actions } from '../../src/ui/keys.js';
import { openTerminal } from '../support/terminal.js';
import { fakeSession, shopProps } from './fake-session.js';
import { down, esc, intake, up, walk } from './operator.js';
import { looks } from './shop.js';
import { shopCatalog } from './shop-catalog.js';
import { addressNotTried, now } from './shop-findings.js';

it.each(['1', 'q'])('leaves a screen that is too small with %s', async (key) => {
  const { press, did } = await walk('running', {}, { columns: 52, rows: 14 });
  await press(key);
  expect(did).toEqual([key === '1' ? 'line' : 'quit']);
});

describe('bursts and pastes', () => {
  it('reads keys that arrive together one by one', async () => {
    const { press, text } = await walk('running');
    await press('kk');
    expect(text()).toContain('3 The Service offers the port');
    expect(text()).toContain('meant: http 8080, admin');
  });

  it.each([
    ['bracketed', (text: string) => `${esc}[200~${text}${esc}[201~`],
    ['not bracketed', (text: string) => text],
  ])('confirms nothing when 5 kB are pasted, %s', async (_, wrap) => {
    const { press, sent, did, notes, calls, text } = await walk('asking');
    await press(wrap('y\rq1\rs\rp\n'.repeat(500)));
    expect({ sent, did, notes, calls }).toEqual({ sent: [], did: [], notes: [], calls: [] });
    expect(text()).toContain('pasted text is never read as commands');
  });

  it('takes pasted text into a field on one line', async () => {
    const { press, drafts, text } = await intake();
    await press('1', `${esc}[200~pod/shop/web\r\n${esc}[201~`);
    expect(drafts).toEqual([]);
    expect(text()).toContain('pod/shop/web');
  });
});

describe('a trail of ten thousand rows', () => {
  const long = {
    ...looks.running,
    trail: Array.from({ length: 10_000 }, (_, at) => ({ ...addressNotTried, node: `address-${at}` })),
  } as never;

  it('shows the end, and any other place within one key', async () => {
    const { show, press, text, settled } = await walk('running');
    show(long);
    await settled();
    expect(text()).toContain('10001 The Service has ready');
    await press('g');
    expect(text()).toContain(' 1 The Service address answers');
    await press(down, up, 'G');
    expect(text()).toContain('10001 The Service has ready');
    await press('v', 'G');
    expect(text()).toContain('10000 The Service address answers');
  });

  it('keeps its columns, however long the numbers are', async () => {
    const { show, text, settled } = await walk('running', {}, { columns: 140, rows: 45 });
    show(long);
    await settled();
    const lines = text().split('\n');
    const title = (number: string) =>
      lines.find((line) => line.includes(` ${number} The Service`))?.indexOf('The Service');
    expect(title('9999')).toBe(title('10000'));
  });

  it('names the numbers of a verdict apart from its sentences', async () => {
    const judged = looks.judged as NonNullable<(typeof looks)[string]>;
    const { show, text, settled } = await walk('judged');
    show({ ...judged, trail: [...(long as { trail: never[] }).trail, ...judged.trail] });
    await settled();
    expect(text()).toMatch(/#1000\d \S/);
    expect(text()).not.toMatch(/#1000\d[^\s,\d]/);
  });
});

it('removes what a terminal would obey from everything that is drawn', async () => {
  const evil = `cart${esc}]52;c;cHduZWQ=\u0007${esc}[2J\u009b31m\u202e\rgone`;
  const { show, written, settled, text } = await walk('running');
  const look = looks.reviewing as NonNullable<(typeof looks)[string]>;
  written.length = 0;
  show({
    ...look,
    trail: look.trail.map((item) => ({
      ...item,
      outcome: 'matched',
      check: 'service-selects-pods',
      facts: { selector: evil, total: evil },
    })),
  });
  await settled();
  expect(text()).toContain('<U+202E>');
  expect(written.join('')).not.toMatch(/\u001b\]52|\u0007|\u009b|\u202e/);
});

it('gives each key to one action; 7 to 9 answer a prediction before they choose', () => {
  const pairs = actions.flatMap(({ id, keys }) => keys.map((key) => [key, id] as const));
  const meant = Map.groupBy(pairs, ([key]) => key);
  const shared = [...meant]
    .filter(([, uses]) => uses.length > 1)
    .map(([key, uses]) => [key, ...uses.map(([, id]) => id)]);
  expect(shared).toEqual(['7', '8', '9'].map((key) => [key, 'guess', 'choose']));
});

it('draws the catalog as it is', async () => {
  const { find } = await import('../../src/catalog/find.js');
  const { load } = await import('../../src/catalog/load.js');
  const { catalog } = load(await find());
  const book = Object.values(catalog.runbooks)[0];
  if (!book) throw new Error('there is no runbook');
  const node = Object.entries(book.nodes).find(([, item]) => 'step' in item);
  const check = node && 'step' in node[1] ? node[1].step : '';
  const look = {
    ...(looks.running as NonNullable<(typeof looks)[string]>),
    runbook: book,
    trail: [],
    flights: [],
    current: { node: node?.[0] ?? '', check, run: 1, startedAt: now, limitMs: 10_000 },
  };
  for (const language of ['en', 'zh-CN'] as const) {
    const { props } = shopProps({
      catalog: { ...catalog, phrases: { ...catalog.phrases, ...shopCatalog.phrases } },
      language,
      session: fakeSession(look).session,
    });
    const drawn = await openTerminal(<App {...props} />);
    for (const key of ['w', 't', 'v', '?']) {
      await drawn.press(key);
      expect(drawn.text()).not.toMatch(/\b(?:ui|report)\.[a-z-]+/);
    }
    drawn.close();
  }
});
