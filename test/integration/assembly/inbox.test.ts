import { Window } from 'happy-dom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoApiKey } from '../../../tools/assembly/settings.ts';
import { type Assembly, startAssembly } from '../../../tools/assembly/start-assembly.ts';
import { postReply, postTicket } from './client.ts';
import { fileOf, sampleJpeg, samplePng } from './sample-images.ts';

const hostile = `</pre><script>alert(1)</script><img src=x onerror='alert(2)'>&amp;"`;
const png = samplePng(40, 30);

describe('the inbox', () => {
  let assembly: Assembly;
  beforeAll(async () => {
    assembly = await startAssembly();
    await postTicket(assembly, [
      ['title', 'Plain ticket'],
      ['query', 'First'],
    ]);
    await postTicket(assembly, [
      ['query', hostile],
      ['title', `${hostile} title`],
      ['source_specific_id', 'cap_1'],
      ['user', JSON.stringify({ email: 'eve@example.org', name: hostile })],
      ['company_id', '00000000-0000-7000-8002-000000000006'],
      ['additional_properties', JSON.stringify({ category: hostile, [hostile]: hostile })],
      ['files_base64', png.toString('base64')],
      ['files', fileOf(sampleJpeg, 'image/jpeg', 'photo.jpg')],
      ['files_image_url', 'https://example.com/a.png'],
    ]);
    await postReply(assembly, '?source_specific_id=cap_1', [
      ['content', hostile],
      ['user', JSON.stringify({ id: '1', name: hostile })],
      ['files', fileOf(Buffer.from('<script>alert(3)</script>'), 'text/html', 'evil.html')],
    ]);
  });
  afterAll(() => assembly.close());

  const get = (path: string) => fetch(`${assembly.inboxUrl}${path}`);
  const open = async (path: string) => {
    const document = new Window().document;
    document.write(await (await get(path)).text());
    return document;
  };

  it('lists the tickets, the newest first', async () => {
    const document = await open('/');
    const titles = [...document.querySelectorAll('.tickets .title')].map(title => title.textContent);
    expect(titles).toEqual([`${hostile} title`, 'Plain ticket']);
    const links = [...document.querySelectorAll('.tickets a')].map(link => link.getAttribute('href'));
    expect(links).toEqual(['/tickets/ASM-112', '/tickets/ASM-111']);
  });

  it.each(['/', '/tickets/ASM-112'])('shows hostile text as text on %s', async path => {
    const document = await open(path);
    expect([...document.querySelectorAll('script')].map(script => script.getAttribute('src'))).toEqual([
      '/refresh.js',
    ]);
    expect(document.querySelectorAll('[onerror]')).toHaveLength(0);
    const policy = (await get(path)).headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
  });

  it('shows a whole ticket', async () => {
    const document = await open('/tickets/ASM-112');
    expect(document.querySelector('h1')?.textContent).toBe(`${hostile} title`);
    expect([...document.querySelectorAll('pre')].map(pre => pre.textContent.trim())).toEqual([
      hostile,
      hostile,
    ]);
    const cells = [...document.querySelectorAll('td')].map(cell => cell.textContent);
    expect(cells).toEqual(expect.arrayContaining([hostile, 'Fjord Bank', 'cap_1', 'eve@example.org']));
    expect(cells).toContain(assembly.record.tickets[1]?.ulid);
    const images = [...document.querySelectorAll('figure img')];
    expect(images.map(image => image.getAttribute('src'))).toEqual([
      '/tickets/ASM-112/images/0.jpeg',
      '/tickets/ASM-112/images/1.png',
    ]);
    expect(images.every(image => image.getAttribute('alt'))).toBe(true);
    expect(document.querySelectorAll('main, header, nav, footer')).toHaveLength(4);
  });

  it('serves the pictures as they were sent', async () => {
    const answer = await get('/tickets/ASM-112/images/1.png');
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await answer.arrayBuffer()).equals(png)).toBe(true);
    expect((await get('/tickets/ASM-112/images/1.jpeg')).status).toBe(404);
    expect((await get('/tickets/ASM-999')).status).toBe(404);
  });

  it("never opens a reply's file as a page", async () => {
    const link = (await open('/tickets/ASM-112')).querySelector('.files a');
    expect(link?.getAttribute('download')).toBe('evil.html');
    const answer = await get(link?.getAttribute('href') ?? '');
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('content-disposition')).toBe('attachment');
    expect(await answer.text()).toBe('<script>alert(3)</script>');
  });

  it('gives the record as JSON without bytes and without the key', async () => {
    const text = await (await get('/record.json')).text();
    const record = JSON.parse(text);
    expect(record.requests).toHaveLength(3);
    expect(record.tickets[1].images[1]).toMatchObject({
      width: 40,
      height: 30,
      bytes: { sizeBytes: png.length },
    });
    expect(record.requests[2].parts[2]).toMatchObject({ filename: 'evil.html', bytes: { sizeBytes: 25 } });
    expect(text).not.toContain(demoApiKey);
  });

  it('tells an open page when something has arrived', async () => {
    const shown = (await open('/')).querySelector('script')?.getAttribute('data-version');
    expect(await (await get('/version')).text()).toBe(shown);
    await postTicket(assembly, [['query', 'One more']]);
    expect(await (await get('/version')).text()).not.toBe(shown);
  });

  it('serves what its pages load', async () => {
    const document = await open('/');
    const loaded = [...document.querySelectorAll('link[rel=stylesheet], script')].map(
      element => element.getAttribute('href') ?? element.getAttribute('src') ?? '',
    );
    expect(loaded).toHaveLength(3);
    for (const address of loaded) {
      const answer = await get(address);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toMatch(/^text\/(css|javascript)/);
    }
  });

  it('arms and clears faults', async () => {
    const post = (body: unknown) =>
      fetch(`${assembly.inboxUrl}/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const armed = await post({ faults: [{ kind: 'answer', status: 503 }] });
    expect(await armed.json()).toEqual({ queued: 1, standing: 0 });
    expect((await postTicket(assembly, [['query', 'x']])).status).toBe(503);
    await post({ always: true, faults: [{ kind: 'drop', commit: false, match: 'ticket' }] });
    await expect(postTicket(assembly, [['query', 'x']])).rejects.toThrow();
    expect((await post({ faults: [{ kind: 'explode' }] })).status).toBe(400);
    const cleared = await fetch(`${assembly.inboxUrl}/faults`, { method: 'DELETE' });
    expect(await cleared.json()).toEqual({ queued: 0, standing: 0 });
    expect((await postTicket(assembly, [['query', 'x']])).status).toBe(200);
  });
});
