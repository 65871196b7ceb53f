import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Catalog } from '../../src/catalog/catalog.js';
import { recordingChecks, requireConsent } from '../../src/commands/capture-consent.js';
import { tellRecording } from '../../src/commands/consent.js';
import type { Io } from '../../src/commands/io.js';
import { readOptions, sessionSchema } from '../../src/commands/options.js';
import type { AnyStep } from '../../src/domain/step.js';
import everyWay from '../../src/steps/intermittent/every-way-holds-over-time.js';
import nodeWays from '../../src/steps/intermittent/node-ways-hold-over-time.js';
import { consentQuestion } from '../../src/ui/consent-question.js';

const yaml = (path: string) => parse(readFileSync(path, 'utf8'));
const entry = (id: string, step: AnyStep) => ({ id, step, text: yaml(`src/steps/intermittent/${id}.text.yaml`) });
// As much of the catalog as is asked here: all of it takes seconds to read.
const catalog = {
  steps: {
    'every-way-holds-over-time': entry('every-way-holds-over-time', everyWay),
    'node-ways-hold-over-time': entry('node-ways-hold-over-time', nodeWays),
  },
  runbooks: {
    intermittent: yaml('runbooks/intermittent.yaml'),
    'service-unreachable': yaml('runbooks/service-unreachable.yaml'),
  },
  phrases: yaml('src/ui/text.yaml'),
} as unknown as Catalog;

const told = async (raw: object, symptom = 'intermittent') => {
  const lines: string[] = [];
  const stderr = {
    write: (text: string, done?: () => void) => {
      lines.push(text);
      done?.();
      return true;
    },
  };
  await tellRecording({ options: readOptions(sessionSchema, raw), symptom }, catalog, { stderr } as unknown as Io);
  return lines.join('');
};

it('says how much a recording asks for, before it starts', async () => {
  expect(await told({ level: 'probe', record: '90' })).toBe(
    'every-way-holds-over-time makes up to 30 connections, requests and lookups per second for 90 s, where this flow goes.\n',
  );
  expect(await told({ level: 'node', record: '90' })).toMatch(/^node-ways-hold-over-time makes up to .* for 90 s/m);
  expect(await told({ level: 'probe', consent: ['every-way-holds-over-time'] })).toContain('for 60 s');
});

it.each([
  ['nobody allowed it', { level: 'probe' }, 'intermittent'],
  ['the level does not', { level: 'observe', record: '90' }, 'intermittent'],
  ['the symptom is another', { level: 'node', record: '90' }, 'service-unreachable'],
  ['it was recorded before', { level: 'probe', record: '90', universe: 'cart.universe.tar.zst' }, 'intermittent'],
])('says nothing where %s', async (_, raw, symptom) => expect(await told(raw, symptom)).toBe(''));

it('asks on screen with the rate and the time', () => {
  const { ask, answers } = consentQuestion(catalog, 'every-way-holds-over-time', 90);
  expect(ask.en).toContain('up to 30 connections, requests and lookups per second for 90 seconds');
  expect(ask['zh-CN']).toMatch(/90 秒.*30/);
  expect(Object.keys(answers)).toEqual(['no', 'yes']);
});

it('knows the checks that record, and takes a yes to them', () => {
  expect(recordingChecks(catalog).toSorted()).toEqual(['every-way-holds-over-time', 'node-ways-hold-over-time']);
  expect(() => requireConsent(recordingChecks(catalog), catalog)).not.toThrow();
});
