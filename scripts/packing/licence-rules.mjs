import satisfies from 'spdx-satisfies';

/** What may be packed: the app is given away under the MIT licence, and whoever has it may do with it what that allows. */

/** These ask for no more than that they, and whose work it is, stay with it: resources/licenses/ does that. */
const permissive = [
  ...['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'Zlib'],
  ...['BlueOak-1.0.0', 'Python-2.0', 'CC0-1.0', 'Unlicense'],
];

/**
 * Each of the others is for one part, with the reason why it binds that part alone.
 * @type {readonly { name: string, license: string, why: string }[]}
 */
const exceptions = [
  {
    name: 'MNIST',
    license: 'CC-BY-SA-3.0',
    why: 'data in files of their own, unchanged, beside which their licence is named',
  },
  {
    name: 'FFmpeg of Chromium',
    license: 'LGPL-2.1-or-later',
    why: 'a library in a file of its own, which a person can replace; its source is public',
  },
  {
    name: 'Eigen of TensorFlow',
    license: 'MPL-2.0',
    why: 'it asks for the source of its own files only, which is public',
  },
];

/**
 * Why a part may not be packed.
 * @param {{ name: string, license: string }} part with an SPDX expression
 * @returns {string | null} null: it may
 */
export function licenceFault({ name, license }) {
  if (exceptions.some((each) => each.name === name && each.license === license)) return null;
  /** @type {boolean} */
  let isPermissive;
  try {
    isPermissive = satisfies(license, permissive);
  } catch {
    return `${name} names no licence that is known: ${JSON.stringify(license)}.`;
  }
  return isPermissive
    ? null
    : `${name} has the licence ${license}, which asks for more than the MIT licence may promise.`;
}
