import { z } from 'zod';
import { journalEventSchema } from '../domain/journal.js';
import { reportSchema } from '../domain/report.js';

const documents = { report: reportSchema, journal: journalEventSchema } as const;
export type DocumentName = keyof typeof documents;
export const documentNames = Object.keys(documents) as DocumentName[];

/** JSON Schema 2020-12 of a document that the program writes. */
export const jsonSchemaOf = (name: DocumentName) => ({
  title: `net-triage ${name}`,
  ...z.toJSONSchema(documents[name], { target: 'draft-2020-12', io: 'output' }),
});
