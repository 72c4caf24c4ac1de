import { text } from '../platform/localised-text.ts';
import { Unopened } from '../ui/components/unopened.tsx';
import type { EditorAddress } from './editor-address.ts';
import { usePicture } from './use-picture.ts';
import { Workspace } from './workspace.tsx';

/** The page on which one picture of the draft is cropped, marked and covered. */
export function Editor({ address }: { address: EditorAddress | null }) {
  const { picture, failure, isTrying, tryAgain } = usePicture(address);
  if (picture) return <Workspace picture={picture} />;
  return (
    <main class="editor-unopened">
      <h1>{text('editorTitle')}</h1>
      {failure ? (
        <Unopened failure={failure} isTrying={isTrying} onTryAgain={tryAgain} />
      ) : (
        <p role="status">{text('loading')}</p>
      )}
    </main>
  );
}
