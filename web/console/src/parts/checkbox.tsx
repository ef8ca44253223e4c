export { Checkbox } from '@custom-identity-platform/kit/checkbox.tsx'
