import { z } from 'zod';
import { changeSchema } from '../../domain/change.js';
import type { ReportInput } from '../catalog.js';
import { say } from '../say.js';
import { bullets, paragraph, type Section, todo } from './block.js';
import { utcTime } from './time.js';

/** Notes about something that happened before the session began. */
const before = ({ session: { notes, startedAt } }: ReportInput) =>
  notes
    .flatMap(({ text: said, happened_at: at }) =>
      at !== undefined && startedAt !== null && Date.parse(at) < Date.parse(startedAt) ? [{ said, at }] : [],
    )
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));

const timelineSchema = z.object({ timeline: z.array(changeSchema) });

/** What the API remembers of changes, from every check that looked for them: an object is told of once. */
const remembered = (input: ReportInput) => {
  const lines = input.session.findings.flatMap(({ facts }) =>
    (timelineSchema.safeParse(facts).data?.timeline ?? []).map(({ at, what, how, by }) => ({
      at,
      said: say(input, by === '' ? `lead-up.${how}` : `lead-up.${how}-by`, { what, by }),
    })),
  );
  const unique = new Map(lines.map((line) => [`${line.at} ${line.said}`, line]));
  return [...unique.values()].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
};

export const leadUp: Section = {
  key: 'section.lead-up',
  blocks: (input) => {
    const changes = before(input).map(({ said, at }) => `${utcTime(at)} ${said}`);
    const known = remembered(input).map(({ at, said }) => `${utcTime(at)} ${said}`);
    const all = [...changes, ...known];
    return [
      all.length > 0 ? bullets(all) : paragraph(say(input, 'lead-up.none')),
      ...(known.length > 0 ? [paragraph(say(input, 'lead-up.remembered'))] : []),
      todo(input, 'lead-up.more'),
    ];
  },
};
