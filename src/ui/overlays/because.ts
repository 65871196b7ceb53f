import { whySections } from '../../report/why.js';
import { reportInput } from '../facts.js';
import { blank, hanging, paragraph, type Row, span } from '../row.js';
import type { View } from '../view.js';

/** What speaks for and against the causes that the findings leave, or the one that was asked about. */
export const becauseRows = (view: View, width: number): Row[] => {
  const { ui, say, appearance } = view;
  const { wide } = appearance;
  const all = whySections(reportInput(view), ui.cause === '' ? undefined : ui.cause);
  if (all.length === 0) return paragraph(say('report.why.none'), width, { indent: 1, wide });

  // The numbers by which `why-not` knows them; about one cause there is nothing to count.
  const numbered = (heading: string, at: number) => (ui.cause === '' ? `${at + 1}  ${heading}` : heading);
  return all.flatMap((sections, at) => [
    ...(at > 0 ? [blank] : []),
    ...sections.flatMap(({ heading, lines }, place) => [
      ...paragraph(place === 0 ? numbered(heading, at) : heading, width, {
        indent: place === 0 ? 1 : 3,
        tone: 'strong',
        wide,
      }),
      ...lines.flatMap((line) => hanging([span('     - ')], line, { width, wide })),
    ]),
  ]);
};
