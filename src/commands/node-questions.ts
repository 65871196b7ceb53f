import type { Catalog } from '../catalog/catalog.js';
import type { Asked } from '../domain/asked.js';
import { fill, type Phrase } from '../domain/text.js';
import type { AskOperator } from '../machines/questions.js';
import type { NodeOptions } from '../ports/node/rungs.js';
import type { ShownKey } from '../ports/ssh/strangers.js';

export type NodeQuestions = Pick<NodeOptions, 'askHostKey' | 'consent'>;

type Values = Readonly<Record<string, string>>;

/** "No" comes first: it is what Enter means. */
const questionOf = (
  { phrases }: Pick<Catalog, 'phrases'>,
  { ask, answers }: { readonly ask: string; readonly answers: readonly string[] },
  values: Values,
): Asked => {
  const filled = (name: string): Phrase => {
    const phrase = phrases[name] ?? { en: name, 'zh-CN': name };
    return { en: fill(phrase.en, values), 'zh-CN': fill(phrase['zh-CN'], values) };
  };
  return {
    ask: filled(ask),
    answers: Object.fromEntries(answers.map((answer) => [answer.replace(/^.*\./, ''), filled(answer)])),
  };
};

/** An annotation that agrees with the key is worth more than one that may be about a key of another type. */
const comparedTo = (annotations: ShownKey['annotations']) => {
  const same = annotations.find(({ isSame }) => isSame);
  if (same) return { ask: 'ui.host-key.vouched', annotation: same.name };
  const [other] = annotations;
  return other ? { ask: 'ui.host-key.differs', annotation: other.name } : { ask: 'ui.host-key.ask', annotation: '' };
};

/** What only the operator can decide on the way to a node, asked where the walk asks everything else. */
export const nodeQuestions = (catalog: Pick<Catalog, 'phrases'>, askOperator: AskOperator): NodeQuestions => ({
  async askHostKey({ name, host, type, fingerprint, annotations }, { remember }) {
    const { ask, annotation } = comparedTo(annotations);
    const answers = ['ui.host-key.no', 'ui.host-key.once', ...(remember ? ['ui.host-key.remember'] : [])];
    const question = questionOf(catalog, { ask, answers }, { host, type, fingerprint, annotation });
    const answer = await askOperator({ about: `host key of ${name}: ${type} ${fingerprint}`, question });
    return answer === 'once' || answer === 'remember' ? answer : 'no';
  },
  async consent({ namespace, name, node, image }) {
    const pod = `${namespace}/${name}`;
    const keys = { ask: 'ui.node-pod.ask', answers: ['ui.node-pod.no', 'ui.node-pod.yes'] };
    const question = { ...questionOf(catalog, keys, { pod, node, image }), typed: { answer: 'yes', name: node } };
    return (await askOperator({ about: `node pod ${pod} on ${node}`, question })) === 'yes';
  },
});
