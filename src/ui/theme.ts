import type { Result } from '../domain/finding.js';

export const themeNames = ['default', 'cb-rg', 'cb-by', 'mono'] as const;
export type ThemeName = (typeof themeNames)[number];

/** What a check can look like: its result, or that it has none yet. */
export type State = Result | 'run' | 'wait';
export type Tone = State | 'plain' | 'strong' | 'selected' | 'marked' | 'field';

export interface Style {
  readonly color?: string;
  readonly bold?: boolean;
  readonly underline?: boolean;
  readonly inverse?: boolean;
}

const everywhere = {
  skip: {},
  wait: {},
  plain: {},
  strong: { bold: true },
  selected: { inverse: true },
  field: { underline: true },
  marked: { inverse: true, bold: true },
} as const satisfies Partial<Record<Tone, Style>>;

// Only the 16 colours of the palette, so that the terminal's own theme decides the contrast.
const basic: Record<Tone, Style> = {
  ...everywhere,
  pass: { color: 'green' },
  fail: { color: 'red', bold: true },
  warn: { color: 'yellow' },
  unsure: { color: 'magenta' },
  error: { color: 'yellow', inverse: true },
  run: { color: 'cyan' },
};

const themes: Record<ThemeName, Record<Tone, Style>> = {
  default: basic,
  'cb-rg': { ...basic, pass: { color: 'blueBright' } },
  'cb-by': {
    ...basic,
    pass: { color: 'cyan' },
    warn: { color: 'magenta' },
    unsure: { underline: true },
    error: { color: 'magenta', inverse: true },
  },
  mono: {
    ...everywhere,
    pass: {},
    fail: { inverse: true },
    warn: { bold: true },
    unsure: { underline: true },
    error: { bold: true, inverse: true },
    run: { bold: true },
  },
};

export const styleOf = (theme: ThemeName, tone: Tone): Style => themes[theme][tone];
