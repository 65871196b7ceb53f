import { LineCounter, parseDocument, stringify } from 'yaml';
import { z } from 'zod';
import { sanitise } from '../clean/sanitise.js';
import type { Facts, Finding } from '../domain/finding.js';
import { excerpt, linesIn, type MarkedLine, type YamlPath } from './yaml-lines.js';

const ruleSchema = z.object({
  policy: z.string(),
  manifest: z.record(z.string(), z.json()),
  path: z.array(z.union([z.string(), z.number()])),
});

/** The fact that is drawn rather than told. */
export const ruleFact = 'deciding-rule';

export interface RuleDrawing {
  readonly policy: string;
  readonly lines: readonly MarkedLine[];
}

/** An object as YAML, with the lines of one of its fields marked. */
export const manifestExcerpt = (manifest: object, path: YamlPath): MarkedLine[] => {
  const text = stringify(manifest);
  const lines = new LineCounter();
  return excerpt(text, linesIn(parseDocument(text, { lineCounter: lines }), path, lines));
};

const drawn = (facts: Facts): RuleDrawing | undefined => {
  const rule = ruleSchema.safeParse(facts[ruleFact]).data;
  return rule && { policy: rule.policy, lines: manifestExcerpt(rule.manifest, rule.path) };
};

// A screen is drawn with every key and every tick of its clock, and a finding never changes.
const drawings = new WeakMap<Facts, RuleDrawing | undefined>();

/** The policy that decides, with the lines that do so marked. Nothing for other findings. */
export const ruleDrawing = (facts: Facts): RuleDrawing | undefined => {
  if (!drawings.has(facts)) drawings.set(facts, drawn(facts));
  return drawings.get(facts);
};

/** The same for whoever has one look for all text. */
export const ruleLines = (facts: Facts): string[] => {
  const drawing = ruleDrawing(facts);
  if (!drawing) return [];
  return [drawing.policy, ...drawing.lines.map(({ text, marked }) => `${marked ? '>' : ' '} ${text}`)];
};

/** What decided against the flow, as far as a check has drawn it; safe to print, with the spaces that YAML needs. */
export const decidingLines = (findings: readonly Pick<Finding, 'result' | 'facts'>[]): string[] => {
  const drawings = findings
    .filter(({ result }) => result === 'fail' || result === 'warn')
    .map(({ facts }) => ruleLines(facts));
  const lines = drawings.findLast(({ length }) => length > 0) ?? [];
  return lines.map((line) => sanitise(line).replaceAll(/[\n\r\t]+/g, ' '));
};
