import { onTestFinished } from 'vitest';
import { App } from '../../src/app.js';
import type { AppProps, Draft } from '../../src/ui/props.js';
import { openTerminal, type TerminalSize } from '../support/terminal.js';
import { fakeSession, shopProps } from './fake-session.js';
import { looks } from './shop.js';

export const esc = '\u001b';
export const enter = '\r';
export const ctrl = (letter: string) => String.fromCharCode(letter.charCodeAt(0) - 96);
export const up = `${esc}[A`;
export const down = `${esc}[B`;

/** A terminal that is closed when the test is over. */
export const opened = async (...drawn: Parameters<typeof openTerminal>) => {
  const terminal = await openTerminal(...drawn);
  onTestFinished(() => terminal.close());
  return terminal;
};

export const walk = async (name: string, change: Partial<AppProps> = {}, size?: TerminalSize) => {
  const look = looks[name];
  if (!look) throw new Error(`there is no look ${name}`);
  const fake = fakeSession(look);
  const { props, did } = shopProps({ ...change, session: fake.session });
  return { ...(await opened(<App {...props} />, size)), ...fake, did };
};

export const intake = async (change: Partial<AppProps> = {}) => {
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
  return { ...(await opened(<App {...props} />)), ...fake, did, drafts };
};
