import { expect, it } from 'vitest';
import { answerMeant, typedName } from '../../src/domain/asked.js';

const phrase = { en: 'x', 'zh-CN': 'x' };
const plain = { ask: phrase, answers: { no: phrase, yes: phrase } };
const about = (name: string) => ({ ...plain, typed: { answer: 'yes', name } });

it.each([
  ['a key where no name is wanted', plain, 'yes', 'yes'],
  ['a word that is no answer', plain, 'perhaps', undefined],
  ['the name', about('till-1'), typedName('till-1'), 'yes'],
  ['another name', about('till-1'), typedName('till-2'), undefined],
  ['the key alone', about('till-1'), 'yes', undefined],
  ['the other key', about('till-1'), 'no', 'no'],
  ['the key alone, of a node with its name', about('yes'), 'yes', undefined],
  ['no, where the node is called so', about('no'), 'no', 'no'],
])('%s', (_, question, sent, answer) => expect(answerMeant(question, sent)).toBe(answer));
