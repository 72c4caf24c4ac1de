import type { Ticket } from '../record.ts';
import type { Service } from '../service.ts';
import { html, type SafeHtml } from './html.ts';
import { counted, moment, page } from './page.ts';
import { categoryOf, companyName, headline, personName } from './ticket-facts.ts';

/** All tickets, the newest first. */
export function ticketListPage(service: Service, version: string): string {
  const { tickets } = service.record;
  const items = tickets.toReversed().map(ticket => ticketItem(ticket, service));
  const main = html`
<div class="heading"><h1>Inbox</h1><p class="quiet">${counted(tickets.length, 'ticket', 'tickets')}</p></div>
${items.length > 0 ? html`<ol class="tickets" reversed>${items}</ol>` : empty}`;
  return page('Inbox', main, version);
}

const empty = html`<div class="empty"><h2>No tickets yet</h2>
<p>Send one from the extension. This page shows it as soon as it arrives.</p></div>`;

function ticketItem(ticket: Ticket, { record, directory }: Service): SafeHtml {
  const replies = record.replies.filter(reply => reply.ticketNumber === ticket.number).length;
  const pictures = ticket.images.length + ticket.imageUrls.length;
  const category = categoryOf(ticket);
  const facts = [
    ticket.user && personName(ticket.user),
    companyName(ticket, directory),
    pictures > 0 ? counted(pictures, 'picture', 'pictures') : null,
    replies > 0 ? counted(replies, 'reply', 'replies') : null,
  ].filter(fact => fact !== null);
  const [image] = ticket.images;
  return html`<li><a class="card" href="/tickets/${ticket.number}">
<span class="card-text">
  <span class="card-top"><span class="number">${ticket.number}</span>${category && html`<span class="tag">${category}</span>`}</span>
  <span class="title">${headline(ticket)}</span>
  <span class="quiet facts">${facts.map(fact => html`<span>${fact}</span>`)}<span>${moment(ticket.createdAtMs)}</span></span>
</span>
${image !== undefined && html`<img class="thumb" src="/tickets/${ticket.number}/images/0.${image.format}" alt="">`}
</a></li>`;
}
