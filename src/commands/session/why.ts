import { nearNames } from '../../domain/near-names.js';
import type { ReportInput } from '../../report/catalog.js';
import { plainIndented } from '../../report/plain.js';
import { whyLines } from '../../report/why.js';
import { UsageProblem } from '../io.js';

/** The id of a cause as it is written in the catalogue. Throws `UsageProblem` with names that are near. */
export const causeNamed = ({ catalog: { causes } }: Pick<ReportInput, 'catalog'>, asked: string): string => {
  const id = asked.toUpperCase();
  if (Object.hasOwn(causes, id)) return id;
  const near = nearNames(id, Object.keys(causes));
  throw new UsageProblem(`There is no cause "${asked}".${near.length > 0 ? ` Near: ${near.join(', ')}.` : ''}`);
};

/** What speaks for and against the candidates of a kept session, or one cause. */
export const whyText = (input: ReportInput, asked: string | true): string =>
  whyLines(input, asked === true ? undefined : causeNamed(input, asked))
    .map(plainIndented)
    .join('\n');
