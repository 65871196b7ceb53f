import { writeEnd } from '../domain/ends.js';
import type { Runbook } from '../domain/runbook.js';
import type { ReportInput } from './catalog.js';
import { fillCommand } from './command-text.js';
import { say } from './say.js';

const believed = new Set(['certain', 'confirmed', 'probable']);

/**
 * Symptoms that were seen and that no cause one may believe can produce, as rows of the elimination table. What the
 * best leaves open another fault may account for.
 */
export const residualRows = ({ session }: Pick<ReportInput, 'session'>): string[] => {
  const { causes = [], unexplained = [] } = session.verdict ?? {};
  const seen = new Set([...unexplained, ...causes.flatMap((cause) => [...cause.explains, ...cause.unexplained])]);
  const explained = new Set(causes.flatMap(({ certainty, explains }) => (believed.has(certainty) ? explains : [])));
  return [...seen].filter((row) => !explained.has(row)).sort();
};

export const residualTitles = (input: ReportInput): string[] =>
  residualRows(input).map((row) => input.catalog.elimination[row]?.title[input.language] ?? row);

/** What a runbook itself can conclude; what is linked in from another has that one's name before it. */
const concludedBy = ({ nodes }: Runbook): Set<string> =>
  new Set(
    Object.entries(nodes)
      .filter(([name]) => !name.includes('--'))
      .flatMap(([, node]) => [...Object.values(node.on), node.otherwise])
      .flatMap((target) => (typeof target === 'object' && 'cause' in target ? [target.cause] : [])),
  );

/**
 * The runbook, other than the one that was walked, that concludes the most of what the residue leaves standing. Undefined
 * where nothing is left, or none is known to help.
 */
export const goOnBook = ({ session, catalog }: ReportInput): string | undefined => {
  const { header, verdict } = session;
  if (!header) return undefined;
  const out = new Set([...(verdict?.ruledOut ?? []), ...(verdict?.causes ?? [])].map(({ id }) => id));
  const open = residualRows({ session })
    .flatMap((row) => catalog.elimination[row]?.keeps ?? [])
    .filter((id) => !out.has(id));
  const { from, to } = header.flow;
  const [best] = Object.entries(catalog.runbooks)
    .filter(([name, { flow }]) => name !== header.tree.id && flow.from.includes(from.kind) && flow.to.includes(to.kind))
    .map(([name, book]) => {
      const concluded = concludedBy(book);
      return { name, worth: open.filter((id) => concluded.has(id)).length };
    })
    .filter(({ worth }) => worth > 0)
    .toSorted((a, b) => b.worth - a.worth || (a.name < b.name ? -1 : 1));
  return best?.name;
};

/** The command that goes on with what the verdict does not explain; nothing where all is, or nothing is known to help. */
export const goOnCommand = (input: ReportInput): string | undefined => {
  const { header, verdict } = input.session;
  if (!header || residualRows(input).length === 0) return undefined;
  const book = goOnBook(input);
  const words = book ? ['run', book] : verdict?.next ? ['check', verdict.next] : undefined;
  if (!words) return undefined;
  const { flow, target, access } = header;
  const context = target.context ? ' --context {context}' : '';
  return fillCommand(`net-triage ${words.join(' ')}${context} --from {from} --to {to} --level {level}`, {
    ...{ context: target.context, from: writeEnd(flow.from), to: writeEnd(flow.to), level: access.level },
  });
};

/** What is left, and how to go on with it, as lines; empty where the verdict explains all that was seen. */
export const residualLines = (input: ReportInput): string[] => {
  const command = goOnCommand(input);
  return [...residualTitles(input), ...(command ? [say(input, 'unexplained.go-on', { command })] : [])];
};
