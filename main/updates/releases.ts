import * as v from 'valibot';
import about from '../../package.json';

/** Where this app's versions are published. */
export interface Releases {
  /** Tells the newest as JSON. */
  asked: string;
  /** Shows it to a person. */
  page: string;
}

const aboutSchema = v.object({
  repository: v.optional(v.union([v.string(), v.object({ url: v.string() })])),
  homepage: v.optional(v.string()),
});

/** GitHub's addresses in all forms that npm knows, also `OWNER/NAME` alone. */
const GITHUB =
  /^(?:(?:git\+)?(?:https|ssh|git):\/\/(?:git@)?github\.com\/|github:)?([\w-]+)\/([\w.-]+?)(?:\.git)?(?:[#/].*)?$/;

/**
 * @param content of a package.json
 * @returns null: it names no repository on GitHub
 */
export function releasesOf(content: unknown): Releases | null {
  const { output, success } = v.safeParse(aboutSchema, content);
  if (!success) return null;
  const { repository, homepage } = output;
  const named = typeof repository === 'object' ? repository.url : (repository ?? homepage);
  const [, owner, name] = GITHUB.exec(named ?? '') ?? [];
  if (owner === undefined || name === undefined) return null;
  return {
    asked: `https://api.github.com/repos/${owner}/${name}/releases/latest`,
    page: `https://github.com/${owner}/${name}/releases/latest`,
  };
}

/** Nothing but what is built in: no answer of a host, and nothing that a page says, changes where is asked or what is opened. */
export const releases = releasesOf(about);
