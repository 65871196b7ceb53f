import { afterEach, describe, expect, it } from 'vitest';
import { App } from '../../src/app.js';
import type { FirstLook } from '../../src/ui/first-look.js';
import { actions } from '../../src/ui/keys.js';
import type { AppProps, Draft, Intake } from '../../src/ui/props.js';
import { openTerminal, type Terminal, type TerminalSize } from '../support/terminal.js';
import { fakeSession, knowingIntake, shopProps } from './fake-session.js';
import { addressNotTried, firstLook, looks, now, shopCatalog } from './shop.js';

const esc = '\u001b';
const enter = '\r';
const ctrl = (letter: string) => String.fromCharCode(letter.charCodeAt(0) - 96);
const up = `${esc}[A`;
const down = `${esc}[B`;

let terminal: Terminal | undefined;
afterEach(() => terminal?.close());

const walk = async (name: string, change: Partial<AppProps> = {}, size?: TerminalSize) => {
  const look = looks[name];
  if (!look) throw new Error(`there is no look ${name}`);
  const fake = fakeSession(look);
  const { props, did } = shopProps({ ...change, session: fake.session });
  terminal = await openTerminal(<App {...props} />, size);
  return { ...terminal, ...fake, did };
};

const intake = async (change: Partial<AppProps> = {}) => {
  const drafts: Draft[] = [];
  const fake = fakeSession(looks.running as never);
  const { props, did } = shopProps({
    intake: {
      draft: { from: '', to: '', symptom: '' },
      start: (draft) => {
        drafts.push(draft);
        return fake.session;
      },
    },
    ...change,
  });
  terminal = await openTerminal(<App {...props} />);
  return { ...terminal, ...fake, did, drafts };
};

describe('a key of the walk is an event for the session', () => {
  it.each([
    ['running', 'p', { type: 'PAUSE' }],
    ['paused', 'p', { type: 'RESUME' }],
    ['running', 's', { type: 'SKIP' }],
    ['reviewing', 'r', { type: 'RERUN' }],
    ['reviewing', 'b', { type: 'BACK' }],
    ['reviewing', enter, { type: 'NEXT' }],
    ['asking', '2', { type: 'ANSWER', answer: 'no' }],
    ['asking', enter, { type: 'ANSWER', answer: 'yes' }],
    ['asking', 's', { type: 'SKIP' }],
    ['running', 'u', { type: 'SKIP' }],
    ['asking', 'u', { type: 'SKIP' }],
    ['reviewing', 'u', { type: 'OVERRIDE', outcome: 'otherwise', reason: 'unsure' }],
    ['running', ctrl('c'), { type: 'SKIP' }],
  ])('%s: %j', async (look, key, event) => {
    const { press, sent } = await walk(look);
    await press(key);
    expect(sent).toEqual([event]);
  });
});

describe('a key that is off says why', () => {
  it.each([
    ['running', 'o', 'no result waits'],
    ['judged', 'f', 'nothing is changed'],
    ['preparing', 'p', 'not under way'],
    ['preparing', 'w', 'no check to look at'],
    ['reviewing', 's', 'no check runs now'],
    ['running', enter, 'nothing waits for an answer'],
  ])('%s: %j', async (look, key, reason) => {
    const { press, sent, text } = await walk(look);
    await press(key);
    expect(text()).toContain(reason);
    expect(sent).toEqual([]);
  });
});

describe('overlays', () => {
  it.each([
    ['?', 'Help: what the keys do here'],
    ['w', 'Why this check'],
    ['e', 'Evidence'],
    ['t', 'Decision tree'],
    ['v', 'Everything that was run'],
    ['y', 'What to copy'],
    ['a', 'Enter keeps it in the timeline'],
    [':', 'Commands'],
  ])('%s opens, Esc closes', async (key, title) => {
    const { press, text, did } = await walk('reviewing');
    const before = text();
    await press(key);
    expect(text()).toContain(title);
    await press(esc);
    expect(text()).toBe(before);
    expect(did).toEqual([]);
  });

  it('understands full-width keys of an input method', async () => {
    const { press, text } = await walk('running');
    await press('\uff1f');
    expect(text()).toContain('Help: what the keys do here');
    await press(esc, '\u3001', '\uff30\uff4f\uff44');
    expect(text()).toContain(' / ');
    expect(text()).toContain('Pod');
  });

  it('filters the help by words', async () => {
    const { press, text } = await walk('running');
    await press('?', '/', 'timeline', enter);
    expect(text()).toContain('a note for the timeline');
    expect(text()).not.toContain('one page up');
  });

  it('keeps a note in any language as it was typed', async () => {
    const { press, notes } = await walk('running');
    await press('a', '\u8ba2\u5355\u5931\u8d25\uff1f', enter);
    expect(notes).toEqual(['\u8ba2\u5355\u5931\u8d25\uff1f']);
  });

  it('overrides only with a reason', async () => {
    const { press, sent, text } = await walk('reviewing');
    await press('o', '2', enter);
    expect(sent).toEqual([]);
    expect(text()).toContain('A reason is required');
    await press('seen by hand', enter);
    expect(sent).toEqual([{ type: 'OVERRIDE', outcome: 'some-not-ready', reason: 'seen by hand' }]);
  });

  it('finds an action by words it does not start with', async () => {
    const { press, sent } = await walk('running');
    await press(':', 'pause', enter);
    expect(sent).toEqual([{ type: 'PAUSE' }]);
  });

  it('switches the pace and stops from the palette', async () => {
    const { press, sent, calls } = await walk('running');
    await press(':', 'pace', enter, ':', 'stop', enter);
    expect(sent).toEqual([{ type: 'PACE', pace: 'step' }]);
    expect(calls).toEqual(['stop']);
  });

  it('copies the line by hand, whole', async () => {
    const { press, did, text } = await walk('running');
    await press('c');
    expect(did).toEqual([
      'copy kubectl --context prod-eu-1 -n shop get endpointslices -l kubernetes.io/service-name=cart -o yaml',
    ]);
    expect(text()).toContain('sent to the clipboard');
  });

  it('copies a summary of six lines', async () => {
    const { press, did } = await walk('judged');
    await press('y', '1');
    expect(did[0]?.split('\n')).toHaveLength(6);
    expect(did[0]).toContain('SVC-01');
  });
});

describe('leaving', () => {
  it('quits with q, and with 130 on the second Ctrl-C', async () => {
    const { press, did, sent } = await walk('running');
    await press('q', ctrl('c'), ctrl('c'));
    expect(did).toEqual(['quit', 'quit 130']);
    expect(sent).toEqual([{ type: 'SKIP' }]);
  });

  it('forgets the first Ctrl-C after two seconds', async () => {
    let time = now;
    const { press, did } = await walk('running', { now: () => time });
    await press(ctrl('c'));
    time += 2001;
    await press(ctrl('c'));
    expect(did).toEqual([]);
  });

  it('never quits with Esc', async () => {
    const { press, did } = await walk('running');
    await press(esc, esc);
    expect(did).toEqual([]);
  });

  it('draws again with Ctrl-L, and says that it cannot suspend', async () => {
    const { press, text } = await walk('running');
    const before = text();
    await press(ctrl('l'));
    expect(text()).toBe(before);
    await press(ctrl('z'));
    expect(text()).toContain('cannot suspend');
  });
});

describe('without letters', () => {
  it('reaches the buttons with Tab and does them with Enter', async () => {
    const { press, sent } = await walk('running');
    await press('\t', '\t', enter);
    expect(sent).toEqual([{ type: 'PAUSE' }]);
  });

  it('reaches every action of the palette with Tab, arrows and Enter', async () => {
    const { press, text } = await walk('running');
    // Backwards from the first button: quit, help.
    await press(`${esc}[Z`, `${esc}[Z`, enter);
    expect(text()).toContain('Help: what the keys do here');
  });

  it('fills in the intake with digits, Tab and Enter', async () => {
    const { press, drafts, text } = await intake();
    await press('1', 'pod/shop/web', enter, 'svc/shop/cart:80', enter);
    expect(drafts).toEqual([{ from: 'pod/shop/web', to: 'svc/shop/cart:80', symptom: 'service-unreachable' }]);
    expect(text()).toContain('check 5 of about');
  });
});

describe('the intake', () => {
  it('says why a symptom without a runbook cannot be chosen', async () => {
    const { press, drafts, text } = await intake();
    await press('2');
    expect(text()).toContain('! no runbook for it yet');
    expect(drafts).toEqual([]);
  });

  it('keeps what was typed when the session cannot start', async () => {
    const { press, text } = await intake({
      intake: {
        draft: { from: 'pod/shop/web', to: 'svc/shop/card', symptom: '' },
        start: () => 'There is no Service shop/card.',
      },
    });
    await press('1');
    expect(text()).toContain('! There is no Service shop/card.');
    expect(text()).toContain('svc/shop/card');
  });

  it('leaves the symptom open when the operator does not know', async () => {
    const { press, drafts } = await intake();
    await press('9', 'pod/shop/web\tsvc/shop/cart', enter);
    expect(drafts).toEqual([{ from: 'pod/shop/web', to: 'svc/shop/cart', symptom: '' }]);
  });

  it('puts the cursor where the next character goes, in cells', async () => {
    const { press, screen } = await intake();
    await press('1', '\u8d2d\u7269\u8f66');
    const { cursorX, cursorY } = screen.buffer.active;
    expect(screen.buffer.active.getLine(cursorY)?.translateToString(true)).toContain('\u8d2d\u7269\u8f66');
    expect(cursorX).toBe(3 + 8 + 6);
  });

  it('goes back to the two ends after a session that failed', async () => {
    const { press, text } = await walk('failed', {
      intake: { draft: { from: 'pod/shop/web', to: 'svc/shop/cart', symptom: '' }, start: () => '' },
    });
    await press('b');
    expect(text()).toContain('What is broken?');
    expect(text()).toContain('pod/shop/web');
  });
});

describe('what the intake finds out by itself', () => {
  const looking = async (change: Partial<Intake> = {}, size?: TerminalSize) => {
    const { props, did } = shopProps({ intake: knowingIntake(change) });
    terminal = await openTerminal(<App {...props} />, size);
    return { ...terminal, did };
  };

  it('does not look before the first frame', async () => {
    const { promise, resolve } = Promise.withResolvers<FirstLook>();
    const { settled, written, text } = await looking({ sweep: () => promise });
    await settled();
    expect(written.join('')).toContain('Nothing has been asked of the cluster yet.');
    expect(text()).toContain('read-only sweep ...');
    resolve(firstLook);
    await promise;
    await settled();
    expect(text()).toContain('0 of 3 endpoints ready');
  });

  it('says why it could not look, and asks all the same', async () => {
    const { settled, text } = await looking({ sweep: () => Promise.reject(new Error('The API server is away.')) });
    await settled();
    expect(text()).toContain('The API server is away.');
    expect(text()).toContain('What is broken?');
  });

  it.each([
    ['chosen with Tab and Enter', ['\t', '\t', '\t', enter]],
    ['chosen by its digit', ['\t', '\t', '\t', '1']],
    ['named in the palette', [':', 'resume 1', enter]],
    ['the newest where no number is named', [':', 'resume', enter]],
  ])('goes on with an earlier session: %s', async (_, keys) => {
    const { settled, press, did } = await looking();
    await settled();
    await press(...keys);
    expect(did).toEqual(['resume 20261120T002100Z-dns']);
  });

  it('does not go on with a session that has its verdict', async () => {
    const { settled, press, did, text } = await looking();
    await settled();
    await press(':', 'resume 2', enter);
    expect(did).toEqual([]);
    expect(text()).toContain('it has ended');
  });

  it('does not look again over a session that runs', async () => {
    let looks = 0;
    const sweep = async () => {
      looks += 1;
      return firstLook;
    };
    const { settled } = await walk('running', { intake: knowingIntake({ sweep }) });
    await settled();
    expect(looks).toBe(0);
  });
});

describe('panels', () => {
  it('moves with h and l, and scrolls the panel in use', async () => {
    const { press, text } = await walk('reviewing');
    const before = text();
    await press('l', 'G');
    expect(text()).not.toContain('5 The Service has ready endpoints  ');
    expect(text()).toContain('Further reading');
    await press('h');
    expect(text()).toBe(before);
  });

  it('gives the panel in use more room', async () => {
    const { press, lines } = await walk('running');
    const barAt = () => lines()[5]?.indexOf('\u2502') ?? 0;
    const before = barAt();
    await press('+');
    expect(barAt()).toBeGreaterThan(before);
    await press('_', '_');
    expect(barAt()).toBeLessThan(before);
  });

  it('goes to a row of the trail by its digit', async () => {
    const { press, text } = await walk('running');
    await press('3');
    expect(text()).toContain('meant: http 8080, admin');
  });
});

describe('words in a long text', () => {
  it('goes from match to match, and round the end', async () => {
    const { press, text } = await walk('reviewing');
    await press('t', '/', 'the service', enter);
    const first = text();
    await press('n');
    await press('N');
    expect(text()).toBe(first);
  });

  it('says when there is no match', async () => {
    const { press, text } = await walk('reviewing');
    await press('w', '/', 'zeppelin', enter);
    expect(text()).toContain('the words are nowhere in it');
  });

  it('is off while nothing is looked for', async () => {
    const { press, text } = await walk('reviewing');
    await press('n');
    expect(text()).toContain('type / first');
  });
});

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

it('lists each key of a screen once', () => {
  const keys = actions.flatMap((action) => action.keys);
  expect(keys).toHaveLength(new Set(keys).size);
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
