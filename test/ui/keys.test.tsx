import { describe, expect, it } from 'vitest';
import { ctrl, enter, esc, intake, walk } from './operator.js';
import { goingOnCatalog, residualCatalog } from './shop-catalog.js';
import { now } from './shop-findings.js';

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
    ['preparing', 'W', 'no check has answered yet'],
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

it('m goes on with the runbook for what the verdict leaves open', async () => {
  const open = await walk('residual', { catalog: goingOnCatalog });
  expect(open.text()).toContain('m  net-triage run names-fail');
  await open.press('m');
  expect(open.did).toEqual(['go on names-fail']);
});

it('m copies the command that goes on where no runbook does', async () => {
  const open = await walk('residual', { catalog: residualCatalog });
  await open.press('m');
  expect(open.did).toEqual([
    'copy net-triage check service-address-answers --context prod-eu-1 --from pod/shop/web-7d9f --to svc/shop/cart:8080 --level observe',
  ]);
  const whole = await walk('judged');
  await whole.press('m');
  expect(whole.did).toEqual([]);
  expect(whole.text()).toContain('nothing is left');
});

describe('overlays', () => {
  it.each([
    ['?', 'Help: what the keys do here'],
    ['w', 'Why this check'],
    ['W', 'Why these causes'],
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

  it('warns of a dangerous repair while it is typed into a note, and keeps the note', async () => {
    const { press, notes, text } = await walk('running');
    await press('a', 'ran iptables -L');
    expect(text()).not.toContain('Careful');
    await press('; conntrack -F');
    expect(text()).toContain('Careful: All tracked connections of the node are forgotten');
    await press(enter);
    expect(notes).toEqual(['ran iptables -L; conntrack -F']);
    expect(text()).toContain('with the warning');
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
