import { Lines } from './ui/components/lines.js';
import { draw } from './ui/draw.js';
import type { AppProps } from './ui/props.js';
import { screens } from './ui/screens/screens.js';
import { useControl } from './ui/use-control.js';
import { useKeys } from './ui/use-keys.js';
import { screenOf } from './ui/view.js';

/** The whole screen: rows for what the session and the operator have done, and keys that go back to both. */
export const App = (props: AppProps) => {
  const { view, control } = useControl(props);
  useKeys(control);
  return <Lines rows={draw(view, screens[screenOf(view.look)])} appearance={props.appearance} />;
};
