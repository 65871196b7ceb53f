import type { Catalog, CatalogRunbook } from '../catalog/catalog.js';
import type { Flow } from '../domain/flow.js';
import { nearNames } from '../domain/near-names.js';

/** The flow cannot be walked as asked: what is wrong, for the operator. */
export class IntakeProblem extends Error {
  override readonly name = 'IntakeProblem';
}

type Ends = Pick<Flow, 'from' | 'to'>;

/** A workload is looked at through one of its pods. */
const fits = ({ from, to }: Ends, { flow }: CatalogRunbook) =>
  flow.to.includes(to.kind) &&
  (flow.from.includes(from.kind) || (from.kind === 'workload' && flow.from.includes('pod')));

export const runbooksFor = (ends: Ends, runbooks: Catalog['runbooks']): CatalogRunbook[] =>
  Object.values(runbooks).filter((book) => fits(ends, book));

/** The runbook of a symptom, by the name its file has. Throws `IntakeProblem` with the names that exist. */
export const runbookNamed = (symptom: string, runbooks: Catalog['runbooks']): CatalogRunbook => {
  const book = Object.hasOwn(runbooks, symptom) ? runbooks[symptom] : undefined;
  if (book) return book;
  const names = Object.keys(runbooks);
  const near = nearNames(symptom, names);
  const hint = near.length > 0 ? `Near: ${near.join(', ')}.` : `Known: ${names.join(', ')}.`;
  throw new IntakeProblem(`There is no runbook for the symptom "${symptom}". ${hint}`);
};

export const chooseRunbook = (flow: Flow, runbooks: Catalog['runbooks'], asked?: string): CatalogRunbook => {
  if (asked !== undefined) {
    const book = runbookNamed(asked, runbooks);
    if (fits(flow, book)) return book;
    const { from, to } = book.flow;
    throw new IntakeProblem(
      `The runbook "${asked}" walks from ${from.join(' or ')} to ${to.join(' or ')}, not from ${flow.from.kind} to ${flow.to.kind}.`,
    );
  }
  const rank = ({ flow: { to } }: CatalogRunbook) => to.indexOf(flow.to.kind);
  const [book] = runbooksFor(flow, runbooks)
    .filter(({ onlyByName }) => !onlyByName)
    .toSorted((a, b) => rank(a) - rank(b));
  if (book) return book;
  const known = Object.keys(runbooks).join(', ');
  throw new IntakeProblem(`No runbook walks from ${flow.from.kind} to ${flow.to.kind} yet. Known symptoms: ${known}.`);
};
