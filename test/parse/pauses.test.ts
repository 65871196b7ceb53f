import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parsePauses } from '../../src/parse/pauses.js';
import { recorded } from './recorded.js';

const tools = ['nc-busybox', 'nc-openbsd', 'bash'];
const heard = (tool: string, name: string) => parsePauses(recorded('paused-get', `${tool}-${name}`));

it.each(tools)('%s: a pause is borne', (tool) => {
  expect(heard(tool, 'kept').map((one) => `${one.seconds} ${one.class}`)).toEqual(['0 answers', '2 answers']);
});

it.each(tools)('%s: a connection is forgotten in a pause', (tool) => {
  expect(heard(tool, 'forgets').map((one) => `${one.seconds} ${one.class}`)).toEqual(['0 answers', '2 fails']);
});

it('does not take a connect that never was for a connection that died', () => {
  expect(parsePauses("pause 2 exit=1 nc: can't connect to remote host (192.0.2.9): Connection refused")).toMatchObject([
    { class: 'no-connection' },
  ]);
});

it('throws at no text', () => {
  fc.assert(fc.property(fc.string(), (text) => void parsePauses(`pause 2 exit=0 ${text}\n${text}`)));
});
