import type { Facts } from '../domain/finding.js';
import { fill } from '../domain/text.js';
import type { ReportInput } from './catalog.js';

export type Speaker = Pick<ReportInput, 'language'> & { readonly catalog: Pick<ReportInput['catalog'], 'phrases'> };

/** A phrase of the reports, filled. A phrase that is missing shows its key, so that the rest can be read. */
export const say = ({ catalog, language }: Speaker, key: string, facts: Facts = {}) =>
  fill(catalog.phrases[`report.${key}`]?.[language] ?? key, facts);
