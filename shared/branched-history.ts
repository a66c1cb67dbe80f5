import { firstBranch, stretchesOf, type Branch } from './branch.ts';
import { addThinned, sharePoint, thinBySteps } from './thin.ts';
import type {
  BranchEvent,
  EpochEvent,
  History,
  RunEvent,
  StepEvent,
  TrainerEvent,
} from './trainer-events.ts';

/**
 * Most points of frequent events, which are long, like diagnostics, or show nothing more at more points. A power of two, like `STEPS_KEPT`.
 */
const FREQUENT_KEPT = 256;
/** What recurs by itself while a run goes on. */
export const isFrequent = (type: RunEvent['type']): boolean =>
  type === 'diagnostics' || type === 'clock' || type === 'saved';
/** Of all other events of a branch. */
const MOST_SELDOM = 1_000;

export const emptyHistory: History = { branch: firstBranch, steps: [], epochs: [], events: [] };

/** The part of a trainer's event that is kept with the run besides its curves; null if there is none. */
export function runEventOf(event: TrainerEvent): RunEvent | null {
  switch (event.type) {
    case 'diagnostics':
    case 'clock':
    case 'changed':
    case 'rate-lowered':
    case 'stopped-early':
    case 'goal-reached':
    case 'weights-edited':
    case 'pause-began':
    case 'pause-ended':
      return event;
    case 'saved':
      return { type: 'saved', epoch: event.epoch, step: event.step };
    default:
      return null;
  }
}

/**
 * Adds a step to a curve. The newest step is kept as in `thinBySteps`.
 * @param steps in their order; the array is changed
 */
export const addStep = (steps: StepEvent[], event: StepEvent): void => {
  addThinned(steps, event, ({ step }) => step);
};

/** Like `addStep`, by the number of the epoch. */
export const addEpoch = (epochs: EpochEvent[], event: EpochEvent): void => {
  addThinned(epochs, event, ({ epoch }) => epoch);
};

/**
 * Adds an event. Of events that recur by themselves, one of each type is kept at each point. All changes by a person or by the validation
 * are kept, except the oldest if a branch has a thousand.
 * @param events in the order in which they happened; the array is changed
 */
export function addBranchEvent(
  events: BranchEvent[],
  added: BranchEvent,
  mostSeldom = MOST_SELDOM,
): void {
  const { type, step } = added.event;
  const isAlike = ({ branch, event }: BranchEvent): boolean =>
    branch === added.branch && (isFrequent(type) ? event.type === type : !isFrequent(event.type));
  if (isFrequent(type)) {
    const before = events.findLastIndex(isAlike);
    const last = events[before];
    if (last && sharePoint(last.event.step, step, FREQUENT_KEPT)) events.splice(before, 1);
  } else if (events.filter(isAlike).length >= mostSeldom) {
    events.splice(events.findIndex(isAlike), 1);
  }
  events.push(added);
}

/** A branch's own part of the history. */
interface Part {
  steps: StepEvent[];
  epochs: EpochEvent[];
  events: BranchEvent[];
}

const noPart: Part = { steps: [], epochs: [], events: [] };

/** Collects a run's curves and events by branch, in bounded memory: in the trainer from a folder, in the main process during training. */
export class BranchedHistory {
  readonly #parts = new Map<number, Part>();
  readonly #mostSeldom: number | undefined;

  /** @param mostSeldom how many of what a person or the validation has changed are kept of a branch; left out: enough to be shown */
  constructor(mostSeldom?: number) {
    this.#mostSeldom = mostSeldom;
  }

  /** @param history of one branch, with its ancestors */
  static of(history: History): BranchedHistory {
    const gathered = new BranchedHistory();
    const stretches = stretchesOf(history.branch);
    for (const event of [...history.steps, ...history.epochs]) {
      const stretch = stretches.find(({ after, last }) => event.step > after && event.step <= last);
      if (stretch) gathered.add(stretch.branch, event);
    }
    for (const { branch, event } of history.events) gathered.add(branch, event);
    return gathered;
  }

  /** @param event comes after all events of its type in the branch */
  add(branch: number, event: StepEvent | EpochEvent | RunEvent): void {
    const part = this.#parts.get(branch) ?? { steps: [], epochs: [], events: [] };
    this.#parts.set(branch, part);
    if (event.type === 'step') addStep(part.steps, event);
    else if (event.type === 'epoch') addEpoch(part.epochs, event);
    else addBranchEvent(part.events, { branch, event }, this.#mostSeldom);
  }

  /** Removes what a branch has after `step`, since it will be done again. */
  cutAfter(branch: number, step: number): void {
    const part = this.#parts.get(branch);
    if (!part) return;
    this.#parts.set(branch, {
      steps: part.steps.filter((event) => event.step <= step),
      epochs: part.epochs.filter((event) => event.step <= step),
      events: part.events.filter(({ event }) => event.step <= step),
    });
  }

  /** The history of the path that led to the newest step of a branch. */
  historyOf(branch: Branch): History {
    const stretches = stretchesOf(branch).map(({ branch: number, after, last }) => {
      const { steps, epochs, events } = this.#parts.get(number) ?? noPart;
      const isOwn = ({ step }: { step: number }): boolean => step > after && step <= last;
      return {
        steps: steps.filter(isOwn),
        epochs: epochs.filter(isOwn),
        // Events at the step where a branch begins, such as its first checkpoint, belong to that branch.
        events: events.filter(({ event }) => event.step >= after && event.step <= last),
      };
    });
    const steps = stretches.flatMap((stretch) => stretch.steps);
    const epochs = stretches.flatMap((stretch) => stretch.epochs);
    const events = stretches.flatMap((stretch) => stretch.events);
    return {
      branch,
      // Two branches may share a point at a fork.
      steps: thinBySteps(steps, ({ step }) => step),
      epochs: thinBySteps(epochs, ({ epoch }) => epoch),
      events,
    };
  }
}
