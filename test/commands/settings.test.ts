import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { lookSchema } from '../../src/commands/options.js';
import { languageOf, modeOf, stateDirOf, wantsColor } from '../../src/commands/settings.js';

type Env = Record<string, string>;
const terminal = Object.assign(new PassThrough(), { isTTY: true });
const pipe = new PassThrough();

describe('the language', () => {
  it.each<[string, 'auto' | 'en' | 'zh-CN', Env, 'en' | 'zh-CN']>([
    ['the flag comes first', 'en', { LANG: 'zh_CN.UTF-8' }, 'en'],
    ['then LC_ALL', 'auto', { LC_ALL: 'zh_CN.UTF-8', LANG: 'de_DE.UTF-8' }, 'zh-CN'],
    ['then LC_MESSAGES', 'auto', { LC_MESSAGES: 'zh_TW', LANG: 'en_US' }, 'zh-CN'],
    ['then LANG', 'auto', { LANG: 'zh_CN.UTF-8' }, 'zh-CN'],
    ['an empty variable does not count', 'auto', { LC_ALL: '', LANG: 'zh' }, 'zh-CN'],
    ['C is English, whatever LANG says', 'auto', { LC_ALL: 'C', LANG: 'zh_CN' }, 'en'],
    ['another language is English', 'auto', { LANG: 'de_DE.UTF-8' }, 'en'],
    ['a name that only begins alike is English', 'auto', { LANG: 'zhuang' }, 'en'],
    ['nothing is English', 'auto', {}, 'en'],
  ])('%s', (_, lang, env, language) => expect(languageOf({ lang }, { env })).toBe(language));
});

describe('colour', () => {
  it.each<[string, 'auto' | 'always' | 'never', Env, boolean, boolean]>([
    ['the flag beats NO_COLOR', 'always', { NO_COLOR: '1', TERM: 'dumb' }, false, true],
    ['the flag beats FORCE_COLOR', 'never', { FORCE_COLOR: '3' }, true, false],
    ['NO_COLOR beats FORCE_COLOR', 'auto', { NO_COLOR: '1', FORCE_COLOR: '3' }, true, false],
    ['an empty NO_COLOR does not count', 'auto', { NO_COLOR: '' }, true, true],
    ['FORCE_COLOR beats TERM and a pipe', 'auto', { FORCE_COLOR: '1', TERM: 'dumb' }, false, true],
    ['FORCE_COLOR=0 is no', 'auto', { FORCE_COLOR: '0' }, true, false],
    ['CLICOLOR_FORCE beats TERM and a pipe', 'auto', { CLICOLOR_FORCE: '1', TERM: 'dumb' }, false, true],
    ['CLICOLOR_FORCE=0 does not count', 'auto', { CLICOLOR_FORCE: '0' }, false, false],
    ['a dumb terminal has none', 'auto', { TERM: 'dumb' }, true, false],
    ['a terminal has it', 'auto', { TERM: 'xterm' }, true, true],
    ['a pipe has none', 'auto', { TERM: 'xterm' }, false, false],
  ])('%s', (_, color, env, isTerminal, wanted) => {
    expect(wantsColor({ color }, { env, stdout: isTerminal ? terminal : pipe })).toBe(wanted);
  });
});

describe('the mode', () => {
  const options = { ...lookSchema.parse({}), input: true, auto: false };
  const both = { stdin: terminal, stdout: terminal };

  it.each<[string, object, object, Env, string]>([
    ['two terminals get a screen', {}, both, {}, 'screen'],
    ['--ui full does, too', { ui: 'full' }, both, {}, 'screen'],
    ['a pipe in does not', {}, { ...both, stdin: pipe }, {}, 'headless'],
    ['a pipe out does not', {}, { ...both, stdout: pipe }, {}, 'headless'],
    ['--no-input does not', { input: false }, both, {}, 'headless'],
    ['--auto does not', { auto: true }, both, {}, 'headless'],
    ['--ui none does not', { ui: 'none' }, both, {}, 'headless'],
    ['CI does not', {}, both, { CI: 'true' }, 'headless'],
    ['an empty CI does not count', {}, both, { CI: '' }, 'screen'],
    ['--ui linear goes line by line', { ui: 'linear' }, both, {}, 'line'],
    ['a dumb terminal goes line by line', {}, both, { TERM: 'dumb' }, 'line'],
    ['a screen reader goes line by line', {}, both, { INK_SCREEN_READER: 'true' }, 'line'],
    ['ACCESSIBLE goes line by line', {}, both, { ACCESSIBLE: '1' }, 'line'],
    ['a pipe beats line by line', { ui: 'linear' }, { ...both, stdin: pipe }, {}, 'headless'],
  ])('%s', (_, changes, streams, env, mode) => {
    expect(modeOf({ ...options, ...changes }, { ...both, ...streams, env })).toBe(mode);
  });
});

describe('the state folder', () => {
  it.each<[string | undefined, Env, string]>([
    ['/mnt/shop', { XDG_STATE_HOME: '/state' }, '/mnt/shop'],
    [undefined, { XDG_STATE_HOME: '/state' }, '/state'],
    [undefined, { XDG_STATE_HOME: '' }, '/home/mira/.local/state'],
    [undefined, {}, '/home/mira/.local/state'],
  ])('%j with %j is %s', (stateDir, env, folder) => {
    expect(stateDirOf({ stateDir }, { env, home: '/home/mira' })).toBe(folder);
  });
});
