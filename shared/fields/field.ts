import type { LearnSectionId } from '../learn-progress.ts';
import type { Range } from './ranges.ts';

/** Everything about one setting. Its key in the table is its path in a run's configuration, such as `training.epochs`. */
export interface Field {
  label: string;
  /** A shorter word for it within a sentence: `The rate must be …`. */
  noun?: string;
  /** What it does, for a person who sees it for the first time. */
  sentence: string;
  /** The unit of its number; absent for a plain number or no number. */
  unit?: string;
  range: Range;
  /** Whether it may be null, which means no limit, or nothing of the kind. */
  nullable?: true;
  /** Its value in the seed run, or the usual value if the seed run does not have it. */
  default: unknown;
  /**
   * The value with which it does nothing, if its default does something. It has this value when an option switches on only others of its
   * group.
   */
  nothing?: unknown;
  /** Whether it may change during a run. */
  live?: true;
  /** Texts for some choices, by choice. */
  choiceWords?: Readonly<Record<string, string>>;
  /** The section of Learn that tells of it. */
  learn?: LearnSectionId;
  option?: FieldOption;
}

/**
 * The terminal program's option for a setting. A nullable setting also takes `none`; one that is true or false also has a `--no-` option.
 */
export interface FieldOption {
  /** Without its dashes. */
  name: string;
  /** The placeholder for the value in the help text; absent if the option takes none. */
  value?: string;
  /**
   * What it is, placed before range and default. If it ends with a colon, the choices follow. Where it names a program, it is told how
   * that is called here.
   */
  help?: string | ((commandOf: (program: string) => string) => string);
  /** What the default means. */
  defaultHelp?: string;
  /** Further lines of help. */
  more?: readonly string[];
}

export type FieldTable = Readonly<Record<string, Field>>;

/** The value with which a setting does nothing, for a setting whose group was switched on by options for others of the group. */
export const valueWhenOff = ({ nothing, default: usual }: Field): unknown =>
  nothing === undefined ? usual : nothing;
