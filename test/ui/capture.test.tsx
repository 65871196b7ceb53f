import { afterEach, describe, expect, it } from 'vitest';
import { App } from '../../src/app.js';
import { nodeQuestions } from '../../src/commands/node-questions.js';
import type { SessionLook } from '../../src/machines/look.js';
import type { Question } from '../../src/machines/questions.js';
import type { ShownKey } from '../../src/ports/ssh/strangers.js';
import { consentQuestion } from '../../src/ui/consent-question.js';
import type { AppProps } from '../../src/ui/props.js';
import { openTerminal, type Terminal } from '../support/terminal.js';
import { fakeSession, shopProps } from './fake-session.js';
import { looks } from './shop.js';
import { shopCatalog } from './shop-catalog.js';

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
  asking: { node: asking.asking?.node ?? '', question: consentQuestion(shopCatalog, check, 60) },
};

describe('the question before a capture', () => {
  it('says what will be done, and marks "no"', async () => {
    const { terminal: drawn } = await opened(wanted);
    expect(text(drawn)).toContain('headers of opened and refused');
    expect(text(drawn)).toMatch(/1 +No, go on without it/);
    expect(text(drawn)).toMatch(/2 +Yes, go ahead/);
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

describe('the question about a host key', () => {
  const shown: ShownKey = {
    ...{ name: 'till-1', host: '192.0.2.7', port: 22, type: 'ssh-ed25519', fingerprint: 'SHA256:abc', key: 'AAAA' },
    annotations: [],
  };
  const askedFor = async () => {
    const { promise, resolve } = Promise.withResolvers<Question>();
    const { askHostKey } = nodeQuestions(shopCatalog, async (question) => {
      resolve(question);
      return undefined;
    });
    await askHostKey?.(shown, { remember: true });
    return promise;
  };

  it.each([
    ['\r', 'no'],
    ['2', 'once'],
    ['3', 'remember'],
  ])('shows the fingerprint, and takes the key %j for %s', async (key, answer) => {
    const { about, question } = await askedFor();
    const { terminal: drawn, sent } = await opened({ ...asking, asking: { node: about, question } });
    expect(text(drawn).replaceAll(/\s+/g, ' ')).toContain('shows the host key ssh-ed25519 SHA256:abc');
    expect(text(drawn)).toMatch(/3 +Yes, and remember it/);
    await drawn.press(key);
    expect(sent).toContainEqual({ type: 'ANSWER', answer });
  });
});

describe('the question before a Pod on a node', () => {
  const askedFor = async () => {
    const { promise, resolve } = Promise.withResolvers<Question>();
    const { consent } = nodeQuestions(shopCatalog, async (question) => {
      resolve(question);
      return undefined;
    });
    await consent?.({ namespace: 'shop', name: 'net-triage-a', node: 'till-1', image: 'busybox:1' });
    const { about, question } = await promise;
    return opened({ ...asking, asking: { node: about, question } });
  };

  it('takes Enter for no', async () => {
    const { terminal: drawn, sent } = await askedFor();
    await drawn.press('\r');
    expect(sent).toEqual([{ type: 'ANSWER', answer: 'no' }]);
  });

  it('takes the name of the node for yes, and nothing less', async () => {
    const { terminal: drawn, sent } = await askedFor();
    await drawn.press('2');
    expect(text(drawn)).toContain('Type the name till-1');
    await drawn.press('\r');
    expect(text(drawn)).toContain('That is not the name. Nothing was made.');
    await drawn.press(...'till-2', '\r');
    expect(sent).toEqual([]);
    await drawn.press('\u007f', '1', '\r');
    expect(sent).toEqual([{ type: 'ANSWER', answer: 'typed till-1' }]);
    expect(text(drawn)).not.toContain('Type the name');
  });

  it('makes nothing when somebody leaves it', async () => {
    const { terminal: drawn, sent } = await askedFor();
    await drawn.press('2', 't', '\u001b');
    expect(text(drawn)).not.toContain('Type the name');
    expect(sent).toEqual([]);
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
