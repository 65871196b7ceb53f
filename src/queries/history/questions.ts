import { nameHistory } from './of-names.js';
import { nodeHistory, ruleHistory } from './of-nodes.js';
import { throttleHistory } from './of-pods.js';
import type { AnyHistoryQuestion } from './question.js';

/** Everything that a Prometheus is ever asked. */
export const historyQuestions: Readonly<Record<string, AnyHistoryQuestion>> = Object.fromEntries(
  [nodeHistory, ruleHistory, nameHistory, throttleHistory].map((question) => [question.name, question]),
);
