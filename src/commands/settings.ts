import { join } from 'node:path';
import type { Language } from '../domain/text.js';
import type { Io } from './io.js';
import type { Common, LookOptions } from './options.js';

/** Where sessions live: the flag, then XDG, then its default. */
export const stateDirOf = ({ stateDir }: Pick<Common, 'stateDir'>, { env, home }: Pick<Io, 'env' | 'home'>) =>
  stateDir ?? (env.XDG_STATE_HOME || join(home, '.local', 'state'));

/** Whether the operator has marked a context as production: one of the names in `NET_TRIAGE_PRODUCTION`, between commas. */
export const isMarked = (context: string | null, { env }: Pick<Io, 'env'>): boolean => {
  const names = (env.NET_TRIAGE_PRODUCTION ?? '').split(',').map((name) => name.trim());
  return names.includes(context ?? 'in-cluster');
};

export const languageOf = ({ lang }: Pick<Common, 'lang'>, { env }: Pick<Io, 'env'>): Language => {
  if (lang !== 'auto') return lang;
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return /^zh\b|^zh_/i.test(locale) ? 'zh-CN' : 'en';
};

/** Flag, then `NO_COLOR`, then `FORCE_COLOR` or `CLICOLOR_FORCE`, then `TERM`, then whether it is a terminal. */
export const wantsColor = (
  { color }: Pick<LookOptions, 'color'>,
  { env, stdout }: Pick<Io, 'env' | 'stdout'>,
): boolean => {
  if (color !== 'auto') return color === 'always';
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  if (env.CLICOLOR_FORCE && env.CLICOLOR_FORCE !== '0') return true;
  return env.TERM !== 'dumb' && stdout.isTTY === true;
};

export type Mode = 'screen' | 'line' | 'headless';

const readsLines = (env: Io['env']) => env.TERM === 'dumb' || Boolean(env.ACCESSIBLE) || Boolean(env.INK_SCREEN_READER);

/** A screen needs two terminals; whoever asked for words line by line gets them. */
export const modeOf = (
  options: LookOptions & { input: boolean; auto: boolean },
  io: Pick<Io, 'env' | 'stdin' | 'stdout'>,
): Mode => {
  const { ui, input, auto } = options;
  const { env, stdin, stdout } = io;
  const unattended = !input || auto || ui === 'none' || Boolean(env.CI);
  if (unattended || !stdin.isTTY || !stdout.isTTY) return 'headless';
  return ui === 'linear' || readsLines(env) ? 'line' : 'screen';
};
