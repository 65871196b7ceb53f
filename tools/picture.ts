import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';

const root = join(import.meta.dirname, '..');
const size = { cols: 100, rows: 30 };
const cell = { width: 8.4, height: 18 };
const paper = '#1d1f21';
const inks = ['#1d1f21', '#cc6666', '#b5bd68', '#f0c674', '#81a2be', '#b294bb', '#8abeb7', '#c5c8c6'];

interface Run {
  text: string;
  x: number;
  width: number;
  ink: string;
  bold: boolean;
  inverse: boolean;
}

type Terminal = InstanceType<typeof xterm.Terminal>;
type Cell = NonNullable<ReturnType<NonNullable<ReturnType<Terminal['buffer']['active']['getLine']>>['getCell']>>;

const styleOf = (at: Cell) => ({
  ink: at.isFgPalette() ? (inks[at.getFgColor() % 8] ?? '#c5c8c6') : '#c5c8c6',
  bold: at.isBold() !== 0,
  inverse: at.isInverse() !== 0,
});

const isAlike = (a: Omit<Run, 'text' | 'x' | 'width'>, b: typeof a) =>
  a.ink === b.ink && a.bold === b.bold && a.inverse === b.inverse;

/** Cells of one style as one run, so that a font of another width still fills its place. */
const runsOf = (terminal: Terminal, row: number): Run[] => {
  const runs: Run[] = [];
  const line = terminal.buffer.active.getLine(terminal.buffer.active.viewportY + row);
  for (let x = 0; x < size.cols; x += 1) {
    const at = line?.getCell(x);
    if (!at || at.getWidth() === 0) continue;
    const style = styleOf(at);
    const last = runs.at(-1);
    if (last && isAlike(last, style))
      Object.assign(last, { text: last.text + (at.getChars() || ' '), width: last.width + at.getWidth() });
    else runs.push({ text: at.getChars() || ' ', x, width: at.getWidth(), ...style });
  }
  return runs;
};

const escaped = (text: string) =>
  text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign);

const draw = (run: Run, row: number) => {
  const [x, y, width] = [run.x * cell.width + 12, row * cell.height + 12, run.width * cell.width];
  const back = run.inverse
    ? `<rect x="${x}" y="${y}" width="${width}" height="${cell.height}" fill="${run.ink}"/>`
    : '';
  if (run.text.trim() === '') return back;
  const ink = run.inverse ? paper : run.ink;
  const weight = run.bold ? ' font-weight="bold"' : '';
  return `${back}<text x="${x}" y="${y + 14}" textLength="${width}" xml:space="preserve" fill="${ink}"${weight}>${escaped(run.text)}</text>`;
};

const picture = (terminal: Terminal) => {
  const [width, height] = [size.cols * cell.width + 24, size.rows * cell.height + 24];
  const rows = Array.from({ length: size.rows }, (_, row) => runsOf(terminal, row).map((run) => draw(run, row)));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="ui-monospace, DejaVu Sans Mono, monospace" font-size="14"><title>A Service that selects no Pod: the verdict of net-triage</title><rect width="100%" height="100%" rx="8" fill="${paper}"/>\n${rows.flat().filter(Boolean).join('\n')}\n</svg>\n`;
};

const terminal = new xterm.Terminal({ ...size, allowProposedApi: true });
const program = spawn(
  process.execPath,
  [join(root, 'bin/net-triage.js'), 'demo', '--state-dir', '/tmp/demo', '--no-motion', '--color', 'always'],
  {
    ...size,
    name: 'xterm-256color',
    cwd: root,
    env: { ...process.env, CI: '', TZ: 'UTC', LANG: 'C.UTF-8' },
  },
);
const shows = (text: string) =>
  Array.from(
    { length: size.rows },
    (_, row) => terminal.buffer.active.getLine(row)?.translateToString(true) ?? '',
  ).some((line) => line.includes(text));

program.onData((data) =>
  terminal.write(data, () => {
    // The footer is drawn last: with it the frame is whole.
    if (!shows('SVC-01') || !shows('q quit')) return;
    writeFileSync(join(root, 'docs/picture.svg'), picture(terminal));
    program.kill();
  }),
);
program.onExit(() => process.exit(0));
