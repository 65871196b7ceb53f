// One slow answer is no silence: a large LIST may take its time while others come at once.
const enough = 2;

/**
 * Whether it is worth asking. A server that hangs costs every check its whole limit, minutes in all; after two requests
 * in a row without an answer the next ones are given up at once, for as long as one of them would have been waited for.
 * Then the server gets another chance: it may be back.
 */
export const createSilence = (pause: number, now: () => number = performance.now.bind(performance)) => {
  let unanswered = 0;
  let until = 0;
  return {
    answered() {
      unanswered = 0;
    },
    unanswered() {
      unanswered += 1;
      until = now() + pause;
    },
    lasts: () => unanswered >= enough && now() < until,
  };
};
