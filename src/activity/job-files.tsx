import type { JobView } from '../contract/views.ts';
import { text } from '../platform/localised-text.ts';
import { useBlobUrl } from '../ui/hooks/use-blob-url.ts';

interface JobFilesProps {
  files: JobView['files'];
  blobIds: ReadonlySet<string>;
}

const shownPictures = 6;

/** The pictures of an item while they are there, and its other files by name. */
export function JobFiles({ files, blobIds }: JobFilesProps) {
  if (files.length === 0) return null;
  const pictures = files.filter(({ blobId, type }) => type.startsWith('image/') && blobIds.has(blobId));
  const others = files.filter(file => !pictures.slice(0, shownPictures).includes(file));
  return (
    <>
      {pictures.length > 0 && (
        <div class="job-pictures">
          {pictures.slice(0, shownPictures).map(({ blobId, name }) => (
            <Picture key={blobId} blobId={blobId} name={name} />
          ))}
        </div>
      )}
      {others.length > 0 && (
        <p class="job-files hint">
          {others
            .map(({ blobId, name }) => (blobIds.has(blobId) ? name : text('activityFileGone', name)))
            .join(', ')}
        </p>
      )}
    </>
  );
}

/** Small, and of one size from the start, so that nothing moves when it comes. */
function Picture({ blobId, name }: { blobId: string; name: string }) {
  const url = useBlobUrl(blobId);
  return <span class="job-picture">{url && <img src={url} alt={name} decoding="async" />}</span>;
}
