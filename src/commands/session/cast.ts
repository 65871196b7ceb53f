import type { Catalog } from '../../catalog/catalog.js';
import type { JournalEvent } from '../../domain/journal.js';
import type { Language } from '../../domain/text.js';
import { foldEvent, foldJournal } from '../../journal/fold.js';
import { castOf } from '../../ui/cast/cast.js';

interface Look {
  readonly catalog: Catalog;
  readonly language: Language;
  readonly ascii: boolean;
}

/** Wide enough for two panes, and readable where a page shows it beside text. */
const size = { columns: 100, rows: 30 };

function* viewsOf(events: readonly JournalEvent[]) {
  let seen = foldJournal([]);
  for (const event of events) {
    seen = foldEvent(seen, event);
    yield seen;
  }
}

/** A kept session as a film of its screen. */
export const castText = (events: readonly JournalEvent[], look: Look): string =>
  castOf({ events, views: viewsOf(events) }, { ...look, size });
