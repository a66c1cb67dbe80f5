import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { failedFetch } from '../../../../../main/trainer/data/named/fetch-failures.ts';
import { fetchFile } from '../../../../../main/trainer/data/named/fetch-file.ts';
import type { PublishedFile } from '../../../../../main/trainer/data/named/set-list.ts';
import { unwatched } from '../../../../../main/trainer/data/raw-dataset.ts';
import { FailureError } from '../../../../../shared/ipc.ts';
import { temporaryFolder } from '../../../../support/folders.ts';
import {
  beginAnswer,
  cuttingOff,
  giving,
  startHost,
  type Answer,
  type LocalHost,
} from '../../../../support/local-host.ts';

const content = randomBytes(400_000);

const hosts: LocalHost[] = [];
async function hostOf(answer: Answer): Promise<LocalHost> {
  const host = await startHost(answer);
  hosts.push(host);
  return host;
}
/** Whatever proxy this machine has. */
beforeEach(() => {
  for (const name of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY'])
    vi.stubEnv(name, '');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const host of hosts.splice(0)) await host.close();
});

const published = (url: string, bytes = content): PublishedFile => ({
  name: 'images.gz',
  url: `${url}/images.gz`,
  bytes: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
});

async function refusal(promise: Promise<unknown>): Promise<FailureError['failure']> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(FailureError);
  return (error as FailureError).failure;
}

/** Not by `toEqual`, which takes seconds for so many bytes. */
const expectWhole = (folder: string): void => {
  expect(readFileSync(join(folder, 'images.gz')).equals(content)).toBe(true);
};

/** What lies in a folder, by name, and how long. */
const lengths = (folder: string): Record<string, number> =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, statSync(join(folder, name)).size]));

describe('a file is fetched', () => {
  it('whole, once, with its progress in bytes', async () => {
    const host = await hostOf(giving(content));
    const folder = join(temporaryFolder(), 'deep', 'cache');
    const told: [number, number | null][] = [];
    const progress = (done: number, total: number | null): void => void told.push([done, total]);
    await fetchFile(published(host.url), folder, { ...unwatched, progress });
    expectWhole(folder);
    expect(lengths(folder)).toEqual({ 'images.gz': 400_000 });
    expect(told[0]).toEqual([0, 400_000]);
    expect(told.at(-1)).toEqual([400_000, 400_000]);
    expect(told.map(([done]) => done)).toEqual(told.map(([done]) => done).sort((a, b) => a - b));
    await fetchFile(published(host.url), folder, unwatched);
    expect(host.asked).toEqual([null]);
  });

  it('from where it was cut off, however often that is', async () => {
    const host = await hostOf(cuttingOff(content, 150_000));
    const folder = temporaryFolder();
    for (const left of [150_000, 300_000]) {
      const { what, where, remedy } = await refusal(
        fetchFile(published(host.url), folder, unwatched),
      );
      expect(what).toBe('images.gz was not fetched: the connection was cut off (ECONNRESET).');
      expect(where).toBe(`${host.url}/images.gz`);
      expect(remedy).toContain('the next time goes on from there');
      expect(remedy).toContain(join(folder, 'images.gz'));
      expect(lengths(folder)).toEqual({ 'images.gz.part': left });
    }
    await fetchFile(published(host.url), folder, unwatched);
    expect(host.asked).toEqual([null, 'bytes=150000-', 'bytes=300000-']);
    expectWhole(folder);
    expect(lengths(folder)).toEqual({ 'images.gz': 400_000 });
  });

  it('from where it was stopped; what has come stays', async () => {
    let isHeld = true;
    const host = await hostOf((request, response) => {
      const rest = beginAnswer(request, response, content);
      if (isHeld) response.write(rest.subarray(0, 100_000));
      else response.end(rest);
    });
    const folder = temporaryFolder();
    const stop = new AbortController();
    const reason = new Error('stopped');
    const progress = (done: number): void => {
      if (done >= 100_000) stop.abort(reason);
    };
    const fetching = fetchFile(published(host.url), folder, { progress, signal: stop.signal });
    await expect(fetching).rejects.toBe(reason);
    expect(lengths(folder)).toEqual({ 'images.gz.part': 100_000 });
    isHeld = false;
    await fetchFile(published(host.url), folder, unwatched);
    expect(host.asked).toEqual([null, 'bytes=100000-']);
    expectWhole(folder);
  });

  it('from its beginning where the host knows of no ranges', async () => {
    const host = await hostOf((_, response) => {
      response.writeHead(200, { 'content-length': content.length });
      response.end(content);
    });
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'images.gz.part'), content.subarray(0, 1_000));
    await fetchFile(published(host.url), folder, unwatched);
    expect(host.asked).toEqual(['bytes=1000-']);
    expectWhole(folder);
  });

  it('without asking for anything where only its name was missing', async () => {
    const host = await hostOf(giving(content));
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'images.gz.part'), content);
    await fetchFile(published(host.url), folder, unwatched);
    expect(host.asked).toEqual([]);
    expect(lengths(folder)).toEqual({ 'images.gz': 400_000 });
  });

  it('as it lies on the host, also where the host calls a .gz packed', async () => {
    const host = await hostOf((_, response) => {
      response.writeHead(200, { 'content-length': content.length, 'content-encoding': 'x-gzip' });
      response.end(content);
    });
    const folder = temporaryFolder();
    await fetchFile(published(host.url), folder, unwatched);
    expectWhole(folder);
  });

  it('where the host itself sends on to, and nowhere else but by HTTPS', async () => {
    const host = await hostOf((request, response) => {
      if (request.url === '/moved.gz') giving(content)(request, response);
      else response.writeHead(302, { location: '/moved.gz' }).end();
    });
    const folder = temporaryFolder();
    await fetchFile(published(host.url), folder, unwatched);
    expectWhole(folder);

    const elsewhere = await hostOf((_, response) => {
      response.writeHead(301, { location: `${host.url}/moved.gz` }).end();
    });
    const { what } = await refusal(
      fetchFile(published(elsewhere.url), temporaryFolder(), unwatched),
    );
    expect(what).toContain(`the host sends on to ${host.url}, which is not taken`);

    const circle = await hostOf((_, response) => {
      response.writeHead(307, { location: '/again' }).end();
    });
    const inCircle = await refusal(fetchFile(published(circle.url), temporaryFolder(), unwatched));
    expect(inCircle.what).toContain('the host sends on more than 5 times');
    expect(circle.asked).toHaveLength(6);
  });
});

describe('what comes is not taken', () => {
  it('where its checksum is another: it is removed, and the next time begins anew', async () => {
    const damaged = Buffer.from(content);
    damaged[200_000]! ^= 1;
    let bytes = damaged;
    const host = await hostOf((request, response) => {
      giving(bytes)(request, response);
    });
    const folder = temporaryFolder();
    const { what, where } = await refusal(fetchFile(published(host.url), folder, unwatched));
    expect(what).toContain('came with other bytes than were published');
    expect(where).toBe(`${host.url}/images.gz`);
    expect(lengths(folder)).toEqual({});
    bytes = content;
    await fetchFile(published(host.url), folder, unwatched);
    expectWhole(folder);
  });

  const page = '\n<!doctype html><title>Sign in</title>';
  it.each([
    ['a page by its type', { 'content-type': 'text/html; charset=utf-8' }, 'a web page came'],
    ['a page by how it begins', {}, 'a web page came'],
  ])('where it is %s', async (_, headers, said) => {
    const host = await hostOf((__, response) => {
      response.writeHead(200, headers);
      response.end(page);
    });
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'images.gz.part'), content.subarray(0, 1_000));
    const { what } = await refusal(fetchFile(published(host.url), folder, unwatched));
    expect(what).toContain(said);
    expect(what).toContain('sign in');
    expect(existsSync(join(folder, 'images.gz'))).toBe(false);
  });

  it('where the host does not have it, and what had come stays', async () => {
    const host = await hostOf((_, response) => {
      response.writeHead(404).end('gone');
    });
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'images.gz.part'), content.subarray(0, 1_000));
    const { what, remedy } = await refusal(fetchFile(published(host.url), folder, unwatched));
    expect(what).toBe('images.gz was not fetched: the host answers 404 Not Found.');
    expect(remedy).toContain('--dataset FOLDER');
    expect(lengths(folder)).toEqual({ 'images.gz.part': 1_000 });
  });

  it('where the host has a file of another length', async () => {
    const host = await hostOf(giving(content.subarray(1)));
    const folder = temporaryFolder();
    const { what } = await refusal(fetchFile(published(host.url), folder, unwatched));
    expect(what).toContain('of 399999 bytes; the one that was published has 400000');
    expect(lengths(folder)).toEqual({});
  });

  it('where more comes than was published: no more of it is kept', async () => {
    const host = await hostOf((_, response) => {
      response.writeHead(200);
      const pour = (): void => {
        if (!response.destroyed && response.write(content)) setImmediate(pour);
      };
      response.on('drain', pour);
      pour();
    });
    const folder = temporaryFolder();
    const { what } = await refusal(fetchFile(published(host.url), folder, unwatched));
    expect(what).toContain('more comes than the 400000 bytes');
    expect(lengths(folder)['images.gz.part'] ?? 0).toBeLessThanOrEqual(400_000);
  });
});

describe('where there is no way to the host', () => {
  it('it is said that nobody listens', async () => {
    const host = await startHost(giving(content));
    await host.close();
    const { what } = await refusal(fetchFile(published(host.url), temporaryFolder(), unwatched));
    expect(what).toBe('images.gz was not fetched: its host refuses the connection (ECONNREFUSED).');
  });

  it('it is said of a proxy that it is not used', async () => {
    vi.stubEnv('HTTPS_PROXY', 'http://127.0.0.1:9');
    const host = await startHost(giving(content));
    await host.close();
    const { what } = await refusal(fetchFile(published(host.url), temporaryFolder(), unwatched));
    expect(what).toContain('The proxy that HTTPS_PROXY names is not used.');
  });

  it.each([
    ['at all', (): void => undefined],
    ['any more', cuttingNothing],
  ])('it is said that nothing comes %s', async (_, answer) => {
    const host = await hostOf(answer);
    const folder = temporaryFolder();
    const { what } = await refusal(fetchFile(published(host.url), folder, unwatched, 300));
    expect(what).toContain('nothing has come for');
  });

  it('it is said that the name is not found, or who is not trusted', () => {
    const file = published('http://images.invalid');
    const said = (code: string): string =>
      failedFetch(file, '/cache/images.gz', Object.assign(new Error(code), { code })).failure.what;
    expect(said('ENOTFOUND')).toContain('there is no network here, or no DNS');
    expect(said('EAI_AGAIN')).toContain('there is no network here, or no DNS');
    expect(said('SELF_SIGNED_CERT_IN_CHAIN')).toContain('certificate is not trusted');
    expect(said('ENETUNREACH')).toContain('there is no network here');
    expect(said('ERR_SSL_WRONG_VERSION_NUMBER')).toContain('no secure connection');
  });
});

function cuttingNothing(...[request, response]: Parameters<Answer>): void {
  response.write(beginAnswer(request, response, content).subarray(0, 5_000));
}

describe('where the disk does not take it', () => {
  it('it is said which folder, and nothing of the network', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    const host = await hostOf(giving(content));
    const { what, where } = await refusal(
      fetchFile(published(host.url), join(folder, 'file', 'cache'), unwatched),
    );
    expect(what).toContain('images.gz cannot be kept');
    expect(where).toBe(join(folder, 'file', 'cache'));
    expect(host.asked).toEqual([]);
  });

  it('it is said that something else lies there', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'images.gz'));
    const host = await hostOf(giving(content));
    const { what, where } = await refusal(fetchFile(published(host.url), folder, unwatched));
    expect(what).toBe('images.gz cannot be kept: it is no regular file.');
    expect(where).toBe(folder);
  });

  it('it is said that the disk is full', () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), {
      code: 'ENOSPC',
    });
    const { what, where, remedy } = failedFetch(
      published('http://h'),
      '/c/images.gz',
      full,
    ).failure;
    expect(what).toBe('images.gz cannot be kept: no room is left on the disk (ENOSPC).');
    expect(where).toBe('/c');
    expect(remedy).toContain('XDG_CACHE_HOME');
  });
});

describe('what lies there already', () => {
  it('is not written over where it is another file', async () => {
    const host = await hostOf(giving(content));
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'images.gz'), 'mine');
    const { what, where } = await refusal(fetchFile(published(host.url), folder, unwatched));
    expect(what).toContain('not the file that was published');
    expect(where).toBe(join(folder, 'images.gz'));
    expect(readFileSync(join(folder, 'images.gz'), 'utf8')).toBe('mine');
    expect(host.asked).toEqual([]);
  });

  it('is taken up where a process left it that was killed', async () => {
    const host = await hostOf(giving(content));
    const folder = temporaryFolder();
    // No process has this number: Linux’s go to 2^22.
    writeFileSync(join(folder, 'images.gz.part-4194999-1'), content.subarray(0, 250_000));
    writeFileSync(join(folder, 'images.gz.part'), content.subarray(0, 100));
    await fetchFile(published(host.url), folder, unwatched);
    expect(host.asked).toEqual(['bytes=250000-']);
    expect(lengths(folder)).toEqual({ 'images.gz': 400_000 });
  });

  it('is left to the process that works at it', async () => {
    const host = await hostOf(giving(content));
    const folder = temporaryFolder();
    const other = join(folder, `images.gz.part-${process.ppid}-1`);
    writeFileSync(other, content.subarray(0, 250_000));
    const { what } = await refusal(fetchFile(published(host.url), folder, unwatched));
    expect(what).toContain(`process ${process.ppid}) is getting this file already`);
    expect(lengths(folder)).toEqual({ [`images.gz.part-${process.ppid}-1`]: 250_000 });
    // Another program may have got the number of a process that was killed.
    const longAgo = new Date(Date.now() - 3_600_000);
    utimesSync(other, longAgo, longAgo);
    await fetchFile(published(host.url), folder, unwatched);
    expect(lengths(folder)).toEqual({ 'images.gz': 400_000 });
  });

  it('is one file where two fetch it at once, whoever is first', async () => {
    const host = await hostOf(giving(content));
    const folder = temporaryFolder();
    const both = await Promise.allSettled(
      [1, 2].map(() => fetchFile(published(host.url), folder, unwatched)),
    );
    expect(both.some(({ status }) => status === 'fulfilled')).toBe(true);
    for (const each of both)
      if (each.status === 'rejected') expect(each.reason).toBeInstanceOf(FailureError);
    expectWhole(folder);
    expect(lengths(folder)).toEqual({ 'images.gz': 400_000 });
  });
});
