import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { narrate, nothingTold } from '../../src/ui/line/narrate.js';
import { type LineProps, runLineMode } from '../../src/ui/line/run-line-mode.js';
import type { Draft } from '../../src/ui/props.js';
import { speaker } from '../../src/ui/say.js';
import { initialState } from '../../src/ui/state.js';
import type { View } from '../../src/ui/view.js';
import { fakeSession, shopProps } from './fake-session.js';
import { looks } from './shop.js';
import { goingOnCatalog, shopCatalog } from './shop-catalog.js';
import { nothingSelected, now } from './shop-findings.js';

const lookOf = (name: string) => looks[name] ?? (looks.running as never);

let input = new PassThrough();
afterEach(() => input.end());

/** Answers each prompt, a text that ends in a colon, with the next line. */
const talk = async (answers: readonly string[], change: Partial<LineProps> = {}) => {
  input = new PassThrough();
  const output = new PassThrough({ encoding: 'utf8' });
  const rest = [...answers];
  let text = '';
  output.on('data', (chunk: string) => {
    text += chunk;
    if (!chunk.endsWith(': ')) return;
    const next = rest.shift();
    if (next === undefined) input.end();
    else input.write(`${next}\n`);
  });
  const code = await runLineMode({ ...shopProps().props, input, output, ...change });
  return { text, code, rest };
};

describe('line mode', () => {
  it('tells the walk and the verdict without ever moving the cursor', async () => {
    const { session } = fakeSession(lookOf('judged'));
    const { text } = await talk(['4', '2', '1'], { session });
    expect(text).toMatch(/^[^\u001b\r]*$/);
    await expect(text).toMatchFileSnapshot('frames/en/line-judged.txt');
  });

  it('tells it in Chinese', async () => {
    const { session } = fakeSession(lookOf('judged'));
    const { text } = await talk([''], { session, language: 'zh-CN' });
    await expect(text).toMatchFileSnapshot('frames/zh-CN/line-judged.txt');
  });

  it('goes on with what the verdict leaves open, where a runbook does', async () => {
    const { session } = fakeSession(lookOf('residual'));
    const books: string[] = [];
    const actions = { ...shopProps().props.actions, goOn: (runbook: string) => void books.push(runbook) };
    const { text } = await talk(['6'], { session, catalog: goingOnCatalog, actions });
    expect(text).toContain('6 go on with what is left: names-fail');
    expect(books).toEqual(['names-fail']);
    const whole = await talk(['1'], { session: fakeSession(lookOf('judged')).session, actions });
    expect(whole.text).not.toContain('go on with what is left');
  });

  it('asks for the symptom and the two ends, and starts with them', async () => {
    const drafts: Draft[] = [];
    const { session } = fakeSession(lookOf('judged'));
    const start = (draft: Draft) => {
      drafts.push(draft);
      return draft.to === 'svc/shop/card' ? 'There is no Service shop/card.' : session;
    };
    const { text } = await talk(['7', '', 'pod/shop/web', 'svc/shop/card', '', 'svc/shop/cart', ''], {
      intake: { draft: { from: '', to: '', symptom: '' }, start },
    });
    expect(text).toContain('That is not one of the numbers.');
    expect(text).toContain('There is no Service shop/card.');
    expect(text).toContain('A DNS name does not resolve: no runbook for it yet');
    expect(drafts.at(-1)).toEqual({ from: 'pod/shop/web', to: 'svc/shop/cart', symptom: 'service-unreachable' });
  });

  it('offers what can be done with a result, the default first', async () => {
    const fake = fakeSession(lookOf('reviewing'));
    const { text } = await talk(['3', '2', '1', 'seen by hand'], { session: fake.session });
    expect(text).toContain('1 continue (default)');
    expect(text).toContain('Why: A Service without a ready endpoint cannot answer');
    expect(fake.sent).toEqual([{ type: 'OVERRIDE', outcome: 'ready', reason: 'seen by hand' }]);
  });

  it('answers a question of the runbook by its number', async () => {
    const fake = fakeSession(lookOf('asking'));
    await talk(['\uff13'], { session: fake.session });
    expect(fake.sent).toEqual([{ type: 'ANSWER', answer: 'no' }]);
  });

  it('takes the name of the node for a yes that wants one', async () => {
    const look = lookOf('asking');
    const question = { ...look.asking?.question, typed: { answer: 'yes', name: 'node-b' } } as never;
    const fake = fakeSession({ ...look, asking: { node: 'node pod', question } });
    const { text } = await talk(['2', 'node-a', '2', 'node-b'], { session: fake.session });
    expect(text).toContain('Type the name node-b');
    expect(text.split('That is not the name. Nothing was made.')).toHaveLength(2);
    expect(fake.sent[0]).toEqual({ type: 'ANSWER', answer: 'typed node-b' });
  });

  it('leaves when nobody can answer any more', async () => {
    const { code } = await talk([], { session: fakeSession(lookOf('asking')).session });
    expect(code).toBeUndefined();
  });

  it('says why a session could not begin', async () => {
    const { text } = await talk([], { session: fakeSession(lookOf('failed')).session });
    expect(text).toContain('The API server at 192.0.2.10:6443 does not answer');
  });

  it('pauses, skips and leaves while a check runs, and drops everything else', async () => {
    const fake = fakeSession(lookOf('running'));
    input = new PassThrough();
    const output = new PassThrough({ encoding: 'utf8' });
    const ended = runLineMode({ ...shopProps({ session: fake.session }).props, input, output });
    input.write('1\np\ns\nq\n');
    await ended;
    expect(fake.sent).toEqual([{ type: 'PAUSE' }, { type: 'SKIP' }]);
  });
});

describe('what is told', () => {
  const view = (name: string, at: number): View => ({
    ...shopProps().props,
    say: speaker(shopCatalog.phrases, 'en'),
    look: lookOf(name),
    ui: initialState({ draft: { from: '', to: '', symptom: '' } }),
    size: { columns: 80, rows: 24 },
    now: at,
  });

  it('tells each result and each start once', () => {
    const first = narrate(view('running', now), nothingTold);
    expect(first.lines.at(-1)).toBe('Check 5: The Service has ready endpoints. Started 02:15:39Z. Limit 10.0 s.');
    expect(first.lines).toHaveLength(5);
    expect(narrate(view('running', now + 500), first.told).lines).toEqual([]);
    expect(narrate(view('reviewing', now + 600), first.told).lines).toEqual([
      'Result 5: FAIL. The slices of the Service cart list no endpoint.',
    ]);
  });

  it('says at most every ten seconds that a check still runs', () => {
    const { told } = narrate(view('running', now), nothingTold);
    const later = [5, 9.9, 10, 12, 19.9, 20].reduce<{ told: typeof told; lines: string[] }>(
      (all, seconds) => {
        const next = narrate(view('running', now + seconds * 1000), all.told);
        return { told: next.told, lines: [...all.lines, ...next.lines] };
      },
      { told, lines: [] },
    );
    expect(later.lines).toEqual(['Still working, 11.3 s of 10.0 s.', 'Still working, 21.3 s of 10.0 s.']);
  });

  it('counts on when findings come together', () => {
    const { told } = narrate(view('running', now), nothingTold);
    const both = view('judged', now);
    expect(narrate(both, told).lines).toHaveLength(2);
    expect(both.look?.trail.at(-1)).toBe(nothingSelected);
  });
});
