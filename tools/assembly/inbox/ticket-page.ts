import type { Reply, Ticket } from '../record.ts';
import type { Service } from '../service.ts';
import { html, type SafeHtml } from './html.ts';
import { counted, moment, page, sizeText } from './page.ts';
import { categoryOf, companyName, headline, personName } from './ticket-facts.ts';

/** One ticket with its pictures, properties and replies. Text is shown as it came, never as markup. */
export function ticketPage(ticket: Ticket, service: Service, version: string): string {
  const replies = service.record.replies.filter(reply => reply.ticketNumber === ticket.number);
  const pictures = ticket.images.length + ticket.imageUrls.length;
  const main = html`
<p class="back"><a href="/">← Inbox</a></p>
<div class="heading"><h1>${headline(ticket)}</h1>
<p class="quiet"><span class="number">${ticket.number}</span> · ${moment(ticket.createdAtMs)}</p></div>
<div class="columns">
<div>
  <section aria-labelledby="description"><h2 id="description">Description</h2><pre>
${ticket.query}</pre></section>
  ${
    pictures > 0 &&
    html`<section aria-labelledby="pictures"><h2 id="pictures">${counted(pictures, 'picture', 'pictures')}</h2>
    ${ticket.images.map((_, index) => picture(ticket, index))}${imageLinks(ticket.imageUrls)}</section>`
  }
  <section aria-labelledby="replies"><h2 id="replies">${counted(replies.length, 'reply', 'replies')}</h2>
  ${replies.length > 0 ? replies.map(replyArticle) : html`<p class="quiet">Nobody has replied yet.</p>`}</section>
</div>
<aside aria-label="Properties">${details(ticket, service)}</aside>
</div>`;
  return page(`${ticket.number} ${headline(ticket)}`, main, version);
}

function picture(ticket: Ticket, index: number): SafeHtml {
  const image = ticket.images[index];
  if (image === undefined) return html``;
  const address = `/tickets/${ticket.number}/images/${index}.${image.format}`;
  const { width, height } = image;
  return html`<figure><a href="${address}"><img src="${address}" width="${width}" height="${height}" alt="Picture ${index + 1} of ticket ${ticket.number}"></a>
<figcaption class="quiet">${width} × ${height} · ${image.format.toUpperCase()} · ${sizeText(image.bytes.length)}</figcaption></figure>`;
}

/** Pictures that were sent as addresses are not loaded: this page asks nothing from elsewhere. */
function imageLinks(urls: readonly string[]): SafeHtml {
  return html`${urls.map(url => html`<p><a href="${url}" rel="noreferrer">${url}</a></p>`)}`;
}

function replyArticle(reply: Reply): SafeHtml {
  const files = reply.files.map((file, index) => {
    const address = `/replies/${reply.historyId}/files/${index}`;
    return html`<li><a href="${address}" download="${file.filename}">${file.filename || 'unnamed file'}</a>
<span class="quiet">${file.contentType} · ${sizeText(file.sizeBytes)}</span></li>`;
  });
  return html`<article class="reply" aria-label="Reply by ${personName(reply.user)}">
<p class="quiet"><strong>${personName(reply.user)}</strong> · ${moment(reply.createdAtMs)}</p>
<pre>
${reply.content}</pre>
${files.length > 0 && html`<ul class="files">${files}</ul>`}${imageLinks(reply.imageUrls)}
</article>`;
}

function details(ticket: Ticket, { directory }: Service): SafeHtml {
  const known: [string, string | null][] = [
    ['Category', categoryOf(ticket)],
    ['Company', companyName(ticket, directory)],
    ['Ticket ULID', ticket.ulid],
    ['Source-specific ID', ticket.sourceSpecificId],
    ['Original time', ticket.originalTimestamp],
  ];
  const userRows = Object.entries(ticket.user ?? {});
  const propertyRows = Object.entries(ticket.additionalProperties)
    .filter(([name]) => name !== 'category')
    .map(([name, value]): [string, string] => [name, String(value)]);
  return html`${table('Ticket', known)}${table('User', userRows)}${table('Additional properties', propertyRows)}`;
}

function table(caption: string, rows: readonly (readonly [string, string | null])[]): SafeHtml {
  const filled = rows.filter(([, value]) => value !== null);
  if (filled.length === 0) return html``;
  return html`<table><caption>${caption}</caption><tbody>
${filled.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}
</tbody></table>`;
}
