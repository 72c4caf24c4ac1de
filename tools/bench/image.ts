import type { Browser } from 'puppeteer-core';
import { ticketPngLimitBytes } from '../../src/core/image/fit-plan.ts';
import type { Demo } from '../demo/open-demo.ts';
import { Trouble } from '../trouble.ts';
import { type BenchWorker, startBenchWorker } from './image/bench-worker.ts';
import { bundleScript } from './image/bundle.ts';
import { corpus, type Sample, takePicture } from './image/corpus.ts';
import type { Outcome, Way } from './image/in-worker.ts';
import type { Similarity } from './image/similarity.ts';
import { percentile } from './summary.ts';

const rounds = 3;
const ways: readonly Way[] = ['ours', 'by 0.9', 'by halves'];

interface Timed extends Outcome, Similarity {
  /** Medians of the rounds. */
  timeMs: number;
  cpuMs: number;
}

interface Row {
  sample: Sample;
  captureBytes: number;
  byWay: Record<Way, Timed>;
  /** The rise of the process's memory above what it had when the picture was decoded and not yet fitted. */
  peakBytes: number | null;
}

interface Goal {
  text: string;
  isMet: boolean;
}

/**
 * How pictures come out that must go below 4 MB of base64, by the project's own way and by the two that are common: on
 * pages that the project draws itself, in one run, in the same worker. Rejects when a goal is missed.
 * `wanted` are parts of names of pictures; with them only those pictures are taken, and no goal is looked at.
 */
export async function benchImage({ browser }: Demo, wanted: readonly string[] = []): Promise<string[]> {
  const pageScript = await bundleScript('tools/bench/image/page/main.ts', 'benchPage');
  const rows: Row[] = [];
  const lines = [heading];
  const samples = corpus.filter(
    sample => wanted.length === 0 || wanted.some(part => nameOf({ sample }).includes(part)),
  );
  if (samples.length === 0) throw new Trouble(`No picture is named like that: ${wanted.join(', ')}.`);
  for (const sample of samples) {
    const png = await takePicture(browser, sample, pageScript);
    const row = await measureSample(browser, sample, png);
    rows.push(row);
    for (const line of linesOf(row)) {
      lines.push(line);
      console.log(`  ${line}`);
    }
  }
  // Medians of some pictures say nothing of the goals.
  const goals = wanted.length === 0 ? goalsOf(rows) : [];
  lines.push(...goals.map(({ text, isMet }) => `${isMet ? 'met   ' : 'MISSED'} ${text}`));
  if (goals.some(({ isMet }) => !isMet)) throw new Trouble(`${lines.join('\n')}\nA goal is missed.`);
  return lines;
}

async function measureSample(browser: Browser, sample: Sample, png: Uint8Array): Promise<Row> {
  const worker = await startBenchWorker(browser);
  try {
    await worker.take(png);
    const before = (await worker.facts?.resetPeak()) ?? null;
    const spans: Record<Way, { timeMs: number; cpuMs: number }[]> = {
      ours: [],
      'by 0.9': [],
      'by halves': [],
    };
    const first = await timedRun(worker, 'ours');
    const peakBytes = worker.facts && before !== null ? (await worker.facts.peakBytes()) - before : null;
    const similar: Partial<Record<Way, Outcome & Similarity>> = {};
    spans.ours.push(first);
    for (let round = 0; round < rounds; round += 1) {
      for (const way of ways) {
        // Where nothing is to be done, one look is enough.
        if (first.isUntouched && (round > 0 || way !== 'ours')) continue;
        const done = await timedRun(worker, way);
        spans[way].push(done);
        similar[way] ??= { ...done, ...(await worker.compare()) };
      }
    }
    const timed = (way: Way): Timed => {
      const found = similar[way];
      if (!found) throw new Error(`${way} was not run.`);
      const median = (values: number[]) => percentile(values, 0.5);
      return {
        ...found,
        timeMs: median(spans[way].map(({ timeMs }) => timeMs)),
        cpuMs: median(spans[way].map(({ cpuMs }) => cpuMs)),
      };
    };
    const ours = timed('ours');
    const byWay = first.isUntouched
      ? { ours, 'by 0.9': ours, 'by halves': ours }
      : { ours, 'by 0.9': timed('by 0.9'), 'by halves': timed('by halves') };
    return { sample, captureBytes: png.length, byWay, peakBytes };
  } finally {
    await worker.close();
  }
}

async function timedRun(worker: BenchWorker, way: Way): Promise<Outcome & { cpuMs: number }> {
  const before = (await worker.facts?.cpuMs()) ?? 0;
  const outcome = await worker.run(way, ticketPngLimitBytes);
  return { ...outcome, cpuMs: ((await worker.facts?.cpuMs()) ?? 0) - before };
}

const heading =
  'picture                   capture  way        size     SSIM    PSNR     time     CPU  encodes  what';

function linesOf({ sample, captureBytes, byWay, peakBytes }: Row): string[] {
  const mb = (bytes: number) => `${(bytes / 1e6).toFixed(2)} MB`;
  const shown = ways.filter(way => way === 'ours' || !byWay.ours.isUntouched);
  return shown.map(way => {
    const { sizeBytes, ssim, psnr, timeMs, cpuMs, encodes } = byWay[way];
    return [
      (way === 'ours' ? `${sample.screen} ${sample.size}` : '').padEnd(25),
      (way === 'ours' ? mb(captureBytes) : '').padStart(8),
      way.padEnd(9),
      mb(sizeBytes).padStart(8),
      ssim.toFixed(4),
      psnr === null ? '   ∞' : psnr.toFixed(1).padStart(4),
      `${Math.round(timeMs)} ms`.padStart(8),
      `${Math.round(cpuMs)} ms`.padStart(8),
      String(encodes).padStart(3),
      ` ${whatWasDone(byWay[way])}${way === 'ours' && peakBytes !== null ? `, +${mb(peakBytes)} of memory` : ''}`,
    ].join(' ');
  });
}

function whatWasDone({ isUntouched, fit, scale }: Outcome): string {
  if (isUntouched) return 'untouched';
  const size = scale === 1 ? 'full size' : `${Math.round(scale * 100)} %`;
  if (!fit) return size;
  if (fit.colours !== null) return `${size}, ${fit.colours} colours`;
  return fit.maxError === 0 ? `${size}, lossless` : `${size}, within ±${fit.maxError}`;
}

function goalsOf(rows: readonly Row[]): Goal[] {
  const over = rows.filter(({ captureBytes }) => captureBytes > ticketPngLimitBytes);
  const each = (isGood: (ours: Timed, theirs: Timed) => boolean) =>
    over.filter(({ byWay }) => !isGood(byWay.ours, byWay['by 0.9'])).map(nameOf);
  const median = (ratioOf: (ours: Timed, theirs: Timed) => number) =>
    percentile(
      over.map(({ byWay }) => ratioOf(byWay.ours, byWay['by 0.9'])),
      0.5,
    );
  const list = (text: string, failing: readonly string[]): Goal => ({
    text: failing.length > 0 ? `${text} (not: ${failing.join(', ')})` : text,
    isMet: failing.length === 0,
  });
  const ratio = (text: string, value: number, most: number): Goal => ({
    text: `${text}: ${value.toFixed(2)}×, at most ${most}×`,
    isMet: value <= most,
  });
  const within = rows.filter(({ captureBytes }) => captureBytes <= ticketPngLimitBytes);
  const tallest = over
    .filter(({ sample }) => sample.heightPx === 15_000)
    .map(({ peakBytes }) => peakBytes ?? 0);
  const peakMb = Math.max(...tallest) / 1e6;
  return [
    list(
      `${within.length} pictures that fit are sent as they are`,
      within.filter(({ byWay }) => !byWay.ours.isUntouched).map(nameOf),
    ),
    list(
      `${over.length} others end below the limit`,
      over.filter(({ byWay }) => byWay.ours.sizeBytes > ticketPngLimitBytes).map(nameOf),
    ),
    list(
      'SSIM is higher than by 0.9',
      each((ours, theirs) => ours.ssim > theirs.ssim),
    ),
    list(
      'PSNR is not lower than by 0.9',
      each((ours, theirs) => (ours.psnr ?? Number.POSITIVE_INFINITY) >= (theirs.psnr ?? 0)),
    ),
    ratio(
      'median loss (1 − SSIM)',
      median((ours, theirs) => (1 - ours.ssim) / (1 - theirs.ssim)),
      0.55,
    ),
    ratio(
      'median time',
      median((ours, theirs) => ours.timeMs / theirs.timeMs),
      0.75,
    ),
    list(
      'no picture takes more than 1.25× the time',
      each((ours, theirs) => ours.timeMs <= 1.25 * theirs.timeMs),
    ),
    list(
      'at most two full encodes',
      each(ours => ours.encodes <= 2),
    ),
    {
      text: `one full encode as a rule: ${over.filter(({ byWay }) => byWay.ours.encodes === 1).length} of ${over.length}`,
      isMet: over.filter(({ byWay }) => byWay.ours.encodes === 1).length >= over.length * 0.75,
    },
    { text: `memory for 1440×15000: +${peakMb.toFixed(0)} MB, at most 300 MB`, isMet: peakMb <= 300 },
  ];
}

function nameOf({ sample }: Pick<Row, 'sample'>): string {
  return `${sample.screen} ${sample.size}`;
}
