import { useState } from 'preact/hooks';
import type { ExportedJob } from '../contract/views.ts';
import { ok, type Result } from '../core/result.ts';
import { extensionVersion } from '../platform/extension-version.ts';
import { text } from '../platform/localised-text.ts';
import { send } from '../platform/send.ts';
import type { Say } from '../ui/components/status-line.tsx';
import { failureText } from '../ui/failure-text.ts';
import { saveFile } from '../ui/save-file.ts';
import { csvExport, jsonExport } from './export-files.ts';
import { itemsText } from './items-text.ts';

export type ExportFormat = 'json' | 'csv';

interface Export {
  isRunning: boolean;
  save: (format: ExportFormat) => void;
}

/** Gives the person all items as a file. */
export function useExport(say: Say): Export {
  const [isRunning, setRunning] = useState(false);

  async function save(format: ExportFormat) {
    setRunning(true);
    say(text('activityExporting'));
    const read = await readAll();
    setRunning(false);
    if (!read.ok) return say(failureText(read.failure), 'alarm');
    const now = Date.now();
    const name = `capture-history-${new Date(now).toISOString().slice(0, 10)}.${format}`;
    if (format === 'csv') saveFile(name, csvExport(read.value), 'text/csv');
    else saveFile(name, jsonExport(read.value, now, extensionVersion()), 'application/json');
    say(text('activityExported', itemsText(read.value.length), name));
  }

  return { isRunning, save: format => void save(format) };
}

async function readAll(): Promise<Result<ExportedJob[]>> {
  const jobs: ExportedJob[] = [];
  let below: number | null = null;
  do {
    const part: Result<{ jobs: ExportedJob[]; below: number | null }> = await send('history.export', {
      below,
    });
    if (!part.ok) return part;
    jobs.push(...part.value.jobs);
    below = part.value.below;
  } while (below !== null);
  return ok(jobs);
}
