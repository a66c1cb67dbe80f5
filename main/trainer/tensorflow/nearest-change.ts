import type { AnswerTo, QuestionOf } from '../../../shared/questions.ts';
import type { Session } from './session.ts';

/**
 * Looks for the nearest picture that is taken for another class. Each step goes down the gradient of the winner's lead, as far as makes up
 * for it if scores were linear (Moosavi-Dezfooli et al. 2016, “DeepFool”); an L2 penalty draws the change back a little each time, and
 * what leaves 0 to 255 is clipped. Once the class wins, the change is taken back as far as it still does.
 */

/** A little further than a linear network would need. */
const OVERSHOOT = 1.1;
/** Lengths of a step, where black to white is 1: near a border it does not stop, far away it does not leap. */
const LEAST_STEP = 0.05;
const MOST_STEP = 1;
/** Share of the change so far that the penalty takes back before each step. */
const PENALTY = 0.02;
/** Shares of the way that are tried at the end. */
const SHARES = 64;

export function answerChangeTowards(
  session: Session,
  question: QuestionOf<'change-towards'>,
): AnswerTo<'change-towards'> {
  const { image, class: of } = question;
  const { height, width, channels } = image;
  let changed = question.changed?.slice() ?? Float32Array.from(image.pixels);
  let seen = readPicture(session, changed);
  for (let step = 0; step < question.steps && seen.winner !== of; step++) {
    changed = stepTowards(session, image.pixels, changed, of, seen.winner);
    seen = readPicture(session, changed);
  }
  const found = seen.winner === of;
  if (found) {
    changed = takenBack(session, image.pixels, changed, of);
    seen = readPicture(session, changed);
  }
  return {
    ...{ type: 'change-towards', step: session.step(), class: of, values: changed, found },
    shape: [height, width, channels],
    probability: seen.probabilities[of] ?? 0,
    winner: seen.winner,
  };
}

interface Read {
  probabilities: Float32Array;
  winner: number;
}

function readPicture(session: Session, picture: Float32Array): Read {
  const probabilities = session.predict(toBytes(picture));
  return { probabilities, winner: probabilities.indexOf(Math.max(...probabilities)) };
}

/** The network takes whole numbers. */
const toBytes = (picture: ArrayLike<number>): Uint8Array =>
  Uint8Array.from(picture, (value) => Math.round(value));

/** One step; where the gradient is zero there is no way, and the picture stays. */
function stepTowards(
  session: Session,
  original: Uint8Array,
  changed: Float32Array,
  of: number,
  winner: number,
): Float32Array<ArrayBuffer> {
  const bytes = toBytes(changed);
  const [toward, away] = [session.saliency(bytes, of), session.saliency(bytes, winner)];
  const direction = toward.values.map((value, k) => {
    const slope = value - (away.values[k] ?? 0);
    const now = changed[k] ?? 0;
    // Beyond black and white there is nothing.
    return (now <= 0 && slope < 0) || (now >= 255 && slope > 0) ? 0 : slope;
  });
  const steepness = Math.sqrt(direction.reduce((sum, value) => sum + value * value, 0));
  const scores = session.activations(bytes, session.graph.network.layers.length - 1);
  const lead = Math.max((scores[winner] ?? 0) - (scores[of] ?? 0), 0);
  const length = Math.min(Math.max((OVERSHOOT * lead) / steepness, LEAST_STEP), MOST_STEP);
  return Float32Array.from(changed, (value, k) => {
    const own = original[k] ?? 0;
    const move = steepness > 0 ? (255 * length * (direction[k] ?? 0)) / steepness : 0;
    return Math.min(Math.max(own + (1 - PENALTY) * (value - own) + move, 0), 255);
  });
}

/** The smallest share of a change with which the class still wins. */
function takenBack(
  session: Session,
  original: Uint8Array,
  changed: Float32Array,
  of: number,
): Float32Array<ArrayBuffer> {
  const size = original.length;
  const shareOf = (k: number): number => (k + 1) / SHARES;
  const tried = new Uint8Array(SHARES * size);
  for (let k = 0; k < SHARES; k++)
    tried.set(toBytes(between(original, changed, shareOf(k))), k * size);
  const all = session.predict(tried);
  const classes = all.length / SHARES;
  for (let k = 0; k < SHARES; k++) {
    const own = all.subarray(k * classes, (k + 1) * classes);
    if (own.indexOf(Math.max(...own)) === of)
      return Float32Array.from(tried.subarray(k * size, (k + 1) * size));
  }
  return Float32Array.from(toBytes(changed));
}

const between = (original: Uint8Array, changed: Float32Array, share: number): Float32Array =>
  changed.map((value, k) => (original[k] ?? 0) + share * (value - (original[k] ?? 0)));
