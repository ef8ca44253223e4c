import type { Config } from '../../config/config.ts'
import { inspectPlaces } from '../../sessions/places.job.ts'
import { type Finding, ok, warn } from './check.ts'

const staleDays = 365

/** The database by which sessions show a place. Without a sound one the server serves all the same. */
export const checkPlaces = async ({ geoipDatabase }: Pick<Config, 'geoipDatabase'>): Promise<Finding> => {
  if (geoipDatabase === undefined) return ok('places', 'GEOIP_DATABASE is not set; sessions show no place')
  const facts = await inspectPlaces(geoipDatabase)
  if (typeof facts === 'string')
    return warn('places', `${geoipDatabase} cannot be used: ${facts}`, 'Correct GEOIP_DATABASE or the file; until then no place is shown.')
  const builtOn = facts.builtAt.toISOString().slice(0, 10)
  const detail = `${facts.type} of ${builtOn}, ${Math.ceil(facts.bytes / 1_048_576)} MB in the memory of each server process`
  const days = (Date.now() - facts.builtAt.getTime()) / 86_400_000
  return days > staleDays ? warn('places', detail, 'Addresses move: put a newer file in its place.') : ok('places', detail)
}
