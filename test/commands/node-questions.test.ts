import { describe, expect, it } from 'vitest';
import { openCatalog } from '../../src/commands/books.js';
import { nodeQuestions } from '../../src/commands/node-questions.js';
import type { Question } from '../../src/machines/questions.js';
import type { ShownKey } from '../../src/ports/ssh/strangers.js';

const catalog = await openCatalog([], process.cwd());
const shown: ShownKey = {
  ...{ name: 'till-1', host: '192.0.2.7', port: 22, type: 'ssh-ed25519', fingerprint: 'SHA256:abc', key: 'AAAA' },
  annotations: [],
};

const asking = (answer: string | undefined) => {
  const asked: Question[] = [];
  const questions = nodeQuestions(catalog, async (question) => {
    asked.push(question);
    return answer;
  });
  return { asked, ...questions };
};

describe('a host key that nobody knows', () => {
  it.each([
    ['no', 'no'],
    ['once', 'once'],
    ['remember', 'remember'],
    [undefined, 'no'],
  ])('%s', async (answer, trusting) => {
    expect(await asking(answer).askHostKey?.(shown, { remember: true })).toBe(trusting);
  });

  it('is shown with its fingerprint in both languages, and Enter means no', async () => {
    const { asked, askHostKey } = asking('no');
    await askHostKey?.(shown, { remember: false });
    expect(asked[0]?.about).toBe('host key of till-1: ssh-ed25519 SHA256:abc');
    const [first] = asked;
    const { ask, answers } = first?.question ?? { ask: {}, answers: {} };
    for (const words of Object.values(ask)) expect(words).toMatch(/192\.0\.2\.7.*ssh-ed25519 SHA256:abc/);
    expect(Object.keys(answers)).toEqual(['no', 'once']);
    expect(JSON.stringify(asked)).not.toMatch(/\{[a-z]+\}|ui\./);
  });

  it.each([
    ['agrees', true, /till\.example\/print of the Node says the same/],
    ['names another', false, /but the annotation till\.example\/print of the Node names another/],
  ])('says so where an annotation of the Node %s', async (_, isSame, words) => {
    const { asked, askHostKey } = asking('no');
    await askHostKey?.({ ...shown, annotations: [{ name: 'till.example/print', isSame }] }, { remember: true });
    expect(asked[0]?.question.ask.en).toMatch(words);
  });
});

it('asks before a Pod is made on a node, with all that it is', async () => {
  const about = { namespace: 'shop', name: 'net-triage-a', node: 'till-1', image: 'busybox:1' };
  const { asked, consent } = asking('yes');
  expect(await consent?.(about)).toBe(true);
  expect(asked[0]?.question.typed).toEqual({ answer: 'yes', name: 'till-1' });
  expect(asked[0]?.question.ask.en).toMatch(/till-1.*busybox:1.*shop\/net-triage-a.*rights of root/);
  expect(JSON.stringify(asked)).not.toMatch(/\{[a-z]+\}|ui\./);
  expect(await asking(undefined).consent?.(about)).toBe(false);
});
