import { copyFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { FailureError, type Failure } from '../shared/ipc.ts';
import {
  labelMarkSchema,
  MOST_MARKS,
  type LabelMark,
  type LabelMarkRequest,
} from '../shared/label-marks.ts';
import { messageOf, systemFault } from '../shared/system-errors.ts';

const fileSchema = v.object({ marks: v.array(v.unknown()) });

/**
 * What a person has marked as labelled wrongly, kept in a file of the app's own: it belongs to the images, not to a run. What of the
 * file cannot be read is kept aside, and the rest is used.
 */
export class LabelMarks {
  readonly #file: string;
  readonly #warn: (failure: Failure) => void;
  #marks: readonly LabelMark[] | null = null;
  /** Why the file must not be written to: it may be whole, but the system does not let it be read. */
  #unreadable: Failure | null = null;

  constructor(file: string, warn: (failure: Failure) => void) {
    this.#file = file;
    this.#warn = warn;
  }

  /**
   * Carries out a request.
   * @returns all marks afterwards
   * @throws FailureError where the file cannot be written; nothing is changed then
   */
  carryOut(request: LabelMarkRequest): LabelMark[] {
    this.#marks ??= this.#read();
    const marks = this.#marks;
    if (request.type === 'list') return [...marks];
    const id = request.type === 'mark' ? request.mark.id : request.id;
    const others = marks.filter((mark) => mark.id !== id);
    if (request.type === 'mark' && others.length >= MOST_MARKS)
      throw new FailureError({
        what: `${MOST_MARKS} images are marked already.`,
        where: this.#file,
        remedy: 'Mend the labels in the data, and take back the marks of those that are mended.',
      });
    this.#keep(request.type === 'mark' ? [...others, request.mark] : others);
    return [...this.#marks];
  }

  #read(): LabelMark[] {
    let text: string;
    try {
      text = readFileSync(this.#file, 'utf8');
    } catch (error) {
      const fault = systemFault(error);
      if (fault?.code === 'ENOENT') return [];
      this.#unreadable = {
        what: `The marks of wrong labels cannot be read: ${messageOf(error)}.`,
        where: this.#file,
        remedy: fault?.remedy ?? 'Make the file readable, and start the app again.',
      };
      this.#warn(this.#unreadable);
      return [];
    }
    const parsed = v.safeParse(fileSchema, jsonOf(text));
    const entries = parsed.success ? parsed.output.marks : [];
    const marks = entries.flatMap((entry) => {
      const mark = v.safeParse(labelMarkSchema, entry);
      return mark.success ? [mark.output] : [];
    });
    if (!parsed.success || marks.length < entries.length) this.#keepAside();
    return marks;
  }

  #keepAside(): void {
    const aside = `${this.#file}.unreadable-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
    try {
      copyFileSync(this.#file, aside);
    } catch (error) {
      this.#unreadable = {
        what: `Marks of wrong labels are damaged, and a copy could not be kept: ${messageOf(error)}.`,
        where: this.#file,
        remedy: 'Move the file elsewhere, and start the app again.',
      };
      this.#warn(this.#unreadable);
      return;
    }
    this.#warn({
      what: 'Marks of wrong labels that are damaged are left out.',
      where: aside,
      remedy: 'Mark the images anew, or mend that copy of the file and put it back in its place.',
    });
  }

  #keep(marks: readonly LabelMark[]): void {
    if (this.#unreadable) throw new FailureError(this.#unreadable);
    const next = `${this.#file}.new`;
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      writeFileSync(next, `${JSON.stringify({ marks }, null, '\t')}\n`, { flush: true });
      renameSync(next, this.#file);
    } catch (cause) {
      throw new FailureError(
        {
          what: `The mark cannot be saved: ${messageOf(cause)}.`,
          where: this.#file,
          remedy: systemFault(cause)?.remedy ?? 'Make the file writable, and try again.',
        },
        { cause },
      );
    }
    this.#marks = marks;
  }
}

/** Undefined where it is none. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
