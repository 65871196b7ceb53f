import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fillCommand } from '../../src/report/command-text.js';

it.each([
  ['kubectl get pod {pod}', { pod: 'web-7d4b9c' }, 'kubectl get pod web-7d4b9c'],
  ['kubectl get pod {pod}', { pod: 'a; reboot' }, "kubectl get pod 'a; reboot'"],
  [
    "set selector service cart '{wanted}'",
    { wanted: { app: 'cart', tier: 'api' } },
    "set selector service cart 'app=cart,tier=api'",
  ],
  ['get -l {selector}', { selector: { app: 'cart' } }, 'get -l app=cart'],
  ['kubectl get pod {pod}', {}, 'kubectl get pod {pod}'],
  ["-o jsonpath='{.items[*].metadata.name}'", {}, "-o jsonpath='{.items[*].metadata.name}'"],
])('fills %s', (template, facts, command) => expect(fillCommand(template, facts)).toBe(command));

it.each(['printf %s {value}', "printf %s '{value}'", 'printf %s "{value}"'])(
  'keeps any value one argument in: %s',
  (template) => {
    const value = fc
      .string({ unit: fc.constantFrom(...Array.from('\'"$`\\!;&|<>()*?~#=-a{} ')), maxLength: 12 })
      .map((text) => `v${text}`.trimEnd());
    fc.assert(
      fc.property(value, (text) => {
        const shown = execFileSync('sh', ['-c', fillCommand(template, { value: text })], { encoding: 'utf8' });
        expect(shown).toBe(text.replaceAll(/\s+/g, ' '));
      }),
      { numRuns: 40 },
    );
  },
);
