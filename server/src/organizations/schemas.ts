import { Type } from 'typebox'

export const instant = Type.String({ format: 'date-time' })
export const orNull = <S extends ReturnType<typeof Type.String>>(schema: S) => Type.Union([schema, Type.Null()])
export const id = Type.String({ format: 'uuid' })
export const roleId = Type.String({ pattern: '^[a-z][a-z0-9-]{1,62}$', description: 'Lower-case letters, digits and hyphens.' })
/** Roles that somebody is to have inside an organization. */
export const chosenRoles = Type.Array(roleId, { minItems: 1, maxItems: 10, uniqueItems: true })
