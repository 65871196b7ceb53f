import { describe, expect, it } from 'vitest';
import { App } from '../../src/app.js';
import type { FirstLook } from '../../src/ui/first-look.js';
import type { AppProps, Draft, Intake } from '../../src/ui/props.js';
import type { TerminalSize } from '../support/terminal.js';
import { knowingIntake, shopProps } from './fake-session.js';
import { enter, esc, intake, opened, walk } from './operator.js';
import { firstLook } from './shop-findings.js';

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

  const said = 'curl: (6) Could not resolve host: cart';
  const reader = (): Partial<AppProps> & { drafts: Draft[] } => {
    const drafts: Draft[] = [];
    const start = (draft: Draft) => {
      drafts.push(draft);
      return 'Not tonight.';
    };
    const read: Intake['read'] = (error, draft) => ({
      draft: { ...draft, to: 'host/cart', symptom: 'dns-fails', error },
      told: 'The error says "Could not resolve host": dns-fails.',
    });
    return { drafts, intake: { draft: { from: '', to: '', symptom: '' }, start, read } };
  };

  it('reads a pasted error, and shows what it says before anything starts', async () => {
    const { drafts, ...change } = reader();
    const { press, text } = await intake(change);
    await press('8', said, enter);
    expect(text()).toContain('+ The error says "Could not resolve host": dns-fails.');
    expect(text()).toContain('host/cart');
    expect(drafts).toEqual([]);
    await press('pod/shop/web', enter);
    expect(drafts).toEqual([{ from: 'pod/shop/web', to: 'host/cart', symptom: 'dns-fails', error: said }]);
  });

  it('takes the symptom that is chosen after an error was read', async () => {
    const { drafts, ...change } = reader();
    const { press } = await intake(change);
    await press('8', said, enter, 'pod/shop/web', esc, '1', enter);
    expect(drafts).toEqual([{ from: 'pod/shop/web', to: 'host/cart', symptom: 'service-unreachable' }]);
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
    return { ...(await opened(<App {...props} />, size)), did };
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
