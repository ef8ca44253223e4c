import { catalogue } from './catalogue.ts'

/** `docs/events.md`, from the catalogue itself. */
export const eventsDocument = (): string =>
  [
    '# Events',
    '',
    'Generated from `server/src/events/catalogue.ts` by `npm run generate`; do not edit.',
    '',
    'Every change is written together with its event, in one transaction. `./cip events search` and `./cip events tail` read them.',
    'Beside its payload an event has: time, id, tenant, user, session, client, address, user agent and request id, as far as they are known.',
    '',
    '| type | when | payload, as an example |',
    '| --- | --- | --- |',
    ...Object.entries(catalogue).map(([type, { help, example }]) => `| \`${type}\` | ${help} | \`${JSON.stringify(example)}\` |`),
    '',
  ].join('\n')
