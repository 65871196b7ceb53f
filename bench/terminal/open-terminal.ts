import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless'; // CommonJS: Node finds no named export in it

const SIZE = { cols: 100, rows: 30 };

export interface OpenTerminal {
  type(keys: string): void;
  /** Milliseconds until the program has written something the terminal took in; undefined when it did not in time. */
  nextOutput(limitMs: number): Promise<number | undefined>;
  /** True while the program draws on the second screen, as full-screen programs do. */
  fullScreen(): boolean;
  text(): string;
  running(): boolean;
  close(): Promise<void>;
}

/** A program in a real terminal. */
export function openTerminal(argv: readonly string[], env: Record<string, string> = {}): OpenTerminal {
  const [file = '', ...args] = argv;
  const screen = new xterm.Terminal({ ...SIZE, allowProposedApi: true });
  // Taken out, not emptied: Ink takes an empty CI for a machine where nobody looks, and draws nothing.
  const { CI: _, ...outside } = process.env;
  const child = spawn(file, args, { ...SIZE, name: 'xterm-256color', env: { ...outside, LANG: 'C.UTF-8', ...env } });
  const waiting = new Set<() => void>();
  const exited = Promise.withResolvers<void>();
  let running = true;
  // The callback comes once the emulator has drawn: only then could somebody see it.
  child.onData((data) =>
    screen.write(data, () => {
      for (const wake of waiting) wake();
    }),
  );
  child.onExit(() => {
    running = false;
    exited.resolve();
  });
  return {
    type: (keys) => child.write(keys),
    nextOutput(limitMs) {
      const start = performance.now();
      const { promise, resolve } = Promise.withResolvers<number | undefined>();
      const settle = (value?: number) => {
        clearTimeout(timer);
        waiting.delete(wake);
        resolve(value);
      };
      const wake = () => settle(performance.now() - start);
      const timer = setTimeout(settle, limitMs);
      waiting.add(wake);
      return promise;
    },
    fullScreen: () => screen.buffer.active.type === 'alternate',
    text() {
      const { active } = screen.buffer;
      const line = (_: unknown, row: number) => active.getLine(active.viewportY + row)?.translateToString(true) ?? '';
      return Array.from({ length: SIZE.rows }, line).join('\n').trim();
    },
    running: () => running,
    async close() {
      if (running) child.kill('SIGKILL');
      await exited.promise;
      screen.dispose();
    },
  };
}
