import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  serveFile,
  CONTENT_SECURITY_POLICY,
  fileOf,
  originOf,
} from '../../../main/app-protocol.ts';

describe('fileOf', () => {
  it.each([
    ['app://firstlayer/', '/root/index.html'],
    ['app://firstlayer/assets/a.js', '/root/assets/a.js'],
    ['app://firstlayer/a%20b.js?x=1#y', '/root/a b.js'],
    ['app://firstlayer/../a.js', '/root/a.js'],
  ])('%s is %s', (url, file) => {
    expect(fileOf('/root', url)).toBe(file);
  });

  it.each([
    'app://firstlayer/..%2f..%2fetc/passwd',
    'app://firstlayer/%2e%2e%2fsecret.js',
    'app://firstlayer/..%2froot-beside/a.js',
    'app://firstlayer/a%00.js',
    'app://firstlayer/%',
    'app://elsewhere/a.js',
    'https://firstlayer/a.js',
    'not a url',
  ])('refuses %s', (url) => {
    expect(fileOf('/root', url)).toBeNull();
  });
});

describe('serveFile', () => {
  let root: string;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'firstlayer-protocol-'));
    await writeFile(join(root, 'index.html'), '<!doctype html>');
    await writeFile(join(root, 'secret.key'), 'x');
  });
  afterAll(() => rm(root, { recursive: true }));

  it('serves a file with its type and the policy', async () => {
    const served = await serveFile(root, { method: 'GET', url: 'app://firstlayer/' });
    expect(served.statusCode).toBe(200);
    expect(served.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(served.headers['content-security-policy']).toBe(CONTENT_SECURITY_POLICY);
    expect(served.data.toString()).toBe('<!doctype html>');
  });

  it.each([
    ['a missing file', 'app://firstlayer/none.js', 'GET', 404],
    ['an unknown type', 'app://firstlayer/secret.key', 'GET', 404],
    ['a method that would change something', 'app://firstlayer/', 'POST', 405],
  ])('refuses %s', async (_name, url, method, status) => {
    const served = await serveFile(root, { method, url });
    expect([served.statusCode, served.data.length]).toEqual([status, 0]);
    expect(served.headers['content-security-policy']).toBe(CONTENT_SECURITY_POLICY);
  });
});

it('originOf knows our scheme, and gives nothing for what is no address', () => {
  expect(originOf('app://firstlayer/a/b')).toBe('app://firstlayer');
  expect(originOf('app://firstlayer.evil.example/')).not.toBe('app://firstlayer');
  expect(originOf('?')).toBe('');
});
