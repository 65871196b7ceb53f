import { describe, expect, it } from 'vitest';
import { find } from '../../src/catalog/find.js';
import { load } from '../../src/catalog/load.js';
import { textOnlyReasons } from '../../src/change/change.js';
import { readChange } from '../../src/change/read-command.js';
import { changeRefusals } from '../../src/domain/fix.js';
import { languages } from '../../src/domain/text.js';
import { fillCommand } from '../../src/report/command-text.js';

const { catalog } = load(await find());
const remedies = Object.entries(catalog.causes).flatMap(([id, cause]) =>
  cause.remedies.map((remedy, at) => [`${id} ${at + 1}`, remedy] as const),
);

const policy = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'allow', namespace: 'shop' },
  spec: {},
};
const special: Readonly<Record<string, string>> = {
  wanted: 'app=cart',
  selector: 'app=kart',
  change: JSON.stringify(policy),
};
/** As it stands in a report: names are names, and a workload is what kubectl calls it. */
const filled = (line: string) => {
  const names = [...line.matchAll(/\{([a-z][\w.-]*)\}/gi)].map(([, name = '']) => name);
  const facts = names.map((name) => [name, special[name] ?? (name.endsWith('workload') ? 'deployment/cart' : 'x7')]);
  return fillCommand(line, Object.fromEntries(facts));
};

const readOf = ([, remedy]: (typeof remedies)[number]) => {
  const { command, severity } = remedy;
  const line = typeof command === 'string' ? filled(command) : '';
  return readChange({ command: line, severity, inWords: typeof command !== 'string' });
};

describe.each(remedies)('the fix of %s', (...named) => {
  const [, remedy] = named;
  const result = readOf(named);

  it('can be applied, or says why it stays a text', () => {
    if ('textOnly' in result) expect(textOnlyReasons).toContain(result.textOnly);
    else expect(remedy.severity).toBeLessThan(3);
  });

  it('can be seen to help and is no change for a person where it can be applied', () => {
    if ('change' in result) expect([remedy.verify.length > 0, remedy.severity > 0]).toEqual([true, true]);
  });
});

describe('the fixes together', () => {
  const results = remedies.map(readOf);
  it('are applied for every kind of change that the catalogue knows, and otherwise understood', () => {
    const done = new Set(results.flatMap((result) => ('change' in result ? [result.change.do] : [])));
    expect([...done].sort()).toEqual(['apply', 'delete-pod', 'patch', 'select']);
    const unread = remedies.filter((_, at) => JSON.stringify(results[at]).includes('unreadable')).map(([name]) => name);
    // `set resources` takes flags that only a person fills in.
    expect(unread).toEqual(['POD-06 1']);
  });

  it.each([
    ...textOnlyReasons.map((reason) => `report.fix.why.${reason}`),
    ...changeRefusals.map((code) => `report.fix.code.${code}`),
  ])('%s is said in every language', (key) => {
    for (const language of languages) expect(catalog.phrases[key]?.[language]).toMatch(/[.}]$/);
  });
});
