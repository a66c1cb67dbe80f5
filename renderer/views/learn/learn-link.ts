import { getContext, setContext } from 'svelte';
import type { LearnSectionId } from '../../../shared/learn-progress.ts';
import { sectionWords } from '../../text/learn-sections.ts';

/** The way from a setting to its page in Learn, without handing it through every form. */
const KEY = Symbol('learn');

type Open = (id: LearnSectionId) => void;

/** Of the window's root: how a section is opened. */
export const provideLearnLink = (open: Open): void => {
  setContext(KEY, open);
};

/**
 * The link to a section, for a component below the window's root.
 * @returns null where there is no such section
 */
export function learnLinkTo(id: LearnSectionId): { title: string; open: () => void } | null {
  const open = getContext<Open | undefined>(KEY);
  const section = sectionWords.find((each) => each.id === id);
  return open && section ? { title: section.title, open: () => open(id) } : null;
}
