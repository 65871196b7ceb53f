import type { Catalog } from '../../catalog/catalog.js';
import { reachable } from '../../catalog/paths.js';
import type { Flow } from '../../domain/flow.js';
import { flowWords } from '../../domain/flow-words.js';
import { isStepNode } from '../../domain/runbook.js';
import { type Language, placeholders } from '../../domain/text.js';
import { chooseRunbook } from '../../machines/choose-runbook.js';
import { unfitFor } from '../../machines/run-step.js';
import { fillCommand } from '../../report/command-text.js';
import type { SessionOptions } from '../options.js';

interface Asked {
  readonly flow: Flow;
  readonly symptom?: string | undefined;
  readonly context: string | null;
}

/**
 * What a walk for this flow would look at, as lines for a shell: for whoever may run commands and not this program.
 * `open` are the lines that lack a value only a look at the cluster can tell.
 */
export const linesByHand = (
  { flow, symptom, context }: Asked,
  { catalog, language, level }: { catalog: Catalog; language: Language } & Pick<SessionOptions, 'level'>,
) => {
  const book = chooseRunbook(flow, catalog.runbooks, symptom);
  const visited = reachable(book);
  const steps = Object.entries(book.nodes).flatMap(([name, node]) =>
    visited.has(name) && isStepNode(node) ? [node.step] : [],
  );
  const seen = new Set<string>();
  return steps.flatMap((id) => {
    const found = catalog.steps[id];
    const text = found?.text[language];
    const isOurs = found && !unfitFor(found.step, { flow, level }) && found.step.cost < 3;
    if (!isOurs || !text?.['by-hand']) return [];
    const line = fillCommand(text['by-hand'], flowWords(flow, context ?? undefined));
    if (seen.has(line)) return [];
    seen.add(line);
    return [{ title: text.title, line, open: placeholders(line) }];
  });
};
