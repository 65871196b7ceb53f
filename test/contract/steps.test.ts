import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { find } from '../../src/catalog/find.js';
import { load } from '../../src/catalog/load.js';
import { permits } from '../../src/domain/level.js';
import type { AnyQuery } from '../../src/domain/query.js';
import { isStepNode } from '../../src/domain/runbook.js';
import { stageSchema } from '../../src/domain/stage.js';
import { type AnyStep, anyEnd } from '../../src/domain/step.js';
import { queries } from '../../src/queries/registry.js';

const root = join(import.meta.dirname, '../..');
const found = await find();
const { catalog, problems } = load(found);

const inTrees = new Set(
  Object.values(catalog.runbooks).flatMap(({ nodes }) =>
    Object.values(nodes).flatMap((node) => (isStepNode(node) ? [node.step] : [])),
  ),
);
const inCauses = new Set(
  Object.values(catalog.causes).flatMap(({ proves, supports, refutes, confusable }) => [
    ...[proves, supports.strong, supports.weak, refutes].flat(2).map(({ step }) => step),
    ...Object.values(confusable),
  ]),
);

const testOf = ({ stage, id }: { stage: string; id: string }) => join(root, `test/steps/${stage}/${id}.test.ts`);
const mentions = (text: string, word: string) => new RegExp(`(?<![\\w-])${word}(?![\\w-])`).test(text);
const runsOf = ({ runs }: AnyStep) => runs as AnyQuery[];

it('every step has an id of its own, whatever its stage', () => {
  const ids = found.steps.map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

describe.each(found.steps)('$stage/$id', ({ id, stage, step, text }) => {
  it('is named by a sentence in small letters and stands in its own stage', () => {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
    expect(step.stage).toBe(stage);
    expect(stageSchema.options).toContain(stage);
  });

  it('has words for every outcome in both languages', () => {
    expect(problems.filter(({ file }) => file === text.path)).toEqual([]);
    expect(catalog.steps[id]).toBeDefined();
  });

  it('has a test that names every outcome', () => {
    const path = testOf({ stage, id });
    expect(existsSync(path)).toBe(true);
    const source = readFileSync(path, 'utf8');
    expect(Object.keys(step.outcomes).filter((outcome) => !mentions(source, outcome))).toEqual([]);
  });

  it('names outcomes in a few words, with a result each, and one of them is healthy', () => {
    for (const [outcome, result] of Object.entries(step.outcomes)) {
      expect(outcome).toMatch(/^[a-z0-9]+(-[a-z0-9]+){0,4}$/);
      expect(['pass', 'fail', 'warn', 'unsure']).toContain(result);
    }
    expect(Object.keys(step.outcomes)).not.toContain('otherwise');
    expect(Object.values(step.outcomes)).toContain('pass');
  });

  it('collects evidence that can be written down', () => {
    expect(step.evidence).toBeInstanceOf(z.ZodType);
    expect(() => z.toJSONSchema(step.evidence)).not.toThrow();
  });

  it('runs queries of the registry, and only those its level allows', () => {
    for (const query of runsOf(step)) {
      expect(queries[query.name]).toBe(query);
      expect(permits(step.level, query.level)).toBe(true);
    }
    if (step.level === 'observe') expect(runsOf(step)).toEqual([]);
    // Through a Service of the cluster something else is asked than the API server.
    else if (!step.reads.includes('services/proxy')) expect(runsOf(step)).not.toEqual([]);
  });

  it('costs what it does', () => {
    expect([0, 1, 2, 3]).toContain(step.cost);
    // The logs of a Pod come from a kubelet, and a history from a Prometheus, which the API server may wait for.
    const waits = runsOf(step).length > 0 || ['pods/log', 'services/proxy'].some((one) => step.reads.includes(one));
    if (step.cost > 0) expect(waits).toBe(true);
    else expect(runsOf(step)).toEqual([]);
  });

  it('declares what it touches once, and ends that exist', () => {
    for (const list of [step.reads, step.runs, step.from, step.to]) expect(new Set(list).size).toBe(list.length);
    expect(step.from.length * step.to.length).toBeGreaterThan(0);
    for (const kind of [...step.from, ...step.to]) expect(anyEnd).toContain(kind);
  });

  it('is used by a runbook or a cause', ({ annotate }) => {
    if (!inTrees.has(id)) void annotate(`No runbook runs ${id}.`);
    expect(inTrees.has(id) || inCauses.has(id)).toBe(true);
  });
});
