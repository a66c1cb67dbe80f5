/** Ranges of Node versions as in package.json's `engines`: terms such as ^22.13.0 or >=24.0.0, of which one must match. */

/** @param {string} range */
const terms = (range) =>
  range.split('||').map((term) => {
    const match = /^(\^|>=)(\d+)(?:\.(\d+))?(?:\.(\d+))?$/.exec(term.trim());
    if (!match)
      throw new RangeError(`"${term.trim()}" is no range of versions that is known here.`);
    const [, sign, major = 0, minor = 0, patch = 0] = match;
    return { openEnded: sign === '>=', least: [major, minor, patch].map(Number) };
  });

/** Negative if `a` comes before `b`. @param {readonly number[]} a @param {readonly number[]} b */
const compare = (a, b) =>
  a.map((part, k) => part - (b[k] ?? 0)).find((difference) => difference !== 0) ?? 0;

/** @param {string} range @param {string} version such as 22.13.1 */
export function isWithin(range, version) {
  const numbers = version.split('.').map(Number);
  return terms(range).some(
    ({ openEnded, least }) =>
      compare(numbers, least) >= 0 && (openEnded || numbers[0] === least[0]),
  );
}

/** The range in words: "20.19 or a newer 20, 22.13 or a newer 22, 24 or newer". @param {string} range */
export const rangeText = (range) =>
  terms(range)
    .map(({ openEnded, least: [major = 0, minor = 0] }) => {
      const first = minor === 0 ? String(major) : `${major}.${minor}`;
      return openEnded ? `${first} or newer` : `${first} or a newer ${major}`;
    })
    .join(', ');
