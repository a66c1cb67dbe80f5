import { currentLanguage } from './language.ts';
import { keepingTerms } from './glossary/keeping.ts';
import { lookingTerms } from './glossary/looking.ts';
import { measuresTerms } from './glossary/measures.ts';
import { networkTerms } from './glossary/network.ts';
import type { TermMore, TermTable } from './glossary/term.ts';
import { trainingTerms } from './glossary/training.ts';

const table = {
  ...networkTerms,
  ...trainingTerms,
  ...measuresTerms,
  ...keepingTerms,
  ...lookingTerms,
} as const;

export type TermId = keyof typeof table;

export interface GlossaryEntry {
  id: TermId;
  name: string;
  meaning: string;
  /** Null: all is said. */
  more: TermMore | null;
}

export function termOf(id: TermId): GlossaryEntry {
  const [name, meaning, more]: TermTable[string] = table[id];
  return { id, name, meaning, more: more ?? null };
}

let inOrder: readonly GlossaryEntry[] | null = null;

/** In the order of their names. Not before it is asked for: the first comparison by a language takes some 10 ms. */
export const glossary = (): readonly GlossaryEntry[] =>
  (inOrder ??= (Object.keys(table) as TermId[])
    .map(termOf)
    .sort((a, b) => a.name.localeCompare(b.name, currentLanguage())));

/** Those that a search finds: in the name first, then in the meaning. */
export function searchGlossary(search: string): readonly GlossaryEntry[] {
  const wanted = search.trim().toLowerCase();
  const inName = glossary().filter(({ name }) => name.toLowerCase().includes(wanted));
  const inMeaning = glossary().filter(({ meaning }) => meaning.toLowerCase().includes(wanted));
  return [...new Set([...inName, ...inMeaning])];
}
