import { afterEach, describe, expect, it } from 'vitest';
import { App } from '../../src/app.js';
import type { SessionLook } from '../../src/machines/look.js';
import { consentQuestion } from '../../src/ui/consent-question.js';
import type { AppProps } from '../../src/ui/props.js';
import { openTerminal, type Terminal } from '../support/terminal.js';
import { fakeSession, shopProps } from './fake-session.js';
import { looks, shopCatalog } from './shop.js';

let terminal: Terminal | undefined;
afterEach(() => terminal?.close());

const opened = async (look: SessionLook, change: Partial<AppProps> = {}) => {
  const faked = fakeSession(look);
  const { props, did } = shopProps({ ...change, session: faked.session });
  terminal = await openTerminal(<App {...props} />, { columns: 100, rows: 30 });
  return { ...faked, did, terminal };
};
const text = (from: Terminal) => from.lines().join('\n');

const asking = looks.asking as SessionLook;
const check = Object.keys(shopCatalog.steps)[0] ?? '';
const wanted: SessionLook = {
  ...asking,
  asking: { node: asking.asking?.node ?? '', question: consentQuestion(shopCatalog, check) },
};

describe('the question before a capture', () => {
  it('says what will be done, and marks "no"', async () => {
    const { terminal: drawn } = await opened(wanted);
    expect(text(drawn)).toContain('headers of opened and refused');
    expect(text(drawn)).toMatch(/1 +No, go on without it/);
    expect(text(drawn)).toMatch(/2 +Yes, capture/);
  });

  it.each([
    ['\r', 'no'],
    ['1', 'no'],
    ['2', 'yes'],
  ])('takes the key %j for %s', async (key, answer) => {
    const { terminal: drawn, sent } = await opened(wanted);
    await drawn.press(key);
    expect(sent).toContainEqual({ type: 'ANSWER', answer });
  });
});

describe('the key that collects from nodes', () => {
  const running = looks.running as SessionLook;
  const header = { ...shopProps({}).props.header, level: 'node' as const };
  const withCollect = (collect: AppProps['actions']['collect']) => ({
    header,
    actions: { ...shopProps({}).props.actions, ...(collect ? { collect } : {}) },
  });

  it('tells what it kept', async () => {
    const collect = async () => ({ nodes: ['node-a', 'node-b'], outputs: 48 });
    const { terminal: drawn } = await opened(running, withCollect(collect));
    await drawn.press('C');
    await drawn.settled();
    expect(text(drawn)).toContain('collected from node-a, node-b: 48 outputs');
  });

  it('tells why it kept nothing', async () => {
    const collect = () => Promise.reject(new Error('nobody may enter'));
    const { terminal: drawn } = await opened(running, withCollect(collect));
    await drawn.press('C');
    await drawn.settled();
    expect(text(drawn)).toContain('not collected: nobody may enter');
  });

  it('is off below its level, with the reason', async () => {
    const asked: string[] = [];
    const collect = async () => ({ nodes: [], outputs: asked.push('collect') });
    const { actions } = withCollect(collect);
    const { terminal: drawn } = await opened(running, { actions });
    await drawn.press('C');
    expect(text(drawn)).toContain('the level does not allow nodes');
    expect(asked).toEqual([]);
  });
});
