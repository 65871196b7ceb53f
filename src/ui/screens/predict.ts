import { tally } from '../predict.js';
import { paragraph, type Row } from '../row.js';
import type { Subject } from '../subject.js';
import type { View } from '../view.js';

/** Asks for a prediction of the check under way, and says how well the ones before have fitted. */
export const predictRows = (view: View, { running }: Subject, width: number): Row[] => {
  const { ui, say, pending, appearance } = view;
  if (!ui.predicting) return [];
  const { wide } = appearance;
  const { right, of } = tally(view.look, ui.predicting);
  return [
    ...(pending && running
      ? [
          ...paragraph(say('ui.predict'), width, { tone: 'strong', wide }),
          ...paragraph(say('ui.predict.keys'), width, { indent: 1, wide }),
        ]
      : []),
    ...(of > 0 ? paragraph(say('ui.predict.tally', { right, of }), width, { wide }) : []),
  ];
};
