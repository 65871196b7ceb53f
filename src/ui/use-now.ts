import { useEffect, useState } from 'react';

/** The time, told again every `everyMs`. */
export const useNow = (now: () => number, everyMs: number): number => {
  const [, again] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => again((count) => count + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now();
};
