import type { CaptureProgress } from '../contract/views.ts';
import { attachmentLimit, type Draft, type ImageAttachment } from '../core/draft.ts';
import { fail, type Result } from '../core/result.ts';
import { deleteBlob } from '../platform/blob-store.ts';
import { announceProgress } from '../platform/changes.ts';
import { text } from '../platform/localised-text.ts';
import { currentDraft } from '../platform/privileged/draft-store.ts';
import { keepAwake } from '../platform/privileged/keep-awake.ts';
import { pageDetails } from '../platform/privileged/page-details.ts';
import { findImage } from '../platform/privileged/page-image.ts';
import { dropPick } from '../platform/privileged/page-picker.ts';
import type { PageTarget } from '../platform/privileged/page-target.ts';
import { readPageWords } from '../platform/privileged/page-words.ts';
import {
  type Captured,
  type CaptureOptions,
  capturePage,
  captureSubject,
  captureView,
} from '../platform/privileged/scrolled-capture.ts';
import { blobsOfDraft } from '../platform/privileged/used-blobs.ts';
import { readSettings } from '../platform/settings-store.ts';
import { untilErased } from './erasing.ts';
import { addAttachments } from './evidence.ts';
import { showCountdown } from './outbox/badge.ts';
import { preparePictures } from './prepare-pictures.ts';
import { storeCapture } from './store-picture.ts';
import { broughtByPage } from './template-flow.ts';

export type CaptureKind = 'visible-area' | 'full-page' | 'subject' | 'image';

type TakerOptions = CaptureOptions & { imageAddress: string };

const takers: Readonly<
  Record<CaptureKind, (page: PageTarget, options: TakerOptions) => Promise<Result<Captured>>>
> = {
  'visible-area': captureView,
  'full-page': capturePage,
  subject: captureSubject,
  async image(page, options) {
    const found = await findImage(page, options.imageAddress);
    return found.ok ? captureSubject(page, options) : found;
  },
};

/** The one capture that runs. Worth something only while it does: a worker that was killed captures nothing. */
let running: { controller: AbortController; progress: CaptureProgress; end: Promise<unknown> } | null = null;

export interface PictureOptions {
  shownDraftId?: string | undefined;
  delaySeconds?: number;
  /** Of the kind 'image': where the page has it from. */
  imageAddress?: string;
  /** Puts the pictures into the draft, in another way than at the end of its attachments. */
  add?: (pictures: ImageAttachment[]) => Promise<Result<Draft>>;
}

/** Takes a picture of the page into the draft, with what was found in it already covered. One at a time. */
export async function capturePicture(
  kind: CaptureKind,
  page: PageTarget,
  options: PictureOptions = {},
): Promise<Result<Draft>> {
  const { delaySeconds = 0, imageAddress = '' } = options;
  if (running) return fail({ kind: 'capture-running' });
  const controller = new AbortController();
  const { signal } = controller;
  const { promise: end, resolve: markEnd } = Promise.withResolvers<void>();
  running = { controller, progress: { done: 0, total: 1 }, end };
  try {
    return await keepAwake(async () => {
      await countDown(delaySeconds, signal);
      // An overlay that is still open would be in the picture. Of what was picked nothing is left to take away.
      if (kind !== 'subject') await dropPick();
      const room = attachmentLimit - (await currentDraft()).draft.attachments.length;
      const captured = await takers[kind](page, {
        signal,
        onProgress: showProgress,
        readWords: readPageWords,
        maxPictures: Math.max(1, room),
        imageAddress,
      });
      if (!captured.ok) return signal.aborted ? fail({ kind: 'capture-cancelled' }) : captured;
      return addCaptured(kind, captured.value, page, options, signal);
    });
  } finally {
    running = null;
    markEnd();
    announceProgress(null);
  }
}

export function cancelCapture(): void {
  running?.controller.abort();
}

/** Resolves when no capture runs: what was being taken is in its draft then, or is not to be. */
export async function captureEnd(): Promise<void> {
  await running?.end;
}

/** How far the running capture is; null when none runs. */
export function captureProgress(): CaptureProgress | null {
  return running?.progress ?? null;
}

async function addCaptured(
  kind: CaptureKind,
  { pictures, cutAtPx }: Captured,
  page: PageTarget,
  { add, shownDraftId }: PictureOptions,
  signal: AbortSignal,
): Promise<Result<Draft>> {
  // All is erased after the end of a capture, and not in the middle.
  const begun = untilErased();
  const { redaction } = await readSettings();
  const attachments: ImageAttachment[] = [];
  for (const [index, picture] of pictures.entries()) {
    const isLast = index === pictures.length - 1;
    const name = nameOf(kind, index + 1, pictures.length);
    attachments.push(await storeCapture(picture, name, isLast ? cutAtPx : null, redaction));
  }
  if (signal.aborted) {
    for (const id of blobsOfDraft({ attachments })) await deleteBlob(id);
    return fail({ kind: 'capture-cancelled' });
  }
  const added = add
    ? await add(attachments)
    : await addAttachments(attachments, await pageDetails(page), {
        shownDraftId,
        begun,
        fill: (await broughtByPage(page)).fill,
      });
  // Made while the person writes, so that Send finds it done; what fails here is said when it is sent.
  if (added.ok) void preparePictures(added.value.id).catch(() => {});
  return added;
}

function nameOf(kind: CaptureKind, part: number, parts: number): string {
  const name = {
    'visible-area': text('visibleAreaName'),
    'full-page': text('fullPageName'),
    subject: text('subjectName'),
    image: text('attachImageName'),
  }[kind];
  return parts === 1 ? name : text('partName', name, part, parts);
}

function showProgress(done: number, total: number): void {
  if (!running) return;
  running.progress = { done, total };
  announceProgress(running.progress);
}

/** Waits on the toolbar button, in whole seconds, so that a menu can be opened or something pointed at. */
export async function countDown(seconds: number, signal: AbortSignal): Promise<void> {
  try {
    for (let left = seconds; left > 0 && !signal.aborted; left--) {
      await showCountdown(left);
      await new Promise(resolve => setTimeout(resolve, 1_000));
    }
  } finally {
    if (seconds > 0) await showCountdown(null);
  }
}
