import { useEffect, useState } from 'react';

/** Draws again every `everyMs`, because time has passed. */
export const useTick = (everyMs: number): void => {
  const [, again] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => again((count) => count + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
};
