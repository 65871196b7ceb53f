import type { Screen } from '../draw.js';
import { matching, scrolled } from '../overlays/overlay.js';
import type { ScreenName } from '../view.js';
import { intakeBody } from './intake.js';
import { failedRows, verdictRows, verdictTitle } from './verdict.js';
import { walkBody, walkTitle } from './walk.js';

/** What each screen puts into the frame. */
export const screens = {
  intake: (view) => ({ title: [], body: (height) => intakeBody(view, height) }),
  walk: (view) => ({ title: walkTitle(view), body: (height) => walkBody(view, height) }),
  verdict: (view) => ({
    title: verdictTitle(view),
    body: (height) => scrolled(view, matching(view, verdictRows(view)), height),
  }),
  failed: (view) => ({ title: verdictTitle(view), body: () => failedRows(view) }),
} satisfies Record<ScreenName, Screen>;
