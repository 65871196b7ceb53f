import { EventEmitter } from 'node:events';
import { Writable } from 'node:stream';
import xterm from '@xterm/headless';
import { render } from 'ink';
import type { ReactNode } from 'react';

class FakeStdin extends EventEmitter {
  readonly isTTY = true;
  private readonly queue: string[] = [];
  setEncoding() {
    return this;
  }
  setRawMode() {
    return this;
  }
  ref() {
    return this;
  }
  unref() {
    return this;
  }
  read() {
    return this.queue.shift() ?? null;
  }
  type(text: string) {
    this.queue.push(text);
    this.emit('readable');
  }
}

const esc = '\u001b';
/** Ink waits this long for the rest of a sequence before a lone escape is the Esc key. */
const escapeMs = 25;

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** Draws on a real terminal emulator, and presses keys as a terminal sends them. */
export const openTerminal = async (node: ReactNode, { columns, rows }: TerminalSize = { columns: 80, rows: 24 }) => {
  // A real tty turns LF into CRLF.
  const screen = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: true });
  const written: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      written.push(chunk);
      screen.write(chunk, done);
    },
  });
  const stdout = Object.assign(stream, { isTTY: true, columns, rows }) as unknown as NodeJS.WriteStream;
  const stdin = new FakeStdin();
  const ui = render(node, {
    stdout,
    stderr: stdout,
    stdin: stdin as unknown as NodeJS.ReadStream,
    interactive: true,
    patchConsole: false,
    exitOnCtrlC: false,
    alternateScreen: true,
    incrementalRendering: true,
  });
  ui.waitUntilExit().catch(() => undefined);
  const settled = async () => {
    await new Promise((done) => setImmediate(done));
    await ui.waitUntilRenderFlush();
  };
  await settled();
  const lines = () => {
    const { active } = screen.buffer;
    return Array.from(
      { length: screen.rows },
      (_, y) => active.getLine(active.viewportY + y)?.translateToString(true) ?? '',
    );
  };
  return {
    screen,
    written,
    lines,
    settled,
    text: () => lines().join('\n'),
    async press(...keys: string[]) {
      for (const key of keys) {
        stdin.type(key);
        if (key === esc) await new Promise((done) => setTimeout(done, escapeMs));
      }
      await settled();
    },
    async resize(size: TerminalSize) {
      screen.resize(size.columns, size.rows);
      Object.assign(stdout, size);
      stdout.emit('resize');
      await settled();
    },
    close: () => ui.unmount(),
  };
};
export type Terminal = Awaited<ReturnType<typeof openTerminal>>;
