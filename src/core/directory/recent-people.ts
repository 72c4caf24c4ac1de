import type { Company } from '../company.ts';
import type { Job } from '../outbox/job.ts';
import { distinctPeople, type Person } from './people.ts';

/** So many of each are offered. */
const recentLimit = 5;

/** Whom the tickets of a history were for, and which companies; the latest first. `jobs` comes newest first. */
export function recentPeople(jobs: readonly Job[]): { customers: Person[]; companies: Company[] } {
  const tickets = jobs.map(({ request }) => request).filter(request => request.kind === 'ticket');
  const customers = tickets.map(({ customer }) => customer).filter(customer => customer !== null);
  const companies = tickets.map(({ company }) => company).filter(company => company !== null);
  return {
    customers: distinctPeople(customers).slice(0, recentLimit),
    companies: distinctCompanies(companies).slice(0, recentLimit),
  };
}

function distinctCompanies(companies: readonly Company[]): Company[] {
  const isFirst = (company: Company, index: number) =>
    companies.findIndex(({ by, value }) => by === company.by && value === company.value) === index;
  return companies.filter(isFirst);
}
