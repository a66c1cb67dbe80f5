import { fields } from '../../shared/fields.ts';
import type { TermMore } from '../../shared/glossary/term.ts';
import { sectionWords } from './learn-sections.ts';

/** Where more is told of a word: `Learn: Filters`, `Set up: Learning rate`. */
export const moreWords = (more: TermMore): string =>
  'learn' in more
    ? `Learn: ${sectionWords.find(({ id }) => id === more.learn)?.title ?? ''}`
    : `Set up: ${fields[more.setting].label}`;
