import { readFileSync } from 'node:fs';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from 'vitest';
import { executableIn } from '../../scripts/packing/driven-copy.mjs';
import { drivenProgram, packedFolder } from './packed-app.ts';

const [OFF, ON] = ['0'.charCodeAt(0), '1'.charCodeAt(0)];
/** Bytes that are compared at once. */
const PIECE = 2 ** 20;
const program = executableIn(packedFolder);

test('nobody can turn the packed app into another program', async () => {
  const fuses = await getCurrentFuseWire(program);
  expect(fuses[FuseV1Options.RunAsNode]).toBe(OFF);
  expect(fuses[FuseV1Options.EnableNodeOptionsEnvironmentVariable]).toBe(OFF);
  expect(fuses[FuseV1Options.EnableNodeCliInspectArguments]).toBe(OFF);
  expect(fuses[FuseV1Options.GrantFileProtocolExtraPrivileges]).toBe(OFF);
  expect(fuses[FuseV1Options.OnlyLoadAppFromAsar]).toBe(ON);
  expect(fuses[FuseV1Options.EnableEmbeddedAsarIntegrityValidation]).toBe(ON);
});

// A changed program on macOS is signed anew.
test.skipIf(process.platform === 'darwin')(
  'the copy that the end-to-end tests drive differs from it in one fuse, which is one byte',
  async () => {
    const fuses = await getCurrentFuseWire(program);
    expect(await getCurrentFuseWire(drivenProgram)).toEqual({
      ...fuses,
      [FuseV1Options.EnableNodeCliInspectArguments]: ON,
    });
    const [own, driven] = [readFileSync(program), readFileSync(drivenProgram)];
    expect(driven.length).toBe(own.length);
    let differences = 0;
    for (let at = 0; at < own.length; at += PIECE) {
      const [piece, other] = [own, driven].map((bytes) => bytes.subarray(at, at + PIECE));
      if (!piece!.equals(other!))
        differences += piece!.filter((byte, k) => byte !== other![k]).length;
    }
    expect(differences).toBe(1);
  },
);
