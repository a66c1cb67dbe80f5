/** What npm run test:packaged tells these tests. */
const told = (name: string): string => {
  const value = process.env[name];
  if (value === undefined || value === '')
    throw new Error(`${name} is not set: these tests are started by npm run test:packaged.`);
  return value;
};

/** The folder that npm run dist has packed. */
export const packedFolder = told('FIRSTLAYER_PACKED');
/** The program of the copy that Playwright drives. */
export const drivenProgram = told('FIRSTLAYER_APP');
