import { type FollowUpContents, type RequestContext, requestFromDraft } from '../core/draft-request.ts';
import type { Job } from '../core/outbox/job.ts';
import type { Result } from '../core/result.ts';
import { namesOfTicket } from '../core/understood-target.ts';
import { browser } from '../platform/browser.ts';
import { text } from '../platform/localised-text.ts';
import { currentDraft } from '../platform/privileged/draft-store.ts';
import { sourceIdOfTicket } from '../platform/privileged/history-store.ts';
import { outboxStore as store } from '../platform/privileged/outbox-store.ts';
import { readSettings } from '../platform/settings-store.ts';
import { captureEnd } from './picture-capture.ts';
import { notesOfPicture } from './picture-notes.ts';
import { preparePictures } from './prepare-pictures.ts';

/**
 * Puts the draft into the outbox when what is being captured is in it, and its pictures are made ready. They may be
 * marked anew while they are made: then they are made again, a few times.
 */
export async function sendDraft(draftId: string): Promise<Result<Job>> {
  await captureEnd();
  for (let tries = 3; ; tries--) {
    const job = await enqueueDraft(draftId);
    if (job.ok || job.failure.kind !== 'picture-not-prepared' || tries === 0) return job;
    const prepared = await preparePictures(draftId);
    if (!prepared.ok) return prepared;
  }
}

async function enqueueDraft(draftId: string): Promise<Result<Job>> {
  const { agentName, agentEmail, redaction, retention } = await readSettings();
  const { draft: shown } = await currentDraft();
  const ownTickets = new Map<string, string | null>();
  for (const name of namesOfTicket(shown.replyTarget)) {
    ownTickets.set(name, await sourceIdOfTicket(name));
  }
  const now = Date.now();
  const context: RequestContext = {
    agent: { name: agentName, email: agentEmail },
    redactionRules: redaction,
    notesOfPicture,
    followUpMessage,
    fallbackTitle: text('untitled'),
    extensionVersion: browser.runtime.getManifest().version,
    sourceIdOfTicket: number => ownTickets.get(number) ?? null,
    now,
  };
  // checkpoint: enqueue.before-tx
  const keepsFiles = retention.filesDays > 0;
  return store.enqueue(draftId, draft => requestFromDraft(draft, context), now, keepsFiles);
}

function followUpMessage({ hasPictures, hasFiles }: FollowUpContents): string {
  if (!hasFiles) return text('fullPicturesMessage');
  return text(hasPictures ? 'followUpPicturesAndFiles' : 'followUpFiles');
}
