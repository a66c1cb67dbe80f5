import type { FieldPath } from '../fields.ts';
import type { LearnSectionId } from '../learn-progress.ts';

/** Where more is to be found: a page of Learn, or the setting itself. */
export type TermMore = { learn: LearnSectionId } | { setting: FieldPath };

/** The field's words in one or two plain sentences, for whoever meets them in the window. */
export type TermTable = Readonly<
  Record<string, readonly [name: string, meaning: string, more?: TermMore]>
>;
