/** The user names that the bench loads, from number 1 on. */
export const userName = (number: number): string => `bench${String(number).padStart(7, '0')}`

/** The same in SQL. */
export const userNameSql = (number: string): string => `'bench' || lpad((${number})::text, 7, '0')`

/** The network address that an account of the bench goes on from; some share one. */
export const userAddress = (number: number): string => `10.${number % 200}.${Math.floor(number / 7) % 250}.${number % 250}`
