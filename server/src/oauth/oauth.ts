export { parseScope, scopePattern } from './core/scope.ts'
