import { formatCount, formatDuration } from '../../../shared/format.ts';
import { goalWords } from '../../../shared/goal-words.ts';
import { runShare } from '../../../shared/run-share.ts';
import { readingText } from '../../../shared/reading-progress.ts';
import type { LiveChange } from '../../../shared/live-change.ts';
import type {
  PaceEvent,
  ProgressEvent,
  TrainerEvent,
  TrainerEventOf,
} from '../../../shared/trainer-events.ts';
import { EpochPosition } from './epoch-position.ts';
import { ratesLines, ratesProgressLine } from './rates-text.ts';
import { classLines, diagnosticsLines } from './tables.ts';
import type { Score } from '../../../shared/score.ts';

/** Characters of the progress bar: short enough that its line fits into 80 columns. */
const BAR = 12;

const scoreText = ({ loss, accuracy }: Score): string =>
  `cost ${loss.toFixed(3)}, accuracy ${accuracy.toFixed(3)}`;

const changesText = ({ learningRate, momentum, weightDecay, dropRates }: LiveChange): string =>
  [
    ...(learningRate === undefined ? [] : [`learning rate ${learningRate}`]),
    ...(momentum === undefined ? [] : [`momentum ${momentum}`]),
    ...(weightDecay === undefined ? [] : [`weight decay ${weightDecay}`]),
    ...(dropRates === undefined ? [] : [`dropout ${dropRates.join(', ')}`]),
  ].join('; ');

/** What is printed in addition, if it is asked for. */
export interface Wanted {
  /** Norms and dead units of each layer, when they are measured. */
  diagnostics: boolean;
  /** Precision and recall of each class after each epoch. */
  classes: boolean;
}

/** Prints what the original program printed, and on a terminal a progress line that keeps changing. */
export class TerminalPrinter {
  readonly #out: NodeJS.WriteStream;
  readonly #wanted: Wanted;
  readonly #position = new EpochPosition();
  #started: TrainerEventOf<'started'> | null = null;
  #progressShown = false;

  constructor(out: NodeJS.WriteStream, wanted: Wanted) {
    this.#out = out;
    this.#wanted = wanted;
  }

  print(event: TrainerEvent): void {
    switch (event.type) {
      case 'started':
        this.#started = event;
        this.#position.start(event);
        this.#line(
          event.restoredFrom
            ? `Restored model parameters from ${event.restoredFrom.path} (epoch ${event.restoredFrom.epoch}).`
            : 'Created new model.',
        );
        if (event.branch > 1)
          this.#line(
            `This is branch ${event.branch} of the folder’s run; what was done otherwise is kept.`,
          );
        if (event.weightsFrom)
          this.#line(
            `Took ${event.weightsFrom.taken.join(', ')} from ${event.weightsFrom.from}.${event.weightsFrom.left.length === 0 ? '' : ` Not taken: ${event.weightsFrom.left.join('; ')}.`}`,
          );
        this.#line(
          `${formatCount(event.parameters)} parameters, ${event.precision} on ${event.device}. ${event.precisionReason}`,
        );
        return;
      case 'pace':
      case 'progress':
        this.#progress(event);
        return;
      case 'epoch':
        this.#line(
          `Training: epoch ${event.epoch}, batch ${event.batches}, ${scoreText(event.train)}`,
        );
        this.#position.end(event.step);
        if (!event.validation) return;
        this.#line(`Validation: epoch ${event.epoch}, ${scoreText(event.validation)}`);
        if (this.#wanted.classes) this.#lines(classLines(event.validation, this.#classNames));
        return;
      case 'diagnostics':
        if (this.#wanted.diagnostics) this.#lines(diagnosticsLines(event));
        return;
      case 'phase':
        if (event.phase === 'paused') this.#line('Paused.');
        if (event.phase === 'preparing') this.#overwrite(`Preparing: ${event.detail}`);
        return;
      case 'reading':
        this.#overwrite(`Preparing: reading the data: ${readingText(event)}`);
        return;
      case 'changed':
        this.#line(`From step ${event.step + 1} on: ${changesText(event.change)}.`);
        return;
      case 'rate-lowered':
        this.#line(
          `Validation stands still: the rate is now ${event.learningRate.toPrecision(3)}.`,
        );
        return;
      case 'stopped-early':
        this.#line(
          `Validation has not got better since epoch ${event.best?.epoch ?? 0}: stopping early.`,
        );
        return;
      case 'goal-reached':
        this.#line(`Goal reached at step ${formatCount(event.step)}: ${goalWords(event)}.`);
        return;
      case 'weights-edited':
        this.#line(`Weights set by hand: ${event.edits.length}.`);
        return;
      case 'saved':
        this.#line('Saving the model.');
        return;
      case 'finished':
        this.#line(`Test: ${scoreText(event.test)}`);
        this.#lines(classLines(event.test, this.#classNames));
        return;
      case 'rates-progress':
        this.#overwrite(ratesProgressLine(event));
        return;
      case 'rates-tried':
        this.#lines(ratesLines(event.result));
        return;
      case 'stopped':
        this.#line(
          `Stopped at step ${event.step}. Run the same command again to go on${event.checkpoint ? ` from ${event.checkpoint.path}` : ''}.`,
        );
        return;
      case 'warning':
        this.#line(`Warning: ${event.what} (${event.where}) ${event.remedy}`);
        return;
      default:
        return;
    }
  }

  get #classNames(): readonly string[] {
    return this.#started?.images?.classNames ?? [];
  }

  #line(text: string): void {
    if (this.#progressShown) this.#out.write('\r\x1b[K');
    this.#progressShown = false;
    this.#out.write(`${text}\n`);
  }

  #lines(texts: readonly string[]): void {
    for (const text of texts) this.#line(text);
  }

  #progress(event: PaceEvent | ProgressEvent): void {
    if (!this.#out.isTTY || !this.#started) return;
    const done = Math.round(runShare(this.#started, event) * BAR);
    const bar = `[${'█'.repeat(done)}${'·'.repeat(BAR - done)}]`;
    const line =
      event.type === 'pace'
        ? stepLine(event, bar, this.#position.at(event.step), this.#started)
        : progressLine(event, bar, this.#started);
    this.#overwrite(line);
  }

  /** Shows a line that the next one replaces, on a terminal only. */
  #overwrite(text: string): void {
    if (!this.#out.isTTY) return;
    this.#out.write(`\r\x1b[K${text.slice(0, this.#out.columns - 1)}`);
    this.#progressShown = true;
  }
}

const timeLeft = (seconds: number | null): string =>
  seconds === null ? '' : `, ${formatDuration(seconds)} left`;

/** @param ofEpoch steps of the epoch so far, if known */
function stepLine(
  event: PaceEvent,
  bar: string,
  ofEpoch: number | null,
  { stepsPerEpoch, totalSteps, config }: TrainerEventOf<'started'>,
): string {
  const place =
    ofEpoch === null ? `step ${event.step}/${totalSteps}` : `${ofEpoch}/${stepsPerEpoch}`;
  return `Epoch ${event.epoch}/${config.training.epochs} ${bar} ${place}, cost ${event.loss.toFixed(3)}, ${formatCount(event.examplesPerSecond)} examples/s${timeLeft(event.secondsLeft)}`;
}

function progressLine(
  { detail, epoch, done, total, secondsLeft }: ProgressEvent,
  bar: string,
  { config }: TrainerEventOf<'started'>,
): string {
  const { epochs } = config.training;
  const before = detail === 'validation' ? `Epoch ${epoch}/${epochs} ${bar} ` : `${bar} `;
  const what = detail === '' ? 'saving' : `${detail} ${formatCount(done)}/${formatCount(total)}`;
  return `${before}${what}${timeLeft(secondsLeft)}`;
}
