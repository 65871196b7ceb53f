import { Lines } from './ui/components/lines.js';
import { draw, type Screen } from './ui/draw.js';
import { matching, scrolled } from './ui/overlays/overlay.js';
import type { AppProps } from './ui/props.js';
import { intakeBody } from './ui/screens/intake.js';
import { failedRows, verdictRows, verdictTitle } from './ui/screens/verdict.js';
import { walkBody, walkTitle } from './ui/screens/walk.js';
import { useControl } from './ui/use-control.js';
import { useKeys } from './ui/use-keys.js';
import { type ScreenName, screenOf } from './ui/view.js';

const screens = {
  intake: (view) => ({ title: [], body: (height) => intakeBody(view, height) }),
  walk: (view) => ({ title: walkTitle(view), body: (height) => walkBody(view, height) }),
  verdict: (view) => ({
    title: verdictTitle(view),
    body: (height) => scrolled(view, matching(view, verdictRows(view)), height),
  }),
  failed: (view) => ({ title: verdictTitle(view), body: () => failedRows(view) }),
} satisfies Record<ScreenName, Screen>;

/** The whole screen: rows for what the session and the operator have done, and keys that go back to both. */
export const App = (props: AppProps) => {
  const { view, control } = useControl(props);
  useKeys(control);
  return <Lines rows={draw(view, screens[screenOf(view.look)])} appearance={props.appearance} />;
};
