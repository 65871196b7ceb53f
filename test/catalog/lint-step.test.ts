import { describe, expect, it } from 'vitest';
import { lintPhrase, lintStepText } from '../../src/catalog/lint-step.js';
import { phraseBookSchema, stepTextSchema } from '../../src/domain/text.js';
import { problemsOf, step } from './shop.js';

const language = (outcomes: string, byHand = 'kubectl get service {service}') => `
  title: Cart exists
  question: Is it there?
  why: Nothing answers without it.
  outcomes: { ${outcomes} }
  by-hand: ${byHand}
`;
const both = `exists: '{service} is there.', missing: 'no {service}, near {near}.'`;
const text = (en: string, zh: string) =>
  problemsOf(`en:${en}zh-CN:${zh}`, stepTextSchema, (value, at) => lintStepText(step.step, value, at));

describe('lintStepText', () => {
  it('finds nothing wrong with two texts that say the same', () => {
    expect(text(language(both), language(`exists: '{service} 存在.', missing: '{near}: {service}.'`))).toBe('');
  });

  it('names an outcome without a sentence, and a sentence without an outcome', () => {
    expect(text(language(both), language(`exists: '{service}.', gone: 'x'`))).toMatchInlineSnapshot(`
      "cart.yaml:11:3 zh-CN.outcomes: The outcome "missing" has no sentence.
      cart.yaml:11:37 zh-CN.outcomes.gone: The step has no outcome "gone"."
    `);
  });

  it('names a sentence that tells of other facts', () => {
    expect(text(language(both), language(`exists: '{service}.', missing: '{service}.'`))).toMatchInlineSnapshot(
      `"cart.yaml:11:37 zh-CN.outcomes.missing: The placeholders differ from the English sentence."`,
    );
  });

  it('names a command that differs', () => {
    expect(text(language(both), language(both, 'kubectl get svc {service}'))).toMatchInlineSnapshot(
      `"cart.yaml:12:3 zh-CN.by-hand: The command differs from the English one."`,
    );
  });
});

describe('lintPhrase', () => {
  it('names the language whose placeholders differ', () => {
    const lint = (source: string) =>
      problemsOf(source, phraseBookSchema, (book, at) =>
        Object.entries(book).flatMap(([key, phrase]) => lintPhrase(phrase, [key], at)),
      );
    expect(lint(`cart.slow: { en: '{cart} took {time}', zh-CN: '{cart} 用时 {tme}' }`)).toMatchInlineSnapshot(
      `"cart.yaml:1:40 cart.slow.zh-CN: The placeholders differ from the English phrase: {cart} took {time}"`,
    );
    expect(lint(`cart.slow: { en: '{cart} took {time}', zh-CN: '{time} {cart}' }`)).toBe('');
  });
});
