import { spawn } from 'node:child_process';
import xterm from '@xterm/headless';
import { inject, onTestFinished } from 'vitest';
import { eventually, type Start } from './program.js';

const columns = 80;
const rows = 24;

const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;

/** The built program on a real pseudo-terminal of 80x24, drawn by a terminal emulator, with somebody at the keys. */
export const openPty = (args: readonly string[], { env, cwd = env.HOME ?? '/' }: Start) => {
  const command = [process.execPath, inject('program'), ...args].map(quoted).join(' ');
  const sized = `stty cols ${columns} rows ${rows}; exec ${command}`;
  const child = spawn('script', ['-qfec', sized, '/dev/null'], {
    ...{ env: { ...env, TERM: 'xterm-256color' }, cwd },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  child.stdin.on('error', () => {});
  const screen = new xterm.Terminal({ cols: columns, rows, scrollback: 5000, allowProposedApi: true });
  child.stdout.on('data', (bytes: Buffer) => screen.write(bytes));
  const text = () => {
    const { active } = screen.buffer;
    const lines = Array.from({ length: active.length }, (_, y) => active.getLine(y)?.translateToString(true) ?? '');
    return lines.join('\n').trimEnd();
  };
  const ended = new Promise<{ code: number | null; text: string }>((resolve) => {
    child.on('close', (code) => screen.write('', () => resolve({ code, text: text() })));
  });
  return {
    text,
    ended,
    /** What keys send; Enter is `\r`. */
    type: (keys: string) => void child.stdin.write(keys),
    /** Waits until what is drawn, with what has scrolled away, matches. */
    seen: (what: RegExp) => eventually(String(what), () => (what.test(text()) ? true : undefined), text),
  };
};
export type Pty = ReturnType<typeof openPty>;
