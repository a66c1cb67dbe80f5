import { str as crc32 } from 'crc-32';
import * as v from 'valibot';
import { checked, parseJson } from './checked.ts';
import type { RunConfig } from './config.ts';
import { FailureError } from './ipc.ts';
import {
  hasOwnData,
  hideableParts,
  portableSetupSchema,
  withoutPlaces,
  type HideablePart,
  type PortableSetup,
} from './portable-setup.ts';
import { changesFromSeed, seedWithChanges } from './setting-changes.ts';
import { shown } from './shown.ts';

/**
 * A whole set-up, including the seed, as one string to copy, to paste and to open the app with: `fl1:CONTENT.CHECKSUM`. The content is JSON
 * of the differences from the seed run, in base64url. The checksum, always of the same length, reveals a string that was cut off or
 * mistyped.
 */

const VERSION = 1;
/** Hexadecimal digits of a checksum. */
const CHECKSUM = 8;
/** Most characters; the longest list of layers needs some 70,000, the longest list of images that are left out some 250,000. */
export const LONGEST_SETUP = 350_000;
const WHERE = 'the set-up string';
const AGAIN = 'Copy the whole string again, from “fl” to its last character.';

const envelopeSchema = v.strictObject({
  /** The differences from the seed run. */
  config: v.unknown(),
  hidden: v.optional(v.array(v.picklist(hideableParts))),
  /** Whether the data were a place on the maker's machine. */
  ownData: v.optional(v.literal(true)),
});

/** @param hidden parts that Set up does not show to the person who opens it */
export function setupString(config: RunConfig, hidden: readonly HideablePart[] = []): string {
  const content = toBase64(
    JSON.stringify({
      config: changesFromSeed(withoutPlaces(config)),
      ...(hidden.length > 0 && { hidden: hideableParts.filter((part) => hidden.includes(part)) }),
      ...(hasOwnData(config) && { ownData: true }),
    }),
  );
  return `fl${VERSION}:${content}.${checksumOf(content)}`;
}

/** Whether a text is meant to be such a string, complete or not, of this version or another. */
export const isSetupString = (text: string): boolean => PATTERN.test(withoutBreaks(text));
const PATTERN = /^fl(\d{1,9}):([\w-]*)(?:\.([\da-f]*))?$/;
/** Removes line breaks, which mail programs may put anywhere. */
const withoutBreaks = (text: string): string => text.replaceAll(/\s+/g, '');

/** @throws FailureError if it was cut off or changed, is too long, is of another version, or describes an impossible run */
export function readSetupString(text: string): PortableSetup {
  const refuse = (what: string, remedy: string): never => {
    throw new FailureError({ what, where: WHERE, remedy });
  };
  if (text.length > LONGEST_SETUP)
    refuse(
      `It has ${text.length} characters; the longest set-up has ${LONGEST_SETUP}.`,
      'See that nothing else was copied with it.',
    );
  const [, version, content = '', checksum = ''] = PATTERN.exec(withoutBreaks(text)) ?? [];
  if (version === undefined) refuse('It is no set-up: one begins with “fl1:”.', AGAIN);
  if (Number(version) !== VERSION)
    refuse(
      `It is of version ${version}; this app reads version ${VERSION}.`,
      'Open it with the version of Firstlayer that made it, and copy the set-up as JSON there.',
    );
  if (checksum.length < CHECKSUM) refuse('It was cut: its end is missing.', AGAIN);
  if (checksumOf(content) !== checksum)
    refuse('It was changed on its way: its checksum is not that of its content.', AGAIN);
  const made = 'Ask for the string again; this one was not made by Firstlayer.';
  const envelope = checked(
    envelopeSchema,
    parseJson(fromBase64(content) ?? '', WHERE, made),
    WHERE,
    made,
  );
  const { config, hidden = [], ownData = false } = envelope;
  const setup = checked(
    portableSetupSchema,
    { config: seedWithChanges(config), hidden: [...new Set(hidden)], needsData: ownData },
    WHERE,
    'Ask for the string again, or for the set-up as JSON.',
  );
  const { dataset, ownDrawings } = setup.config.data;
  const place = hasOwnData(setup.config) ? dataset : ownDrawings?.folder;
  if (place !== undefined)
    refuse(`It names ${shown(place)}, a place on a machine, which no set-up may do.`, made);
  return setup;
}

const checksumOf = (content: string): string =>
  (crc32(content) >>> 0).toString(16).padStart(CHECKSUM, '0');

function toBase64(text: string): string {
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte));
  return btoa(bytes.join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Null if the text is not base64url of UTF-8. */
function fromBase64(text: string): string | null {
  try {
    const bytes = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const codes = Uint8Array.from(bytes, (byte) => byte.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(codes);
  } catch {
    return null;
  }
}
