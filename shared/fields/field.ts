import type { Range } from './ranges.ts';

/** All that is known of one setting. The table's key is its path in a run's configuration, `training.epochs`. */
export interface Field {
  label: string;
  /** What a sentence calls it, where that is shorter than the label: `The rate must be …`. */
  noun?: string;
  /** What it does, for a person who meets it for the first time. */
  sentence: string;
  /** What its number counts or measures; absent: a plain number or no number. */
  unit?: string;
  range: Range;
  /** It may be null: there is no such limit, or none of it. */
  nullable?: true;
  /** In the seed run; where that has no such setting, what is usual. */
  default: unknown;
  /** What switches it off, where its default does not: it is that where an option switches on others of its group alone. */
  nothing?: unknown;
  /** It may change while a run runs. */
  live?: true;
  /** Some choices in words, by the choice. */
  choiceWords?: Readonly<Record<string, string>>;
  option?: FieldOption;
}

/** How the terminal program is given a setting. A nullable one takes `none`; one that is true or false has a `--no-` too. */
export interface FieldOption {
  /** Without its dashes. */
  name: string;
  /** What stands for the value in the help text; absent where the option takes none. */
  value?: string;
  /** What it is, before range and default. Of a choice, it tells the choices too. */
  help?: string;
  /** What the default means. */
  defaultHelp?: string;
  /** More lines. */
  more?: readonly string[];
}

export type FieldTable = Readonly<Record<string, Field>>;

/** What a setting is where it does nothing: an option has switched on others of its group alone. */
export const valueWhenOff = ({ nothing, default: usual }: Field): unknown =>
  nothing === undefined ? usual : nothing;
