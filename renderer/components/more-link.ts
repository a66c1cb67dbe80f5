import { getContext, setContext } from 'svelte';
import type { TermMore } from '../../shared/glossary/term.ts';

/** The way from a word or a setting to where more is told of it, without handing it through every view. */
const KEY = Symbol('more');

type OpenMore = (more: TermMore) => void;

/** Of the window's root: opens a page of Learn, or a setting. */
export const provideMore = (open: OpenMore): void => {
  setContext(KEY, open);
};

/** Called while a component is made; null: there is no window around it. */
export const openerOfMore = (): OpenMore | null => getContext<OpenMore | undefined>(KEY) ?? null;
