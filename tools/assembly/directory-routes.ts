import { type Answer, jsonAnswer, Refusal } from './answer.ts';
import { checkAuthorization } from './authorization.ts';
import { readCount, readQuery } from './query-parameters.ts';
import type { Account } from './seed.ts';
import type { Asked, Service } from './service.ts';
import type { Settings } from './settings.ts';

/** `GET /list-users?page=0&page_size=10` (pages from 0, at most 100 a page). */
export function listUsers({ seen }: Asked, { config, directory }: Service): Answer {
  checkAuthorization(seen.headers, config);
  const query = readQuery(seen, ['page', 'page_size']);
  const page = readCount('page', query('page') ?? '0', 0, 1_000_000);
  const pageSize = readCount('page_size', query('page_size') ?? '10', 1, 100);
  const from = page * pageSize;
  const users = directory.agents.slice(from, from + pageSize);
  const has_more = from + users.length < directory.agents.length;
  return jsonAnswer({ users, page, page_size: pageSize, has_more });
}

/** `GET /fetch-user?email=…` or `?id=…`. Nobody found is 400, not 404. */
export function fetchUser({ seen }: Asked, { config, directory }: Service): Answer {
  checkAuthorization(seen.headers, config);
  const query = readQuery(seen, ['email', 'id']);
  const email = query('email');
  const id = query('id');
  if ((email === null) === (id === null))
    throw new Refusal(400, 'exactly one of id or email must be provided');
  const user = email === null ? directory.agentById(id ?? '') : directory.agentByEmail(email);
  if (user === null) throw new Refusal(400, 'user not found');
  return jsonAnswer({ user });
}

/** `GET /accounts?limit=50&offset=0&name=…`; `name` matches name and domain. */
export function listAccounts({ seen }: Asked, { config, directory }: Service): Answer {
  checkAuthorization(seen.headers, config);
  const query = readQuery(seen, ['limit', 'offset', 'name']);
  const limit = readCount('limit', query('limit') ?? '50', 1, 100);
  const offset = readCount('offset', query('offset') ?? '0', 0, 1_000_000);
  const found = directory.accountsLike(query('name') ?? '');
  const data = found.slice(offset, offset + limit).map(account => shaped(account, config.accountShape));
  const next = offset + data.length;
  const has_next_page = data.length > 0 && next < found.length;
  return jsonAnswer({ accounts: { data, has_next_page, next_cursor: has_next_page ? String(next) : null } });
}

function shaped(account: Account, shape: Settings['accountShape']): unknown {
  if (shape === 'flat') return account;
  const { type, ...others } = account;
  return { account: { ...others, account_type: type } };
}

/** `GET /contacts/{email}`. */
export function fetchContact({ seen, params }: Asked, { config, directory }: Service): Answer {
  checkAuthorization(seen.headers, config);
  const { email = '' } = params;
  const contact = directory.contactByEmail(email);
  if (contact === null) throw new Refusal(404, 'contact not found');
  return jsonAnswer({ contact });
}
