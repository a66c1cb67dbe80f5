import type { MarkedBranchEvent, MarkedEvent } from './note-marks.ts';

/** What happened to a run, as it is marked on its curves: all that happened after one step is one mark. */

/** Signs that are told apart without colour. */
const signs: Readonly<Record<Exclude<MarkedEvent['type'], 'diagnostics' | 'clock'>, string>> = {
  changed: '±',
  'rate-lowered': '↓',
  'stopped-early': '■',
  'goal-reached': '★',
  'weights-edited': '✎',
  'pause-began': '‖',
  'pause-ended': '▸',
  saved: '▾',
  note: '¶',
};

export interface EventMark {
  /** Steps that were done before it. */
  step: number;
  /** From 1, in the order of the steps; null where nothing but a checkpoint was saved, which happens again and again by itself. */
  number: number | null;
  /** Those of its events, each once. */
  signs: readonly string[];
  /** In the order in which they happened. */
  events: readonly MarkedEvent[];
}

/** @param events of the way that led to where the run is, with the person's notes (`eventsWithNotes`) */
export function eventMarksOf(events: readonly MarkedBranchEvent[]): EventMark[] {
  const bySteps = new Map<number, MarkedEvent[]>();
  for (const { event } of events) {
    if (isOnlyMeasured(event)) continue;
    const there = bySteps.get(event.step);
    if (there) there.push(event);
    else bySteps.set(event.step, [event]);
  }
  let number = 0;
  return [...bySteps]
    .sort(([a], [b]) => a - b)
    .map(([step, together]) => {
      const isNumbered = together.some(({ type }) => type !== 'saved');
      return {
        step,
        number: isNumbered ? ++number : null,
        signs: [...new Set(together.map(signOf))],
        events: together,
      };
    });
}

/** It is nothing that happened to the run. */
const isOnlyMeasured = ({ type }: MarkedEvent): boolean =>
  type === 'diagnostics' || type === 'clock';

const signOf = ({ type }: MarkedEvent): string =>
  type === 'diagnostics' || type === 'clock' ? '' : signs[type];

/** A mark's number and sign where they are drawn; of marks that lie too close, one for all: ±3, 3–5. */
export interface Badge {
  x: number;
  text: string;
}

/** What a badge takes with the space beside it, px. */
export const BADGE_WIDTH = 44;

/**
 * @param marks those that have a number, in the order of their places
 * @param placeOf where a step lies, px
 */
export function badgesOf(marks: readonly EventMark[], placeOf: (step: number) => number): Badge[] {
  const groups: { marks: EventMark[]; from: number; to: number }[] = [];
  for (const mark of marks) {
    if (mark.number === null) continue;
    const x = placeOf(mark.step);
    const last = groups.at(-1);
    if (last && x - (last.from + last.to) / 2 < BADGE_WIDTH) {
      last.marks.push(mark);
      last.to = x;
    } else groups.push({ marks: [mark], from: x, to: x });
  }
  return groups.map(({ marks: together, from, to }) => ({
    x: (from + to) / 2,
    text: badgeText(together),
  }));
}

function badgeText(together: readonly EventMark[]): string {
  const [first, last] = [together[0], together.at(-1)];
  if (!first || !last) return '';
  // A pause ends where it began, and is saved: the first sign says it.
  const sign = first.signs.find((each) => each !== signs.saved) ?? '';
  return first === last
    ? `${sign}${first.number ?? ''}`
    : `${first.number ?? ''}–${last.number ?? ''}`;
}
