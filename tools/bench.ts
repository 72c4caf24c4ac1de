import { benchActivity } from './bench/activity.ts';
import { benchFiling } from './bench/filing.ts';
import { benchFullPage } from './bench/full-page.ts';
import { benchImage } from './bench/image.ts';
import { benchOutbox } from './bench/outbox.ts';
import { buildIfNeeded } from './build.ts';
import { openDemo } from './demo/open-demo.ts';
import { ensureChromium } from './setup.ts';
import { runTool, Trouble } from './trouble.ts';

const benches = {
  activity: benchActivity,
  filing: benchFiling,
  'full-page': benchFullPage,
  image: benchImage,
  outbox: benchOutbox,
};

// `npm run bench` runs all, `npm run bench -- filing` one, `npm run bench -- image map` some pictures of it. Figures are of the shipped build in a real Chromium.
await runTool(async () => {
  const words = process.argv.slice(2);
  const pictures = words[0] === 'image' ? words.slice(1).filter(word => !Object.hasOwn(benches, word)) : [];
  const names = words.filter(word => !pictures.includes(word));
  const unknown = names.find(name => !Object.hasOwn(benches, name));
  if (unknown)
    throw new Trouble(`There is no bench "${unknown}". Choose of: ${Object.keys(benches).join(', ')}.`);
  const { executablePath } = await ensureChromium();
  await buildIfNeeded();
  for (const [name, bench] of Object.entries(benches)) {
    if (names.length > 0 && !names.includes(name)) continue;
    const demo = await openDemo(executablePath, true);
    try {
      console.log(`${name}:`);
      for (const line of await bench(demo, pictures)) console.log(`  ${line}`);
    } finally {
      await demo.close();
    }
  }
  return 0;
});
