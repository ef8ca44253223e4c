import type { SchemaWords } from '@custom-identity-platform/kit/schema-form.tsx'
import { useMessages } from '../console-context.tsx'

/** What a form of the tenant's attributes says. */
export const useSchemaWords = (): SchemaWords => {
  const { attributes, parts } = useMessages()
  return { attributes: attributes.names, hints: attributes.hints, page: parts }
}
