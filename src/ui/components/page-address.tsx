/** Where something was captured; a link when it is a page of the web. */
export function PageAddress({ url }: { url: string }) {
  const shown = url.replace(/^https?:\/\//, '').replace(/\/$/, '');
  if (shown === url) return <span class="page-address">{shown}</span>;
  return (
    <a class="page-address" href={url} target="_blank" rel="noreferrer">
      {shown}
    </a>
  );
}
