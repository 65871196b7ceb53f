import { logHistory } from './of-logs.js';
import { nameHistory } from './of-names.js';
import { nodeHistory, ruleHistory } from './of-nodes.js';
import { throttleHistory } from './of-pods.js';
import type { AnyHistoryQuestion } from './question.js';

/** Everything that a Prometheus or a Loki is ever asked. */
export const historyQuestions: Readonly<Record<string, AnyHistoryQuestion>> = Object.fromEntries(
  [nodeHistory, ruleHistory, nameHistory, throttleHistory, logHistory].map((question) => [question.name, question]),
);
